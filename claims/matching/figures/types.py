"""What a figure is: how much, of what, and how far it reaches."""

import math
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a figure measures; figures of two kinds are never compared."""

    COUNT = "count"
    """So many of something: "two police officers"."""
    SHARE = "share"
    """A part of a whole, 0 to 1: "61 per cent", "one in four"."""
    POINTS = "points"
    """A difference between shares: "two percentage points"."""
    MONEY = "money"
    """An amount in one currency, which is the unit."""
    MEASURE = "measure"
    """In basic units of one dimension, which is the unit: metres, kilograms."""
    TIME = "time"
    """A length of time, in seconds."""
    AGE = "age"
    """In years."""
    ORDINAL = "ordinal"
    """A place in an order: "the second woman"."""
    OF_SEVERAL = "of several"
    """Which one of several that come in order, of which the text speaks: "week 3", "in the third week"; what they are, in `counted`."""
    TIMES = "times"
    """How often, or a multiple: "three times"."""
    SCORE = "score"
    """Two counts that belong together: "3-1", the greater one first in `low`."""
    DATE = "date"
    """A day or a period, in `date`."""
    CLOCK = "clock"
    """A time of day, in minutes since midnight."""


@dataclass(frozen=True, slots=True)
class Date:
    """A day or a period, as far as it is told.

    Attributes:
        year, month, day: of the calendar; None for what is not told.
        weekday: 0 for Monday.
        first: the first day it can mean, as Python's ordinal; None if the year is not known.
        last: the last one.
        is_told: whether the text names it, not only "today" or "last year".
        is_weekday_only: whether the text only says "on Thursday".
        is_denied: whether the text says "not before" it.
        is_bound: whether the text says "before" or "after" it, so that one end is open.
        shift: for a weekday, how many days it is taken to be from the day of publication.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    first: int | None = None
    last: int | None = None
    is_told: bool = True
    is_weekday_only: bool = False
    is_denied: bool = False
    is_bound: bool = False
    shift: int = 0


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a text.

    Attributes:
        start: where it begins in the text, its bounds and unit included.
        end: where it ends.
        kind: what it measures.
        low: the least that it can mean; minus infinity for "up to".
        high: the most.
        is_low_open: whether `low` itself is excluded: "more than four".
        is_high_open: whether `high` itself is: "fewer than four".
        unit: the currency, or the dimension of a measure ("[length]"); "" for the rest.
        counted: stems of the nouns that are counted.
        measure: the state they are counted in ("dead"), or for a date what happened then ("born"): a key of `counted.toml`;
            "" if unknown.
        is_about: whether the text says that it is rounded ("around 400").
        is_rough: whether nobody counted: "dozens".
        is_only: whether it says that there are no others: "only two".
        is_earlier: whether it says how things were: "up from 3 per cent".
        is_part: whether it is of a number that is known: "eight of the demonstrators".
        is_of_whole: whether it is the share of a whole whose number is told: "all eleven boats", "four of the eleven".
        is_denied: whether the text says that it is not this: "not the first".
        scale: how many basic units one unit of the text is: 1000 for kilometres.
        digits: how many figures it is given to: 2 for 4,100.
        date: the date, for that kind.
    """

    start: int
    end: int
    kind: Kind
    low: float = -math.inf
    high: float = math.inf
    is_low_open: bool = False
    is_high_open: bool = False
    unit: str = ""
    counted: frozenset[str] = frozenset()
    measure: str = ""
    is_about: bool = False
    is_rough: bool = False
    is_only: bool = False
    is_earlier: bool = False
    is_part: bool = False
    is_of_whole: bool = False
    is_denied: bool = False
    scale: float = 1.0
    digits: int = 0
    date: Date | None = None

    @property
    def is_point(self) -> bool:
        """Whether it is one number, not a range or a bound."""
        return self.low == self.high
