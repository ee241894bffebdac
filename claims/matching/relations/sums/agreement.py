"""Whether two figures are for one thing.

What both texts say of them counts for it. What each says and the other one does not counts against it, as far as both have
such words: a text that only says more is not of another thing.
"""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from claims.matching.figures.counted import states_in
from claims.matching.figures.types import Kind
from claims.matching.relations.overlap import Overlap
from claims.matching.relations.sums.apart import are_apart, are_far_apart, count_alike, has
from claims.matching.relations.sums.comparing import Compared
from claims.matching.relations.sums.purposes import COST, Purpose, purpose, telling
from claims.matching.relations.types import Name, Understood
from claims.matching.text.words import stem

APART = -9
"""Less than anything else: the figures cannot be for one thing."""


def agreement(one: Compared, earlier: Understood, later: Understood, common: Overlap) -> int:
    """Return how much more two texts say alike of two figures than they say apart: from 1 on they are for one thing."""
    here, there = purpose(earlier, one.earlier), purpose(later, one.later)
    if are_apart(one, here, there, earlier, later):
        return APART
    measure = one.later.measure if one.earlier.measure == one.later.measure else ""
    nouns = one.earlier.counted & one.later.counted
    rest, both = _split(here, earlier, later, measure, nouns)
    rest_later, both_later = _split(there, later, earlier, measure, nouns)
    said = max(len(both), len(both_later)) + bool(measure) + _counted(one, measure)
    said += here.role == there.role not in ("", COST)
    against = min(len(rest), len(rest_later))
    if not measure and here.subject in rest and there.subject in rest_later:
        against += 2 if one.later.kind in (Kind.MONEY, Kind.TIME) else 1
    if _names(common.only_earlier) & rest and _names(common.only_later) & rest_later:
        against += 2
    return said - _weighed(one, against)


def _counted(one: Compared, measure: str) -> int:
    """Return what it counts for that two counts are of the same: against it, if neither nouns nor a state tell so."""
    if one.later.kind is not Kind.COUNT:
        return 0
    return 1 if count_alike(one) else -(not measure)


def _weighed(one: Compared, against: int) -> int:
    """Return what counts against two figures by their kind: of one whole there are many shares, of one affair many times."""
    kind = one.later.kind
    if kind is Kind.SHARE and (one.earlier.counted or one.later.counted):
        return against * 2
    return against + (kind is Kind.TIME or (kind is Kind.MONEY and are_far_apart(one)))


class Shared(NamedTuple):
    """How many telling words two statements share, and how many only one of them has."""

    words: int
    only_earlier: int
    only_later: int

    @property
    def agreement(self) -> int:
        """How much more they say alike than they say apart."""
        return self.words - min(self.only_earlier, self.only_later)


def shared(earlier: Understood, later: Understood, aside: Collection[str]) -> Shared:
    """Return how far two statements are of one thing, as `agreement` does for figures.

    Args:
        earlier: the earlier statement.
        later: the later one.
        aside: stems of the words in which they clash.
    """
    here, there = ([one for one in telling(text) if one not in aside] for text in (earlier, later))
    rest = sum(not has(one, earlier, later) for one in here)
    rest_later = sum(not has(one, later, earlier) for one in there)
    return Shared(min(len(here) - rest, len(there) - rest_later), rest, rest_later)


def _names(names: Iterable[Name]) -> set[str]:
    return {stem(word) for name in names for word in name.words}


def _split(
    of: Purpose, text: Understood, other: Understood, measure: str, nouns: Collection[str]
) -> tuple[set[str], set[str]]:
    """Return which of the words that tell what a figure is for the other text does not have, and which it has."""
    words = {
        stem
        for stem in of.told
        if stem not in nouns and not (measure and measure in states_in(stem))
    }
    both = {stem for stem in words if has(stem, text, other)}
    return words - both, both
