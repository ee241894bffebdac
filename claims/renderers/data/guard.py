"""Protects cells from being run as formulas: a text that looks like one gets a leading apostrophe.

Importing such a file removes the guard again. A text that begins with an apostrophe and would look like a
guarded one gets another, so every text is restored exactly.
"""

import re

# The characters are OWASP's list ("CSV Injection"): some spreadsheets treat the full-width forms like
# the plain ones, and skip leading blanks.
_FORMULA = re.compile(r"'*(?:[\t\r\n]|\s*[=+\-@\uff1d\uff0b\uff0d\uff20])")


def guarded(text: str) -> str:
    """Return the cell for a text."""
    # No formula begins with a letter or a digit, as nearly every text does, so most need no search.
    return f"'{text}" if not text[:1].isalnum() and _FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """Return the text of a cell: `unguarded(guarded(text)) == text` for every text."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
