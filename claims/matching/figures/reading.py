"""Figures of a text: the numbers, dates and times in it, each with its unit, its bounds and what it counts."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from claims.matching.figures import bounds, units
from claims.matching.figures.counted import STOP_WORDS, counted, event
from claims.matching.figures.dates import clock_at, date_at
from claims.matching.figures.numerals import Number, data, number_at
from claims.matching.figures.parts import part_at, percent_behind
from claims.matching.figures.types import Figure, Kind
from claims.matching.text.words import Word, stem

_YEAR = 31_557_600.0
"""Seconds."""
_MANY_TIMES = 20
"""From here on "times" counts something: "watched a million times"."""
_CHANGE = frozenset(
    stem(word)
    for word in "rise fall grow climb drop increase decline decrease shrink cut raise lift go lower up down reduce jump sink widen narrow change slip soar surge compare plunge".split()
)
_RANGE = frozenset(("to", "-", "–", "and", "or"))


class Read(NamedTuple):
    """A figure, and the number of the word behind it."""

    behind: int
    figure: Figure


def read(words: Sequence[Word], day: dt.date | None, *, ahead: bool) -> tuple[Figure, ...]:
    """Return the figures of a text, in order.

    Args:
        words: the words of the text.
        day: when it was published, which "yesterday" is counted from; None if unknown.
        ahead: whether it speaks of what is to come: then "on Thursday" is the next one.
    """
    found: list[Figure] = []
    at = 0
    while at < len(words):
        one = _at(words, at, day, ahead=ahead)
        if one:
            found.append(one.figure)
        at = max(at + 1, one.behind if one else 0)
    return tuple(found)


def _at(words: Sequence[Word], at: int, day: dt.date | None, *, ahead: bool) -> Read | None:
    dated = date_at(words, at, day, ahead=ahead)
    if dated:
        span = _span(words, at, dated.behind)
        is_state = [word.low for word in words[max(0, at - 2) : at]] == ["as", "of"]
        what = "state" if is_state else event(words, at, dated.behind)
        return Read(dated.behind, Figure(*span, Kind.DATE, measure=what, date=dated.date))
    clock = clock_at(words, at)
    if clock:
        span = _span(words, at, clock.behind)
        return Read(clock.behind, Figure(*span, Kind.CLOCK, clock.first, clock.last))
    return _score(words, at) or _part(words, at) or _times(words, at) or _amount(words, at) or _ordinal(words, at) or _none(words, at)


def _score(words: Sequence[Word], at: int) -> Read | None:
    """Read "3-1", two small numbers joined by a dash with no noun behind them, and "three goals to one"."""
    spelt = _spelt_score(words, at)
    if spelt:
        return spelt
    three = words[at : at + 3]
    if len(three) < 3 or three[1].low not in "-–:" or not (three[0].low.isdigit() and three[2].low.isdigit()):
        return None
    if len(three[0].low) > 2 or len(three[2].low) > 2 or three[0].end != three[1].start:
        return None
    behind = words[at + 3] if at + 3 < len(words) else None
    if behind and (behind.low in "-–/%:" or behind.low in ("per", "percent") or _begins_noun(words, at + 3)):
        return None
    most, least = sorted((int(three[0].low), int(three[2].low)), reverse=True)
    value = most * 1000.0 + least
    return Read(at + 3, Figure(*_span(words, at, at + 3), Kind.SCORE, value, value))


def _spelt_score(words: Sequence[Word], at: int) -> Read | None:
    first = number_at(words, at)
    if first is None or first.behind + 2 >= len(words) or words[first.behind].stem not in _POINTS or words[first.behind + 1].low != "to":
        return None
    second = number_at(words, first.behind + 2)
    if second is None:
        return None
    value = max(first.low, second.low) * 1000 + min(first.low, second.low)
    return Read(second.behind, Figure(*_span(words, at, second.behind), Kind.SCORE, value, value))


_POINTS = frozenset(("goal", "set", "point", "gam", "game", "run", "vote", "try"))


def _begins_noun(words: Sequence[Word], at: int) -> bool:
    return bool(counted(words, at - 1, at).nouns) and words[at].low not in ("victory", "win", "defeat", "loss", "draw", "lead")


def _part(words: Sequence[Word], at: int) -> Read | None:
    """Read a part of a whole: "a quarter of the teachers", "one in four", "three out of five"."""
    part = part_at(words, at)
    if part is None:
        return None
    number = Number(part.behind, part.share, part.share, 2)
    reach = bounds.reach(words, at, part.behind, number)
    what = counted(words, at, reach.behind)
    figure = Figure(
        *_span(words, reach.first, reach.behind), Kind.SHARE, reach.low, reach.high, reach.is_low_open, reach.is_high_open,
        counted=what.nouns, measure=what.measure, is_about=reach.is_about, is_only=reach.is_only, digits=part.digits,
        is_earlier=_is_earlier(words, reach.first),
    )  # fmt: skip
    return Read(reach.behind, figure)


def _times(words: Sequence[Word], at: int) -> Read | None:
    """Read "twice" and "three times"."""
    times = data()["times"].get(words[at].low)
    if times is not None and words[at].low != "once":
        return Read(at + 1, Figure(*_span(words, at, at + 1), Kind.TIMES, times, times))
    return None


def _ordinal(words: Sequence[Word], at: int) -> Read | None:
    low = words[at].low
    value = data()["ordinals"].get(low)
    behind = at + 1
    if value is None and low.isdigit() and behind < len(words) and words[behind].low in ("st", "nd", "rd", "th"):
        value, behind = int(low[:9]), at + 2
    if value is None or (at and words[at - 1].low in ("one", "per", "every", "a")):
        return None
    noun = behind + 2 if [word.low for word in words[behind : behind + 2]] == ["and", "final"] else behind
    what = counted(words, at, noun)
    if not what.nouns:
        return None
    is_denied = any(word.low in ("not", "n't", "never") for word in words[max(0, at - 2) : at])
    return Read(behind, Figure(*_span(words, at, behind), Kind.ORDINAL, value, value, counted=what.nouns, is_denied=is_denied))


def _none(words: Sequence[Word], at: int) -> Read | None:
    """Read "no" before what is counted: none of it."""
    if words[at].low not in ("no", "none", "nobody"):
        return None
    if at + 1 < len(words) and words[at + 1].low in ("fewer", "less", "more", "longer", "one", "other"):
        return None
    what = counted(words, at, at + 1)
    is_people = words[at].low == "nobody"
    if not what.measure or not (what.nouns or is_people):
        return None
    nouns = frozenset(("person",)) if is_people else what.nouns
    return Read(at + 1, Figure(*_span(words, at, at + 1), Kind.COUNT, 0, 0, counted=nouns, measure=what.measure, digits=1))


class _Amount(NamedTuple):
    """A number or range, without what it measures."""

    first: int
    number: Number
    currency: str


def _amount(words: Sequence[Word], at: int) -> Read | None:
    found = _number(words, at)
    if found is None:
        return None
    behind = found.number.behind
    if _is_in_name(words, found):
        return None
    if [word.low for word in words[behind : behind + 2]] in (["/", "10"], ["/", "5"], ["/", "100"]):
        return _build(words, found, behind + 2, Kind.MEASURE, unit=f"/{words[behind + 1].low}")
    percent = percent_behind(words, behind)
    if percent:
        return _percent(words, found, *percent)
    money = (behind, found.currency) if found.currency else units.currency_at(words, behind)
    if money and _is_weight(words, money):
        pounds = units.unit("pound")
        heavy = found.number._replace(low=pounds.basic(found.number.low), high=pounds.basic(found.number.high))
        return _build(words, found._replace(number=heavy), money[0], Kind.MEASURE, unit=pounds.dimension, scale=pounds.factor)
    if money:
        each = _each(words, money[0])
        if each:
            a_year = _A_YEAR[words[each - 1].low]
            yearly = found.number._replace(low=found.number.low * a_year, high=found.number.high * a_year)
            return _build(words, found._replace(number=yearly), each, Kind.MONEY, unit=f"{money[1]} a year", scale=1 / a_year)
        return _build(words, found, money[0], Kind.MONEY, unit=money[1])
    return _measured(words, found) or _counted(words, found)


def _is_in_name(words: Sequence[Word], found: _Amount) -> bool:
    """Tell "Agent 47" and "Flight 370" from "In Kalden 47 people": a number behind a name, and nothing that it counts."""
    before = words[found.first - 1] if found.first else None
    if _is_joined(words, found.number.behind):
        return True
    if before is None or not before.is_name_like or not before.text[0].isalpha() or found.number.is_rough:
        return False
    behind = words[found.number.behind] if found.number.behind < len(words) else None
    is_lone = behind is None or not (behind.low.isalpha() or behind.low in "%$€-/") or behind.is_name_like or behind.low in _AFTER_NAMES
    return is_lone and (found.first > 1 or before.low not in STOP_WORDS)


def _is_joined(words: Sequence[Word], behind: int) -> bool:
    """Tell "the 49ers" from "85m", "500kg" and "5th"."""
    if behind >= len(words) or not words[behind].low.isalpha() or words[behind].start != words[behind - 1].end:
        return False
    return words[behind].low not in ("st", "nd", "rd", "th", "pc") and units.unit_at(words, behind) is None and units.currency_at(words, behind) is None


_AFTER_NAMES = frozenset("is was are were has had in on at and or by of to for with from that which who be can".split())


def _percent(words: Sequence[Word], found: _Amount, behind: int, kind: Kind) -> Read:
    factor = 0.01
    number = found.number._replace(low=found.number.low * factor, high=found.number.high * factor)
    return _build(words, found._replace(number=number), behind, kind, counts=True)


def _number(words: Sequence[Word], at: int) -> _Amount | None:
    """Read "€5.2 million", "between 40 and 50", "minus 3"."""
    currency = units.currency_at(words, at) if words[at].low in _SIGNS or words[at].text in ("US", "EUR", "USD", "GBP", "CHF") else None
    start = currency[0] if currency else at
    if start >= len(words):
        return None
    number = number_at(words, start) or _one(words, start)
    if number is None:
        return None
    first = at
    if at and words[at - 1].low == "minus":
        number, first = number._replace(low=-number.high, high=-number.low), at - 1
    number = _with_range(words, first, number)
    return _Amount(first, number, currency[1] if currency else "")


def _one(words: Sequence[Word], at: int) -> Number | None:
    """Read "a week" where it says how long, and "half a tonne"."""
    low = [word.low for word in words[at : at + 2]]
    if len(low) < 2 or at + 2 > len(words):
        return None
    if low[0] == "half" and low[1] in ("a", "an"):
        return Number(at + 2, 0.5, 0.5, 1) if units.unit_at(words, at + 2) else None
    before = words[at - 1].stem if at else ""
    if low[0] in ("a", "an") and before in _HOW_LONG:
        unit = units.unit_at(words, at + 1)
        return Number(at + 1, 1, 1, 1) if unit and unit[1].dimension == units.TIME else None
    return None


_HOW_LONG = frozenset(stem(word) for word in "last for within take over after about than almost nearly".split())
_SIGNS = frozenset("$€£¥₹₽₩₪")


def _with_range(words: Sequence[Word], first: int, number: Number) -> Number:
    joint = words[number.behind].low if number.behind + 1 < len(words) else ""
    before = words[first - 1].low if first else ""
    if joint not in _RANGE or (joint in ("and", "or") and before != "between" and joint != "or"):
        return number
    if joint == "to" and before == "from" and _tells_change(words, first - 1):
        return number
    start = number.behind + 1
    if words[start].low in _SIGNS and start + 1 < len(words):
        start += 1
    until = number_at(words, start)
    if until is None or number.is_rough or (joint == "-" and not until.is_written):
        return number
    low = number.low
    for scale in (1e3, 1e6, 1e9):
        if low < 1000 <= until.high and low * scale < until.high < 1000 * scale and joint != "and":
            low = low * scale if until.high / low >= scale else low
    if low >= until.high:
        return number
    return Number(until.behind, low, until.high, until.digits, number.is_written)


_A_YEAR = {"year": 1, "month": 12, "week": 52, "day": 365}
"""How many of them a year has."""


def _each(words: Sequence[Word], at: int) -> int:
    """Return the number of the word behind "a year" and "per month"; 0 if there is none."""
    low = [word.low for word in words[at : at + 2]]
    return at + 2 if len(low) == 2 and low[0] in ("a", "an", "per", "every", "each") and low[1] in _A_YEAR else 0


def _is_weight(words: Sequence[Word], money: tuple[int, str]) -> bool:
    """Tell "500 pounds of cocaine" from "500 pounds"."""
    behind, currency = money
    follows = words[behind].low if behind < len(words) else ""
    is_heavy = follows == "of" or any(word.stem in ("weigh", "weight") for word in words[max(0, behind - 6) : behind])
    return currency == "pound" and is_heavy and words[behind - 1].stem == "pound"


def _measured(words: Sequence[Word], found: _Amount) -> Read | None:
    behind = found.number.behind
    if behind < len(words) and words[behind].low == "-" and behind + 1 < len(words):
        behind += 1  # "a 28-year-old", "a 40-metre mast"
    unit = units.unit_at(words, behind)
    if unit is None or _is_bare_letter(words, behind, found.number):
        return None
    end, measure = unit
    basic = found.number._replace(low=measure.basic(found.number.low), high=measure.basic(found.number.high))
    if measure.dimension != units.TIME:
        return _build(words, found._replace(number=basic), end, Kind.MEASURE, unit=measure.dimension, scale=measure.factor)
    old = end + 1 if end < len(words) and words[end].low == "-" else end
    if (old < len(words) and words[old].low == "old") or _follows(words, found.first, ("aged", "age")):
        years = basic._replace(low=basic.low / _YEAR, high=basic.high / _YEAR)
        return _build(words, found._replace(number=years), old + 1 if old < len(words) and words[old].low == "old" else end, Kind.AGE)
    if end < len(words) and words[end].low == "ago":
        return Read(end + 1, Figure(*_span(words, found.first, end + 1), Kind.TIME, basic.low, basic.high, unit="ago", digits=basic.digits))
    return _build(words, found._replace(number=basic), end, Kind.TIME, scale=measure.factor)


def _is_bare_letter(words: Sequence[Word], at: int, number: Number) -> bool:
    """A letter is a unit only behind digits: "5 m" but not "two m"."""
    return at < len(words) and len(words[at].low) == 1 and words[at].low.isalpha() and not number.is_written


def _follows(words: Sequence[Word], at: int, those: Sequence[str]) -> bool:
    return at > 0 and words[at - 1].low in those


def _counted(words: Sequence[Word], found: _Amount) -> Read | None:
    if _is_pronoun(words, found):
        return None
    behind = found.number.behind
    if behind < len(words) and words[behind].low in ("times", "time"):
        is_count = found.number.low >= _MANY_TIMES
        return _build(words, found, behind + 1, Kind.COUNT if is_count else Kind.TIMES, counts=is_count)
    if _follows(words, found.first, ("aged", "age")) or [word.low for word in words[max(0, found.first - 2) : found.first]] == ["age", "of"] or _is_age(words, found):
        return _build(words, found, behind, Kind.AGE)
    if behind < len(words) and words[behind].low in ("st", "nd", "rd", "th"):
        return None
    return _build(words, found, behind, Kind.COUNT, counts=True)


def _is_age(words: Sequence[Word], found: _Amount) -> bool:
    return found.first > 1 and words[found.first - 1].low == "than" and words[found.first - 2].low in ("older", "younger")


def _is_pronoun(words: Sequence[Word], found: _Amount) -> bool:
    """Tell "one man" from "no one", "one of the pilots" and "the one"."""
    if words[found.first].low != "one" or found.number.behind != found.first + 1:
        return words[found.first].low in ("a", "an") and found.number.low < 1
    before = words[found.first - 1].low if found.first else ""
    return before in ("no", "the", "any", "every", "which", "this", "that", "another") or not counted(words, found.first, found.number.behind).nouns


def _build(words: Sequence[Word], found: _Amount, behind: int, kind: Kind, *, unit: str = "", scale: float = 1.0, counts: bool = False) -> Read:
    first = found.first - 1 if _follows(words, found.first, ("between",)) else found.first
    reach = bounds.reach(words, first, behind, found.number)
    what = counted(words, found.first, reach.behind) if counts else None
    if what and kind is not Kind.COUNT and reach.behind < len(words) and words[reach.behind].low != "of":
        what = what._replace(nouns=frozenset())  # "12 per cent last year" is of nothing that is told
    figure = Figure(
        *_span(words, reach.first, reach.behind), kind, reach.low, reach.high, reach.is_low_open, reach.is_high_open, unit,
        what.nouns if what else frozenset(), what.measure if what else "",
        is_about=reach.is_about, is_rough=found.number.is_rough, is_only=reach.is_only,
        is_earlier=_is_earlier(words, reach.first), is_part=kind is Kind.COUNT and _is_of_known(words, reach.behind),
        scale=scale, digits=found.number.digits,
    )  # fmt: skip
    return Read(max(reach.behind, behind), figure)


def _is_of_known(words: Sequence[Word], behind: int) -> bool:
    """Tell "eight of the demonstrators" from "dozens of demonstrators"."""
    return [word.low for word in words[behind : behind + 2]] in (["of", one] for one in ("the", "them", "those", "these", "whom", "which", "its", "his", "her", "their", "our"))


def _is_earlier(words: Sequence[Word], first: int) -> bool:
    """Whether a figure says how things were: "up from 3 per cent", "compared with 40"."""
    if not first or words[first - 1].low not in ("from", "than", "with", "to"):
        return False
    before = words[first - 1].low
    if before == "to":
        return first > 1 and words[first - 2].stem == "compar"
    return _tells_change(words, first - 1)


def _tells_change(words: Sequence[Word], at: int) -> bool:
    return any(word.stem in _CHANGE for word in words[max(0, at - 6) : at])


def _span(words: Sequence[Word], first: int, behind: int) -> tuple[int, int]:
    return words[first].start, words[behind - 1].end
