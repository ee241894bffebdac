"""One of several that come in order: "week 3", "the third week", "Phase II", "group B"."""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from claims.matching.figures import units
from claims.matching.figures.counted import STOP_WORDS, counted, is_of_people
from claims.matching.figures.numerals import data, number_at, scale_behind
from claims.matching.figures.parts import percent_behind
from claims.matching.lexicons import lexicon
from claims.matching.text.groups import stems_in, words_in
from claims.matching.text.superlatives import ranks
from claims.matching.text.words import Word

_MOST = 9999
"""The highest number of one of several; a higher one counts."""
_SHORT = 4
"""How many words an owner at the beginning has at most: "the eastern breakwater's third segment"."""
_LETTER = 1000
"""Added to the place of a letter in the alphabet, so that group A is not group 1."""
_JOINTS = frozenset(("of",))
_LETTERS = frozenset("ABCDEFGHJKLMNOPQRSTUVWXYZ")
_TIMES = frozenset(("day", "week", "year", "weekend", "season", "period", "term"))
"""Behind "a" and "each" a number after one of these counts something else: "each day 40 trains"."""
_ONE_OF_MANY = words_in("determiners") | words_in("each") | {"last", "past", "next", "one", "same"}
_UNORDERED = stems_in("not_one_of_several")
_PLACES = words_in("before_one_of_several")
_FOR = _PLACES | {"for"}
_BE = words_in("be") | words_in("said_of_one_of_several")
_KIND = _BE | {"a", "an", "as"}
_OWNERS = words_in("determiners") | {"'s"}
_NUMBER = "number"
_MARKS = ("no", "nr", _NUMBER)


class OneOfSeveral(NamedTuple):
    """Which one of several a text speaks of: the numbers of its first word and of the one behind, names of the several, and which."""

    first: int
    behind: int
    series: frozenset[str]
    place: float


def numbered(words: Sequence[Word], at: int) -> OneOfSeveral | None:
    """Return which one of several a word numbers that stands behind their name: the 3 of "week 3", the 12 of "bulletin No. 12"."""
    word = words[at]
    if not (word.low[0].isdecimal() or word.text.isupper() or word.low in data()["ones"]):
        return None
    noun, is_marked = _name_before(words, at)
    if noun < 0:
        return None
    name = words[noun].low
    others = name if _is_lettered(words, noun) else _NUMBER if is_marked else ""
    series = _series().get(name) or frozenset(filter(None, (others,)))
    if not series or (not is_marked and not _can_be_numbered(words, noun)):
        return None
    found = _place(words, at)
    if found is None:
        return None
    behind, place, is_spelt = found
    if is_spelt and (is_marked or not _is_sure(words, noun, behind)):
        return None
    return OneOfSeveral(noun, behind, series, place)


def in_order(words: Sequence[Word], at: int) -> OneOfSeveral | None:
    """Return which one of several an ordinal says: the third of "in the third week".

    What is said of something, as in "she was the third woman", is not one of several of which the text speaks.
    """
    found = _ordinal(words, at)
    if found is None:
        return None
    behind, place = found
    if _is_rank(words, behind):
        return None
    before = at - 1
    while before >= 0 and words[before].low in _OWNERS:
        before -= 1
    if before >= 0 and words[before].low in _BE:
        return None
    if at and words[at - 1].low in ("a", "an") and not (before >= 0 and words[before].low in _FOR):
        return None  # "a fifth victim" is one more, "elected for a second term" is not
    noun = _named_behind(words, behind)
    if noun:
        return OneOfSeveral(at, noun + 1, _series()[words[noun].low], place)
    is_owned = at > 0 and words[at - 1].low == "'s" and before < _SHORT
    is_free = before < 0 or not words[before].low[0].isalpha() or words[before].low in _PLACES
    nouns = counted(words, at, behind).nouns - _JOINTS
    is_one = (is_free or is_owned) and nouns and not nouns & _UNORDERED
    return OneOfSeveral(at, behind, nouns, place) if is_one else None


def _is_rank(words: Sequence[Word], behind: int) -> bool:
    """Tell "the second highest wave" from "the second wave"."""
    if behind < len(words) and words[behind].low == "-":
        behind += 1
    return behind < len(words) and ranks(words[behind])


def _ordinal(words: Sequence[Word], at: int) -> tuple[int, float] | None:
    low, behind = words[at].low, at + 1
    place = _ordinals().get(low)
    if place is None and low.isdecimal() and len(low) < 5 and behind < len(words):
        is_ordinal = words[behind].low in ("st", "nd", "rd", "th")
        place, behind = (float(low), behind + 1) if is_ordinal else (None, behind)
    if place is None or (place < 0 and not _is_last_of(words, at)):
        return None
    return behind, place


def _is_last_of(words: Sequence[Word], at: int) -> bool:
    """Tell "in the last week of April" from "over the last week"."""
    low = [word.low for word in words[max(0, at - 1) : at + 3]]
    return len(low) == 4 and low[0] == "the" and low[3] in ("of", "to")


def _named_behind(words: Sequence[Word], behind: int) -> int:
    """Return the number of the name of a series behind an ordinal, at most one word between them; 0 if there is none."""
    for noun in range(behind, min(behind + 2, len(words))):
        if words[noun].low in _series():
            return noun
        if words[noun].low in STOP_WORDS or not words[noun].low[0].isalpha():
            break
    return 0


def _name_before(words: Sequence[Word], at: int) -> tuple[int, bool]:
    """Return the number of the word that names what a number is of, and whether "No." or a hyphen stands between them."""
    mark = at - 1
    if mark > 0 and words[mark].low == "-":
        is_joined = words[mark - 1].end == words[mark].start and words[mark].end == words[at].start
        return (mark - 1, True) if is_joined and words[mark - 1].low in _series() else (-1, False)
    if mark > 0 and words[mark].low == ".":
        mark -= 1
        if words[mark].low not in ("no", "nr"):
            return -1, False
    if mark < 0 or words[mark].low not in _MARKS:
        return mark, False
    if mark > 0 and words[mark - 1].low in _series():
        return mark - 1, True
    return (mark, True) if words[mark].is_name_like else (-1, False)


def _can_be_numbered(words: Sequence[Word], noun: int) -> bool:
    name = words[noun].low
    if name in lexicon("series")["by_ordinal"]:
        return False
    before = words[noun - 1] if noun else None
    if before is None or before.low in _KIND:
        return before is None  # "as a category 2 storm" says what it is
    return name not in _TIMES or not (before.low == "the" or _is_one_of_many(before))


def _is_lettered(words: Sequence[Word], noun: int) -> bool:
    """Whether a capital letter stands behind a common noun, which is then one of several: "tablet A"."""
    word, letter = words[noun], words[noun + 1].text
    is_common = word.text.islower() or noun == 0
    return is_common and word.low.isalpha() and word.low not in STOP_WORDS and letter in _LETTERS


def _is_one_of_many(word: Word) -> bool:
    return (word.low in _ONE_OF_MANY and word.low != "the") or word.low in data()["ordinals"]


def _place(words: Sequence[Word], at: int) -> tuple[int, float, bool] | None:
    """Return the number of the word behind a number or letter, its place, and whether it is spelt."""
    word = words[at]
    if word.low.isdecimal():
        letter = words[at + 1] if at + 1 < len(words) else word
        if letter.start == word.end and "a" <= letter.low <= "z" and len(letter.low) == 1:
            return at + 2, float(word.low) + _in_alphabet(letter.low) / _LETTER, False  # "class 5b"
        return None if _is_amount(words, at) else (at + 1, float(word.low), False)
    numeral = lexicon("series")["numerals"].get(word.low)
    if word.text.isupper() and numeral and len(word.low) > 1:
        return at + 1, float(numeral), False
    if word.text in _LETTERS:
        is_initial = at + 1 < len(words) and words[at + 1].low == "."
        last = at + 2 == len(words)
        return (
            None
            if is_initial and not last
            else (at + 1, float(_LETTER + _in_alphabet(word.low)), False)
        )
    spelt = data()["ones"].get(word.low)
    return None if spelt is None or _goes_on(words, at + 1) else (at + 1, float(spelt), True)


def _in_alphabet(letter: str) -> int:
    return ord(letter) - ord("a") + 1


def _goes_on(words: Sequence[Word], at: int) -> bool:
    """Whether a number goes on: "two million", "two hundred"."""
    return at < len(words) and words[at].low in data()["scales"]


def _is_amount(words: Sequence[Word], at: int) -> bool:
    """Whether a number in digits measures or counts by what stands behind it: "day 40 per cent", "week 3.5 million"."""
    number = number_at(words, at)
    if number is None or number.behind > at + 1 or number.low > _MOST:
        return True
    behind = number.behind
    ahead = [word.low[0] for word in words[behind : behind + 2]]
    is_joined = (
        len(ahead) == 2
        and ahead[0] in "-–/:$€£"
        and ahead[1].isalnum()
        and (ahead[0] != ":" or ahead[1].isdecimal())
    )
    return bool(
        is_joined
        or percent_behind(words, behind)
        or units.unit_at(words, behind)
        or units.currency_at(words, behind)
        or scale_behind(words, behind)
    )


def _is_sure(words: Sequence[Word], noun: int, behind: int) -> bool:
    """Tell "phase two takes", "on day two of the trial" from "on day two people died" and "on the first day two people died"."""
    if noun and _is_one_of_many(words[noun - 1]):
        return False
    word = words[behind] if behind < len(words) else None
    if word is None or not word.low[0].isalpha() or word.low in STOP_WORDS or word.low == "of":
        return True
    counts = word.low == "times" or is_of_people(counted(words, behind - 1, behind).nouns)
    return not counts and words[noun].low not in _TIMES


@cache
def _ordinals() -> dict[str, float]:
    return {**lexicon("series")["places"], **data()["ordinals"]}


@cache
def _series() -> dict[str, frozenset[str]]:
    """Return for each name of a series all its names."""
    return {name: frozenset(names) for names in lexicon("series")["series"] for name in names}
