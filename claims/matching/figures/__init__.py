"""The figures of a text: how much, of what, how far it reaches, and when.

Numbers in words and digits, ranges, bounds, money, parts of a whole, units, places in an order, dates and times of day.
"""

import datetime as dt

from claims.matching.figures.reading import read
from claims.matching.figures.types import Date, Figure, Kind
from claims.matching.text.words import words_of

__all__ = ["Date", "Figure", "Kind", "figures"]


def figures(text: str, day: dt.date | None = None, *, ahead: bool = False) -> tuple[Figure, ...]:
    """Return the figures of a text, in order.

    Args:
        text: any text.
        day: when it was published, which "yesterday" is counted from; None if unknown.
        ahead: whether it speaks of what is to come: then "on Thursday" is the next one.
    """
    return read(words_of(text), day, ahead=ahead)
