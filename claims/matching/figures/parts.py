"""Parts of a whole: "61 per cent", "two thirds", "one in four"; all and none of it: "all of the army's 11 boats"."""

from collections.abc import Sequence
from typing import NamedTuple

from claims.matching.figures.counted import STOP_WORDS
from claims.matching.figures.numerals import Number, data, number_at, scale_behind, slashed
from claims.matching.figures.types import Kind
from claims.matching.text.words import Word

_MOST = 1000
"""Of "one in a thousand"; a larger whole is no part."""
_WHOLES = {
    ("all",): 1.0,
    ("each",): 1.0,
    ("every", "one"): 1.0,
    ("none",): 0.0,
    ("not", "one"): 0.0,
}
"""The words that tell it, and the share of the whole."""
_OTHERWISE = frozenset(("not", "nearly", "almost", "in", "at", "above", "after"))
"""Before "all" they say something else."""
_BETWEEN = frozenset(("of", "the", "its", "his", "her", "their", "our", "these", "those"))
_KNOWN = (_BETWEEN - {"of"}) | {"them", "whom", "which"}
_OWNER = 4
"""How many words an owner may have: "the interior ministry's", the apostrophe counted."""


class Part(NamedTuple):
    """A part of a whole, 0 to 1, the figures it is given to, and the number of the word behind it."""

    behind: int
    share: float
    digits: int


def part_at(words: Sequence[Word], at: int) -> Part | None:
    """Return the part of a whole that begins at a word, percentages apart."""
    return (
        _slashed(words, at)
        or _every(words, at)
        or _half(words, at)
        or _fraction(words, at)
        or _in(words, at)
    )


def percent_behind(words: Sequence[Word], at: int) -> tuple[int, Kind] | None:
    """Return the number of the word behind "per cent", "%" or "percentage points" at a word, and what it means."""
    if at < len(words) and words[at].low == "-":
        at += 1
    low = [word.low for word in words[at : at + 3]]
    behind = at
    if low[:1] in (["%"], ["percent"], ["pct"], ["pc"]):
        behind = at + 1
    elif low[:2] == ["per", "cent"]:
        behind = at + 2
    elif low[:1] == ["percentage"] and low[1:2] in (["points"], ["point"]):
        return at + 2, Kind.POINTS
    if behind == at:
        return None
    if behind < len(words) and words[behind].low in ("points", "point"):
        return behind + 1, Kind.POINTS
    return behind, Kind.SHARE


def _slashed(words: Sequence[Word], at: int) -> Part | None:
    """Read "3/4"."""
    part = slashed(words, at)
    return Part(at + 3, part, 2) if part else None


def _every(words: Sequence[Word], at: int) -> Part | None:
    """Read "every third pupil"."""
    if words[at].low != "every" or at + 1 >= len(words):
        return None
    whole = data()["ordinals"].get(words[at + 1].low)
    if whole is None and words[at + 1].low == "other":
        whole = 2
    return Part(at + 2, 1 / whole, 1) if whole and whole > 1 else None


def _half(words: Sequence[Word], at: int) -> Part | None:
    """Read "half of", "half the", "a half" and "half" before nouns."""
    low = words[at].low
    start = (
        at + 1
        if low in ("a", "one") and at + 1 < len(words) and words[at + 1].low == "half"
        else at
    )
    if words[start].low != "half" or _is_of_two(words, at):
        return None
    ahead = words[start + 1].low if start + 1 < len(words) else ""
    if ahead in ("a", "an", "-", "hour", "dozen", "million", "time") and ahead:
        return None
    return Part(start + 1, 0.5, 1)


def _is_of_two(words: Sequence[Word], at: int) -> bool:
    """Tell "the first half" and "and a half" from "half of"."""
    before = words[at - 1].low if at else ""
    return before in ("first", "second", "and", "other", "better", "-", "third")


def _fraction(words: Sequence[Word], at: int) -> Part | None:
    """Read "a quarter", "two thirds", "three-quarters", "one-third"."""
    count = 1.0 if words[at].low in ("a", "one") else data()["ones"].get(words[at].low)
    if words[at].low.isdecimal() and len(words[at].low) == 1:
        count = int(words[at].low)
    place = at + 2 if at + 2 < len(words) and words[at + 1].low == "-" else at + 1
    whole = data()["parts"].get(words[place].low) if place < len(words) else None
    if not count or not whole or count >= whole or scale_behind(words, place + 1):
        return None
    is_plural = words[place].low.endswith("s")
    follows = words[place + 1].low if place + 1 < len(words) else ""
    if (count == 1) == is_plural or (
        count == 1 and not _ends_part(follows) and words[place].low != "quarter"
    ):
        return None  # "a third man" is the third one
    return Part(place + 1, count / whole, 1)


def _ends_part(word: str) -> bool:
    """Tell "by a third since May" and "a third of them" from "a third man"."""
    return (
        word in STOP_WORDS
        or not word[:1].isalpha()
        or word in ("of", "more", "less", "fewer", "last", "higher", "lower")
    )


def _in(words: Sequence[Word], at: int) -> Part | None:
    """Read "one in four", "three out of five", "2 of every 3"."""
    part = number_at(words, at)
    if part is None or part.behind + 1 >= len(words) or not 0 < part.low <= _MOST:
        return None
    for joint in (("in", "every"), ("out", "of", "every"), ("of", "every"), ("in",), ("out", "of")):
        start = part.behind + len(joint)
        if [word.low for word in words[part.behind : start]] == list(joint) and start < len(words):
            whole = number_at(words, start)
            if (
                whole
                and part.low < whole.low <= _MOST
                and not whole.is_rough
                and _is_whole(words, whole.behind)
            ):
                return Part(whole.behind, part.low / whole.low, 2)
    return None


def _is_whole(words: Sequence[Word], behind: int) -> bool:
    """Tell "one in four" from "three in 20 minutes"."""
    follows = words[behind].stem if behind < len(words) else ""
    return follows not in (
        "minut",
        "hour",
        "day",
        "week",
        "month",
        "year",
        "second",
        "per",
        "%",
        "match",
        "gam",
    )


class Whole(NamedTuple):
    """What share of a whole a text speaks of, 0 or 1, the number of the word behind that, and the number of the whole."""

    behind: int
    share: float
    first: int
    number: Number


def whole_at(words: Sequence[Word], at: int) -> Whole | None:
    """Return all or none of a counted whole, if a text begins to speak of it at a word."""
    if at and words[at - 1].low in _OTHERWISE:
        return None
    for told, share in _WHOLES.items():
        behind = at + len(told)
        if tuple(word.low for word in words[at:behind]) == told:
            first = _behind_owner(words, _behind_articles(words, behind))
            number = number_at(words, first) if first < len(words) else None
            return Whole(behind, share, first, number) if number else None
    return None


def is_of_known(words: Sequence[Word], behind: int) -> bool:
    """Tell "eight of the demonstrators" and "four of the army's 11 boats" from "dozens of demonstrators"."""
    if behind + 1 >= len(words) or words[behind].low != "of":
        return False
    of = behind + 1
    return words[of].low in _KNOWN or _behind_owner(words, of) > of


def _behind_articles(words: Sequence[Word], at: int) -> int:
    while at < len(words) and words[at].low in _BETWEEN:
        at += 1
    return at


def _behind_owner(words: Sequence[Word], at: int) -> int:
    """Return the number of the word behind "army's", or the same number if no owner is named."""
    owner = [word.low for word in words[at : at + _OWNER]]
    ends = next((place for place, low in enumerate(owner) if low in ("'s", "'")), None)
    return at if ends is None else at + ends + 1
