"""A number made into a figure: with its bounds, what it counts and where it stands."""

from collections.abc import Sequence
from typing import NamedTuple

from claims.matching.figures import bounds
from claims.matching.figures.counted import counted
from claims.matching.figures.parts import is_of_known
from claims.matching.figures.ranges import Amount, tells_change
from claims.matching.figures.types import Figure, Kind
from claims.matching.text.words import Word


class Read(NamedTuple):
    """A figure, and the number of the word behind it."""

    behind: int
    figure: Figure


def follows(words: Sequence[Word], at: int, those: Sequence[str]) -> bool:
    """Return whether one of some words stands just before a word."""
    return at > 0 and words[at - 1].low in those


def build(
    words: Sequence[Word],
    found: Amount,
    behind: int,
    kind: Kind,
    *,
    unit: str = "",
    scale: float = 1.0,
    counts: bool = False,
) -> Read:
    """Return the figure that a number is.

    Args:
        words: the text.
        found: the number, in basic units.
        behind: where the text goes on after its unit.
        kind: what it measures.
        unit: the currency or dimension.
        scale: how many basic units one unit of the text is.
        counts: whether to look for what it counts.
    """
    first = found.first - 1 if follows(words, found.first, ("between",)) else found.first
    reach = bounds.reach(words, first, behind, found.number)
    if kind is Kind.TIME and words[reach.first].low == "over":
        # "Over five years" is during them.
        low, high = found.number.low, found.number.high
        reach = reach._replace(first=first, low=low, high=high, is_low_open=False)
    what = counted(words, found.first, reach.behind) if counts else None
    if (
        what
        and kind is not Kind.COUNT
        and reach.behind < len(words)
        and words[reach.behind].low != "of"
    ):
        what = what._replace(
            nouns=frozenset()
        )  # "12 per cent last year" is of nothing that is told
    figure = Figure(
        *span(words, reach.first, reach.behind), kind, reach.low, reach.high, reach.is_low_open, reach.is_high_open, unit,
        what.nouns if what else frozenset(), what.measure if what else "",
        is_about=reach.is_about, is_rough=found.number.is_rough, is_only=reach.is_only,
        is_earlier=is_earlier_state(words, reach.first), is_part=kind is Kind.COUNT and is_of_known(words, reach.behind),
        scale=scale, digits=found.number.digits,
    )  # fmt: skip
    return Read(reach.behind, figure)


def is_earlier_state(words: Sequence[Word], first: int) -> bool:
    """Whether a figure says how things were: "up from 3 per cent", "compared with 40"."""
    if not first or words[first - 1].low not in ("from", "than", "with", "to"):
        return False
    before = words[first - 1].low
    if before == "to":
        return first > 1 and words[first - 2].stem == "compar"
    return tells_change(words, first - 1)


def span(words: Sequence[Word], first: int, behind: int) -> tuple[int, int]:
    """Return where words begin and end in the text: from the word `first` to the one before `behind`."""
    return words[first].start, words[behind - 1].end
