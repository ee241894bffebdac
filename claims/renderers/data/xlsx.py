"""XLSX: Excel's own format, with a sheet each for the claims, the report's facts, its contradictions and its corrections.

All texts are stored as texts, never as formulas, links or numbers. They have the same guard as in the CSV, so that a
copy into another program runs nothing either; the admin's import removes it. Times are Excel's own, in UTC, and say so;
those before 1901 are texts in ISO 8601. An integer of more than 15 digits is a text, because Excel would round it.

An Excel cell can have 32,767 characters, where one outside the Basic Multilingual Plane counts twice. A longer text
is cut, and ends with "… [cut: 120 characters]", the number left out. A sheet can have 1,048,576 rows: the rest
continue on the next sheet, under the same names.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import fields
from datetime import UTC, date, datetime
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from xlsxwriter import Workbook

from claims.renderers.data import columns
from claims.renderers.data.guard import guarded
from claims.renderers.documents.prose import prose, words_of
from claims.renderers.in_force import in_force
from claims.renderers.labels import direction
from claims.renderers.times import iso
from claims.renderers.types import (
    APPROVED,
    CHECKED,
    WRITTEN,
    Cell,
    Edition,
    Format,
    Report,
    Side,
    Table,
    Term,
)
from claims.renderers.xml_text import legal, with_line_feeds

LONGEST = 32_767
"""How many characters a cell holds, counted in UTF-16."""

ROWS = 1_048_576
"""How many rows a sheet holds, its names included."""

_WIDTHS = (8, 48)
_MEASURED = 100
_PROPERTY = 255
_EXACT = 10**15
# Excel knows no day before 1900, and takes that for a leap year.
_FIRST_YEAR = 1900
_FORMATS = {datetime: 'yyyy-mm-dd hh:mm:ss" UTC"', date: "yyyy-mm-dd"}
_PIECE = 64 * 1024
# The maximum length of the note that a text was cut.
_TOLD = 40
_MARKUP = re.compile(r"<r>.*</r>", re.DOTALL)
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    # For sheets of more than 4 GB; smaller files are not affected.
    "use_zip64": True,
}


def write(edition: Edition) -> Iterator[bytes]:
    """Write a report as a workbook. The same edition gives the same bytes.

    Args:
        edition: the report.

    Yields:
        The file's bytes, once it is complete.
    """
    report = edition.report
    from_right = direction(report.language) == "rtl"
    with TemporaryDirectory() as folder:
        path = Path(folder) / "report.xlsx"
        with Workbook(path, {**_OPTIONS, "tmpdir": folder}) as book:
            book.set_properties(
                {
                    "title": legal(report.title)[:_PROPERTY],
                    "author": legal(report.newsroom.name)[:_PROPERTY],
                    "comments": edition.digest,
                    "category": edition.kind.upper(),
                    "created": report.issued_at.astimezone(UTC).replace(tzinfo=None, microsecond=0),
                }
            )
            _add(book, "Claims", columns.table(edition), wrapped=True)
            _add(book, "Report", Table(("about", "value"), _facts(edition)), wrapped=True)
            if report.contradictions:
                _add(book, "Contradictions", _contradictions(report), wrapped=True)
            if edition.corrections:
                _add(book, "Corrections", _corrections(edition), wrapped=True)
            for sheet in book.worksheets() if from_right else ():
                sheet.right_to_left()
        yield from _pieces(path)


def table(rows: Table) -> Iterator[bytes]:
    """Write a table as a workbook, in constant memory. The rows are kept on disk in the meantime.

    Yields:
        The file's bytes, once it is complete.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder) / "table.xlsx"
        with Workbook(path, {**_OPTIONS, "tmpdir": folder}) as book:
            _add(book, "Table", rows)
        yield from _pieces(path)


def _facts(edition: Edition) -> Iterator[tuple[str, Cell]]:
    report = edition.report
    yield "title", report.title
    yield "language", report.language
    shown = in_force(edition)
    yield "lede", words_of(prose(shown.lede))
    yield "conclusion", words_of(prose(shown.conclusion))
    for one in edition.text_corrections:
        yield f"{one.part}_correction", f"{iso(one.published_at)}: {one.notice}"
        yield f"{one.part}_before", words_of(prose(one.before))
    yield "scope", report.scope
    yield "number", edition.number
    yield "digest", edition.digest
    yield "url", edition.url
    yield "edition", edition.kind
    yield "made_by", report.made_by
    yield "created_at", report.created_at
    yield "approved_by", report.approved_by
    yield "published_by", report.published_by
    yield "published_at", report.published_at
    for part in (WRITTEN, CHECKED, APPROVED):
        yield f"byline_{part}", ", ".join(one.name for one in report.bylines if one.part == part)
    yield "left_out", report.left_out
    yield "omitted", report.omitted
    yield "undecided_omitted", report.undecided_omitted
    yield "software", report.software
    yield "newsroom", report.newsroom.name
    yield "method", report.newsroom.method
    yield "corrections", report.newsroom.corrections
    yield "contact", report.newsroom.contact
    yield "funding", report.newsroom.funding
    yield "claims", len(report.lines)
    for verdict, count in shown.verdicts:
        yield verdict.code, count


def _contradictions(report: Report) -> Table:
    names = tuple(field.name for field in fields(Side))
    return Table(
        columns=(
            "relation",
            *(f"{side}_{name}" for side in ("earlier", "later") for name in names),
        ),
        rows=(
            (each.relation.code, *_side(each.earlier), *_side(each.later))
            for each in report.contradictions
        ),
    )


def _side(side: Side) -> Iterator[Cell]:
    for field in fields(side):
        value = getattr(side, field.name)
        yield value.code if isinstance(value, Term) else value


def _corrections(edition: Edition) -> Table:
    return Table(
        columns=("claim", "kind", "before", "after", "reason", "at", "notice", "published_at"),
        rows=(
            (
                each.claim,
                each.kind,
                each.before.code,
                each.after.code,
                each.reason,
                each.at,
                each.notice,
                each.published_at,
            )
            for each in edition.corrections
        ),
    )


def _add(book: Any, name: str, rows: Table, *, wrapped: bool = False) -> None:
    """Write a table to a sheet, and to as many further ones as it needs."""
    names = book.add_format({"bold": True, "bottom": 1})
    cells = book.add_format({"valign": "top", "text_wrap": wrapped})
    times = {
        kind: book.add_format({"valign": "top", "num_format": shown})
        for kind, shown in _FORMATS.items()
    }

    def as_time(sheet: Any, row: int, column: int, value: date, *_format: object) -> Any:
        return sheet.write_datetime(row, column, value, times[type(value)])

    def as_text(sheet: Any, row: int, column: int, text: str, *_format: object) -> Any:
        # Cut in two, neither part looks like markup; the cell shows them as a single text.
        return sheet.write_rich_string(row, column, text[:1], cells, text[1:])

    written = map(_row, rows.rows)
    first = list(islice(written, _MEASURED))
    widths = [_width(column) for column in zip(rows.columns, *first, strict=True)]
    rest = chain(first, written)
    number = 1
    ahead = next(rest, None)
    while ahead is not None or number == 1:
        sheet = book.add_worksheet(name if number == 1 else f"{name} {number}")
        for index, width in enumerate(widths):
            # A long table is written faster without it.
            sheet.set_column(index, index, width, cells if wrapped else None)
        sheet.add_write_handler(_Markup, as_text)
        for kind in _FORMATS:
            sheet.add_write_handler(kind, as_time)
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, rows.columns, names)
        last = 0
        while ahead is not None and last < ROWS - 1:
            last += 1
            sheet.write_row(last, 0, ahead)
            ahead = next(rest, None)
        sheet.autofilter(0, 0, last, len(widths) - 1)
        number += 1


def _width(cells: Sequence[Cell | None]) -> int:
    """Return the width of a column in characters: that of the longest line in the first rows, within bounds."""
    longest = max(len(line) for cell in cells for line in str(cell or "").split("\n"))
    narrow, wide = _WIDTHS
    # Two more for the filter's arrow.
    return min(max(longest + 2, narrow), wide)


def _row(row: Sequence[Cell]) -> list[Cell]:
    # As in the CSV: most cells need no call.
    return [
        value
        if not value
        or (
            value.__class__ is str
            and value[0].isalnum()
            and len(value) <= LONGEST // 2
            and "\r" not in value
        )
        else _cell(value)
        for value in row
    ]


def _cell(value: Cell) -> Cell:
    if isinstance(value, str):
        text = _fitting(guarded(with_line_feeds(value)))
        return _Markup(text) if _MARKUP.fullmatch(text) else text
    if isinstance(value, datetime):
        # Its text in UTC is asked for first: a time without a zone is refused.
        text = iso(value)
        return value.astimezone(UTC).replace(tzinfo=None) if value.year > _FIRST_YEAR else text
    if isinstance(value, date):
        return value if value.year > _FIRST_YEAR else value.isoformat()
    return str(value) if isinstance(value, int) and abs(value) >= _EXACT else value


def _fitting(text: str) -> str:
    """Return as much of the text as fits into a cell, with a note if it was cut."""
    data = text.encode("utf-16-le")
    if len(data) <= 2 * LONGEST:
        return text
    # Half of a surrogate pair at the end is not text.
    kept = data[: 2 * (LONGEST - _TOLD)].decode("utf-16-le", "ignore")
    return f"{kept}… [cut: {len(text) - len(kept)} characters]"


class _Markup(str):
    """A text that looks like XlsxWriter's own formatting syntax, and would be interpreted as such."""

    __slots__ = ()


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece


FORMAT = Format(
    key="xlsx",
    label="Excel (XLSX)",
    content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    write=write,
    table=table,
)
