"""File formats of imports and exports: CSV and XLSX. Each format is a `FileFormat` in the list.

Cells are texts, guarded against formulas on export; the guard is removed on import.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import openpyxl
from openpyxl.cell import WriteOnlyCell

from claims.admin.import_export.sheets import LIMIT, Line, Sheet
from claims.errors import Phrase, UnreadableTableError
from claims.ingest import sandbox
from claims.ingest.workbooks import LONGEST_CELL, Cell
from claims.renderers.data.guard import guarded, unguarded

MAX_BYTES = 10 * 1024 * 1024
"""How large a file may be."""

_MARK = b"\xef\xbb\xbf"
_PACKED = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")

# Characters that XML does not allow, and texts that look like Excel's escapes for them.
_NOT_XML = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_COLUMNS = 64
_ROWS = 4 * LIMIT


Table = Iterable[Sequence[str]]
"""Rows of cells; the first one holds the names of the columns."""


@dataclass(frozen=True, slots=True)
class FileFormat:
    """A format of a file of records.

    Attributes:
        key: its file extension.
        label: its name in menus.
        content_type: its MIME type.
        write: returns the file of a table. Raises `UnreadableTableError` if a cell is too long.
    """

    key: str
    label: str
    content_type: str
    write: Callable[[Table], bytes]


def read_csv(data: bytes) -> Sheet:
    """Read the table of a CSV file in UTF-8, with or without a byte-order mark.

    Cells are separated by commas or semicolons.

    Raises:
        UnreadableTableError: if it is not valid.
    """
    text = _decoded(data.removeprefix(_MARK))
    first = io.StringIO(text, newline=None).readline()
    # Column names contain neither.
    parted = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=";" if first.count(";") > first.count(",") else ",",
        strict=True,
    )
    rows = _numbered(parted)
    sheet = Sheet(next(rows, (Line(1), [""]))[1])
    for line, cells in rows:
        sheet.add(line, [unguarded(cell) for cell in cells])
    return sheet


def write_csv(table: Table) -> bytes:
    """Return the CSV file of a table, with the byte-order mark that tells Excel it is in UTF-8."""
    file = io.StringIO(newline="")
    csv.writer(file).writerows([guarded(cell) for cell in row] for row in table)
    return _MARK + file.getvalue().encode()


def _decoded(data: bytes) -> str:
    """The characters of a file."""
    if data.startswith(_UTF_16):
        raise _not_utf_8(Phrase("the file is encoded in UTF-16"))
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _not_utf_8(Phrase("line %(line)s is not valid UTF-8", line=line)) from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise UnreadableTableError(
            why=Phrase(
                "line %(line)s contains a NUL byte, which is not allowed in text.", line=line
            )
        )
    return text


def _not_utf_8(found: Phrase) -> UnreadableTableError:
    return UnreadableTableError(
        why=Phrase("%(found)s. In Excel, save it as “CSV UTF-8”, or as XLSX.", found=found)
    )


def _numbered(rows: Any) -> Iterator[tuple[Line, list[str]]]:
    """Yield each row of a `csv.reader` with its line number."""
    number, before = 0, 0
    try:
        for row in rows:
            number += 1
            yield Line(number, before + 1 if before + 1 != number else None), row
            before = rows.line_num
    except csv.Error as error:
        raise UnreadableTableError(
            why=Phrase(
                "line %(line)s cannot be read: it has a missing or extra quotation mark, or a cell longer than %(limit)s characters.",
                line=before + 1,
                limit=f"{csv.field_size_limit():,}",
            )
        ) from error


def read_xlsx(data: bytes) -> Sheet:
    """Read the table in the active sheet of a workbook. Formulas and links are never run.

    Raises:
        WorkbenchError: if it is not valid, as in `claims.ingest.sandbox`.
    """
    rows = enumerate(sandbox.rows(io.BytesIO(data), most=_ROWS, width=_COLUMNS), start=1)
    sheet = Sheet([cell.text for cell in next(rows, (1, []))[1]])
    for number, row in rows:
        sheet.add(_checked(Line(number), sheet.headers, row), _padded(row, len(sheet.headers)))
    return sheet


def write_xlsx(table: Table) -> bytes:
    """Return the workbook of a table.

    Raises:
        UnreadableTableError: if a cell is too long for Excel.
    """
    rows = [[_in_xml(text) for text in row] for row in table]
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet()
    page.freeze_panes = "A2"
    for row in rows:
        page.append([_cell(page, text) for text in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _in_xml(text: str) -> str:
    """Return a text escaped for the file."""
    text = _NOT_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", guarded(text))
    if len(text) > LONGEST_CELL:
        raise UnreadableTableError(
            why=Phrase(
                "a cell is longer than %(limit)s characters, the most that Excel allows. Use CSV instead.",
                limit=f"{LONGEST_CELL:,}",
            )
        )
    return text


def _cell(page: Any, text: str) -> Any:
    """Return a text cell, whatever the text looks like."""
    cell = WriteOnlyCell(page, value=text)
    cell.data_type = "s"
    return cell


def _padded(row: Sequence[Cell], width: int) -> list[str]:
    """Return the texts of a row, padded to full width. A row with a NUL byte is refused."""
    cells = [unguarded(cell.text).replace("\0", "\N{REPLACEMENT CHARACTER}") for cell in row]
    return cells + [""] * (width - len(cells))


def _checked(line: Line, names: Sequence[str], row: Iterable[Cell]) -> Line:
    """Return the row's place, with the errors of its cells."""
    for name, cell in zip(names, row, strict=False):
        if cell.kind == "f":
            line.wrong.append(
                (
                    name,
                    Phrase("This cell contains a formula. Copy the column and paste it as values."),
                )
            )
        elif cell.kind == "e":
            line.wrong.append(
                (
                    name,
                    Phrase("This cell contains a spreadsheet error: %(error)s.", error=cell.text),
                )
            )
        elif len(cell.text) > LONGEST_CELL:
            line.wrong.append(
                (
                    name,
                    Phrase(
                        "This cell is longer than %(limit)s characters, the most that Excel allows.",
                        limit=f"{LONGEST_CELL:,}",
                    ),
                )
            )
        elif "\0" in cell.text:
            line.wrong.append(
                (name, Phrase("This cell contains a NUL byte, which is not allowed in text."))
            )
    return line


FORMATS = {
    each.key: each
    for each in (
        FileFormat("csv", "CSV", "text/csv; charset=utf-8", write_csv),
        FileFormat(
            "xlsx",
            "XLSX",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            write_xlsx,
        ),
    )
}
"""The formats by their keys, as menus show them."""


def read(data: bytes) -> Sheet:
    """Read the table of a file in any of the formats, recognized by its first bytes.

    Raises:
        WorkbenchError: if it is not valid. The message says what to do.
    """
    if data.startswith(_OLD_OFFICE):
        raise UnreadableTableError(
            why=Phrase(
                "the file is in an old Excel format or protected by a password. Save it as XLSX without a password."
            )
        )
    return read_xlsx(data) if data.startswith(_PACKED) else read_csv(data)
