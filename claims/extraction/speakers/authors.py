"""Finds who writes an article in the first person: the name in its byline, or under a letter."""

import re

from claims.extraction.lexicons.first_names import is_known
from claims.extraction.speakers.roles import read

_BYLINE = re.compile(r"(?i)(?:by|words|text|written by)(?: by)?:?\s+(.+)")
_NAME = re.compile(r"[^\W\d_][\w.’'-]*(?: [^\W\d_][\w.’'-]*){1,3}")
_MARKS = " *_—–-\r\t"
_SMALL = frozenset({"de", "di", "da", "van", "von", "der", "bin", "al"})
_TOP, _BOTTOM = 6, 5
"""Lines with words at either end in which the name may stand."""
_FAR = 1_000
"""Characters at either end that are looked at."""


def author_of(text: str) -> tuple[str, str]:
    """Return the name of an article's author and what the line below it calls him or her ("Headteacher"); "" if unknown."""
    top, bottom = _lines(text[:_FAR])[:_TOP], _lines(text[-_FAR:])[-_BOTTOM:]
    if any(line.startswith("Dear ") for line in top):
        return _signature(bottom)
    bylines = ((_BYLINE.fullmatch(line), line) for line in top)
    names = (_name(byline[1] if byline is not None else line) for byline, line in bylines)
    name = next(filter(None, names), "")
    return (name, "") if name else _signature(bottom)


def _lines(text: str) -> list[str]:
    return [line.strip(_MARKS) for line in text.split("\n") if line.strip(_MARKS)]


def _signature(lines: list[str]) -> tuple[str, str]:
    """Return the last name that has a line of its own, and what the next line calls its bearer."""
    signed = [number for number, line in enumerate(lines) if _name(line)]
    return (_name(lines[signed[-1]]), _office(lines[signed[-1] + 1 :][:1])) if signed else ("", "")


def _name(line: str) -> str:
    """Return a line that is a person's name and nothing else, or ""."""
    words = line.split()
    named = _NAME.fullmatch(line) is not None and is_known(words[0])
    capital = all(word[0].isupper() or word in _SMALL for word in words)
    if not named or not capital or read(line).head is not None:
        return ""
    return line.title() if line.isupper() else line


def _office(lines: list[str]) -> str:
    """Return the line below a signature, if it is somebody's description."""
    return next((line for line in lines if read(line).head is not None), "")
