"""Periods, named or counted from the day of publication: "2026-27", "the second quarter", "last week", "yesterday"."""

import datetime as dt
import re
from collections.abc import Sequence

from claims.matching.figures.dates.calendar import (
    data,
    days_from,
    end_of_month,
    first_day_of_year,
    last_day_of_year,
    low_at,
    period,
    season,
)
from claims.matching.figures.dates.places import YEAR, Dated, Place
from claims.matching.figures.numerals import number_at
from claims.matching.figures.types import Date
from claims.matching.text.words import Word

SHORT = {"Q": 3, "H": 6}
"""Before the number of a quarter or half-year: its months."""

ORDER = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}

DECADES = {
    "twenties": 20,
    "thirties": 30,
    "forties": 40,
    "fifties": 50,
    "sixties": 60,
    "seventies": 70,
    "eighties": 80,
    "nineties": 90,
}


def relative(place: Place) -> Dated | None:
    """Read "yesterday", "last week" and "in the past 24 hours"."""
    words, at, day = place.words, place.at, place.day
    for phrase, shift in data()["days"].items():
        parts = phrase.split()
        if words[at].low == parts[0] and [w.low for w in words[at : at + len(parts)]] == parts:
            date = days_from(day, shift) if day else Date(is_told=False)
            return Dated(at + len(parts), date)
    shift = data()["periods"].get(words[at].low)
    if shift is None or day is None:
        return None
    is_behind = shift < 0 and at > 0 and words[at - 1].low == "the"
    window = _window(words, at + 1) if is_behind else 0
    return Dated(window, days_from(day, 0)) if window else _counted_from(words, at, day, shift)


def quarter(place: Place) -> Dated | None:
    """Read "the second quarter (of 2027)", "Q2" and "the first half of 2027"."""
    words, at, day = place.words, place.at, place.day
    number = ORDER.get(words[at].low)
    length = {"quarter": 3, "half": 6}.get(low_at(words, at + 1))
    if words[at].text in SHORT and low_at(words, at + 1) in ("1", "2", "3", "4"):
        is_joined = words[at].end == words[at + 1].start
        number, length = int(words[at + 1].low), SHORT[words[at].text] if is_joined else None
    if number is None or length is None or number * length > 12:
        return None
    behind, year = at + 2, day.year if day else None
    told = behind + 1 if low_at(words, behind) == "of" else behind
    if YEAR.match(low_at(words, told)):
        behind, year = told + 1, int(words[told].low)
    month = (number - 1) * length + 1
    if year is None:
        return Dated(behind, Date(month=month))
    first, last = dt.date(year, month, 1), end_of_month(year, month + length - 1)
    return Dated(behind, Date(year, month, None, None, first.toordinal(), last.toordinal()))


def year_at(place: Place) -> Dated | None:
    """Read "in 1987", "2026-27" and "the 1990s"."""
    words, at = place.words, place.at
    low = words[at].low
    if not YEAR.match(low) or not _is_year(words, at):
        return None
    year, behind = int(low), at + 1
    if behind < len(words) and words[behind].low == "s" and words[behind].start == words[at].end:
        return Dated(
            behind + 1, Date(first=first_day_of_year(year), last=last_day_of_year(year + 9))
        )
    if low_at(words, behind) in ("-", "–", "/") and re.match(
        r"\d\d(\d\d)?$", low_at(words, behind + 1)
    ):
        until = (
            int(low[:2] + words[behind + 1].low)
            if len(words[behind + 1].low) == 2
            else int(words[behind + 1].low)
        )
        if until == year + 1 and len(words[behind + 1].low) == 2:
            return Dated(behind + 2, season(year))
        if year <= until < 2200:
            return Dated(
                behind + 2, Date(first=first_day_of_year(year), last=last_day_of_year(until))
            )
    return Dated(behind, period(year))


def decade(place: Place) -> Dated | None:
    """Read "in the fifties"."""
    words, at = place.words, place.at
    number = DECADES.get(words[at].low)
    if number is None or at == 0 or words[at - 1].low not in ("the", "early", "late"):
        return None
    return Dated(
        at + 1, Date(first=first_day_of_year(1900 + number), last=last_day_of_year(1909 + number))
    )


def _counted_from(words: Sequence[Word], at: int, day: dt.date, shift: int) -> Dated | None:
    """Read "last year", "this month" and "next week", so many years, months or weeks from that of a day."""
    length = low_at(words, at + 1)
    if length == "week":
        first, last = (days_from(day, 7 * shift + ahead - day.weekday()).first for ahead in (0, 6))
        return Dated(at + 2, Date(first=first, last=last, is_told=False))
    if length == "year":
        return Dated(at + 2, period(day.year + shift, told=False))
    if length == "month":
        months = day.year * 12 + day.month - 1 + shift
        return Dated(at + 2, period(months // 12, months % 12 + 1, told=False))
    return None


def _window(words: Sequence[Word], at: int) -> int:
    """Return the number of the word behind "24 hours" in "the past 24 hours"; 0 if there are none.

    So much time up to now is known by its end: two of them that overlap are two.
    """
    number = number_at(words, at) if at < len(words) else None
    is_time = number and low_at(words, number.behind) in ("hours", "days", "weeks", "months")
    return number.behind + 1 if number and is_time else 0


def _is_year(words: Sequence[Word], at: int) -> bool:
    before = words[at - 1].low if at else ""
    behind = words[at + 1] if at + 1 < len(words) else None
    if before in data()["before_years"]["words"] or before in ("(", "–", "-", ","):
        return behind is None or behind.low not in (
            "people",
            "of",
            "metres",
            "years",
            "men",
            "%",
            "per",
        )
    return (
        behind is None
        or not behind.low.isalpha()
        or behind.is_name_like
        or int(words[at].low) >= 1900
    )
