"""What the fetcher meets: a real server on loopback, scripted name servers, a record of all connections."""

import contextlib
import ipaddress
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ssl import SSLContext
from typing import NamedTuple

Page = Callable[[BaseHTTPRequestHandler], None]

PATIENCE = 60
"""Seconds that a site holds an answer back or trickles it, where nobody hangs up."""


def page(
    body: bytes = b"",
    *,
    status: int = 200,
    headers: dict[str, str] | None = None,
    length: bool = True,
) -> Page:
    """An answer as servers usually give it. Without `length` it ends where the connection ends."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in (headers or {}).items():
            handler.send_header(name, value)
        if length:
            handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def redirect(to: str, *, status: int = 302, headers: dict[str, str] | None = None) -> Page:
    return page(status=status, headers={"Location": to, **(headers or {})})


def raw(*pieces: bytes, again: bytes = b"", pause: float = 0.0) -> Page:
    """Bytes as they are; then `again` until the other side has enough, at most for so long as its patience."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        site = handler.server
        assert isinstance(site, Site)
        for piece in pieces:
            handler.wfile.write(piece)
        for _ in range(int(PATIENCE / pause) if pause else 20_000):
            if not again or site.closing.wait(pause):
                return
            handler.wfile.write(again)

    return answer


class Posted(NamedTuple):
    """What a site was sent."""

    path: str
    headers: dict[str, str]
    body: bytes


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        site = self.server
        assert isinstance(site, Site)
        site.asked.append(self.path)
        site.headers.append(dict(self.headers.items()))
        site.pages.get(self.path, page(status=404))(self)

    def do_POST(self) -> None:
        site = self.server
        assert isinstance(site, Site)
        body = self.rfile.read(int(self.headers["Content-Length"]))
        site.posted.append(Posted(self.path, dict(self.headers.items()), body))
        self.do_GET()

    def log_message(self, *args) -> None:
        pass


class Site(ThreadingHTTPServer):
    """A server of pages by their paths, which remembers what it was asked."""

    daemon_threads = True

    def __init__(self, host: str = "127.0.0.1", tls: SSLContext | None = None) -> None:
        if ":" in host:
            self.address_family = socket.AF_INET6
        super().__init__((host, 0), _Handler)
        self.tls = tls
        self.pages: dict[str, Page] = {}
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.posted: list[Posted] = []
        self.closing = threading.Event()

    @property
    def port(self) -> int:
        return self.server_address[1]

    def at(self, path: str, host: str = "127.0.0.1") -> str:
        return f"{'https' if self.tls else 'http'}://{host}:{self.port}{path}"

    def allow(self, host: str = "127.0.0.1") -> tuple[str]:
        return (f"{host}:{self.port}",)

    def finish_request(self, request, client_address) -> None:
        if self.tls is None:
            super().finish_request(request, client_address)
            return
        with self.tls.wrap_socket(request, server_side=True) as secure:
            super().finish_request(secure, client_address)

    def handle_error(self, request, client_address) -> None:
        """The client may hang up whenever it likes."""


@contextlib.contextmanager
def serving(site: Site) -> Iterator[Site]:
    thread = threading.Thread(target=site.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield site
    finally:
        site.closing.set()
        site.shutdown()
        thread.join()
        site.server_close()


class Names:
    """A name server: for each name its answers, one a look-up; the last one stays.

    It stands in place of the system's, below all code, so that a second look-up anywhere would be seen.
    """

    def __init__(self, **answers: list[list[str]]) -> None:
        self.answers = dict(answers)
        self.looked_up: list[str] = []

    def getaddrinfo(self, host, port, *args, **kwargs):
        try:
            found = [str(ipaddress.ip_address(host))]
        except ValueError:
            self.looked_up.append(host)
            if host not in self.answers:
                raise socket.gaierror(socket.EAI_NONAME, "Name or service not known") from None
            answers = self.answers[host]
            found = answers.pop(0) if len(answers) > 1 else answers[0]
        return [
            (socket.AF_INET6, socket.SOCK_STREAM, 6, "", (address, port, 0, 0))
            if ":" in address
            else (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))
            for address in found
        ]


Connects = list[tuple[str, int]]
_watching: list[Connects] = []


def _watch(event: str, args: tuple) -> None:
    if event != "socket.connect" or not _watching or not isinstance(args[1], tuple):
        return
    host, port = args[1][:2]
    _watching[-1].append((host, port))
    if not ipaddress.ip_address(host).is_loopback:
        # Whatever the code under test believes: no test goes out to the world.
        raise ConnectionRefusedError


sys.addaudithook(_watch)


@contextlib.contextmanager
def watched() -> Iterator[Connects]:
    """Collect where connections go, as the interpreter itself reports it; none leaves the machine."""
    connects: Connects = []
    _watching.append(connects)
    try:
        yield connects
    finally:
        _watching.remove(connects)
