"""The stem of an English word, so that "bridges" finds "bridge": Porter, "An algorithm for suffix stripping" (1980).

It is what SQLite's full-text search does too, so that what is counted here is found there.
"""

import re
from functools import lru_cache
from itertools import groupby

_SECOND = {
    "ational": "ate", "tional": "tion", "enci": "ence", "anci": "ance", "izer": "ize", "bli": "ble",
    "alli": "al", "entli": "ent", "eli": "e", "ousli": "ous", "ization": "ize", "ation": "ate",
    "ator": "ate", "alism": "al", "iveness": "ive", "fulness": "ful", "ousness": "ous",
    "aliti": "al", "iviti": "ive", "biliti": "ble", "logi": "log",
}  # fmt: skip
_THIRD = {
    "icate": "ic", "ative": "", "alize": "al", "iciti": "ic", "ical": "ic", "ful": "", "ness": "",
}  # fmt: skip
_FOURTH = (
    "al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ion", "ou",
    "ism", "ate", "iti", "ous", "ive", "ize",
)  # fmt: skip

_DOUBLED = re.compile(r"([^aeioulsz])\1$")


@lru_cache(100_000)
def stem(word: str) -> str:
    """Return the stem of a word in lower case. Words of other letters than a to z stay as they are."""
    if len(word) < 3 or not (word.isascii() and word.isalpha()):
        return word
    for step in (_plural, _past, _y, _derived, _shorter, _stripped, _final):
        word = step(word)
    return word


def _shape(part: str) -> str:
    """Return a letter for each run of vowels or consonants: "vc" for "oats". A y behind a consonant is a vowel."""
    kinds: list[str] = []
    for letter in part:
        vowel = letter in "aeiou" or (letter == "y" and bool(kinds) and kinds[-1] == "c")
        kinds.append("v" if vowel else "c")
    return "".join(kinds)


def _measure(part: str) -> int:
    """Return how many vowels with consonants behind them a part has."""
    return "".join(kind for kind, _run in groupby(_shape(part))).count("vc")


def _is_short(part: str) -> bool:
    """Return whether a part ends in consonant, vowel, consonant, as "hop" does; not in w, x or y."""
    return _shape(part)[-3:] == "cvc" and part[-1] not in "wxy"


def _plural(word: str) -> str:
    if word.endswith(("sses", "ies")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _past(word: str) -> str:
    if word.endswith("eed"):
        return word[:-1] if _measure(word[:-3]) else word
    for end in ("ed", "ing"):
        part = word.removesuffix(end)
        if part != word and "v" in _shape(part):
            return _mended(part)
    return word


def _mended(part: str) -> str:
    """Return what an "ed" or "ing" was put behind: "hope" for "hop(ing)", "hop" for "hopp(ing)"."""
    if part.endswith(("at", "bl", "iz")):
        return f"{part}e"
    if _DOUBLED.search(part):
        return part[:-1]
    return f"{part}e" if _measure(part) == 1 and _is_short(part) else part


def _y(word: str) -> str:
    return f"{word[:-1]}i" if word.endswith("y") and "v" in _shape(word[:-1]) else word


def _derived(word: str) -> str:
    return _replaced(word, _SECOND)


def _shorter(word: str) -> str:
    return _replaced(word, _THIRD)


def _replaced(word: str, endings: dict[str, str]) -> str:
    end = max((one for one in endings if word.endswith(one)), key=len, default="")
    part = word.removesuffix(end) if end else word
    return part + endings[end] if end and _measure(part) else word


def _stripped(word: str) -> str:
    end = max((one for one in _FOURTH if word.endswith(one)), key=len, default="")
    part = word.removesuffix(end) if end else word
    if not end or _measure(part) < 2 or (end == "ion" and part[-1] not in "st"):
        return word
    return part


def _final(word: str) -> str:
    if word.endswith("e"):
        part = word[:-1]
        measure = _measure(part)
        if measure > 1 or (measure == 1 and not _is_short(part)):
            word = part
    return word[:-1] if word.endswith("ll") and _measure(word[:-1]) > 1 else word
