"""A number with its currency sign, its minus and its range: "between 40 and 50", "€5.2 million"."""

from collections.abc import Sequence
from typing import NamedTuple

from claims.matching.figures import units
from claims.matching.figures.numerals import Number, data, number_at
from claims.matching.figures.parts import percent_behind
from claims.matching.text.groups import stems_in
from claims.matching.text.words import Word

_RANGE = frozenset(("to", "-", "–", "and", "or"))


class Amount(NamedTuple):
    """A number or range, without what it measures."""

    first: int
    number: Number
    currency: str


def amount_number_at(words: Sequence[Word], at: int) -> Amount | None:
    """Read "€5.2 million", "between 40 and 50", "minus 3"."""
    currency = (
        units.currency_at(words, at)
        if words[at].low in SIGNS or words[at].text in ("US", "EUR", "USD", "GBP", "CHF")
        else None
    )
    start = currency[0] if currency else at
    if start >= len(words):
        return None
    number = number_at(words, start) or _one(words, start)
    if number is None:
        return None
    first = at
    if _is_minus(words, at - 1):
        number, first = number._replace(low=-number.high, high=-number.low), at - 1
    number = _with_range(words, first, number)
    return Amount(first, number, currency[1] if currency else "")


def _is_minus(words: Sequence[Word], at: int) -> bool:
    """Tell "minus 3" and " -3" from "2-3" and "week - 3"."""
    if at < 0 or words[at].low not in _MINUS:
        return False
    is_apart = at == 0 or words[at - 1].end < words[at].start
    return words[at].low == "minus" or (is_apart and words[at].end == words[at + 1].start)


_MINUS = ("minus", "-", "\N{MINUS SIGN}")


def _one(words: Sequence[Word], at: int) -> Number | None:
    """Read "a week" where it says how long, "by a metre", and "half a tonne"."""
    low = [word.low for word in words[at : at + 2]]
    if len(low) < 2 or at + 2 > len(words):
        return None
    if low[0] == "half" and low[1] in ("a", "an"):
        is_unit = units.unit_at(words, at + 2) or percent_behind(words, at + 2)
        return Number(at + 2, 0.5, 0.5, 1) if is_unit else None
    before = words[at - 1].stem if at else ""
    if low[0] in ("a", "an") and before in _HOW_LONG:
        unit = units.unit_at(words, at + 1)
        return Number(at + 1, 1, 1, 1) if unit and unit[1].dimension == units.TIME else None
    if low[0] in ("a", "an") and before == "by":
        return Number(at + 1, 1, 1, 1) if units.unit_at(words, at + 1) else None
    return None


_HOW_LONG = stems_in("before_lengths_of_time")

SIGNS = frozenset("$€£¥₹₽₩₪")


def _with_range(words: Sequence[Word], first: int, number: Number) -> Number:
    joint = words[number.behind].low if number.behind + 1 < len(words) else ""
    before = words[first - 1].low if first else ""
    if joint not in _RANGE or (joint in ("and", "or") and before != "between" and joint != "or"):
        return number
    if joint == "to" and before == "from" and tells_change(words, first - 1):
        return number
    start = number.behind + 1
    if words[start].low in SIGNS and start + 1 < len(words):
        start += 1
    until = number_at(words, start)
    if until is None or number.is_rough or (joint == "-" and not until.is_written):
        return number
    low = number.low
    # "Between 3 and 5,000" may mean three.
    is_shared = joint != "and" or words[until.behind - 1].low in data()["scales"]
    for scale in (1e3, 1e6, 1e9):
        if is_shared and low < 1000 <= until.high and low * scale < until.high < 1000 * scale:
            low = low * scale if until.high / low >= scale else low
    if low >= until.high:
        return number
    return Number(until.behind, low, until.high, until.digits, number.is_written)


def tells_change(words: Sequence[Word], at: int) -> bool:
    """Return whether something rises or falls in the words before one: "rose from 40 to 50"."""
    return any(word.stem in _CHANGE for word in words[max(0, at - 6) : at])


_CHANGE = stems_in("changes")
