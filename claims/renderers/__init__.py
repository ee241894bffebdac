"""Renderers: a report or a table in, a file out.

Each format is a module of `documents` (for people) or `data` (for programs) that defines a `Format`,
and its line in the list below. Menus, addresses, the command line and the tests go through this list.
"""

from collections.abc import Callable, Iterator

from claims.errors import UnknownReportFormatError
from claims.renderers.data import claimreview, csv_file, json_file, json_lines, xlsx
from claims.renderers.documents import docx, html_page, markdown, pdf
from claims.renderers.types import Format, Table

FORMATS: dict[str, Format] = {
    each.key: each
    for each in (
        html_page.FORMAT,
        pdf.FORMAT,
        docx.FORMAT,
        markdown.FORMAT,
        csv_file.FORMAT,
        csv_file.FOR_EXCEL,
        csv_file.FOR_EXCEL_WITH_SEMICOLONS,
        xlsx.FORMAT,
        json_file.FORMAT,
        json_lines.FORMAT,
        claimreview.FORMAT,
    )
}
"""Every format by key, in the order of menus."""


TABLES: dict[str, Format] = {key: each for key, each in FORMATS.items() if each.table}
"""The formats that also take tables of any length."""


def get(key: str) -> Format:
    """Return the format with a key.

    Args:
        key: a format's key, as in addresses and on the command line ("pdf").

    Returns:
        The format.

    Raises:
        UnknownReportFormatError: there is no format with that key.
    """
    try:
        return FORMATS[key]
    except KeyError:
        raise UnknownReportFormatError(name=key, known=", ".join(FORMATS)) from None


def writer_of_tables(key: str) -> Callable[[Table], Iterator[bytes]]:
    """Return the function that writes tables in the format with a key.

    Raises:
        UnknownReportFormatError: there is no table format with that key.
    """
    found = TABLES.get(key)
    if found is None or found.table is None:
        raise UnknownReportFormatError(name=key, known=", ".join(TABLES))
    return found.table
