"""Finds numbered threads, whose posts are their author's, and lists that somebody announces."""

import re
from collections.abc import Iterator, Sequence

from claims.extraction.attribution.sources import Source
from claims.extraction.attribution.turns.announced import announced
from claims.extraction.attribution.turns.interviews import named, names
from claims.extraction.attribution.turns.turn import Turn, before, tokens_in
from claims.extraction.attribution.types import Attribution
from claims.extraction.text.parsing import VERBS, Passage
from claims.extraction.types import Span

_COUNTED = re.compile(r"\(?\d{1,3}/\d{0,3}\)?[.:]?\s*$")
_LISTED = re.compile(r"(?:[•●▪◦‣·*–—-]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])\s*$")
_HANDLE = re.compile(r"@\w{2,}")
_AUTHOR_LIMIT = 80
"""Characters of the line that names a thread's author."""


def threads(passages: Sequence[Passage]) -> Iterator[Turn]:
    """Yield the turn of a numbered thread whose author is named right before it, by handle or by "thread by"."""
    posts = [number for number, one in enumerate(passages) if _COUNTED.search(before(one))]
    if len(posts) < 2 or not posts[0]:
        return
    passage = passages[posts[0] - 1]
    if passage.end - passage.start > _AUTHOR_LIMIT:
        return
    handle = _HANDLE.search(passage.text, passage.start, passage.end)
    name = next(names(passage), ()) or (tokens_in(passage, *handle.span()) if handle else ())
    if not name:
        return
    run = tokens_in(passage, passage.start, passage.end) if handle else name
    head = named(passage, name)[1].head
    said = [
        (number, (passages[number].start, passages[number].end))
        for number in range(posts[0], posts[-1] + 1)
    ]
    yield Turn(None, said, shown=(passage, Source(head, run)))


def give_lists(
    passages: Sequence[Passage], found: Sequence[list[Attribution]], inside: set[int]
) -> None:
    """Give list items to the report that announces them: "The union demanded:", then its points."""
    owner: Attribution | None = None
    for number, passage in enumerate(passages):
        if number not in inside and _LISTED.search(before(passage)):
            if owner is not None:
                _add(owner, found[number], (passage.start, passage.end))
            continue
        listed = number + 1 < len(passages) and _LISTED.search(before(passages[number + 1]))
        owner = _announcing(passage, found[number]) if listed else None


def _announcing(passage: Passage, here: list[Attribution]) -> Attribution | None:
    """Find the report of a passage that ends in a colon, or the cue that announces what follows."""
    if passage.text[passage.end - 1] != ":":
        return None
    outer = [one for one in here if one.outer is None and one.source is not None]
    if not outer:
        made = announced(passage, passage.end) or _labelled(passage)
        outer = [made] if made is not None else []
        here.extend(outer)
    return max(outer, key=Attribution.place, default=None)


def _labelled(passage: Passage) -> Attribution | None:
    """Read "Ada Venn, mayor:" over a list."""
    mark = passage.doc[-1]
    name = next(iter(names(passage)), ())
    if mark.text != ":" or not name or name[0].i or any(one.pos_ in VERBS for one in passage.doc):
        return None
    source = Source(name[-1], tuple(passage.doc[: mark.i]))
    return Attribution(passage, None, (mark,), (), source, clausal=True)


def _add(owner: Attribution, here: list[Attribution], place: Span) -> None:
    owner.joined.append(place)
    for one in here:
        if one.outer is None:
            one.outer = owner
