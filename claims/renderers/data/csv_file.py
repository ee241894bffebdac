"""CSV for spreadsheets and other programs, in three forms.

"csv" is plain UTF-8, as programs expect it. The two for Excel begin with a byte-order mark: without it, Excel reads UTF-8
in the machine's old code page and breaks every accent. "csv-excel" has commas, which Excel expects where numbers are
written 1.5, "csv-excel-semicolons" semicolons, which it expects where they are written 1,5, as its numbers are. LibreOffice and Google
Sheets accept all; Python reads the last two with `encoding="utf-8-sig"`.

Texts are in quotation marks, unless they consist only of letters and digits. A text that a spreadsheet would run as
a formula gets a leading apostrophe, which the admin's import removes. Use the JSON export if the texts must be exact
to the character.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from functools import partial
from itertools import chain

from claims.renderers.data import columns
from claims.renderers.data.chunks import pieces
from claims.renderers.data.guard import guarded
from claims.renderers.times import iso
from claims.renderers.types import Cell, Format, Table

_MARK = b"\xef\xbb\xbf"
_QUOTE = '"'
_NOTHING = '""'


def table(rows: Table, separator: str = ",") -> Iterator[bytes]:
    """Write a table as CSV, each row ended by CR LF.

    Yields:
        The file's bytes, the row of names first.
    """
    return pieces(_line(row, separator) for row in chain([rows.columns], rows.rows))


def table_for_excel(rows: Table, separator: str = ",") -> Iterator[bytes]:
    """Write a table as CSV after a byte-order mark. Yields as `table` does."""
    return chain([_MARK], table(rows, separator))


def _line(row: Sequence[Cell], separator: str) -> str:
    # Twice as fast as the standard library, which checks each character: a text of only letters and digits is
    # not a formula and needs no quotation marks.
    cells = [
        ""
        if value is None
        else value
        if value.__class__ is str and value.isalnum()
        else _cell(value, separator)
        for value in row
    ]
    # An empty line would not be a row.
    return f"{separator.join(cells) or _NOTHING}\r\n"


def _cell(value: Cell, separator: str) -> str:
    if isinstance(value, str):
        return f'"{guarded(value).replace(_QUOTE, _QUOTE * 2)}"' if value else ""
    if isinstance(value, datetime):
        return iso(value)
    if isinstance(value, float) and separator == ";":
        # Where Excel expects semicolons, it reads 0.5 as a text or a date.
        return str(value).replace(".", ",")
    return value.isoformat() if isinstance(value, date) else str(value)


def _format(
    key: str, label: str, table: Callable[[Table], Iterator[bytes]], variant: str = ""
) -> Format:
    return Format(
        key=key,
        label=label,
        content_type="text/csv; charset=utf-8",
        write=lambda edition: table(columns.table(edition)),
        table=table,
        extension="csv",
        variant=variant,
    )


FORMAT = _format("csv", "CSV", table)
FOR_EXCEL = _format("csv-excel", "CSV for Excel", table_for_excel, "excel")
FOR_EXCEL_WITH_SEMICOLONS = _format(
    "csv-excel-semicolons",
    "CSV for Excel (;)",
    partial(table_for_excel, separator=";"),
    "excel-semicolons",
)
