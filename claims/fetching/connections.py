"""Connections that go only to checked addresses, and end when the allowed time or size is used up.

This uses `http.client` and not a larger library, because its `connect` is the documented place to
decide where a connection goes, it knows no proxies, cookies or `.netrc`, and it logs nothing.
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
    """A site sent more bytes than allowed."""


class Allowance:
    """The time and size that a fetch has left.

    Args:
        seconds: from now.
    """

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds
        self._bytes = 0

    def seconds(self) -> float:
        """Return the time that is left.

        Returns:
            Seconds, always more than 0.

        Raises:
            TimeoutError: no time is left.
        """
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left

    def grant(self, size: int) -> None:
        """Allow this many bytes from now on.

        Args:
            size: bytes.
        """
        self._bytes = size

    def take(self, size: int) -> None:
        """Count received bytes.

        Args:
            size: bytes.

        Raises:
            SizeExceededError: there were too many.
        """
        self._bytes -= size
        if self._bytes < 0:
            raise SizeExceededError


def places(target: Target, allowance: Allowance, *, private: bool, typed: str) -> list[Place]:
    """Look up a host, and check each of its IP addresses.

    Args:
        target: the requested address.
        allowance: the time that is left.
        private: whether the host may be on a private network.
        typed: the host that the user entered, for messages, which must not reveal what it redirects
            to.

    Returns:
        The IP addresses to connect to, at least one.

    Raises:
        UnsafeAddressError: one of the addresses is not public. A name that also has public addresses
            is refused too: honest names do not mix them.
        UnreachableError: there is no such host.
        TimeoutError: the look-up took too long.
    """
    found = _looked_up(target, allowance.seconds())
    if not private and not all(is_public(str(place[0])) for _, place in found):
        raise UnsafeAddressError(host=typed)
    return found


def _looked_up(target: Target, seconds: float) -> list[Place]:
    """Ask the system's resolver, which has no time limit, in a thread that can be abandoned."""
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
    """A socket that counts every read against an allowance, and keeps what it reads if it is given a place for that."""

    allowance: Allowance
    received: bytearray | None = None

    def recv_into(self, buffer: Any, nbytes: int = 0, flags: int = 0) -> int:
        self.settimeout(self.allowance.seconds())
        size = super().recv_into(buffer, nbytes, flags)
        self.allowance.take(size)
        if self.received is not None:
            self.received += memoryview(buffer)[:size]
        return size


class _TlsSocket(ssl.SSLSocket):
    """The same with TLS. The handshake as a whole has the time-out of the plain socket."""

    allowance: Allowance
    received: bytearray | None = None

    def recv_into(self, buffer: Any, nbytes: int | None = None, flags: int = 0) -> int:
        self.settimeout(self.allowance.seconds())
        size = super().recv_into(buffer, nbytes, flags)
        self.allowance.take(size)
        if self.received is not None:
            self.received += memoryview(buffer)[:size]
        return size


class Connection(http.client.HTTPConnection):
    """A connection to one of the checked IP addresses, and to no other.

    Args:
        target: the requested address. The server has to present a certificate for its host.
        places: the IP addresses to connect to, tried in order.
        allowance: the time and bytes that are left.
        keeps: whether the bytes that are sent and received are kept.

    Attributes:
        ip: the IP address that it is connected to, or "" before.
        sent: the bytes that were sent, if they are kept.
        received: the bytes that were received, decrypted, if they are kept.
    """

    def __init__(
        self, target: Target, places: Sequence[Place], allowance: Allowance, *, keeps: bool = False
    ) -> None:
        super().__init__(target.host, target.port)
        self._target = target
        self._places = places
        self._allowance = allowance
        self._keeps = keeps
        self.ip = ""
        self.sent = bytearray()
        self.received = bytearray()

    def send(self, data: Any) -> None:
        """Send bytes. Called by `request`."""
        if self._keeps:
            self.sent += data
        super().send(data)

    def connect(self) -> None:
        """Connect. Called by `request`.

        Raises:
            OSError: none of them answers; this is the error of the last one.
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
        secure.received = plain.received
        self.sock = secure

    def _connected(self) -> _PlainSocket:
        failure = OSError()
        for number, (family, place) in enumerate(self._places):
            found = _PlainSocket(family, socket.SOCK_STREAM)
            found.allowance = self._allowance
            found.received = self.received if self._keeps else None
            try:
                # One that never answers, as IPv6 does in many networks, leaves time for the others.
                found.settimeout(self._allowance.seconds() / (len(self._places) - number))
                found.connect(place)
            except OSError as error:
                found.close()
                failure = error
            else:
                self.ip = str(place[0])
                return found
        raise failure
