"""Joins lines to chunks of a size worth sending."""

from collections.abc import Iterable, Iterator
from itertools import islice

_LINES = 128
"""Of a long table's lines, about 64 KiB."""


def pieces(lines: Iterable[str]) -> Iterator[bytes]:
    """Join lines, so that a file of a million lines takes thousands of writes and not a million.

    Args:
        lines: the lines, each with its line end.

    Yields:
        Their bytes in UTF-8: the first line alone and at once, so that a download begins before the database has
        returned anything, then many at a time.
    """
    rest = iter(lines)
    size = 1
    while batch := "".join(islice(rest, size)):
        yield batch.encode()
        size = _LINES
