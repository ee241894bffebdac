"""Which rank a statement speaks of: "the highest", "the second highest"."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from claims.matching.figures.numerals import data
from claims.matching.relations.types import Understood
from claims.matching.text.superlatives import ranks
from claims.matching.text.words import Word, stem

_BEFORE_ADJECTIVES = ("most", "least")


class Rank(NamedTuple):
    """A rank: 2 for "second highest", by what, and its words."""

    place: int
    of: str
    text: str


def other_rank(earlier: Understood, later: Understood) -> tuple[Rank, Rank] | None:
    """Return a rank of each of two statements, if they are two of one order; None if one of them has none or they agree."""
    there = list(_ranks(later.words))
    here = list(_ranks(earlier.words)) if there else []
    for other in there:
        of_these = [one for one in here if one.of == other.of]
        told = {one.place for one in there if one.of == other.of}
        if of_these and told.isdisjoint(one.place for one in of_these):
            return of_these[0], other
    return None


def _ranks(words: Sequence[Word]) -> Iterator[Rank]:
    for at, word in enumerate(words):
        is_adverb = word.low in _BEFORE_ADJECTIVES and at + 1 == len(words)
        if is_adverb or not ranks(word) or (at and words[at - 1].low == "at"):
            continue
        ahead = words[at + 1 : at + 2] if word.low in _BEFORE_ADJECTIVES else ()
        of = " ".join((word.stem, *(one.stem for one in ahead)))
        first = at - 2 if at and words[at - 1].low == "-" else at - 1
        place = data()["ordinals"].get(words[first].low) if first >= 0 else None
        first = at if place is None else first
        told = " ".join(one.low for one in (*words[first : at + 1], *ahead) if one.low != "-")
        yield Rank(place or 1, _SAME.get(of, of), told)


_SAME = {stem(one): stem(other) for one, other in (("biggest", "largest"), ("top", "best"))}
