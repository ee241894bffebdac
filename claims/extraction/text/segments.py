"""Divides a text into passages and sentences, each with its place in the text.

A passage is a paragraph, or a piece of one that is too long to be parsed at once. Nothing here changes
the text, so every place stays a place in the article.
"""

import re
from collections.abc import Iterable, Iterator

from claims.extraction.text import furniture
from claims.extraction.types import Span

PASSAGE_LIMIT = 4_000
"""Characters. A parse takes memory in proportion; no newspaper's paragraph comes near this."""

SENTENCE_LIMIT = 1_200
"""Characters. What runs on for longer is no sentence, and the time of reading one grows with its square."""

_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_DATELINE = re.compile(
    r"\s*(?P<place>[^\W\d_][\w.’' -]{1,30}?)(?:, [^\n():“”\"–—―]{2,30}?)?(?P<agency>\s?\([^\n()]{2,30}\))?"
    r"\s?(?:[–—―]|--?)\s+(?=[“‘\"'«(\[]*[^\W_a-z])"
)
_SENTENCE_END = re.compile(r"[.?!…][.?!…”’\"'»)\]]*\s+(?=[“‘\"'«(\[]*[^\W_a-z])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|St|Sen|Rep|Gov|Gen|Col|Lt|Sgt|Capt|Maj|Cpl|Insp|Supt|Rev|Hon|"
    r"Jr|Sr|vs|No|Inc|Ltd|Co|Corp|Jan|Feb|Aug|Sept|Oct|Nov|Dec)|\b[A-Za-z]\.[A-Za-z])\.$"
)

_COUNTER = re.compile(r"\(?\d{1,2}/\d{1,2}\)?")
"""What numbers the posts of a thread."""


def trim(text: str, start: int, end: int) -> Span:
    """Narrow `[start, end)` until it neither starts nor ends with white space."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def merged(spans: Iterable[Span]) -> list[Span]:
    """Sort places, and join those that touch or overlap."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def has_words(text: str, start: int = 0, end: int | None = None) -> bool:
    """Return whether there is a letter or a digit in `[start, end)`, or in all of a text."""
    return _LETTER_OR_DIGIT.search(text, start, len(text) if end is None else end) is not None


def lines(text: str) -> Iterator[Span]:
    """Yield the places of the text's lines that have words in them, in order, without white space around."""
    for line in _LINE.finditer(text):
        yield from _worth_reading(text, *line.span())


def passages(text: str) -> Iterator[Span]:
    """Yield the places of the text's passages, in order, without white space at either end.

    A line that is a notice of the page (a byline, a date), a heading or verse is none. What stands before a passage's
    first sentence is not part of it: a dateline ("ALDMERE, May 6 –"), a time, a list mark.
    """
    every = list(lines(text))
    kept = [line for line in every if not furniture.is_notice(text[slice(*line)])]
    skipped = furniture.apart(text, kept)
    located = furniture.behind_place(text, kept)
    starts = {located[0]: located[1]} if located is not None else {}
    read = [
        place
        for line in kept
        if line not in skipped
        for place in _passages(text, starts.get(line, line[0]), line[1])
    ]
    # A text of nothing but notices is read as it stands.
    yield from read or every


def _passages(text: str, start: int, end: int) -> Iterator[Span]:
    """Cut one line into passages, from the first word that is its own to the last, without emphasis around them."""
    while end > start and text[end - 1] in "*_":
        end -= 1
    start = _behind_dateline(text, furniture.behind_mark(text, start, end), end)
    for cut in _cuts(text, start, end):
        yield from _worth_reading(text, start, cut)
        start = cut
    yield from _worth_reading(text, start, end)


def _behind_dateline(text: str, start: int, end: int) -> int:
    """Find where a line starts after its dateline: a place in capitals or with an agency, and a dash."""
    match = _DATELINE.match(text, start, end)
    if match is not None and (match["place"].isupper() or match["agency"]):
        return match.end()
    return start


def sentences(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the places of the sentences in `[start, end)`, by their punctuation alone.

    This is for text that is not parsed: the inside of quotations.
    """
    for mark in _SENTENCE_END.finditer(text, start, end):
        if _ABBREVIATION.search(text[max(start, mark.start() - 8) : mark.start() + 1]):
            continue
        yield from _worth_reading(text, start, mark.end())
        start = mark.end()
    yield from _worth_reading(text, start, end)


def _worth_reading(text: str, start: int, end: int) -> Iterator[Span]:
    if has_words(text, start, end):
        start, end = trim(text, start, end)
        if not _COUNTER.fullmatch(text, start, end):
            yield start, end


def _cuts(text: str, start: int, end: int) -> Iterator[int]:
    """Find where to cut a line that is too long, or a sentence in it: after a sentence, else after a word."""
    if end - start <= SENTENCE_LIMIT:
        return
    ends = [mark.end() for mark in _SENTENCE_END.finditer(text, start, end)]
    last = start
    for place in (*ends, end):
        if place - start > PASSAGE_LIMIT and last > start:
            yield last
            start = last
        while place - last > SENTENCE_LIMIT:
            space = text.rfind(" ", last + SENTENCE_LIMIT // 2, last + SENTENCE_LIMIT)
            last = space + 1 if space >= 0 else last + SENTENCE_LIMIT
            yield last
            start = last
        last = place
