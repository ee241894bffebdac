"""Reads Excel workbooks (XLSX) as rows of texts, for any kind of table. Formulas and links are never run."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import Any, BinaryIO, NamedTuple

from claims.errors import Phrase, UnreadableTableError

MAX_UNPACKED = 30 * 1024 * 1024
"""How large the parts of a file may be together once they are unpacked."""

MAX_TAGS = 800_000
"""How many tags they may hold: eight a cell, as Excel writes them, for 5,000 rows of twenty. A million takes ten seconds."""

MAX_CHARACTERS = 30_000_000
"""Characters of all cells together: as many as fit into the unpacked parts once. A text that cells share counts with each."""

LONGEST_CELL = 32_767
"""Characters that a cell of Excel can hold. Of one that has more, only one more is given."""

_CHUNK = 64 * 1024
# Halves of surrogate pairs mean nothing alone.
_ESCAPED = re.compile("_x(?![Dd][89A-Fa-f])([0-9A-Fa-f]{4})_")


class Cell(NamedTuple):
    """One cell.

    Attributes:
        text: its value, as a person would type it.
        kind: "f" for a formula, "e" for a spreadsheet error, else "".
    """

    text: str
    kind: str = ""


_EMPTY = Cell("")


def rows(stream: BinaryIO, *, most: int, width: int) -> Iterator[list[Cell]]:
    """Read the sheet that was active when the workbook was saved.

    Args:
        stream: the file's bytes.
        most: the maximum number of rows.
        width: how many cells of each row are read. Trailing empty ones are left out.

    Raises:
        UnreadableTableError: it is not such a file, is damaged, would be too large when unpacked, or has too many
            rows or more than `MAX_CHARACTERS`.
    """
    # It takes a fifth of a second to import, and few processes read workbooks.
    from openpyxl import load_workbook

    data = stream.read()
    try:
        _require_small(data)
        with warnings.catch_warnings():
            # Warnings about what is in the file besides values.
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        try:
            page = book.active
            # The size that a file declares may be wrong.
            page.reset_dimensions()
            yield from within(_at_most(most, page.iter_rows(max_col=width)))
        finally:
            book.close()
    except (UnreadableTableError, MemoryError):
        raise
    except Exception as error:
        # On an invalid or malicious file, openpyxl may raise any error.
        raise UnreadableTableError(
            why=Phrase(
                "the file is damaged, or not an XLSX file. Open it in Excel and save it again."
            )
        ) from error


def within(found: Iterable[list[Cell]]) -> Iterator[list[Cell]]:
    """Yield rows unchanged, as long as they have no more than `MAX_CHARACTERS` in total.

    Raises:
        UnreadableTableError: while they are read: they have more.
    """
    left = MAX_CHARACTERS
    for row in found:
        left -= sum(len(cell.text) for cell in row)
        if left < 0:
            raise UnreadableTableError(
                why=Phrase(
                    "the cells contain more than %(limit)s characters in total. Split the file into several files.",
                    limit=f"{MAX_CHARACTERS:,}",
                )
            )
        yield row


def cells_of(row: object, *, width: int) -> list[Cell]:
    """Return the cells of a row received as JSON, at most `width` of them.

    Raises:
        LookupError: it is not a row.
    """
    if not isinstance(row, list) or len(row) > width or not all(_is_cell(each) for each in row):
        raise LookupError("no row")
    return [Cell(*each) for each in row]


def _is_cell(value: object) -> bool:
    return (
        isinstance(value, list) and len(value) == 2 and all(isinstance(each, str) for each in value)
    )


def _at_most(most: int, found: Iterable[Iterable[Any]]) -> Iterator[list[Cell]]:
    for number, row in enumerate(found, start=1):
        if number > most:
            raise UnreadableTableError(
                why=Phrase(
                    "the file has rows beyond row %(limit)s. Delete the empty ones, or split it into several files.",
                    limit=f"{most:,}",
                )
            )
        cells = [Cell(_text(cell.value)[: LONGEST_CELL + 1], _kind(cell)) for cell in row]
        while cells and cells[-1] == _EMPTY:
            cells.pop()
        yield cells


def _kind(cell: Any) -> str:
    return cell.data_type if cell.data_type in {"f", "e"} else ""


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return value.isoformat() if isinstance(value, date | time) else str(value)


def _require_small(data: bytes) -> None:
    """Raise `UnreadableTableError` for a file that would use up memory or hours once it is unpacked."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        # No part is unpacked beyond the size that it declares here.
        if sum(part.file_size for part in parts.infolist()) > MAX_UNPACKED:
            raise UnreadableTableError(
                why=Phrase(
                    "the file would be larger than %(limit)s when unpacked. Split it into several files.",
                    limit=f"{MAX_UNPACKED / 1024**2:.1f}\N{NO-BREAK SPACE}MB",
                )
            )
        if sum(_tags(parts, name) for name in parts.namelist()) > MAX_TAGS:
            raise UnreadableTableError(
                why=Phrase(
                    "the file has far more cells or formats than an import can have rows. Copy the rows into a new workbook."
                )
            )


def _tags(parts: zipfile.ZipFile, name: str) -> int:
    """Return an upper bound for the number of tags in a part."""
    with parts.open(name) as part:
        return sum(chunk.count(b"<") for chunk in iter(lambda: part.read(_CHUNK), b""))
