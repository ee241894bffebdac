"""Keeps a library that makes its own connections on the public internet, and within its time.

What connects is checked where it does, by its IP address, so that no redirect, proxy or name server leads elsewhere. And a
host that sends one byte after the other for ever is cut off, whatever the library waits for.
"""

import functools
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from threading import Lock, Timer

from claims.fetching.ip_ranges import is_public


class RefusedConnectionError(OSError):
    """A connection that was refused, because it leads to a private address or comes too late."""


class _Watch:
    """The connections of a thread from now on."""

    def __init__(self, *, private: bool) -> None:
        self._private, self._over = private, False
        self._lock = Lock()
        self._connections: list[socket.socket] = []

    def check(self, connection: socket.socket, place: object) -> None:
        """Look at what is about to connect."""
        if not (self._private or (isinstance(place, tuple) and is_public(str(place[0])))):
            raise RefusedConnectionError("not a public address")
        with self._lock:
            if self._over:
                raise RefusedConnectionError("too late")
            # A descriptor of its own, which stays when TLS takes the connection over.
            self._connections.append(socket.socket(fileno=os.dup(connection.fileno())))

    def cut_off(self) -> None:
        """End all connections, those to come included."""
        with self._lock:
            self._over = True
            for connection in self._connections:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Let go of them. Whoever made them closes them."""
        with self._lock:
            self._over = True
            for connection in self._connections:
                connection.close()
            self._connections.clear()


_WATCH: ContextVar[_Watch | None] = ContextVar("watch", default=None)


@contextmanager
def watched(seconds: float, *, private: bool) -> Iterator[None]:
    """Refuse every connection of this thread to an address that is not public, and cut all off after some time.

    Args:
        seconds: how long all of it may take.
        private: whether addresses that are not public are allowed.

    Raises:
        RefusedConnectionError: from the call that would have connected.
    """
    _listen()
    watch = _Watch(private=private)
    timer = Timer(seconds, watch.cut_off)
    timer.daemon = True
    token = _WATCH.set(watch)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        _WATCH.reset(token)
        watch.close()


@functools.cache
def _listen() -> None:
    """Have the interpreter tell of each connection. That cannot be taken back, and costs next to nothing."""
    sys.addaudithook(_check)


def _check(event: str, arguments: tuple[object, ...]) -> None:
    watch = _WATCH.get() if event == "socket.connect" else None
    if watch is not None and isinstance(arguments[0], socket.socket):
        watch.check(arguments[0], arguments[1])
