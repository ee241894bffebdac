"""Small rules after the network: a quotation is whole, and continues after its cue's sentence."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from claims.extraction.encoder.choosing import shared
from claims.extraction.encoder.decoding import Candidate
from claims.extraction.text import quotations, segments
from claims.extraction.text.quotations import Quotation
from claims.extraction.types import Span, Spans

_MOSTLY = 0.5
"""A quotation of which a content has more than this much is part of it as a whole."""

_SIGNED = re.compile(
    r"\s*(?P<dash>[―—–]|--?)\s*(?P<name>[^\W\d_][^\n“”\"―—:;.!?]{1,60}[^\W_.]\.?)\s*$"
)
_ABBREVIATED = re.compile(r"\b(?:[^\W\d_]\.)+$|\b(?:Jr|Sr|Inc|Co|Corp|Ltd)\.$")
_ENDS = re.compile(r"[.?!…][”»\"’']*$")


def quoted(text: str) -> list[Quotation]:
    """Find the quotations of a text, in order."""
    return list(chain.from_iterable(quotations.find(text, list(segments.passages(text)))))


def whole(one: Candidate, found: Sequence[Quotation]) -> Candidate:
    """Add whole quotations to a content that has most of them, if neither cue nor source is in them."""
    parts = (one.cue,) if one.source is None else (one.cue, one.source)
    spans = list(one.content)
    first = max(bisect_right(found, spans[0][0], key=_start) - 1, 0)
    for quotation in found[first : bisect_left(found, spans[-1][1], key=_start)]:
        place = (quotation.start, quotation.end)
        inside = shared([place], one.content)
        if inside > _MOSTLY * (place[1] - place[0]) and not shared([place], parts):
            spans.append(place)
    return replace(one, content=tuple(segments.merged(spans)))


def trimmed(text: str, spans: Spans) -> Spans:
    """Leave the final full stop out of a content, and places without a word; balance its last mark."""
    found = []
    for start, end in spans:
        last = _closed(text, start, end)
        if text[last - 1] == "." and not _ABBREVIATED.search(text, start, last):
            last -= 1
        if segments.has_words(text, start, last):
            found.append(segments.trim(text, start, last))
    return tuple(found)


def _closed(text: str, start: int, end: int) -> int:
    """Add the closing mark right after an opened quotation."""
    inside = text[start:end]
    opened = inside.count("“") > inside.count("”") or inside.count('"') % 2 == 1
    return end + 1 if opened and text[end : end + 1] in {"”", '"'} else end


def followed(
    text: str, chosen: Sequence[Candidate], found: Sequence[Quotation]
) -> Iterator[Candidate]:
    """Extend contents to the quotations that fill the rest of their paragraph.

    Args:
        text: the article.
        chosen: its attributions, with no overlapping words.
        found: its quotations.
    """
    taken = tuple(segments.merged(span for one in chosen for span in (*one.content, one.cue)))
    for one in chosen:
        spans = list(one.content)
        last = max(spans[-1][1], one.cue[1], one.source[1] if one.source else 0)
        for number in range(bisect_left(found, last, key=_start), len(found)):
            quotation = found[number]
            between = text[last : quotation.start]
            free = not _touches(taken, quotation)
            if between.strip(" .") or not free or not _goes_on(text, spans, last, quotation):
                break
            spans.append((quotation.start, quotation.end))
            last = quotation.end
        yield replace(one, content=tuple(segments.merged(spans)))


def _start(quotation: Quotation) -> int:
    return quotation.start


def _touches(taken: Spans, quotation: Quotation) -> bool:
    """Return whether a quotation shares characters with any of some sorted places."""
    before = bisect_left(taken, (quotation.end,))
    return before > 0 and taken[before - 1][1] > quotation.start


def _goes_on(text: str, spans: Sequence[Span], last: int, quotation: Quotation) -> bool:
    """Return whether a sentence ends where a quotation begins that is a sentence of its own."""
    before = text[spans[0][0] : last + 1].rstrip()
    inside = text[quotation.start : quotation.end]
    return bool(_ENDS.search(before)) and bool(_ENDS.search(inside))


def signed(text: str, found: Sequence[Quotation]) -> Iterator[Candidate]:
    """Read paragraphs that are a quotation with a dash and a name behind it."""
    for start, end in segments.lines(text):
        first, behind = (bisect_left(found, place, key=_start) for place in (start, end))
        here = found[first:behind]
        if not here or here[0].start != start:
            continue
        match = _SIGNED.match(text, here[-1].end, end)
        if match is not None:
            yield Candidate(
                cue=match.span("dash"),
                source=match.span("name"),
                content=((start, here[-1].end),),
                speech=1.0,
                cued=1.0,
                sure=1.0,
                named=1.0,
            )
