"""Parsing searches, and finding the matches in a text."""

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
    """One term of a search: words in order, without case and accents; the last one may be only a beginning."""

    words: tuple[str, ...]
    begun: bool


@lru_cache(256)
def parse(typed: str) -> tuple[Term, ...]:
    """Parse a search into terms. Nothing is an error: characters that are not part of words are ignored."""
    found = []
    for phrase, word, star in _TYPED.findall(typed.replace("“", '"').replace("”", '"')[:LONGEST]):
        words = tuple(_words(phrase or word))
        if words:
            found.append(Term(words, bool(star)))
    return tuple(found[:MOST])


def fold(text: str) -> str:
    """Return the text without case, and Latin letters without accents, as the databases fold it."""
    return "".join(map(_bare, unicodedata.normalize("NFKC", text).lower().translate(_PLAIN)))


def _bare(sign: str) -> str:
    """Return a Latin letter without its accents; "" for a combining mark; any other character unchanged."""
    if unicodedata.combining(sign):
        return ""
    bare = unicodedata.normalize("NFKD", sign)[0]
    return bare if bare.isascii() else sign


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))


class Piece(NamedTuple):
    """A part of a text, and whether it is a match."""

    text: str
    found: bool


def pieces(text: str, typed: str) -> list[Piece]:
    """Divide a text into pieces, with matches separate from the rest. Together they are the text."""
    places = sorted(_places(text, parse(typed)))
    cut, at = [], 0
    for start, end in places:
        if start >= at:
            cut += [Piece(text[at:start], found=False), Piece(text[start:end], found=True)]
            at = end
    return [piece for piece in [*cut, Piece(text[at:], found=False)] if piece.text]


def _places(text: str, terms: Sequence[Term]) -> Iterator[tuple[int, int]]:
    # A word with a combining mark is one word, as in the databases.
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
