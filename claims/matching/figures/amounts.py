"""Amounts: money, percentages, measures, ages and counts."""

from collections.abc import Sequence
from dataclasses import replace

from claims.matching.figures import units
from claims.matching.figures.building import Read, build, follows, span
from claims.matching.figures.counted import STOP_WORDS, counted
from claims.matching.figures.numerals import Number, number_at
from claims.matching.figures.parts import percent_behind
from claims.matching.figures.ranges import Amount, amount_number_at
from claims.matching.figures.types import Figure, Kind
from claims.matching.text.groups import words_in
from claims.matching.text.words import Word

_YEAR = 31_557_600.0
"""Seconds."""

_COUNTED_ONLY = ("goals",)
"""Of these there are no shares: "the film scored 79 per cent"."""

_ALL = 100
"""Per cent."""

_MANY_TIMES = 20
"""From here on "times" counts something: "watched a million times"."""


def amount_at(words: Sequence[Word], at: int) -> Read | None:
    """Return the amount that begins at a word, in basic units; None if none does."""
    found = amount_number_at(words, at)
    if found is None or _is_in_name(words, found):
        return None
    for read in (_rating, _percent, _money, _measured, _counted):
        figure = read(words, found)
        if figure:
            return figure
    return None


def _rating(words: Sequence[Word], found: Amount) -> Read | None:
    """Read "6.5/10"."""
    behind = found.number.behind
    low = [word.low for word in words[behind : behind + 2]]
    if low not in (["/", "10"], ["/", "5"], ["/", "100"]):
        return None
    return build(words, found, behind + 2, Kind.MEASURE, unit="/" + low[1])


def _percent(words: Sequence[Word], found: Amount) -> Read | None:
    percent = percent_behind(words, found.number.behind)
    if percent is None and _is_part_of_point(words, found):
        percent = found.number.behind + 1, Kind.POINTS
    if percent is None and _is_ahead(words, found):
        percent = found.number.behind, Kind.SHARE
    if percent is None:
        return None
    behind, kind = percent
    read = build(words, _times_as_much(found, 0.01), behind, kind, counts=True)
    if read.figure.measure in _COUNTED_ONLY:
        return read._replace(figure=replace(read.figure, measure=""))
    return read


def _is_part_of_point(words: Sequence[Word], found: Amount) -> bool:
    """Tell "a quarter of a point", which is of a percentage, from "three points", which are of a game."""
    behind = found.number.behind
    return 0 < found.number.high < 1 and behind < len(words) and words[behind].stem == "point"


def _is_ahead(words: Sequence[Word], found: Amount) -> bool:
    """Return whether a number is the greater share of "52 to 48 per cent"."""
    behind = found.number.behind
    if behind + 1 >= len(words) or words[behind].low not in ("to", "-", "–"):
        return False
    less = number_at(words, behind + 1)
    return (
        less is not None
        and less.high < found.number.low <= _ALL - less.high
        and (percent_behind(words, less.behind) or (0, None))[1] is Kind.SHARE
    )


def _money(words: Sequence[Word], found: Amount) -> Read | None:
    behind = found.number.behind
    money = (behind, found.currency) if found.currency else units.currency_at(words, behind)
    if money is None:
        return None
    end, currency = money
    if _is_weight(words, money):
        pound = units.unit("pound")
        heavy = _times_as_much(found, pound.factor)
        return build(words, heavy, end, Kind.MEASURE, unit=pound.dimension, scale=pound.factor)
    each = _each(words, end)
    if not each:
        return build(words, found, end, Kind.MONEY, unit=currency)
    a_year = _A_YEAR[words[each - 1].low]
    yearly = _times_as_much(found, a_year)
    return build(words, yearly, each, Kind.MONEY, unit=f"{currency} a year", scale=1 / a_year)


def _times_as_much(found: Amount, factor: float) -> Amount:
    number = found.number
    return found._replace(
        number=number._replace(low=number.low * factor, high=number.high * factor)
    )


def _is_in_name(words: Sequence[Word], found: Amount) -> bool:
    """Tell "Agent 47" and "Flight 370" from "In Kalden 47 people": a number behind a name, and nothing that it counts."""
    before = words[found.first - 1] if found.first else None
    if _is_joined(words, found.number.behind) and _degrees(words, found) is None:
        return True
    if (
        before is None
        or not before.is_name_like
        or not before.text[0].isalpha()
        or found.number.is_rough
    ):
        return False
    behind = words[found.number.behind] if found.number.behind < len(words) else None
    is_lone = (
        behind is None
        or not (behind.low.isalpha() or behind.low in "%$€-/")
        or behind.is_name_like
        or behind.low in _AFTER_NAMES
    )
    return is_lone and (found.first > 1 or before.low not in STOP_WORDS)


def _is_joined(words: Sequence[Word], behind: int) -> bool:
    """Tell "the 49ers" from "85m", "500kg" and "5th"."""
    if (
        behind >= len(words)
        or not words[behind].low.isalpha()
        or words[behind].start != words[behind - 1].end
    ):
        return False
    return (
        words[behind].low not in ("st", "nd", "rd", "th", "pc")
        and units.unit_at(words, behind) is None
        and units.currency_at(words, behind) is None
    )


_AFTER_NAMES = words_in("after_names")


_A_YEAR = {"year": 1, "month": 12, "week": 52, "day": 365}
"""How many of them a year has."""


def _each(words: Sequence[Word], at: int) -> int:
    """Return the number of the word behind "a year" and "per month"; 0 if there is none."""
    low = [word.low for word in words[at : at + 2]]
    return (
        at + 2
        if len(low) == 2 and low[0] in ("a", "an", "per", "every", "each") and low[1] in _A_YEAR
        else 0
    )


def _is_weight(words: Sequence[Word], money: tuple[int, str]) -> bool:
    """Tell "500 pounds of cocaine" from "500 pounds"."""
    behind, currency = money
    follows = words[behind].low if behind < len(words) else ""
    is_heavy = follows == "of" or any(
        word.stem in ("weigh", "weight") for word in words[max(0, behind - 6) : behind]
    )
    return currency == "pound" and is_heavy and words[behind - 1].stem == "pound"


def _measured(words: Sequence[Word], found: Amount) -> Read | None:
    behind = found.number.behind
    if behind < len(words) and words[behind].low == "-" and behind + 1 < len(words):
        behind += 1  # "a 28-year-old", "a 40-metre mast"
    unit = units.unit_at(words, behind) or _degrees(words, found)
    if unit is None or _is_bare_letter(words, behind, found.number) or _is_ordinal(words, behind):
        return None
    end, measure = unit
    end, more = _smaller(words, end, measure)
    basic = found.number._replace(
        low=measure.basic(found.number.low) + more, high=measure.basic(found.number.high) + more
    )
    if measure.dimension != units.TIME:
        return build(
            words,
            found._replace(number=basic),
            end,
            Kind.MEASURE,
            unit=measure.dimension,
            scale=measure.factor,
        )
    old = end + 1 if end < len(words) and words[end].low == "-" else end
    if (old < len(words) and words[old].low == "old") or follows(
        words, found.first, ("aged", "age")
    ):
        years = basic._replace(low=basic.low / _YEAR, high=basic.high / _YEAR)
        return build(
            words,
            found._replace(number=years),
            old + 1 if old < len(words) and words[old].low == "old" else end,
            Kind.AGE,
        )
    if end < len(words) and words[end].low == "ago":
        return Read(
            end + 1,
            Figure(
                *span(words, found.first, end + 1),
                Kind.TIME,
                basic.low,
                basic.high,
                unit="ago",
                digits=basic.digits,
            ),
        )
    return build(words, found._replace(number=basic), end, Kind.TIME, scale=measure.factor)


def _degrees(words: Sequence[Word], found: Amount) -> tuple[int, units.Unit] | None:
    """Read the letter of "-12C" and "hit 104F"; "seat 12C" is no temperature, and "12c" is money."""
    behind = found.number.behind
    letter = words[behind] if behind < len(words) else None
    name = _DEGREES.get(letter.text) if letter else None
    if letter is None or name is None or letter.start != words[behind - 1].end:
        return None
    is_told = found.number.low < 0 or follows(words, found.first, _BEFORE_DEGREES)
    return (behind + 1, units.unit(name)) if is_told else None


_DEGREES = {"C": "degree_Celsius", "F": "degree_Fahrenheit"}
_BEFORE_DEGREES = ("to", "of", "reached", "hit", "topped", "below", "above", "was", "around")


def _smaller(words: Sequence[Word], at: int, larger: units.Unit) -> tuple[int, float]:
    """Read what a smaller unit adds, "10in" behind "5ft", and return the number of the word behind it, and how much it is.

    The same word and nothing, where there is no smaller unit of the same dimension.
    """
    start = at + 1 if at < len(words) and words[at].low in ("and", ",") else at
    number = number_at(words, start) if start < len(words) else None
    unit = (
        (units.unit_at(words, number.behind) or _inches(words, number.behind)) if number else None
    )
    if number is None or unit is None or larger.offset or not number.low == number.high > 0:
        return at, 0.0
    behind, smaller = unit
    more = smaller.basic(number.low)
    is_part = smaller.dimension == larger.dimension and more < larger.factor
    return (behind, more) if is_part else (at, 0.0)


def _inches(words: Sequence[Word], at: int) -> tuple[int, units.Unit] | None:
    """Read the "in" of "10in"; apart from its number it is the preposition."""
    is_joined = at < len(words) and words[at].low == "in" and words[at].start == words[at - 1].end
    return (at + 1, units.unit("inch")) if is_joined else None


def _is_ordinal(words: Sequence[Word], at: int) -> bool:
    """Tell "a second term" from "a second"."""
    low = [word.low for word in words[at - 1 : at + 2]]
    is_ordinal = low[:2] == ["a", "second"] and len(low) == 3
    return is_ordinal and low[2][0].isalpha() and low[2] not in STOP_WORDS


def _is_bare_letter(words: Sequence[Word], at: int, number: Number) -> bool:
    """A letter is a unit only behind digits: "5 m" but not "two m"."""
    return (
        at < len(words)
        and len(words[at].low) == 1
        and words[at].low.isalpha()
        and not number.is_written
    )


def _counted(words: Sequence[Word], found: Amount) -> Read | None:
    if _is_pronoun(words, found):
        return None
    behind = found.number.behind
    if [word.low for word in words[behind : behind + 2]] == ["-", "fold"]:
        return build(words, found, behind + 2, Kind.TIMES)
    if behind < len(words) and words[behind].low in ("times", "time"):
        is_count = found.number.low >= _MANY_TIMES
        return build(
            words, found, behind + 1, Kind.COUNT if is_count else Kind.TIMES, counts=is_count
        )
    if (
        follows(words, found.first, ("aged", "age"))
        or [word.low for word in words[max(0, found.first - 2) : found.first]] == ["age", "of"]
        or _is_age(words, found)
    ):
        return build(words, found, behind, Kind.AGE)
    if behind < len(words) and words[behind].low in ("st", "nd", "rd", "th"):
        return None
    return build(words, found, behind, Kind.COUNT, counts=True)


def _is_age(words: Sequence[Word], found: Amount) -> bool:
    return (
        found.first > 1
        and words[found.first - 1].low == "than"
        and words[found.first - 2].low in ("older", "younger")
    )


def _is_pronoun(words: Sequence[Word], found: Amount) -> bool:
    """Tell "one man" from "no one", "one of the pilots" and "the one"."""
    if words[found.first].low != "one" or found.number.behind != found.first + 1:
        return words[found.first].low in ("a", "an") and found.number.low < 1
    before = words[found.first - 1].low if found.first else ""
    return (
        before in ("no", "the", "any", "every", "which", "this", "that", "another")
        or not counted(words, found.first, found.number.behind).nouns
    )
