"""Dates: "3 November 2027", "yesterday", "the second quarter", "before 2017"."""

import datetime as dt
from collections.abc import Sequence
from functools import cache
from itertools import chain

from claims.matching.figures.dates.calendar import data
from claims.matching.figures.dates.days import end_of_a_month, of_month, weekday, written
from claims.matching.figures.dates.periods import (
    DECADES,
    ORDER,
    SHORT,
    decade,
    quarter,
    relative,
    year_at,
)
from claims.matching.figures.dates.places import Dated, Place
from claims.matching.figures.types import Date
from claims.matching.text.words import Word

_FIRST_YEAR, _LAST_YEAR = 2, 9997
"""Years whose neighbours Python's calendar knows too."""
_EVER = dt.date.max.toordinal()


def date_at(words: Sequence[Word], at: int, day: dt.date | None, *, ahead: bool) -> Dated | None:
    """Return the date that begins at a word.

    Args:
        words: the text.
        at: the number of the word.
        day: when the text was published, which "yesterday" and "on Thursday" are counted from.
        ahead: whether the text speaks of what is to come: then "on Thursday" is the next one.
    """
    low = words[at].low
    if not low[0].isdecimal() and low not in _first_words():
        return None
    if day and not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        day = None
    place = Place(words, at, day, ahead)
    for read in (written, end_of_a_month, of_month, relative, weekday, quarter, year_at, decade):
        found = read(place)
        if found:
            return found._replace(date=_bounded(words, at, found.date))
    return None


def _bounded(words: Sequence[Word], at: int, date: Date) -> Date:
    """Return how far a date reaches: "before 2017" and "after May" leave one end open."""
    before = words[at - 1].low if at else ""
    if before not in ("before", "after"):
        return date
    if date.first is None or date.last is None:
        return Date(is_told=date.is_told)
    is_denied = any(word.low in ("not", "n't") for word in words[max(0, at - 7) : at])
    if before == "before":
        first, last = (date.first, _EVER) if is_denied else (1, date.first - 1)
    else:
        first, last = date.last + 1, _EVER
    return Date(first=first, last=last, is_told=date.is_told, is_denied=is_denied, is_bound=True)


@cache
def _first_words() -> frozenset[str]:
    """Words that a date can begin with."""
    days = (phrase.split()[0] for phrase in data()["days"])
    named = (data()[table] for table in ("months", "weekdays", "periods"))
    return frozenset((*days, *chain(*named), *ORDER, *DECADES, *map(str.lower, SHORT)))
