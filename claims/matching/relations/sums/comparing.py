"""What the figures of a later statement say of those of an earlier one."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from claims.matching.figures import counted
from claims.matching.figures.types import Date, Figure, Kind

_ROUNDED = 0.05
"""How far a rounded figure may be from the exact one, as a share."""
_DEGREE = 1.0
"""How far temperatures on two scales may be apart, in kelvin."""
_TELLING = 100
"""From here on a count that is told twice is of one thing."""
_FEW = 100
"""Counts below this are exact unless the text says otherwise: 40 dead are not 41."""
_LEAST_ALIKE = 0.3
"""Figures less alike in what they count are not compared."""


class Fit(StrEnum):
    """What one figure says of another of the same thing."""

    EQUAL = "equal"
    FAR = "far"
    """Their bounds do not exclude each other, but lie far apart: "more than 20" and 25."""
    CLASH = "clash"


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure of the later statement beside the one of the earlier that it is most like.

    Attributes:
        earlier: a figure of the earlier statement.
        later: one of the later.
        fit: what they say of each other.
        alike: how surely they measure the same, 0 to 1.
    """

    earlier: Figure
    later: Figure
    fit: Fit
    alike: float


def other_event(earlier: Sequence[Figure], later: Sequence[Figure]) -> tuple[Figure, Figure] | None:
    """Return a date of both statements on which they tell different things, each of which happens once."""
    for figure in later:
        for one in earlier:
            if (
                figure.kind is one.kind is Kind.DATE
                and figure.measure and one.measure and figure.measure != one.measure
                and figure.date == one.date
                and figure.measure not in {other.measure for other in earlier}
            ):  # fmt: skip
                return one, figure
    return None


def compare_figures(earlier: Sequence[Figure], later: Sequence[Figure]) -> list[Compared]:
    """Return for each figure of the later statement the one of the earlier that fits best, if any measures the same."""
    later = [one for one in later if one.kind is not Kind.OF_SEVERAL]
    told = {one.low for one in later if one.is_earlier}
    earlier = [one for one in earlier if one.low not in told or one.kind is Kind.DATE]
    earlier = [*earlier, *_shares(earlier)]
    number = Counter(one.kind for one in later)
    found = [
        _best(figure, earlier, number[figure.kind]) for figure in later if not figure.is_earlier
    ]
    if not any(one and one.earlier.is_part and one.later.is_part for one in found):
        found += [_best(figure, earlier, 1) for figure in _shares(later)]
    return [one for one in found if one]


def _shares(figures: Sequence[Figure]) -> list[Figure]:
    """Return the share that two counts make: "ten of the fifteen judges" are two thirds."""
    counts = [
        one for one in figures if one.kind is Kind.COUNT and one.is_point and not one.is_earlier
    ]
    if len(counts) != 2 or not any(one.is_part for one in counts):
        return []
    part, whole = sorted(counts, key=lambda one: one.low)
    if not 0 < part.low < whole.low:
        return []
    share = part.low / whole.low
    return [
        replace(
            part,
            kind=Kind.SHARE,
            low=share,
            high=share,
            is_about=True,
            is_part=False,
            is_of_whole=True,
            measure=part.measure or whole.measure,
            counted=part.counted | whole.counted,
        )
    ]


def fit(earlier: Figure, later: Figure) -> Fit:
    """Return what two figures of the same thing say of each other."""
    if earlier.kind is Kind.DATE:
        return _fit_of_dates(earlier.date, later.date)
    if earlier.is_denied != later.is_denied:
        return Fit.CLASH if earlier.low == later.low else Fit.EQUAL
    if _are_apart(earlier, later):
        return Fit.EQUAL if _are_rounded(earlier, later) else Fit.CLASH
    if earlier.is_point and later.is_point:
        return Fit.EQUAL
    return Fit.EQUAL if _are_near(earlier, later) else Fit.FAR


def _best(later: Figure, others: Sequence[Figure], number: int) -> Compared | None:
    best: Compared | None = None
    for earlier in others:
        if earlier.is_earlier:
            continue
        alone = sum(one.kind is later.kind for one in others) == number == 1
        alike = _alike(earlier, later, lone=alone)
        if alike < _LEAST_ALIKE:
            continue
        one = Compared(earlier, later, fit(earlier, later), alike)
        if best is None or _rank(one) > _rank(best):
            best = one
    return best


def _rank(one: Compared) -> float:
    """A figure that fits is the one that was meant, though another one may be a little more alike in words."""
    return (
        one.alike
        + (_FITS if one.fit is not Fit.CLASH else 0)
        + (_FITS if one.earlier.low == one.later.low and one.earlier.kind is not Kind.DATE else 0)
    )


_FITS = 0.25


def _alike(earlier: Figure, later: Figure, *, lone: bool) -> float:
    """Return how surely two figures measure the same."""
    if _are_ages(earlier, later):
        return 0.7  # "older than 60", "over sixty"
    if earlier.kind is not later.kind or earlier.unit != later.unit or _is_part(earlier, later):
        return 0.0
    if earlier.kind is Kind.DATE:
        return _alike_in_event(earlier, later)
    if earlier.kind in (Kind.COUNT, Kind.SHARE, Kind.ORDINAL):
        return _alike_in_nouns(earlier, later, lone=lone)
    return 0.8


def _are_ages(earlier: Figure, later: Figure) -> bool:
    is_bare = not earlier.counted and not later.counted
    return is_bare and {earlier.kind, later.kind} == {Kind.AGE, Kind.COUNT}


def _is_part(earlier: Figure, later: Figure) -> bool:
    """Whether one is a part of a number and the other may be that number: eight of the 24."""
    if earlier.is_part == later.is_part:
        return False
    part, whole = (earlier, later) if earlier.is_part else (later, earlier)
    return _middle(part) < _middle(whole)


def _alike_in_event(earlier: Figure, later: Figure) -> float:
    if earlier.measure and later.measure:
        return 1.0 if earlier.measure == later.measure else 0.2
    return 0.7


def _middle(figure: Figure) -> float:
    return figure.low if math.isfinite(figure.low) else figure.high


def _alike_in_nouns(earlier: Figure, later: Figure, *, lone: bool) -> float:
    if earlier.low == later.low >= _TELLING and earlier.high == later.high:
        return 0.7  # a figure like 4,300 is not told twice by chance
    same_state = bool(earlier.measure) and earlier.measure == later.measure
    is_known = bool(earlier.measure and later.measure)
    shares = counted.share_a_noun(earlier.counted, later.counted)
    if is_known and not same_state:
        return 0.4 if shares and not counted.is_of_people(earlier.counted | later.counted) else 0.0
    if shares:
        return 1.0 if same_state or not (earlier.measure or later.measure) else 0.8
    if counted.is_of_people(earlier.counted) and counted.is_of_people(later.counted):
        return 0.9 if same_state else 0.5 if not (earlier.measure or later.measure) else 0.3
    return _alike_in_state(earlier, later, lone=lone)


def _alike_in_state(earlier: Figure, later: Figure, *, lone: bool) -> float:
    """Return how surely figures measure the same that count other nouns, or none."""
    if earlier.measure and earlier.measure == later.measure:
        is_told = earlier.counted and later.counted
        return 0.5 if is_told and counted.is_of_people(earlier.counted | later.counted) else 0.8
    if 1 in (earlier.low, later.low):
        return 0.0  # "one product" is hardly a count
    if counted.is_general(earlier.counted) or counted.is_general(later.counted):
        return 0.6 if earlier.kind is Kind.SHARE or lone else 0.4
    return 0.35 if lone else 0.0


def _are_apart(one: Figure, other: Figure) -> bool:
    """Return whether no number is within both."""
    if one.low > other.high or other.low > one.high:
        return not (_is_close(one.low, other.high) or _is_close(other.low, one.high))
    # Where they only touch, an open end keeps them apart: "more than 3" and 3.
    return (one.low == other.high and (one.is_low_open or other.is_high_open)) or (
        other.low == one.high and (other.is_low_open or one.is_high_open)
    )


def _is_close(one: float, other: float) -> bool:
    """Conversions of units leave a little behind the point."""
    return math.isfinite(one) and math.isfinite(other) and math.isclose(one, other, rel_tol=1e-9)


def _are_rounded(one: Figure, other: Figure) -> bool:
    """Return whether two points differ by no more than their rounding."""
    ends = (one.low, one.high, other.low, other.high)
    are_points = (one.is_point or one.is_about) and (other.is_point or other.is_about)
    if not are_points or one.kind in _EXACT or not all(map(math.isfinite, ends)):
        return False
    if one.unit == "[temperature]" and one.scale != other.scale:
        return abs(one.low - other.low) <= _DEGREE
    middle, middle_of_other = (one.low + one.high) / 2, (other.low + other.high) / 2
    greater = max(abs(middle), abs(middle_of_other))
    if greater == 0 or abs(middle - middle_of_other) > greater * _ROUNDED:
        return False
    if one.is_about or other.is_about or one.scale != other.scale:
        return True
    is_few = one.kind is Kind.COUNT and greater < _FEW
    return one.digits != other.digits and not is_few


_EXACT = (Kind.ORDINAL, Kind.SCORE, Kind.CLOCK)


def _are_near(one: Figure, other: Figure) -> bool:
    """Return whether bounds that do not exclude each other say nearly the same."""
    ends = [(one.low, other.low), (one.high, other.high)]
    if all(a == b or _is_within(a, b) for a, b in ends):
        return True
    values = [
        value
        for figure in (one, other)
        for value in (figure.low, figure.high)
        if math.isfinite(value)
    ]
    return bool(values) and _is_within(min(values), max(values))


def _is_within(one: float, other: float) -> bool:
    if not (math.isfinite(one) and math.isfinite(other)):
        return one == other
    return abs(one - other) <= _ROUNDED * max(abs(one), abs(other))


def _fit_of_dates(earlier: Date | None, later: Date | None) -> Fit:
    if earlier is None or later is None:
        return Fit.FAR
    if earlier.first is not None and later.first is not None:
        if _overlap(earlier, later) or _are_one_weekday(earlier, later):
            return Fit.EQUAL
        return Fit.CLASH
    for one, other in (
        (earlier.year, later.year),
        (earlier.month, later.month),
        (earlier.day, later.day),
        (earlier.weekday, later.weekday),
    ):
        if one is not None and other is not None and one != other:
            return Fit.CLASH
    return Fit.EQUAL


def _are_one_weekday(one: Date, other: Date) -> bool:
    """Whether both only say "on Thursday", at another distance: which Thursday is a guess, by the days they were published."""
    is_guessed = one.is_weekday_only and other.is_weekday_only and one.shift != other.shift
    by_name = is_guessed and one.weekday == other.weekday
    return by_name and abs((one.first or 0) - (other.first or 0)) <= 7


def _overlap(one: Date, other: Date) -> bool:
    ends = (one.first, one.last, other.first, other.last)
    first, last, other_first, other_last = (end or 0 for end in ends)
    return first <= other_last and other_first <= last
