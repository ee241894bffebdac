"""How far a number reaches: "at least four", "40 or more", "no fewer than 300", "around 400"."""

import math
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from claims.matching.figures.numerals import Number, data
from claims.matching.text.phrases import Found, Phrases
from claims.matching.text.words import Word


class Reach(NamedTuple):
    """A number with its bounds.

    Attributes:
        first: the number of the first word of its bound, or its own.
        behind: the number of the word behind it and its bound.
        low, high, is_low_open, is_high_open, is_about, is_only: as those of `Figure`.
    """

    first: int
    behind: int
    low: float
    high: float
    is_low_open: bool = False
    is_high_open: bool = False
    is_about: bool = False
    is_only: bool = False


def reach(words: Sequence[Word], first: int, behind: int, number: Number) -> Reach:
    """Return how far a number reaches.

    Args:
        words: the text.
        first: where the number begins, its currency included.
        behind: where the text goes on after it, its unit included.
        number: the number.
    """
    before = _phrases("bounds_before").before(words, first)
    after = _phrases("bounds_after").longest(words, behind) if behind < len(words) else None
    if after and after.label == "about" and words[after.first].low == "odd":
        after = None if before else after
    labels = [found.label for found in (before, after) if found]
    starts = _start(words, before, first)
    label = next((one for one in labels if one in _ENDS), "")
    low, high, is_low_open, is_high_open = _ends(label, number)
    return Reach(
        starts,
        after.behind if after else behind,
        low,
        high,
        is_low_open,
        is_high_open,
        is_about="about" in labels or number.is_rough,
        is_only="only" in labels,
    )


_ENDS = ("least", "above", "most", "below")


def _ends(label: str, number: Number) -> tuple[float, float, bool, bool]:
    if label in ("least", "above"):
        return number.low, math.inf, label == "above", False
    if label in ("most", "below"):
        return -math.inf, number.high, False, label == "below"
    return number.low, number.high, False, False


def _start(words: Sequence[Word], before: Found | None, first: int) -> int:
    if before is None:
        return first
    # "a total of only 40": one bound may stand before another.
    more = _phrases("bounds_before").before(words, before.first)
    return more.first if more else before.first


@cache
def _phrases(side: str) -> Phrases:
    return Phrases((word, label) for label, words in data()[side].items() for word in words)
