"""Footnotes on printed pages, recognized by their marks."""

import re
from collections.abc import Iterator
from dataclasses import replace

from claims.ingest.formats.pdf_layout import Line

_SMALLER = 0.96
"""The size of a note's letters, at most, in those of the text."""

_MARK = r"\d{1,3}|[ivx]{1,5}|[a-z]|[*†‡§¶]{1,3}"
_NOTE = re.compile(rf"({_MARK})[.)\]]?\s*(?=[^\W\d]|[“‘\"'(])|(\d{{1,3}})[.)\]]?\s+(?=\d)")


def without_notes(pages: list[list[Line]]) -> list[list[Line]]:
    """Remove footnotes and endnotes, and the marks that refer to them.

    Args:
        pages: the lines of each page.

    Returns:
        The lines of the text. Raised text that does not refer to a note stays, as in km² or 19th.
    """
    starts = [_starts(page) for page in pages]
    tops, size = [0.0] * len(pages), 0.0
    marks: list[set[str]] = [set() for _ in pages]
    for number, page in enumerate(pages):
        for line, mark in _marks(page):
            for place in (number, len(pages) - 1):
                note = starts[place].get(mark)
                if note and _leads(line, note, is_later=place > number):
                    tops[place] = max(tops[place], note.y + note.size / 2)
                    size = max(size, line.size)
                    marks[number].add(mark)
                    break
    return [
        [_without(line, found) for line in page if line.y > top or line.size >= size * _SMALLER]
        for page, top, found in zip(pages, tops, marks, strict=True)
    ]


def _starts(page: list[Line]) -> dict[str, Line]:
    """Return the last line that begins with each mark, because notes are below the text."""
    found = ((_NOTE.match(line.text.strip()), line) for line in page)
    return {start[1] or start[2]: line for start, line in found if start}


def _marks(page: list[Line]) -> Iterator[tuple[Line, str]]:
    for line in page:
        for start, end in line.raised:
            yield line, line.text[start:end].strip()


def _leads(line: Line, note: Line, *, is_later: bool) -> bool:
    return note.size < line.size * _SMALLER and (is_later or note.y < line.y)


def _without(line: Line, marks: set[str]) -> Line:
    """Remove marks from a line's text, but remember them: they explain why the line is lower."""
    text = line.text
    for start, end in reversed(line.raised):
        if text[start:end].strip() in marks:
            text = text[:start] + text[end:]
    return replace(line, text=text)
