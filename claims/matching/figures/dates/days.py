"""Days and months that are named: "3 November 2027", "03.11.2027", "in May", "on Thursday"."""

import datetime as dt
import re
from collections.abc import Sequence

from claims.matching.figures.dates.calendar import data, days_from, low_at, period
from claims.matching.figures.dates.places import YEAR, Dated, Place
from claims.matching.figures.types import Date
from claims.matching.text.groups import words_in
from claims.matching.text.words import Word

_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?$")

_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})$")

_BEFORE_MONTHS = words_in("before_months")


def written(place: Place) -> Dated | None:
    """Read "03.11.2027", "2027-11-03", "3/11/2027" and "11/23/2027"."""
    words, at = place.words, place.at
    found = _DOTTED.match(words[at].low)
    if found:
        return _dated(at + 1, int(found[3]), int(found[2]), int(found[1]))
    low = [word.low for word in words[at : at + 5]]
    if len(low) == 5 and low[1] == low[3] and low[1] in "-/":
        if YEAR.match(low[0]) and low[2].isdecimal() and low[4].isdecimal():
            return _dated(at + 5, int(low[0]), int(low[2]), int(low[4]))
        if YEAR.match(low[4]) and low[0].isdecimal() and low[2].isdecimal() and low[1] == "/":
            number, month = int(low[0]), int(low[2])
            if number <= 12 < month:
                number, month = month, number  # as Americans write it
            return _dated(at + 5, int(low[4]), month, number)
    return None


def of_month(place: Place) -> Dated | None:
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
    year = int(words[comma].low) if YEAR.match(low_at(words, comma)) else None
    return _dated(comma + 1 if year else behind, year, month, number, day=day, ahead=ahead)


def end_of_a_month(place: Place) -> Dated | None:
    """Read "the last day of February" and "the first day of May 2027"."""
    words, at = place.words, place.at
    if [low_at(words, at + 1), low_at(words, at + 2)] != ["day", "of"] or at + 3 >= len(words):
        return None
    found = of_month(place._replace(at=at + 3))
    if found is None or found.date.day or found.date.first is None or found.date.last is None:
        return None
    number = found.date.first if words[at].low == "first" else found.date.last
    return found._replace(date=days_from(dt.date.fromordinal(number), 0, told=True))


def weekday(place: Place) -> Dated | None:
    """Read "on Thursday" and "next Monday"."""
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
            shift=shift,
        ),
    )


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
    return bool(YEAR.match(low_at(words, behind))) or before in _BEFORE_MONTHS


def _of_other(words: Sequence[Word], at: int) -> bool:
    return low_at(words, at + 1) == "-" or bool(
        at + 1 < len(words)
        and words[at + 1].is_name_like
        and words[at + 1].low in ("times", "post", "mail")
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
