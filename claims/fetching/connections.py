"""Connections that go to the addresses that were checked, and end when their time or size is up.

`http.client` and not a larger library: its `connect` is the documented place to say where a connection
goes, it knows no proxies, cookies or `.netrc`, and it logs nothing.
"""

import http.client
import queue
import socket
import ssl
import threading
import time
from collections.abc import Sequence
from typing import Any, cast

from claims.errors import UnreachableError, UnsafeAddressError, gettext_noop
from claims.fetching.addresses import Target
from claims.fetching.ip_ranges import is_public

Place = tuple[socket.AddressFamily, Any]
"""Where a connection can go: a family, and a socket address in numbers."""


class SizeExceededError(Exception):
    """A site sent more than it may."""


class Allowance:
    """What a fetch may still use.

    Args:
        seconds: from now.
    """

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds
        self._bytes = 0

    def seconds(self) -> float:
        """Give the time that is left.

        Returns:
            Seconds, more than none.

        Raises:
            TimeoutError: none are.
        """
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left

    def grant(self, size: int) -> None:
        """Let so many bytes come from now on, and no others.

        Args:
            size: bytes.
        """
        self._bytes = size

    def take(self, size: int) -> None:
        """Count bytes that came.

        Args:
            size: bytes.

        Raises:
            SizeExceededError: that was too much.
        """
        self._bytes -= size
        if self._bytes < 0:
            raise SizeExceededError


def places(target: Target, allowance: Allowance, *, private: bool, typed: str) -> list[Place]:
    """Look a host up, and check every address that it has.

    Args:
        target: what is asked for.
        allowance: the time that is left.
        private: the host was allowed to be on a private network.
        typed: the host that the user named, for messages: what it leads to is not for telling.

    Returns:
        Where to connect to; never empty.

    Raises:
        UnsafeAddressError: one of the addresses is not public. A name that has public ones as well is
            no better: honest names do not mix them.
        UnreachableError: there is no such host.
        TimeoutError: the look-up took too long.
    """
    found = _looked_up(target, allowance.seconds())
    if not private and not all(is_public(str(place[0])) for _, place in found):
        raise UnsafeAddressError(host=typed)
    return found


def _looked_up(target: Target, seconds: float) -> list[Place]:
    """Ask the system's resolver, which knows no time limit: in a thread that can be left behind."""
    answers: queue.SimpleQueue[list[Place] | Exception] = queue.SimpleQueue()

    def look() -> None:
        try:
            infos = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
            answers.put([(info[0], info[4]) for info in infos])
        except (OSError, UnicodeError) as error:
            answers.put(error)

    threading.Thread(target=look, daemon=True).start()
    try:
        answer = answers.get(timeout=seconds)
    except queue.Empty as error:
        raise TimeoutError from error
    if isinstance(answer, Exception) or not answer:
        raise UnreachableError(host=target.host, why=gettext_noop("there is no such host"))
    return answer


class _PlainSocket(socket.socket):
    """A socket whose every read counts against an allowance."""

    allowance: Allowance

    def recv_into(self, buffer: Any, nbytes: int = 0, flags: int = 0) -> int:
        self.settimeout(self.allowance.seconds())
        size = super().recv_into(buffer, nbytes, flags)
        self.allowance.take(size)
        return size


class _TlsSocket(ssl.SSLSocket):
    """The same under TLS. The handshake has the time-out of the plain socket, as a whole."""

    allowance: Allowance

    def recv_into(self, buffer: Any, nbytes: int | None = None, flags: int = 0) -> int:
        self.settimeout(self.allowance.seconds())
        size = super().recv_into(buffer, nbytes, flags)
        self.allowance.take(size)
        return size


class Connection(http.client.HTTPConnection):
    """A connection to one of the places that were checked, and to no other.

    Args:
        target: what is asked for. Its host is whose certificate the server has to show.
        places: where to connect to; tried in order.
        allowance: the time and bytes that are left.
    """

    def __init__(self, target: Target, places: Sequence[Place], allowance: Allowance) -> None:
        super().__init__(target.host, target.port)
        self._target = target
        self._places = places
        self._allowance = allowance

    def connect(self) -> None:
        """Connect. Called by `request`.

        Raises:
            OSError: no place answers, the last one's reason.
            ssl.SSLError: the server does not prove who it is.
        """
        plain = self._connected()
        if self._target.scheme == "http":
            self.sock = plain
            return
        context = ssl.create_default_context()
        context.sslsocket_class = _TlsSocket
        with plain:
            plain.settimeout(self._allowance.seconds())
            secure = cast(
                "_TlsSocket", context.wrap_socket(plain, server_hostname=self._target.host)
            )
        secure.allowance = self._allowance
        self.sock = secure

    def _connected(self) -> _PlainSocket:
        failure = OSError()
        for number, (family, place) in enumerate(self._places):
            found = _PlainSocket(family, socket.SOCK_STREAM)
            found.allowance = self._allowance
            try:
                # One that never answers, as IPv6 does in many a network, leaves time for the others.
                found.settimeout(self._allowance.seconds() / (len(self._places) - number))
                found.connect(place)
            except OSError as error:
                found.close()
                failure = error
            else:
                return found
        raise failure
