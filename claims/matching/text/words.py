"""A text as words: each with its place, its small letters and its stem."""

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

_IRREGULAR = Path(__file__).with_name("irregular.toml")
_LETTERS_FILE = Path(__file__).with_name("letters.toml")
_LETTERS = r"(?:[^\W\d_][\u0300-\u036f]*)"
_WORD = re.compile(
    rf"(?:[A-Z]\.){{2,}}|\d+(?:[.,]\d+)*|n['’]t\b|{_LETTERS}+?(?=n['’]t\b)"
    rf"|{_LETTERS}+(?:['’](?!s\b){_LETTERS}+)*|['’]s\b|[^\w\s]|_"
)
_VOWEL = re.compile("[aeiouy]")
_SHORT = re.compile("[^aeiouy]*[aeiouy][^aeiouywx]$")
"""What keeps an "e" behind it: "plane" is not "plan", and "hoped" is not "hopped"."""
_MADE_WITH = (
    "ician",
    "ation",
    "ition",
    "ator",
    "ian",
    "ist",
    "ion",
    "ial",
    "ous",
    "ant",
    "ent",
    "anc",
    "enc",
    "ive",
    "iv",
    "er",
    "or",
    "al",
    "ic",
    "ur",
    "y",
    "r",
)
_KEPT_DOUBLE = frozenset("lsz")
_ENDINGS = (
    ("isation", "iz"), ("ization", "iz"), ("ational", "at"), ("fulness", "ful"), ("ousness", "ous"),
    ("ations", ""), ("ation", ""), ("ments", ""), ("ment", ""), ("ingly", ""), ("edly", ""), ("ness", ""),
    ("ively", "iv"), ("ally", "al"), ("ly", ""), ("ises", "iz"), ("ised", "iz"), ("ising", "iz"),
    ("ise", "iz"), ("yse", "yz"), ("our", "or"), ("is", "iz"), ("ption", "pt"), ("ction", "ct"),
)  # fmt: skip


class Word(NamedTuple):
    """A word, number or mark of a text.

    Attributes:
        text: as it is written.
        low: in small letters.
        stem: what its forms have in common; made of letters, for looking up.
        start: where it begins in the text.
        end: where it ends.
    """

    text: str
    low: str
    stem: str
    start: int
    end: int

    @property
    def is_name_like(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[:1].isupper()


def words_of(text: str) -> tuple[Word, ...]:
    """Return the words, numbers and marks of a text, in order."""
    found = []
    for one in _WORD.finditer(text):
        written = one[0]
        low = written.lower().replace("’", "'")
        found.append(Word(written, low, stem(low), one.start(), one.end()))
    return tuple(found)


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Return what the forms of a word have in common: "killed", "kills" and "killing" give "kill".

    Args:
        word: one word in small letters. Accents do not count, nor do British and American spelling.
    """
    plain = in_latin(word)
    irregular = _irregular().get(plain)
    if irregular:
        return irregular
    return _regular(plain)


def in_latin(word: str) -> str:
    """Return a word in small letters of the Latin alphabet, without accents: "Тарнюк" is "tarniuk"."""
    if word.isascii():
        return word.lower()
    letters = _letters()
    latin = "".join(letters.get(letter, letter) for letter in word.lower())
    apart = unicodedata.normalize("NFKD", latin)
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


@cache
def _letters() -> dict[str, str]:
    scripts = tomllib.loads(_LETTERS_FILE.read_text("utf-8"))
    return {letter: latin for script in scripts.values() for letter, latin in script.items()}


@lru_cache(maxsize=100_000)
def root(stem: str) -> str:
    """Return what a stem has in common with those of words made from it: "drum" for "drummer", "write" for "writer"."""
    plain = stem.removesuffix("e")
    for ending in _MADE_WITH:
        if plain.endswith(ending) and len(plain) - len(ending) >= 4:
            plain = plain[: -len(ending)]
            break
    return plain[:-1] if len(plain) > 4 and plain[-1] == plain[-2] else plain


def _regular(word: str) -> str:
    if len(word) <= 3 or not word.isalpha():
        return word
    word = _without_plural(word)
    word = _without_tense(word)
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)] + instead
            break
    word = _single(word)
    if word.endswith("tre"):
        return word[:-2] + "er"
    if word.endswith("e") and len(word) > 3 and not _SHORT.match(word[:-1]):
        word = word[:-1]
    return word


def _without_plural(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _without_tense(word: str) -> str:
    if word.endswith("ied") and len(word) > 4:
        return word[:-3] + "y"
    for ending in ("ing", "ed"):
        rest = word[: -len(ending)]
        if word.endswith(ending) and len(rest) >= 3 and _VOWEL.search(rest):
            if word.endswith("eed"):
                return word
            return rest + "e" if _SHORT.match(rest) else rest
    return word


def _single(word: str) -> str:
    double = len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiou"
    if double and (word[-1] not in _KEPT_DOUBLE or (word[-1] == "l" and len(word) > 5)):
        return word[:-1]
    return word


@cache
def _irregular() -> dict[str, str]:
    forms = tomllib.loads(_IRREGULAR.read_text("utf-8"))
    alone = {word: word for word in forms.pop("alone")}
    return alone | {
        form: _regular(base) for base, others in forms.items() for form in (base, *others)
    }
