"""Figures of a text: the numbers, dates and times in it, each with its unit, its bounds and what it counts."""

import datetime as dt
from collections.abc import Sequence

from claims.matching.figures import bounds
from claims.matching.figures.amounts import amount_at
from claims.matching.figures.building import Read, is_earlier_state, span
from claims.matching.figures.clocks import clock_at, seconds_at
from claims.matching.figures.counted import counted, event
from claims.matching.figures.dates.reading import date_at
from claims.matching.figures.numerals import Number, data, number_at
from claims.matching.figures.parts import part_at, whole_at
from claims.matching.figures.series import in_order, numbered
from claims.matching.figures.types import Figure, Kind
from claims.matching.text.groups import words_in
from claims.matching.text.words import Word


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
        is_state = [word.low for word in words[max(0, at - 2) : at]] == ["as", "of"]
        what = "state" if is_state else event(words, at, dated.behind)
        first = at - 1 if dated.date.is_bound else at
        return Read(
            dated.behind,
            Figure(*span(words, first, dated.behind), Kind.DATE, measure=what, date=dated.date),
        )
    timed = seconds_at(words, at)
    if timed:
        behind, seconds = timed
        return Read(behind, Figure(*span(words, at, behind), Kind.TIME, seconds, seconds, digits=6))
    clock = clock_at(words, at)
    if clock:
        return Read(
            clock.behind,
            Figure(*span(words, at, clock.behind), Kind.CLOCK, clock.first, clock.last),
        )
    return (
        _score(words, at)
        or _whole(words, at)
        or _part(words, at)
        or _times(words, at)
        or _of_several(words, at)
        or amount_at(words, at)
        or _ordinal(words, at)
        or _none(words, at)
    )


def _score(words: Sequence[Word], at: int) -> Read | None:
    """Read "3-1", two small numbers joined by a dash with no noun behind them, and "three goals to one"."""
    spelt = _spelt_score(words, at)
    if spelt:
        return spelt
    three = words[at : at + 3]
    if (
        len(three) < 3
        or three[1].low not in "-–:"
        or not (three[0].low.isdecimal() and three[2].low.isdecimal())
    ):
        return None
    if len(three[0].low) > 2 or len(three[2].low) > 2 or three[0].end != three[1].start:
        return None
    behind = words[at + 3] if at + 3 < len(words) else None
    if behind and (
        behind.low in "-–/%:" or behind.low in ("per", "percent") or _begins_noun(words, at + 3)
    ):
        return None
    most, least = sorted((int(three[0].low), int(three[2].low)), reverse=True)
    value = most * 1000.0 + least
    return Read(at + 3, Figure(*span(words, at, at + 3), Kind.SCORE, value, value))


def _spelt_score(words: Sequence[Word], at: int) -> Read | None:
    first = number_at(words, at)
    if (
        first is None
        or first.behind + 2 >= len(words)
        or words[first.behind].stem not in _POINTS
        or words[first.behind + 1].low != "to"
    ):
        return None
    second = number_at(words, first.behind + 2)
    if second is None:
        return None
    value = max(first.low, second.low) * 1000 + min(first.low, second.low)
    return Read(second.behind, Figure(*span(words, at, second.behind), Kind.SCORE, value, value))


_POINTS = words_in("points")


def _begins_noun(words: Sequence[Word], at: int) -> bool:
    return bool(counted(words, at - 1, at).nouns) and words[at].low not in (
        "victory",
        "win",
        "defeat",
        "loss",
        "draw",
        "lead",
    )


def _part(words: Sequence[Word], at: int) -> Read | None:
    """Read a part of a whole: "a quarter of the teachers", "one in four", "three out of five"."""
    part = part_at(words, at)
    if part is None:
        return None
    number = Number(part.behind, part.share, part.share, 2)
    reach = bounds.reach(words, at, part.behind, number)
    what = counted(words, at, reach.behind)
    figure = Figure(
        *span(words, reach.first, reach.behind), Kind.SHARE, reach.low, reach.high, reach.is_low_open, reach.is_high_open,
        counted=what.nouns, measure=what.measure, is_about=reach.is_about, is_only=reach.is_only, digits=part.digits,
        is_earlier=is_earlier_state(words, reach.first),
    )  # fmt: skip
    return Read(reach.behind, figure)


def _whole(words: Sequence[Word], at: int) -> Read | None:
    """Read all or none of a whole: "all of the army's 11 boats"."""
    whole = whole_at(words, at)
    if whole is None:
        return None
    what = counted(words, whole.first, whole.number.behind)
    figure = Figure(
        *span(words, at, whole.behind), Kind.SHARE, whole.share, whole.share,
        counted=what.nouns, measure=what.measure, is_of_whole=True, digits=1,
    )  # fmt: skip
    return Read(whole.behind, figure) if what.nouns else None


def _times(words: Sequence[Word], at: int) -> Read | None:
    """Read "twice" and "three times"."""
    times = data()["times"].get(words[at].low)
    if times is not None and words[at].low != "once":
        return Read(at + 1, Figure(*span(words, at, at + 1), Kind.TIMES, times, times))
    return None


def _of_several(words: Sequence[Word], at: int) -> Read | None:
    one = numbered(words, at) or in_order(words, at)
    if one is None:
        return None
    figure = Figure(
        *span(words, one.first, one.behind),
        Kind.OF_SEVERAL,
        one.place,
        one.place,
        counted=one.series,
    )
    return Read(one.behind, figure)


def _ordinal(words: Sequence[Word], at: int) -> Read | None:
    low = words[at].low
    value = data()["ordinals"].get(low)
    behind = at + 1
    if (
        value is None
        and low.isdecimal()
        and behind < len(words)
        and words[behind].low in ("st", "nd", "rd", "th")
    ):
        value, behind = int(low[:9]), at + 2
    if value is None or (at and words[at - 1].low in ("one", "per", "every", "a")):
        return None
    noun = (
        behind + 2
        if [word.low for word in words[behind : behind + 2]] == ["and", "final"]
        else behind
    )
    what = counted(words, at, noun)
    if not what.nouns:
        return None
    is_denied = any(word.low in ("not", "n't", "never") for word in words[max(0, at - 2) : at])
    return Read(
        behind,
        Figure(
            *span(words, at, behind),
            Kind.ORDINAL,
            value,
            value,
            counted=what.nouns,
            is_denied=is_denied,
        ),
    )


def _none(words: Sequence[Word], at: int) -> Read | None:
    """Read "no" before what is counted: none of it."""
    if words[at].low not in ("no", "none", "nobody"):
        return None
    if at + 1 < len(words) and words[at + 1].low in (
        "fewer",
        "less",
        "more",
        "longer",
        "one",
        "other",
    ):
        return None
    what = counted(words, at, at + 1)
    is_people = words[at].low == "nobody"
    if not what.measure or not (what.nouns or is_people):
        return None
    nouns = frozenset(("person",)) if is_people else what.nouns
    return Read(
        at + 1,
        Figure(
            *span(words, at, at + 1),
            Kind.COUNT,
            0,
            0,
            counted=nouns,
            measure=what.measure,
            digits=1,
        ),
    )
