"""The formats a verification report can be had in.

A format is one module of this package that defines `FORMAT`, and its line in the list below. Menus,
addresses, the command line and the tests go through the list.
"""

from claims.errors import UnknownFormatError
from claims.exports import as_csv, as_html, as_json, as_pdf
from claims.exports.types import Format

FORMATS: dict[str, Format] = {
    module.FORMAT.key: module.FORMAT
    for module in (
        as_html,
        as_pdf,
        as_csv,
        as_json,
    )
}
"""Every format by its key, in the order that menus show them."""


def get(key: str) -> Format:
    """Give the format of that key.

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
