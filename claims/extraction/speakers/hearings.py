"""Tells whether a text is the record of a hearing, and who sits there."""

import re

_RECORD = re.compile(
    r"(?i)\b(?:record of|transcript of|minutes of|hearing of|sitting of|session of|proceedings|oral evidence|witnesses:|verbatim)"
)
_COMMITTEE = re.compile(r"(?i)\b(?:sub)?committee\b")
_INQUIRY = re.compile(r"(?i)\b(?:inquiry|tribunal|inquest|royal commission|commission of)\b")
_OPENING = 300
"""Characters in which a record of a hearing says what it is."""


def sitting_kind(text: str) -> str:
    """Return the kind of those who sit at the hearing of which a text is the record, or "" for any other text."""
    opening = text[:_OPENING]
    if not _RECORD.search(opening):
        return ""
    return "lawmaker" if _COMMITTEE.search(opening) else "court" if _INQUIRY.search(opening) else ""
