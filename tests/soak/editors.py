"""Editors over HTTP, who go to another host when theirs does not answer, as a proxy would send them."""

import http.client
import secrets
from collections.abc import Mapping, Sequence
from time import perf_counter, sleep
from urllib.parse import urlencode

from tests.soak.network import Host

_TRIES, _BETWEEN = 100, 0.1


class Person:
    """An editor's browser.

    Args:
        hosts: where the workbench is, the first of which it asks until that fails.
        name: the account.
        password: its password.
        headers: what a proxy adds to each request.

    Attributes:
        hosts: where the workbench is, the first of which it asks until that fails.
        longest: the longest wait for an answer, in seconds.
        moved: how often it had to go to another host.
    """

    def __init__(
        self,
        hosts: Sequence[Host],
        name: str,
        password: str,
        *,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.hosts = list(hosts)
        self.name = name
        self.longest, self.moved = 0.0, 0
        self._headers = dict(headers or {})
        self._cookies: dict[str, str] = {}
        self.ask("GET", "/login/")
        status, _text = self.ask("POST", "/login/", {"username": name, "password": password})
        if status != 302:
            raise RuntimeError(f"{name} cannot log in: {status}")

    def ask(
        self, method: str, path: str, form: dict[str, str] | None = None, file: bytes | None = None
    ) -> tuple[int, bytes]:
        """Ask one host after another until one answers. Returns the answer's status and its body."""
        begun = perf_counter()
        for _try in range(_TRIES):
            try:
                answer = self._asked(method, path, form or {}, file)
            except (OSError, http.client.HTTPException):
                self.hosts.append(self.hosts.pop(0))
                self.moved += 1
                sleep(_BETWEEN)
            else:
                self.longest = max(self.longest, perf_counter() - begun)
                return answer
        raise RuntimeError(f"no host answers {method} {path}")

    def _asked(
        self, method: str, path: str, form: dict[str, str], file: bytes | None
    ) -> tuple[int, bytes]:
        host = self.hosts[0]
        connection = http.client.HTTPConnection(host.address, host.port, timeout=60)
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        headers = self._headers | {"Cookie": cookies}
        body = None
        if method == "POST":
            kind, body = _encoded({**form, "csrfmiddlewaretoken": self._cookies["csrftoken"]}, file)
            headers["Content-Type"] = kind
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            text = answer.read()
        finally:
            connection.close()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self._cookies[name] = value
        return answer.status, text


def _encoded(form: dict[str, str], file: bytes | None) -> tuple[str, bytes]:
    """A form, with the file of a piece of evidence if there is one. Returns its type and its bytes."""
    if file is None:
        return "application/x-www-form-urlencoded", urlencode(form).encode()
    line = secrets.token_hex(16)
    parts = [
        f'--{line}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in form.items()
    ]
    head = f'--{line}\r\nContent-Disposition: form-data; name="evidence-file"; filename="notice.pdf"\r\n\r\n'
    return f"multipart/form-data; boundary={line}", b"".join(
        [*parts, head.encode(), file, f"\r\n--{line}--\r\n".encode()]
    )
