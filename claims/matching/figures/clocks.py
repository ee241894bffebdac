"""Times of day: "15:15", "3.15 pm", "half past four", "five in the morning"."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from claims.matching.figures.dates.calendar import data, low_at
from claims.matching.text.words import Word

_CLOCK = re.compile(r"(\d{1,2})(?:[.](\d{2}))?$")


_SIXTIETHS = re.compile(r"[0-5]\d(?:\.\d+)?$")


class Clock(NamedTuple):
    """A time of day in a text: minutes since midnight, the first and the last that it can mean."""

    behind: int
    first: int
    last: int


def clock_at(words: Sequence[Word], at: int) -> Clock | None:
    """Return the time of day that begins at a word: "15:15", "3.15 pm", "five in the morning", "noon"."""
    low = words[at].low
    if low in data()["day_times"]:
        return Clock(at + 1, *data()["day_times"][low])
    if low == "a" and low_at(words, at + 1) == "quarter" and at + 1 < len(words):
        return clock_at(words, at + 1)
    if (
        low in _PAST
        and low_at(words, at + 1) in ("past", "to")
        and low_at(words, at + 2) in _SPELT_HOURS
    ):
        spelt = _SPELT_HOURS[low_at(words, at + 2)] * 60 + (
            _PAST[low] if low_at(words, at + 1) == "past" else -_PAST[low]
        )
        return _with_half_of_day(words, at + 3, spelt // 60, spelt % 60, is_written=True)
    hour, minute, behind = _hour(words, at)
    if hour is None or hour > 23 or minute > 59:
        return None
    return _with_half_of_day(words, behind, hour, minute, is_written=behind > at + 1)


def seconds_at(words: Sequence[Word], at: int) -> tuple[int, float] | None:
    """Return the number of the word behind "9:40:15" at a word, and the seconds; None if no such length of time begins there."""
    five = words[at : at + 5]
    if len(five) < 5 or not five[0].low.isdecimal() or {five[1].low, five[3].low} != {":"}:
        return None
    is_joined = all(one.end == other.start for one, other in pairwise(five))
    if not is_joined or not (_SIXTIETHS.match(five[2].low) and _SIXTIETHS.match(five[4].low)):
        return None
    hours, minutes, seconds = (float(word.low) for word in five[::2])
    return at + 5, hours * 3600 + minutes * 60 + seconds


def _hour(words: Sequence[Word], at: int) -> tuple[int | None, int, int]:
    found = _CLOCK.match(words[at].low)
    if found:
        if (
            found[2] is None
            and low_at(words, at + 1) == ":"
            and _CLOCK.match(low_at(words, at + 2))
        ):
            minutes = words[at + 2].low
            is_clock = len(minutes) == 2 and minutes.isdecimal() and low_at(words, at + 3) != ":"
            return (int(found[1]), int(minutes), at + 3) if is_clock else (None, 0, at)
        return int(found[1]), int(found[2] or 0), at + 1
    return _SPELT_HOURS.get(words[at].low), 0, at + 1


_PAST = {"half": 30, "quarter": 15}

_SPELT_HOURS = {
    word: number
    for number, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), 1
    )
}  # fmt: skip


def _with_half_of_day(
    words: Sequence[Word], behind: int, hour: int, minute: int, *, is_written: bool
) -> Clock | None:
    low = low_at(words, behind)
    half, end = "", behind
    if low in ("am", "pm", "a.m.", "p.m.") or (
        low in ("a", "p") and low_at(words, behind + 2) == "m"
    ):
        half, end = low[0], behind + (1 if len(low) > 1 else 4)
    elif low in ("o", "o'clock"):
        return Clock(behind + 1, hour % 12 * 60 + minute, hour % 12 * 60 + minute + 720)
    elif low == "in" and low_at(words, behind + 2) in ("morning", "afternoon", "evening"):
        half, end = "a" if low_at(words, behind + 2) == "morning" else "p", behind + 3
    elif low == "at" and low_at(words, behind + 1) == "night":
        half, end = "p", behind + 2
    elif not is_written:
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return Clock(min(end, len(words)), hour * 60 + minute, hour * 60 + minute)
