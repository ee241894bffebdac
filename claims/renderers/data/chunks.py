"""Lines put together to pieces that are worth sending."""

from collections.abc import Iterable, Iterator
from itertools import islice

_LINES = 128
"""Of a long table's lines, about 64 KiB."""


def pieces(lines: Iterable[str]) -> Iterator[bytes]:
    """Put lines together, so that a file of a million takes thousands of writes and not a million.

    Args:
        lines: each with its end.

    Yields:
        Their bytes in UTF-8: the first line alone and at once, so that a download begins before the database has
        given anything, then many at a time.
    """
    rest = iter(lines)
    size = 1
    while batch := "".join(islice(rest, size)):
        yield batch.encode()
        size = _LINES
