"""Days and periods of the calendar, and the words for them: `dates.toml`."""

import datetime as dt
from collections.abc import Sequence
from functools import cache
from typing import Any

from claims.matching.figures.types import Date
from claims.matching.lexicons import lexicon
from claims.matching.text.words import Word


def period(
    year: int, month: int | None = None, number: int | None = None, *, told: bool = True
) -> Date:
    """Return a year, a month of it or a day.

    Args:
        year: of the calendar.
        month: 1 for January; None for the whole year.
        number: the day of the month; None for the whole month.
        told: whether the text names it.

    Raises:
        ValueError: there is no such day.
    """
    if not 1 <= year <= 9998:
        raise ValueError(year)
    if month is None:
        return Date(year, first=first_day_of_year(year), last=last_day_of_year(year), is_told=told)
    first = dt.date(year, month, number or 1)
    last = first if number else end_of_month(year, month)
    return Date(
        year,
        month,
        number,
        first.weekday() if number else None,
        first.toordinal(),
        last.toordinal(),
        told,
    )


def season(year: int) -> Date:
    """Return a season that ends in the next year, such as 2026-27: from July to June."""
    return Date(first=dt.date(year, 7, 1).toordinal(), last=dt.date(year + 1, 6, 30).toordinal())


def days_from(day: dt.date, shift: int, *, told: bool = False) -> Date:
    """Return the day some days from another, earlier for a negative number."""
    try:
        moved = day + dt.timedelta(days=shift)
    except OverflowError:
        return Date(is_told=False)
    number = moved.toordinal()
    return Date(moved.year, moved.month, moved.day, moved.weekday(), number, number, is_told=told)


def first_day_of_year(year: int) -> int:
    """Return the first day of a year, as Python's ordinal."""
    return dt.date(min(max(year, 1), 9999), 1, 1).toordinal()


def last_day_of_year(year: int) -> int:
    """Return the last day of a year, as Python's ordinal."""
    return dt.date(min(max(year, 1), 9999), 12, 31).toordinal()


def end_of_month(year: int, month: int) -> dt.date:
    """Return the last day of a month."""
    following = dt.date(year + month // 12, month % 12 + 1, 1)
    return following - dt.timedelta(days=1)


def low_at(words: Sequence[Word], at: int) -> str:
    """Return a word in small letters; "" beyond the text."""
    return words[at].low if 0 <= at < len(words) else ""


@cache
def data() -> dict[str, Any]:
    """Return the words of dates, which are read once per process."""
    return lexicon("dates")
