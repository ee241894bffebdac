"""Cells that no spreadsheet runs: a text that looks like a formula gets an apostrophe in front.

The guard is taken away again by what reads such a file, so a text that begins with an apostrophe and would look
like a guarded one gets another: every text comes back as it was.
"""

import re

# The characters are OWASP's list ("CSV Injection"): some spreadsheets take the full-width forms for the
# plain ones, and skip blanks in front of either.
_FORMULA = re.compile(r"'*(?:[\t\r\n]|\s*[=+\-@\uff1d\uff0b\uff0d\uff20])")


def guarded(text: str) -> str:
    """The text as a cell holds it."""
    # No formula begins with a letter or a digit, as nearly every text does: most need no search.
    return f"'{text}" if not text[:1].isalnum() and _FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """The text that a cell holds: `unguarded(guarded(text)) == text` for every text."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
