"""Dates: "3 November 2027", "yesterday", "the second quarter", "before 2017"."""

import datetime as dt
import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from claims.matching.figures.calendar import (
    data,
    days_from,
    end_of_month,
    first_day_of_year,
    last_day_of_year,
    low_at,
    period,
)
from claims.matching.figures.types import Date
from claims.matching.text.groups import words_in
from claims.matching.text.words import Word

_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?$")

_YEAR = re.compile(r"(1[0-9]|20|21)\d\d$")

_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})$")

_ORDER = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}


class Dated(NamedTuple):
    """A date in a text, and the number of the word behind it."""

    behind: int
    date: Date


class _Place(NamedTuple):
    """A word of a text, the day that the text was published, and whether it speaks of what is to come."""

    words: Sequence[Word]
    at: int
    day: dt.date | None
    ahead: bool


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
    place = _Place(words, at, day, ahead)
    for read in (_written, _of_month, _relative, _weekday, _quarter, _year, _decade):
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
    return Date(first=first, last=last, is_told=date.is_told, is_denied=is_denied)


_FIRST_YEAR, _LAST_YEAR = 2, 9997
"""Years whose neighbours Python's calendar knows too."""
_EVER = dt.date.max.toordinal()


def _decade(place: _Place) -> Dated | None:
    """Read "in the fifties"."""
    words, at = place.words, place.at
    number = _DECADES.get(words[at].low)
    if number is None or at == 0 or words[at - 1].low not in ("the", "early", "late"):
        return None
    return Dated(
        at + 1, Date(first=first_day_of_year(1900 + number), last=last_day_of_year(1909 + number))
    )


_DECADES = {
    "twenties": 20,
    "thirties": 30,
    "forties": 40,
    "fifties": 50,
    "sixties": 60,
    "seventies": 70,
    "eighties": 80,
    "nineties": 90,
}


def _written(place: _Place) -> Dated | None:
    """Read "03.11.2027" and "2027-11-03"."""
    words, at = place.words, place.at
    found = _DOTTED.match(words[at].low)
    if found:
        return _dated(at + 1, int(found[3]), int(found[2]), int(found[1]))
    low = [word.low for word in words[at : at + 5]]
    if len(low) == 5 and low[1] == low[3] and low[1] in "-/":
        if _YEAR.match(low[0]) and low[2].isdecimal() and low[4].isdecimal():
            return _dated(at + 5, int(low[0]), int(low[2]), int(low[4]))
        if _YEAR.match(low[4]) and low[0].isdecimal() and low[2].isdecimal() and low[1] == "/":
            return _dated(at + 5, int(low[4]), int(low[2]), int(low[0]))
    return None


def _of_month(place: _Place) -> Dated | None:
    """Read "3 November 2027", "the 3rd of November", "Nov. 3", "November 2027", "in May"."""
    words, at, day, ahead = place.words, place.at, place.day, place.ahead
    number, behind = _day_of_month(words, at)
    month = _month(words, behind)
    if month is None:
        return None
    is_short = len(words[behind].low) <= 4 and words[behind].low not in ("may", "june", "july")
    behind += 2 if is_short and low_at(words, behind + 1) == "." else 1
    if number is None:
        number, behind = _day_behind(words, behind)
        if number is None and not _is_month(words, at, behind):
            return None
    ahead = ahead or (at > 0 and words[at - 1].low in ("until", "till", "by", "next"))
    comma = behind + 1 if low_at(words, behind) in (",", "of") else behind
    year = int(words[comma].low) if _YEAR.match(low_at(words, comma)) else None
    return _dated(comma + 1 if year else behind, year, month, number, day=day, ahead=ahead)


def _day_of_month(words: Sequence[Word], at: int) -> tuple[int | None, int]:
    found = _DAY.match(words[at].low)
    if not found or not 1 <= int(found[1]) <= 31:
        return None, at
    behind = at + 2 if low_at(words, at + 1) in ("st", "nd", "rd", "th") else at + 1
    return int(found[1]), behind + 1 if low_at(words, behind) == "of" else behind


def _day_behind(words: Sequence[Word], behind: int) -> tuple[int | None, int]:
    found = _DAY.match(low_at(words, behind))
    if (
        found
        and 1 <= int(found[1]) <= 31
        and low_at(words, behind + 1) not in ("per", "%", "million")
    ):
        after = behind + 2 if low_at(words, behind + 1) in ("st", "nd", "rd", "th") else behind + 1
        return int(found[1]), after
    return None, behind


def _month(words: Sequence[Word], at: int) -> int | None:
    if at >= len(words) or not words[at].is_name_like:
        return None
    month: int | None = data()["months"].get(words[at].low)
    return month


def _is_month(words: Sequence[Word], at: int, behind: int) -> bool:
    """Tell "in May" and "March 2027" from "May they rest" and "March on"."""
    if words[at].low not in ("may", "march", "mar", "sep", "jan", "dec", "august"):
        return True
    before = words[at - 1].low if at else ""
    return bool(_YEAR.match(low_at(words, behind))) or before in _BEFORE_MONTHS


_BEFORE_MONTHS = words_in("before_months")


def _relative(place: _Place) -> Dated | None:
    words, at, day = place.words, place.at, place.day
    for phrase, shift in data()["days"].items():
        parts = phrase.split()
        if words[at].low == parts[0] and [w.low for w in words[at : at + len(parts)]] == parts:
            date = days_from(day, shift) if day else Date(is_told=False)
            return Dated(at + len(parts), date)
    shift = data()["periods"].get(words[at].low)
    if shift is None or day is None:
        return None
    length = low_at(words, at + 1)
    if length == "year":
        return Dated(at + 2, period(day.year + shift, told=False))
    if length == "month":
        months = day.year * 12 + day.month - 1 + shift
        return Dated(at + 2, period(months // 12, months % 12 + 1, told=False))
    return None


def _weekday(place: _Place) -> Dated | None:
    words, at, day, ahead = place.words, place.at, place.day, place.ahead
    number = data()["weekdays"].get(words[at].low)
    if number is None or not words[at].is_name_like or _of_other(words, at):
        return None
    if day is None:
        return Dated(at + 1, Date(weekday=number))
    before = words[at - 1].low if at else ""
    back = (day.weekday() - number) % 7
    if before == "last" and back == 0:
        back = 7
    ahead_by = (number - day.weekday()) % 7
    shift = ahead_by if before == "next" or (ahead and before != "last") else -back
    moved = days_from(day, shift)
    return Dated(
        at + 1,
        Date(
            moved.year,
            moved.month,
            moved.day,
            number,
            moved.first,
            moved.last,
            is_weekday_only=True,
        ),
    )


def _of_other(words: Sequence[Word], at: int) -> bool:
    return low_at(words, at + 1) == "-" or bool(
        at + 1 < len(words)
        and words[at + 1].is_name_like
        and words[at + 1].low in ("times", "post", "mail")
    )


def _quarter(place: _Place) -> Dated | None:
    """Read "the second quarter (of 2027)" and "the first half of 2027"."""
    words, at, day = place.words, place.at, place.day
    number = _ORDER.get(words[at].low)
    length = {"quarter": 3, "half": 6}.get(low_at(words, at + 1))
    if number is None or length is None or number * length > 12:
        return None
    behind, year = at + 2, day.year if day else None
    told = behind + 1 if low_at(words, behind) == "of" else behind
    if _YEAR.match(low_at(words, told)):
        behind, year = told + 1, int(words[told].low)
    month = (number - 1) * length + 1
    if year is None:
        return Dated(behind, Date(month=month))
    first, last = dt.date(year, month, 1), end_of_month(year, month + length - 1)
    return Dated(behind, Date(year, month, None, None, first.toordinal(), last.toordinal()))


def _year(place: _Place) -> Dated | None:
    words, at = place.words, place.at
    low = words[at].low
    if not _YEAR.match(low) or not _is_year(words, at):
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
        if year <= until < 2200:
            return Dated(
                behind + 2, Date(first=first_day_of_year(year), last=last_day_of_year(until))
            )
    return Dated(behind, period(year))


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


def _dated(
    behind: int,
    year: int | None,
    month: int,
    number: int | None,
    *,
    day: dt.date | None = None,
    ahead: bool = False,
) -> Dated | None:
    if year is None and day is not None:
        year = _likely_year(month, number, day, ahead=ahead)
    if year is None:
        return Dated(behind, Date(month=month, day=number)) if month <= 12 else None
    try:
        date = period(year, month, number)
    except ValueError:
        return None
    return Dated(behind, date)


def _likely_year(month: int, number: int | None, day: dt.date, *, ahead: bool) -> int:
    """Return the year of a date without one: the nearest, for what has been rather the last."""
    distance = (month - day.month) + ((number or day.day) - day.day) / 31
    if ahead:
        return day.year + 1 if distance < -3 else day.year
    return day.year - 1 if distance > 3 else day.year


@cache
def _first_words() -> frozenset[str]:
    """Words that a date can begin with."""
    days = (phrase.split()[0] for phrase in data()["days"])
    return frozenset(
        (*days, *data()["months"], *data()["weekdays"], *data()["periods"], *_ORDER, *_DECADES)
    )
