"""Numbers in words and digits: "1.2 million", "twenty-four", "half a dozen", "two and a half"."""

import math
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from claims.matching.lexicons import lexicon
from claims.matching.text.groups import words_in
from claims.matching.text.words import Word

_SIGNS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3, "⅕": 0.2, "⅛": 0.125}
_LARGEST = 8
"""The largest denominator: "9/11" is not a fraction."""
_LONGEST = 15
"""Digits of the longest number that is read: longer ones count nothing."""


class Number(NamedTuple):
    """A number in a text.

    Attributes:
        behind: the number of the word behind it.
        low: its value, or the least a reader takes it for.
        high: the same as `low`, or the most.
        digits: the figures it is given to.
        is_written: whether it begins with digits.
        is_rough: whether it is a word for a number that nobody counted.
    """

    behind: int
    low: float
    high: float
    digits: int
    is_written: bool = False
    is_rough: bool = False


def number_at(words: Sequence[Word], at: int) -> Number | None:
    """Return the number that begins at a word; None if none does."""
    low = words[at].low
    if low[0].isdecimal() or low in _SIGNS:
        return _in_digits(words, at)
    if low not in _first_words() or (
        at and words[at].is_name_like and words[at - 1].low not in '.!?"“:;'
    ):
        return None  # "One of the Boys" in the middle of a sentence is a name
    return _part_of_scale(words, at) or _rough(words, at) or _in_words(words, at)


def scale_behind(words: Sequence[Word], at: int) -> int | None:
    """Return the number of the word that a part is of, so that both are a number: a quarter "of a million", "of a point".

    None if no such word follows at `at`.
    """
    low = [word.low for word in words[at : at + 4]]
    if low[:2] == ["of", "a"]:
        is_scale = low[2:3] == ["point"] or low[2:] == ["percentage", "point"]
        return at + 2 if is_scale or (low[2:] and low[2] in data()["scales"]) else None
    behind = at + 1 if low[:1] == ["-"] else at
    return behind if low[behind - at : behind - at + 1] == ["point"] else None


def slashed(words: Sequence[Word], at: int) -> float | None:
    """Return the part of one that "3/4" at a word is; None for other figures with a stroke."""
    three = [word.low for word in words[at : at + 3]]
    if len(three) < 3 or three[1] != "/" or not (three[0].isdecimal() and three[2].isdecimal()):
        return None
    part, whole = int(three[0][:4]), int(three[2][:4])
    if not 0 < part < whole <= _LARGEST or words[at].end != words[at + 1].start:
        return None
    return part / whole


def value_of(digits: str) -> float | None:
    """Return the value of a number in digits, such as "1,200" or "4.5"; None for "03.11.2027"."""
    plain = digits
    if "," in plain:
        whole, *groups = plain.split(".")[0].split(",")
        if all(len(group) == 3 for group in groups) and len(whole) <= 3:
            plain = plain.replace(",", "")
        elif len(groups) == 1 and "." not in plain:
            plain = plain.replace(",", ".")  # a decimal comma
        else:
            return None
    if plain.count(".") > 1 or len(plain) > _LONGEST:
        return None
    return float(plain)


@cache
def _first_words() -> frozenset[str]:
    """Words that a number in words can begin with."""
    return frozenset(("a", "an", "half", *data()["ones"], *data()["tens"], *_rough_by_first()))


@cache
def data() -> dict[str, Any]:
    """Return the words of numbers, which are read once per process."""
    return lexicon("numerals")


def _in_digits(words: Sequence[Word], at: int) -> Number | None:
    written = words[at].low
    value = _SIGNS.get(written)
    if value is None:
        value = value_of(written)
    if value is None:
        return None
    behind = at + 1
    if behind < len(words) and words[behind].low in _SIGNS and written not in _SIGNS:
        value += _SIGNS[words[behind].low]
        behind += 1
    elif written.isdecimal() and (part := slashed(words, behind)):
        value, behind = value + part, behind + 3  # "3 1/2 tonnes"
    behind, scale = _scale(words, behind, joined=True)
    return Number(behind, value * scale, value * scale, _significant(written), is_written=True)


def _significant(written: str) -> int:
    plain = written.replace(",", "")
    if "." in plain:
        return len(plain.replace(".", "").lstrip("0"))
    return max(1, len(plain.lstrip("0").rstrip("0")))


def _scale(words: Sequence[Word], behind: int, *, joined: bool) -> tuple[int, float]:
    """Return what the words "hundred", "million", "dozen" behind a number multiply it by."""
    scales, factor = data()["scales"], 1.0
    while behind < len(words) and words[behind].low in scales:
        word = words[behind]
        # "85m" is millions of what stands before it; "85 m" and "5 b" may be anything.
        is_letter = len(word.low) <= 3 and word.low != "mln"
        is_joined = joined and word.start == words[behind - 1].end
        if is_letter and not (is_joined and _is_scale(words, behind)):
            break
        factor *= scales[word.low]
        behind += 1
    return behind, factor


def _is_scale(words: Sequence[Word], at: int) -> bool:
    """Tell "€85m" and "85m crowns" from "85m long"."""
    word = words[at].low
    if word in ("bn", "tn", "mn", "k"):
        return True
    before = words[at - 2].low if at >= 2 else ""
    behind = words[at + 1].stem if at + 1 < len(words) else ""
    return (before in "$€£¥₹" and before != "") or (
        behind not in _AFTER_METRES and behind.isalpha()
    )


_AFTER_METRES = words_in("after_metres")


def _rough(words: Sequence[Word], at: int) -> Number | None:
    for parts, least, most in _rough_by_first().get(words[at].low, ()):
        behind = at + len(parts)
        if [word.low for word in words[at:behind]] != parts:
            continue
        inner = None
        if parts[-1] in _OF_MORE and behind + 1 < len(words) and words[behind].low == "of":
            inner = data()["rough"].get(words[behind + 1].low)
        if inner:  # "hundreds of thousands": the least of both
            return Number(behind + 2, least * inner[0] / 2, most * inner[1] / 20, 1, is_rough=True)
        is_of = parts[0] == "a" and behind < len(words) and words[behind].low == "of"
        end, scale = _scale(words, behind + is_of, joined=False)
        if scale == 1 or _belongs_to_next(words, end):
            return Number(behind, float(least), float(most), 1, is_rough=least != most)
        # "several hundred", "a couple of thousand"
        return Number(end, least * scale, most * scale, 1, is_rough=True)
    return None


def _belongs_to_next(words: Sequence[Word], at: int) -> bool:
    """Tell "several million-dollar homes" from "a several hundred-strong crowd"."""
    low = [word.low for word in words[at : at + 2]]
    return low[:1] == ["-"] and low[1:] not in (["strong"], ["odd"], ["plus"])


_OF_MORE = ("dozens", "tens", "hundreds", "thousands")


@cache
def _rough_by_first() -> dict[str, list[tuple[list[str], int, int]]]:
    by_first: dict[str, list[tuple[list[str], int, int]]] = {}
    for phrase, (least, most) in data()["rough"].items():
        parts = phrase.split()
        by_first.setdefault(parts[0], []).append((parts, least, most))
    return by_first


def _part_of_scale(words: Sequence[Word], at: int) -> Number | None:
    """Read "a quarter of a million", "three quarters of a percentage point", "a quarter point"."""
    count = 1 if words[at].low in ("a", "one") else data()["ones"].get(words[at].low)
    whole = data()["parts"].get(words[at + 1].low) if at + 1 < len(words) else None
    behind = scale_behind(words, at + 2)
    if not count or not whole or behind is None:
        return None
    scale = data()["scales"].get(words[behind].low)
    value = count / whole * (scale or 1)
    # The unit is told behind it.
    return Number(behind + 1 if scale else behind, value, value, 2)


def _in_words(words: Sequence[Word], at: int) -> Number | None:
    """Read "twenty-four", "three hundred and five thousand", "a dozen", "half a million"."""
    first = words[at].low
    if first in ("a", "an"):
        behind, scale = _scale(words, at + 1, joined=False)
        return Number(behind, scale, scale, 1) if behind > at + 1 else None
    if first == "half":
        ahead = at + 2 if at + 1 < len(words) and words[at + 1].low in ("a", "an") else at + 1
        behind, scale = _scale(words, ahead, joined=False)
        return Number(behind, scale / 2, scale / 2, 1) if behind > ahead else None
    return _spelt(words, at)


def _spelt(words: Sequence[Word], at: int) -> Number | None:
    ones, tens, scales = data()["ones"], data()["tens"], data()["scales"]
    total, part, behind, seen = 0.0, 0.0, at, False
    while behind < len(words):
        low = words[behind].low
        if low in ones or low in tens:
            value = ones.get(low, tens.get(low))
            if part % 100 and not (part % 10 == 0 and part % 100 >= 20 and 0 < value < 10):
                break  # "two three": the second one is another number
            part, seen = part + value, True
        elif low in scales and len(low) > 3 and seen:
            total, part = _scaled(total, part, scales[low])
        elif not (seen and low in ("-", "and") and _goes_on(words, behind)):
            break
        behind += 1
    if not seen:
        return None
    value = total + part
    if _is_and_a_half(words, behind):
        behind, scale = _scale(words, behind + 3, joined=False)
        return Number(behind, (value + 0.5) * scale, (value + 0.5) * scale, 2)
    digits = max(1, len(f"{value:.0f}".rstrip("0"))) if math.isfinite(value) else 1
    return Number(behind, value, value, digits)


def _scaled(total: float, part: float, scale: float) -> tuple[float, float]:
    part = part or 1
    if scale <= 100:
        return total, part * scale
    return (total + part) * scale if total and total < scale else total + part * scale, 0.0


def _goes_on(words: Sequence[Word], at: int) -> bool:
    """Tell "twenty-four" and "hundred and five" from "two and three"."""
    if at + 1 >= len(words):
        return False
    behind, before = words[at + 1].low, words[at - 1].low
    if words[at].low == "-":
        return before in data()["tens"] and behind in data()["ones"]
    return before in data()["scales"] and (behind in data()["ones"] or behind in data()["tens"])


def _is_and_a_half(words: Sequence[Word], at: int) -> bool:
    return [word.low for word in words[at : at + 3]] == ["and", "a", "half"]
