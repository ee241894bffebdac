"""A timestamp authority on this machine: `openssl ts` behind a server on the loopback."""

import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

OPENSSL = shutil.which("openssl") or "openssl"

CONFIG = """
[req]
distinguished_name = name
prompt = no
[name]
CN = {name}
[root]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
subjectKeyIdentifier = hash
[signer]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = {usage}
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[tsa]
default_tsa = here
[here]
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/signer.pem
signer_key = {folder}/signer.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
ess_cert_id_alg = sha256
"""


class Authority:
    """Keys and certificates of an invented authority, which signs."""

    def __init__(self, folder: Path, usage: str = "critical, timeStamping") -> None:
        folder.mkdir(parents=True)
        self.folder = folder
        (folder / "serial").write_text("01\n")
        self._configure("Ostrey Time Root (fiction)", usage)
        self._openssl(
            *("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-config", "ts.cnf"),
            *("-extensions", "root", "-keyout", "root.key", "-out", "root.pem"),
        )
        self._configure("Ostrey Time (fiction)", usage)
        self._openssl(
            *("req", "-newkey", "rsa:2048", "-nodes", "-config", "ts.cnf"),
            *("-keyout", "signer.key", "-out", "signer.csr"),
        )
        self._openssl(
            *("x509", "-req", "-in", "signer.csr", "-CA", "root.pem", "-CAkey", "root.key"),
            *("-set_serial", "2", "-days", "30", "-extfile", "ts.cnf", "-extensions", "signer"),
            *("-out", "signer.pem"),
        )

    @property
    def certificates(self) -> bytes:
        """What it is trusted by."""
        return (self.folder / "root.pem").read_bytes()

    def answer(self, query: bytes) -> bytes:
        """The response to a request, both in DER."""
        (self.folder / "query.tsq").write_bytes(query)
        self._openssl(
            "ts", "-reply", "-config", "ts.cnf", "-queryfile", "query.tsq", "-out", "reply.tsr"
        )
        return (self.folder / "reply.tsr").read_bytes()

    def confirms(self, response: bytes, digest: str) -> bool:
        """Whether openssl finds that a response confirms a digest."""
        (self.folder / "kept.tsr").write_bytes(response)
        done = subprocess.run(
            [
                OPENSSL,
                "ts",
                "-verify",
                "-digest",
                digest,
                "-in",
                "kept.tsr",
                "-CAfile",
                "root.pem",
            ],
            cwd=self.folder,
            capture_output=True,
            check=False,
        )
        return done.returncode == 0

    def _configure(self, name: str, usage: str) -> None:
        text = CONFIG.format(name=name, usage=usage, folder=self.folder)
        (self.folder / "ts.cnf").write_text(text)

    def _openssl(self, *arguments: str) -> None:
        subprocess.run([OPENSSL, *arguments], cwd=self.folder, check=True, capture_output=True)


@dataclass
class Served:
    """An authority that answers requests.

    Attributes:
        address: where.
        asked: the bodies of the requests.
        reply: what it makes of a request: the status and the body.
    """

    address: str
    asked: list[bytes]
    reply: Callable[[bytes], tuple[int, bytes]]


@contextmanager
def served(authority: Authority) -> Iterator[Served]:
    """Serve an authority on the loopback."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            assert self.headers["Content-Type"] == "application/timestamp-query"
            body = self.rfile.read(int(self.headers["Content-Length"]))
            found.asked.append(body)
            status, answer = found.reply(body)
            self.send_response(status)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(answer)))
            if status == 302:
                self.send_header("Location", "/elsewhere")
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    address = f"http://127.0.0.1:{server.server_port}/tsr"
    found = Served(address, [], lambda query: (200, authority.answer(query)))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def speaking(sent: bytes, *, forever: bytes = b"") -> Iterator[str]:
    """What is no authority, and maybe no HTTP: it sends some bytes, and then others until nobody listens. Its address."""

    def speak() -> None:
        found, _address = server.accept()
        with found, suppress(OSError):
            found.recv(10_000)
            found.sendall(sent)
            while forever:
                found.sendall(forever)

    with socket.create_server(("127.0.0.1", 0)) as server:
        speaker = Thread(target=speak, daemon=True)
        speaker.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"
        speaker.join()
