"""What a number counts: the nouns behind it, and the state they are counted in ("two police officers were killed")."""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from claims.matching.lexicons import lexicon
from claims.matching.text.groups import words_in
from claims.matching.text.phrases import Phrases
from claims.matching.text.words import Word, stem, words_of

_FAR = 11
"""How many words away from its number a state is looked for."""
_FARTHER = 16
"""The same for "the number of", which may stand at the beginning of a long subject."""
STOP_WORDS = words_in("ends_of_nouns")
"""Words that end what is counted."""
_CLAUSE = frozenset(".;:?!—")


class Counted(NamedTuple):
    """What a number counts: stems of its nouns, the state they are in, and the number of the word behind the nouns."""

    nouns: frozenset[str]
    measure: str
    behind: int


def counted(words: Sequence[Word], first: int, behind: int) -> Counted:
    """Return what the number from the word `first` to the one before `behind` counts."""
    nouns, end = _nouns(words, behind)
    number = (
        []
        if nouns
        else [
            at
            for at in range(max(0, first - _FARTHER), first - 1)
            if words[at].stem == "number" and words[at + 1].low == "of"
        ]
    )
    if number:
        told, ends = _nouns(words, number[-1] + 1)
        return Counted(frozenset(told), _measure(words, number[-1], number[-1] + 2, ends), end)
    return Counted(frozenset(nouns), _measure(words, first, behind, end), end)


def event(words: Sequence[Word], first: int, behind: int) -> str:
    """Return what happened on the date from the word `first` to the one before `behind`; "" if the text does not say."""
    for at in range(first - 1, max(-1, first - _FAR), -1):
        if words[at].low in _CLAUSE:
            break
        found = _events().longest(words, at)
        if found and not _is_name(words, at):
            return found.label
    for at in range(behind, min(behind + _FAR, len(words))):
        if words[at].low in _CLAUSE:
            break
        found = _events().longest(words, at)
        if found and not _is_name(words, at):
            return found.label
    return ""


def is_of_people(nouns: frozenset[str]) -> bool:
    """Return whether nouns count people."""
    return bool(nouns & _people())


def is_general(nouns: frozenset[str]) -> bool:
    """Return whether nouns do not say what is counted."""
    return nouns <= _general()


def share_a_noun(nouns: frozenset[str], others: frozenset[str]) -> bool:
    """Return whether two groups of nouns can name the same things."""
    return bool(nouns & others) or bool(_ideas(nouns) & _ideas(others))


def is_growing(measure: str) -> bool:
    """Return whether what is counted so only grows while an event goes on."""
    return measure in _data()["growing"]


def is_once(what: str) -> bool:
    """Return whether an event happens only once to one thing; False if it is unknown."""
    return bool(what) and what not in _data()["again"]


def is_moving(measure: str) -> bool:
    """Return whether what is counted so can rise and fall."""
    return measure in _data()["moving"]


def _nouns(words: Sequence[Word], behind: int) -> tuple[list[str], int]:
    at = behind
    if (
        at < len(words) and words[at].low == "of"
    ):  # "a quarter of the teachers", "dozens of patients"
        at += 1
        while at < len(words) and words[at].low in (
            "the",
            "all",
            "these",
            "those",
            "its",
            "their",
            "his",
            "her",
            "our",
        ):
            at += 1
    nouns: list[str] = []
    for place in range(at, min(at + 5, len(words))):
        word = words[place]
        if word.low == "'s":
            nouns.clear()  # "half of Belgara's teachers"
            continue
        if word.low in STOP_WORDS or not word.low[0].isalpha():
            if word.low == "-" and place > at:
                continue
            return nouns, place
        if (
            nouns
            and word.stem not in _people()
            and (nouns[-1] in _people() or _states().longest(words, place))
        ):
            return nouns, place  # "40 people fled": the verb ends what is counted
        if word.low not in _NUMBERS:
            nouns.append(word.stem)
    return nouns, min(at + 5, len(words))


def _measure(words: Sequence[Word], first: int, behind: int, end: int) -> str:
    """Return the state nearest to a number in its clause, those behind it first."""
    bodies = (
        _states().longest(words, first - 2) if first > 1 and words[first - 1].low == "of" else None
    )
    if bodies:
        return bodies.label  # "the bodies of 22 people were recovered"
    for at in range(behind, min(end + _FAR, len(words))):
        if words[at].low in _CLAUSE or (
            at > end
            and words[at].low in ("and", "while", "but", ",", "with")
            and _counts_next(words, at)
        ):
            break
        found = _states().longest(words, at)
        if found and not _is_only_noun(words, at, behind) and not _is_name(words, at):
            return found.label
    for at in range(first - 1, max(-1, first - _FAR), -1):
        if words[at].low in _CLAUSE:
            break
        found = _states().longest(words, at)
        if found and found.behind <= first and not _is_name(words, at):
            return found.label
    return ""


def _counts_next(words: Sequence[Word], at: int) -> bool:
    """Whether another number follows: "three died and eleven were hurt"."""
    ahead = words[at + 1 : at + 4]
    return any(word.low[0].isdecimal() or word.low in _NUMBERS for word in ahead)


_NUMBERS = words_in("spelt_numbers")


def _is_only_noun(words: Sequence[Word], at: int, behind: int) -> bool:
    """Tell "two deaths" from "two fire officers": a noun before another noun is no state."""
    ahead = words[at + 1].stem if at + 1 < len(words) else ""
    return at == behind and ahead in _people()


def _is_name(words: Sequence[Word], at: int) -> bool:
    """Whether a word is written like a name, as the month March is."""
    return at > 0 and words[at].is_name_like


@cache
def _people() -> frozenset[str]:
    return frozenset(stem(word) for word in _data()["people"])


@cache
def _general() -> frozenset[str]:
    return frozenset(stem(word) for word in _data()["general"])


@cache
def _same() -> dict[str, set[int]]:
    lines: dict[str, set[int]] = {}
    for number, line in enumerate(_data()["same"]):
        for word in line:
            lines.setdefault(stem(word), set()).add(number)
    return lines


def _ideas(nouns: frozenset[str]) -> set[int]:
    known = _same()
    return {number for noun in nouns for number in known.get(noun, ())}


@cache
def _states() -> Phrases:
    return Phrases(
        (word, measure) for measure, words in _data()["measures"].items() for word in words
    )


@cache
def _events() -> Phrases:
    return Phrases((word, what) for what, words in _data()["events"].items() for word in words)


@cache
def _data() -> dict[str, Any]:
    return lexicon("counted")


@cache
def states_in(stem: str) -> frozenset[str]:
    """Return the measures that a word alone may tell, by its stem."""
    return frozenset(found.label for found in _states().at(words_of(stem), 0))
