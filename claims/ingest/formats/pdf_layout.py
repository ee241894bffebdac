"""Finds the headline and the paragraphs in the lines of printed pages."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, pairwise
from statistics import median
from unicodedata import normalize

from claims.ingest.cleaning import one_line


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line.

    Attributes:
        text: its characters.
        x: where it begins, in points from the left edge of the page.
        y: its baseline, in points from the bottom of the page.
        size: its font size, in points.
        raised: where its text has smaller raised parts, such as the marks of notes.
    """

    text: str
    x: float
    y: float
    size: float
    raised: tuple[tuple[int, int], ...] = ()


# How much further than usual the next line must be away, be indented (at least and at most), or end early, to begin
# a paragraph.
_WIDER, _WIDER_RAISED = 1.25, 1.5
_INDENT = 0.5
_DEEPEST = 6
_SHORT = 0.8
_OTHER_SIZE = 1.1

# How many line steps determine the usual step, and the default if there are fewer, in font sizes.
_MANY = 6
_CLOSE = 1.4

_HEADLINE_SIZE = 1.2
_EDGE = 2
"""Lines at the top and at the bottom of a page that may be its head or foot."""

_LONGEST_NUMBER = 60
"""Characters of a page's number with what stands around it."""

_NUMBER = re.compile(r"\W*(page|seite)?\W*\d{1,4}(\W+(of|von)?\W*\d{1,4})?\W*", re.IGNORECASE)
# What browsers print below a page (its address and number) and above it (the time and its title).
_PRINTED_FOOT = re.compile(r"(https?|file)://\S+ \d+/\d+")
_PRINTED_HEAD = re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}, \d{1,2}:\d{2}\b.*")
_SENTENCE_END = re.compile(r"""[.!?…:;]["”’»)\]]*$""")
_CUT = re.compile(r"\w[-\u00ad\u2010]$")
# Ligatures are typesetting and not the outlet's text: some programs store the glyph, others its letters.
_LIGATURES = str.maketrans(
    {chr(code): normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
)
_HYPHEN_WITHIN = re.compile(r"(?<=\w)\u00ad(?=\w)")


def article_of(pages: list[list[Line]]) -> tuple[str, str]:
    """Find the headline and the paragraphs.

    Args:
        pages: the lines of each page that belong to the text, in reading order.

    Returns:
        The headline, "" if nothing stands out, and the other paragraphs, separated by blank lines.
    """
    lines = list(chain.from_iterable(pages))
    if not lines:
        return "", ""
    usual = median(line.size for line in lines for _ in line.text)
    known = set(re.findall(r"\b\w++-\w+", " ".join(map(_shown, (line.text for line in lines)))))
    paragraphs = list(_paragraphs(lines))
    place = _headline_place(paragraphs, len(pages[0]), usual)
    headline = "" if place is None else _joined(paragraphs.pop(place), known)
    return headline, "\n\n".join(_joined(paragraph, known) for paragraph in paragraphs)


def without_heads_and_feet(pages: list[list[Line]]) -> list[list[Line]]:
    """Remove headers and footers from printed pages.

    Args:
        pages: the lines of each page.

    Returns:
        The lines without page numbers, what browsers print, and text at the same position of the page edge on at
        least half of the pages.
    """
    edges = [_edges(page) for page in pages]
    seen = Counter(key for found in edges for key in {_key(line) for line in found})
    often = max(2, len(pages) / 2)
    return [
        [
            line
            for line in page
            if line not in found
            or not (
                seen[_key(line)] >= often
                or (line in found[-1:] and _is_number(line.text))
                or _is_printed(line, found)
            )
        ]
        for page, found in zip(pages, edges, strict=True)
    ]


def _is_number(text: str) -> bool:
    return len(text) <= _LONGEST_NUMBER and bool(_NUMBER.fullmatch(text))


def _is_printed(line: Line, edges: list[Line]) -> bool:
    """Return whether a browser printed a line: above the page only if it also did so below it."""
    if not _PRINTED_FOOT.fullmatch(one_line(edges[-1].text)):
        return False
    return line in edges[-1:] or bool(_PRINTED_HEAD.fullmatch(one_line(line.text)))


def _edges(page: list[Line]) -> list[Line]:
    """Return the lines at the top and the bottom of a page, the lowest last."""
    by_height = sorted(page, key=lambda line: -line.y)
    return by_height[:_EDGE] + by_height[max(_EDGE, len(by_height) - _EDGE) :]


def _key(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "#", one_line(line.text)), round(line.y / 5)


def _paragraphs(lines: list[Line]) -> Iterator[list[Line]]:
    """Split the lines where the next one is further away, is indented, or follows one that ends early."""
    steps = [_step(above, line) for above, line in pairwise(lines) if _alike(above, line)]
    steps = sorted(step for step in steps if step > 0)
    # If paragraphs are short, most steps are gaps between them; if there are few steps, perhaps all
    # are.
    usual = steps[len(steps) // 10] if len(steps) >= _MANY else min([_CLOSE, *steps])
    paragraph: list[Line] = []
    for column in _columns(lines):
        edges = sorted(line.x for line in column)
        width = max(len(line.text) * line.size for line in column)
        for line in column:
            # Text below a column may begin further left: a footer, a notice.
            left = edges[bisect_left(edges, line.x - _DEEPEST * line.size)]
            if paragraph and _begins(paragraph[-1], line, usual, left, width):
                yield paragraph
                paragraph = []
            paragraph.append(line)
    yield paragraph


def _columns(lines: list[Line]) -> Iterator[list[Line]]:
    """Split the lines where the next one is higher: in another column, or on another page."""
    column = lines[:1]
    for above, line in pairwise(lines):
        if line.y > above.y + line.size:
            yield column
            column = []
        column.append(line)
    yield column


def _step(above: Line, line: Line) -> float:
    """Return how far a line is below another, in font sizes."""
    return (above.y - line.y) / (line.size or 1)


def _alike(one: Line, other: Line) -> bool:
    small, large = sorted((one.size, other.size))
    return large <= small * _OTHER_SIZE


def _begins(above: Line, line: Line, usual: float, left: float, width: float) -> bool:
    """Return whether a line begins a paragraph."""
    if not _alike(above, line):
        return True
    ends = bool(_SENTENCE_END.search(above.text.strip()))
    indent = _INDENT * line.size
    if above.y < line.y - line.size:
        # Across columns and pages, gaps mean nothing.
        return ends or line.x > left + indent
    # Raised text pushes its line down.
    if _step(above, line) > usual * (_WIDER_RAISED if line.raised else _WIDER):
        return True
    if line.x > left + indent and line.x > above.x + indent:
        return True
    is_short = len(above.text) * above.size < width * _SHORT
    return ends and (is_short or (line.x > left + indent and above.x > left + indent))


def _headline_place(paragraphs: list[list[Line]], on_first: int, usual: float) -> int | None:
    """Return the paragraph with the largest font on the first page, if it is larger than usual."""
    place, seen = None, 0
    largest = usual * _HEADLINE_SIZE
    for number, paragraph in enumerate(paragraphs):
        if seen >= on_first:
            break
        seen += len(paragraph)
        if paragraph[0].size > largest:
            place, largest = number, paragraph[0].size
    return place


def _joined(paragraph: list[Line], known: set[str]) -> str:
    """Join lines; a word hyphenated between two loses its hyphen, unless it has one elsewhere too."""
    pieces: list[str] = []
    for line in paragraph:
        piece, above = one_line(line.text), pieces[-1] if pieces else ""
        if _CUT.search(above) and piece[:1].islower():
            start, rest = re.findall(r"\w+", above)[-1], re.match(r"\w+", piece)
            whole = f"{start}-{rest[0] if rest else ''}"
            pieces[-1] = f"{above[:-1]}-" if whole in known else above[:-1]
        elif any(pieces):
            pieces.append(" ")
        pieces.append(piece)
    return _shown("".join(pieces))


def _shown(text: str) -> str:
    """Replace soft hyphens within a line by plain ones, because many programs use one glyph for both.

    Expand ligatures.
    """
    return _HYPHEN_WITHIN.sub("-", text).translate(_LIGATURES)
