"""What people type into a search field, and where a text holds it."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

LONGEST = 500
"""How many characters of what was typed are looked at."""
MOST = 20
"""How many words and phrases."""

_TYPED = re.compile(r'"([^"]*)"|(\w+(?:[-\'’]\w+)*)(\*?)')
_WORD = re.compile(r"[^\W_]+")
LETTERS = {"ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ß": "ss", "ð": "d", "þ": "th"}
"""Letters that are no others with a mark, and what people type for them."""
_PLAIN = str.maketrans(LETTERS)


class Term(NamedTuple):
    """One thing that must be there: words in their order, without case and marks; the last one only begun, or whole."""

    words: tuple[str, ...]
    begun: bool


@lru_cache(256)
def parse(typed: str) -> tuple[Term, ...]:
    """What was typed, as terms. Nothing that is typed is wrong: signs that are no words are left out."""
    found = []
    for phrase, word, star in _TYPED.findall(typed.replace("“", '"').replace("”", '"')[:LONGEST]):
        words = tuple(_words(phrase or word))
        if words:
            found.append(Term(words, bool(star)))
    return tuple(found[:MOST])


def fold(text: str) -> str:
    """The text without case, and Latin letters without their marks, as the databases fold it."""
    return "".join(map(_bare, unicodedata.normalize("NFKC", text).lower().translate(_PLAIN)))


def _bare(sign: str) -> str:
    """A Latin letter without its marks; a mark that stands alone is nothing; any other sign as it is."""
    if unicodedata.combining(sign):
        return ""
    bare = unicodedata.normalize("NFKD", sign)[0]
    return bare if bare.isascii() else sign


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))


class Piece(NamedTuple):
    """A part of a text, and whether it was searched for."""

    text: str
    found: bool


def pieces(text: str, typed: str) -> list[Piece]:
    """A text in pieces, those that were searched for apart from the others. Together they are the text."""
    places = sorted(_places(text, parse(typed)))
    cut, at = [], 0
    for start, end in places:
        if start >= at:
            cut += [Piece(text[at:start], found=False), Piece(text[start:end], found=True)]
            at = end
    return [piece for piece in [*cut, Piece(text[at:], found=False)] if piece.text]


def _places(text: str, terms: Sequence[Term]) -> Iterator[tuple[int, int]]:
    # A word with a mark that is a character of its own is one word, as the databases see it.
    words = [
        (match.start(), match.end(), "".join(_words(match.group())))
        for match in re.finditer(r"(?:[^\W_][\u0300-\u036f]*)+", text)
    ]
    for term in terms:
        for first in range(len(words) - len(term.words) + 1):
            some = words[first : first + len(term.words)]
            *whole, last = (word for _start, _end, word in some)
            fits = last.startswith(term.words[-1]) if term.begun else last == term.words[-1]
            if fits and tuple(whole) == term.words[:-1]:
                yield some[0][0], some[-1][1]
