"""Names: where they are, what they seem to stand for, and whether two are of the same."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from rapidfuzz.fuzz import ratio

from claims.matching.lexicons import lexicon
from claims.matching.relations.lexicon import STOP
from claims.matching.relations.types import Name, NameKind
from claims.matching.text.groups import words_in
from claims.matching.text.words import Word, in_latin

_ALIKE = 74
"""How alike two spellings of one name are, of 100, beside having the same consonants."""
_SPELLINGS = (
    (re.compile("ph"), "f"), (re.compile("th"), "t"), (re.compile("kh|ch|gh"), "h"), (re.compile("x"), "ks"), (re.compile("[cq]"), "k"), (re.compile("w"), "v"),
    (re.compile("[yj]"), "i"), (re.compile("z"), "s"), (re.compile(r"(.)\1+"), r"\1"),
)  # fmt: skip


def names_of(words: Sequence[Word]) -> tuple[Name, ...]:
    """Return the names of a text, in order."""
    found, at = [], 0
    while at < len(words):
        behind = _end(words, at)
        if behind == at:
            at += 1
            continue
        name = _name(words, at, behind)
        if name:
            found.append(name)
        at = behind
    return tuple(found)


def same_name(name: Name, other: Name) -> bool:
    """Return whether two names can be of the same: "Lena Orvik" and "Orvik", "Yuriy" and "Iurii", a name and its initials, a country and its people."""
    if name.words == other.words:
        return True
    nation = _nations().get(name.words)
    if nation is not None and nation == _nations().get(other.words):
        return True
    if _initials(name.words) == "".join(other.words) or _initials(other.words) == "".join(
        name.words
    ):
        return True
    if name.kind is other.kind is NameKind.PERSON and len(name.words) == len(other.words) == 2:
        return all(map(same_word, name.words, other.words))
    short = len(name.words) == 1 or len(other.words) == 1  # "Lena" may be Lena Orvik
    return any(
        same_word(word, one)
        for word in _telling(name, both_ways=short)
        for one in _telling(other, both_ways=short)
    )


@lru_cache(maxsize=100_000)
def same_word(word: str, other: str) -> bool:
    """Return whether two words are spellings of one name, or a place and its people."""
    if word == other:
        return True
    if min(len(word), len(other)) < 4:
        return False
    shared = next(
        (at for at, (one, two) in enumerate(zip(word, other, strict=False)) if one != two),
        min(len(word), len(other)),
    )
    if (
        shared >= 4
        and word[shared:] in _lists()["demonyms"]
        and other[shared:] in _lists()["demonyms"]
    ):
        return True
    spelt, spelt_other = _spelling(word), _spelling(other)
    return _consonants(spelt) == _consonants(spelt_other) and ratio(spelt, spelt_other) >= _ALIKE


def _end(words: Sequence[Word], at: int) -> int:
    """Return the number of the word behind the name that begins at a word; the same number if none begins."""
    if not _can_name(words[at]):
        return at
    behind = at + 1
    while behind < len(words):
        if _can_name(words[behind]):
            behind += 1
        elif (
            words[behind].low == "-"
            and behind + 1 < len(words)
            and _can_name(words[behind + 1])
            and words[behind].end == words[behind + 1].start
        ) or (
            words[behind].low in _lists()["particles"]
            and behind + 1 < len(words)
            and _can_name(words[behind + 1])
            and _joins(words, at, behind)
        ):
            behind += 2
        else:
            break
    return behind


def _can_name(word: Word) -> bool:
    return word.is_name_like and word.low not in _lists()["not_names"] and word.text[0].isalpha()


def _joins(words: Sequence[Word], at: int, behind: int) -> bool:
    """Tell "Ministry of Defence" from "Lena of Kalden" and "Kalden and Belgara"."""
    particle = words[behind].low
    if particle in ("of", "and", "&", "the"):
        return any(word.low in _lists()["bodies"] for word in words[at:behind]) or particle == "&"
    return True


def _name(words: Sequence[Word], at: int, behind: int) -> Name | None:
    is_first = at == 0 or words[at - 1].low in '.!?"“:;'
    parts = [
        in_latin(word.low)
        for word in words[at:behind]
        if word.low not in _lists()["particles"] and word.low[0].isalpha()
    ]
    title = words[at - 1].low if at and not is_first else ""
    while len(parts) > 1 and parts[0] in _lists()["titles"]:
        title, parts = parts[0], parts[1:]
    if not parts or (is_first and len(parts) == 1 and words[at].stem in STOP):
        return None
    # "Police said", "Exports fell": a capital letter at the beginning tells nothing.
    is_sure = not is_first or behind > at + 1 or (behind < len(words) and words[behind].low == "'s")
    if is_first and behind == at + 2 and parts[0] in _COMMON_FIRST:
        parts = parts[1:]
    return (
        Name(tuple(parts), _kind(words, at, parts, title), at, behind, is_sure) if parts else None
    )


_COMMON_FIRST = words_in("common_first")


def _kind(words: Sequence[Word], at: int, parts: Sequence[str], title: str) -> NameKind:
    lists = _lists()
    before = words[at - 1].low if at else ""
    if any(part in lists["bodies"] for part in parts):
        return NameKind.BODY
    if title in lists["titles"]:
        return NameKind.PERSON
    if any(part in lists["places"] for part in parts) or before in lists["before_places"]:
        return NameKind.PLACE
    return NameKind.PERSON if len(parts) == 2 and before != "the" else NameKind.UNKNOWN


def _telling(name: Name, *, both_ways: bool) -> Sequence[str]:
    """Return the words that tell a name from others: the last ones of a person, all that are not common of a body."""
    lists = _lists()
    if name.kind is NameKind.PERSON and not both_ways:
        return name.words[-1:]
    telling = [
        word for word in name.words if word not in lists["bodies"] and word not in lists["places"]
    ]
    return telling or name.words


def _initials(words: Sequence[str]) -> str:
    return "".join(word[0] for word in words) if len(words) > 1 else ""


@lru_cache(maxsize=100_000)
def _spelling(word: str) -> str:
    for pattern, instead in _SPELLINGS:
        word = pattern.sub(instead, word)
    return word


def _consonants(word: str) -> str:
    return word[:1] + "".join(letter for letter in word[1:] if letter not in "aeiou")


@cache
def _nations() -> dict[tuple[str, ...], int]:
    """Return for the names of a country and of its people the number of the country."""
    countries = lexicon("alternatives")["exclusive"]["nationality"]
    return {
        tuple(name.split()): number
        for number, names in enumerate(countries)
        for name in names.split("|")
    }


@cache
def _lists() -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in lexicon("names").items()}
