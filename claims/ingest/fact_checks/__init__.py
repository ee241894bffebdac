"""Reads other newsrooms' fact-checks: out of web pages, data feeds and tables."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from html.parser import HTMLParser
from typing import BinaryIO

from claims.errors import (
    UnknownFormatError,
    UnreadableTableError,
    WorkbenchError,
    gettext_noop,
)
from claims.ingest.decoding import bytes_of, declared_encoding, decode
from claims.ingest.fact_checks.claim_review import claim_reviews, draft_of
from claims.ingest.fact_checks.json_stream import values
from claims.ingest.fact_checks.types import CheckDraft, CheckEntry, check_draft

__all__ = ["COLUMNS", "FORMATS", "MAX_CHECKS", "CheckDraft", "CheckEntry", "fact_checks"]

MAX_CHECKS = 500_000
"""Fact-checks of one file. What is behind them is left out."""

MAX_BYTES = 50_000_000
"""Of a page or a table. A data feed is read piece by piece, and may be longer."""

MAX_SCRIPT = 2_000_000
"""Characters of one block of JSON-LD."""

COLUMNS = {
    "publisher": "publisher",
    "claim": "statement",
    "claimant": "claimant",
    "rating": "rating",
    "rating_value": "rating_value",
    "url": "url",
    "date": "reviewed_on",
    "claim_date": "claimed_on",
    "appearance": "appearance",
    "language": "language",
}
"""The columns of a table, and the fields of `CheckDraft` that they hold."""

_NEEDED = {"publisher", "claim", "rating", "url"}
_NO_COLUMNS = gettext_noop(
    "the first row must name the columns “publisher”, “claim”, “rating” and “url”."
)


def fact_checks(stream: BinaryIO, name: str, address: str = "") -> Iterator[CheckEntry]:
    """Read the fact-checks of a file, lazily.

    Args:
        stream: the file's bytes, at its beginning. It is left open.
        name: its name; the extension, in either case, selects the format.
        address: where a page was fetched, or "".

    Returns:
        One entry for each ClaimReview or row, in order, at most `MAX_CHECKS`; none for a page without ClaimReview.

    Raises:
        UnknownFormatError: no format has that extension.
        UnreadableTableError: while it is read: it is not such a file, or is damaged from there on.
        TooLargeError: while it is read: it is too large.
        NotTextError: while it is read: it is not text.
    """
    extension = name.rpartition(".")[2].lower()
    if extension not in FORMATS:
        raise UnknownFormatError(name=extension, known=", ".join(FORMATS))
    for number, entry in enumerate(FORMATS[extension](stream, address)):
        if number == MAX_CHECKS:
            return
        yield entry


def _feed(stream: BinaryIO, address: str) -> Iterator[CheckEntry]:
    return _reviews(values(stream), address)


def _page(stream: BinaryIO, address: str) -> Iterator[CheckEntry]:
    data = bytes_of(stream, limit=MAX_BYTES)
    scripts = _Scripts()
    scripts.feed(decode(data, declared=declared_encoding(data)))
    return _reviews(scripts.values(), address)


def _reviews(data: Iterable[object], address: str) -> Iterator[CheckEntry]:
    reviews = (review for value in data for review in claim_reviews(value))
    for number, review in enumerate(reviews, start=1):
        yield _entry(number, draft_of, review, address)


class _Scripts(HTMLParser):
    """Collects the JSON-LD of a page. Nothing else of it is looked at."""

    def __init__(self) -> None:
        super().__init__()
        self._texts: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a block, if it is one of JSON-LD."""
        kind = (dict(attrs).get("type") or "").partition(";")[0].strip().lower()
        self._inside = tag == "script" and kind == "application/ld+json"
        if self._inside:
            self._texts.append("")

    def handle_data(self, data: str) -> None:
        """Take some of its characters."""
        if self._inside and len(self._texts[-1]) <= MAX_SCRIPT:
            self._texts[-1] += data

    def handle_endtag(self, tag: str) -> None:
        """End it."""
        self._inside = self._inside and tag != "script"

    def values(self) -> Iterator[object]:
        """Yield the value of each block that is valid."""
        for text in self._texts:
            if len(text) > MAX_SCRIPT:
                continue
            try:
                yield json.loads(text, strict=False)
            except (ValueError, RecursionError):
                continue


def _table(stream: BinaryIO, _address: str) -> Iterator[CheckEntry]:
    text = decode(bytes_of(stream, limit=MAX_BYTES))
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        named = {name: (name or "").strip().lower() for name in rows.fieldnames or ()}
        if not set(named.values()) >= _NEEDED:
            raise UnreadableTableError(why=_NO_COLUMNS)
        for row in rows:
            told = {named[name]: value for name, value in row.items() if name in named}
            if any(told.values()):
                fields = {field: told.get(column) for column, field in COLUMNS.items()}
                yield _entry(rows.line_num, check_draft, fields)
    except csv.Error as error:
        raise UnreadableTableError(why=gettext_noop("it is damaged from here on.")) from error


def _entry(
    number: int, read: Callable[..., CheckDraft], told: Mapping[str, object], *more: str
) -> CheckEntry:
    try:
        return CheckEntry(number, read(told, *more))
    except WorkbenchError as error:
        return CheckEntry(number, error)


FORMATS: dict[str, Callable[[BinaryIO, str], Iterator[CheckEntry]]] = {
    "json": _feed,
    "html": _page,
    "csv": _table,
}
"""How each format is read, by its file extension."""
