"""Keeps a library that makes its own connections on the public internet.

What connects is checked where it does, by its IP address, so that no redirect, proxy or name server leads elsewhere.
"""

import functools
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from claims.fetching.ip_ranges import is_public

_PUBLIC_ONLY: ContextVar[bool] = ContextVar("public_only", default=False)


class PrivateConnectionError(OSError):
    """A connection to a private address that was refused."""


@contextmanager
def public_only() -> Iterator[None]:
    """Refuse every connection of this thread to an address that is not public.

    Raises:
        PrivateConnectionError: from the call that would have connected.
    """
    _watch()
    token = _PUBLIC_ONLY.set(True)
    try:
        yield
    finally:
        _PUBLIC_ONLY.reset(token)


@functools.cache
def _watch() -> None:
    """Have the interpreter tell of each connection. That cannot be taken back, and costs next to nothing."""
    sys.addaudithook(_check)


def _check(event: str, arguments: tuple[object, ...]) -> None:
    if event != "socket.connect" or not _PUBLIC_ONLY.get():
        return
    address = arguments[1]
    if not (isinstance(address, tuple) and is_public(str(address[0]))):
        raise PrivateConnectionError("not a public address")
