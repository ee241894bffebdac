"""The values of a long JSON list, one by one: memory holds one of them, however long the file is."""

import codecs
import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from claims.errors import UnreadableTableError, gettext_noop

MAX_VALUE = 2_000_000
"""Characters of one value of the list, or of a document that is no list."""

_BLOCK = 262_144
_HEAD = 65_536
"""Characters within which the list begins."""

_LIST = re.compile(r'\s*(?:\[|\{.{0,65000}?(?<!\\)"dataFeedElement"\s*:\s*\[)', re.DOTALL)
_BETWEEN = re.compile(r"[\s,]*")
_DAMAGED = gettext_noop("it is not valid JSON, or is damaged from here on.")
_TOO_LONG = gettext_noop("one of its entries is too long.")


def values(stream: BinaryIO) -> Iterator[object]:
    """Yield the values of a JSON list, or of the `dataFeedElement` of an object; otherwise the one value of the file.

    Args:
        stream: the file's bytes in UTF-8, at its beginning, with or without a byte-order mark.

    Raises:
        UnreadableTableError: while it is read: it is not valid from there on, or a value is too long.
    """
    text = _Text(stream)
    text.reach(_HEAD)
    if not text.skip(_LIST):
        yield text.value()
        return
    while text.begins_value():
        yield text.value()


class _Text:
    """The characters of a file that have been read, and how many of them have been used."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._ended = stream, False
        self._decode = codecs.getincrementaldecoder("utf-8-sig")()
        self._json = json.JSONDecoder(strict=False)
        self._held, self._used = "", 0

    def reach(self, number: int) -> None:
        """Read on until so many unused characters are held, or the file ends."""
        if self._ended or len(self._held) - self._used >= number:
            return
        self._held, self._used = self._held[self._used :], 0
        while len(self._held) < number and not self._ended:
            block = self._stream.read(_BLOCK)
            self._ended = not block
            try:
                self._held += self._decode.decode(block, self._ended)
            except UnicodeDecodeError as error:
                raise UnreadableTableError(why=_DAMAGED) from error

    def skip(self, pattern: re.Pattern[str]) -> bool:
        """Use the characters that match a pattern here. Returns whether there are any that do."""
        found = pattern.match(self._held, self._used)
        if found:
            self._used = found.end()
        return found is not None

    def begins_value(self) -> bool:
        """Skip what is between values. Returns whether there is another one."""
        while True:
            self.reach(1)
            self.skip(_BETWEEN)
            if self._used < len(self._held):
                return self._held[self._used] != "]"
            if self._ended:
                raise UnreadableTableError(why=_DAMAGED)

    def value(self) -> Any:
        """Take the value that begins here."""
        self.skip(_BETWEEN)
        while True:
            try:
                found, end = self._json.raw_decode(self._held, self._used)
            except RecursionError as error:
                raise UnreadableTableError(why=_DAMAGED) from error
            except ValueError as error:
                held = len(self._held) - self._used
                if held > MAX_VALUE:
                    raise UnreadableTableError(why=_TOO_LONG) from error
                if self._ended:
                    raise UnreadableTableError(why=_DAMAGED) from error
                # It is read again from its beginning each time, so twice as much is fetched.
                self.reach(2 * held + _BLOCK)
            else:
                self._used = end
                return found
