"""Splitting for programs: one text at a time, so that people always find a server that answers."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from django.utils.translation import gettext_noop

from claims.api.errors import ProblemError

_TURN = BoundedSemaphore(1)
"""Each process of the server has one."""


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Split within this.

    Raises:
        ProblemError: another text is being split for a program.
    """
    if not _TURN.acquire(blocking=False):
        raise ProblemError(
            503,
            "splitter-busy",
            gettext_noop("Another text is being split. Send this one again in a few seconds."),
            headers={"Retry-After": "5"},
        )
    try:
        yield
    finally:
        _TURN.release()
