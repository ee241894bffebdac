"""The formats a verification report can be had in.

A format is one module of this package that defines a `Format`, and its line in the list below. Menus,
addresses, the command line and the tests go through the list.
"""

from collections.abc import Callable, Iterator

from claims.errors import UnknownFormatError
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
        xlsx.FORMAT,
        json_file.FORMAT,
        json_lines.FORMAT,
        claimreview.FORMAT,
    )
}
"""Every format by its key, in the order that menus show them."""


TABLES: dict[str, Format] = {key: each for key, each in FORMATS.items() if each.table}
"""Those that a list of any length can be had in, too."""


def get(key: str) -> Format:
    """Return the format of that key.

    Args:
        key: a format's key, as it stands in addresses and on the command line ("pdf").

    Returns:
        The format.

    Raises:
        UnknownFormatError: there is none of that key.
    """
    try:
        return FORMATS[key]
    except KeyError:
        raise UnknownFormatError(name=key, known=", ".join(FORMATS)) from None


def writer_of_tables(key: str) -> Callable[[Table], Iterator[bytes]]:
    """Return what writes a table in the format of that key.

    Raises:
        UnknownFormatError: there is none of that key for tables.
    """
    found = TABLES.get(key)
    if found is None or found.table is None:
        raise UnknownFormatError(name=key, known=", ".join(TABLES))
    return found.table
