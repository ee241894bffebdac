"""Finding the words again that an editor marked, although they may be set differently."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from claims.anchoring.types import Spans

_QUOTES = "\"'`\u00ab\u00bb\u2018-\u201f\u2032\u2033\u2039\u203a"
_DASHES = "\\-\u2010-\u2015\u2212"
_UNSEEN = "\u00ad\u200b-\u200f\u2060\ufeff"
"""What nobody sees: soft hyphens, joiners, marks of direction and of byte order."""

_TOKEN = re.compile(
    rf"(?P<dash>[\s{_UNSEEN}]*+[{_DASHES}][\s{_UNSEEN}{_DASHES}]*+)|(?P<space>[{_UNSEEN}]*+\s[\s{_UNSEEN}]*+)"
    rf"|(?P<quote>[{_QUOTES}])|(?P<unseen>[{_UNSEEN}])|(?P<letter>.)",
    re.DOTALL,
)
_GAP = re.compile(r"\s*(?:\[\s*(?:\u2026|\.{3})\s*\]|\(\s*(?:\u2026|\.{3})\s*\)|\u2026|\.{3})\s*")
"""Where an editor left something out."""

_LETTER = "0-9A-Za-z\u00c0-\u024f\u0370-\u052f"
"""Letters of scripts that put spaces between words: "5" is not in "15"."""

_LONGEST = 2_000
"""Characters that are sought at once; what is longer is sought piece by piece."""


def find_excerpt(excerpt: str, text: str) -> Spans:
    """Find an excerpt in a text, whatever its white space, quotation marks, dashes, soft hyphens and case.

    An ellipsis, in brackets or without, stands for anything that was left out.

    Args:
        excerpt: the words.
        text: where they are sought.

    Returns:
        Where each piece of it is, in order, in characters of the text; empty unless all of it is there, or if it has
        neither letter nor digit.
    """
    found: list[tuple[int, int]] = []
    at = 0
    within = _HIDDEN.search(text) is not None
    for piece in _pieces(excerpt):
        place = _pattern(piece, within).search(text, at)
        if place is None:
            return ()
        found.append(place.span())
        at = place.end()
    return tuple(found)


def _pieces(excerpt: str) -> Iterator[str]:
    for piece in _GAP.split(excerpt):
        left = piece.strip().strip(_MARKS)
        while len(left) > _LONGEST:
            cut = left.rfind(" ", 0, _LONGEST) + 1 or _LONGEST
            yield left[:cut].strip()
            left = left[cut:]
        if any(character.isalnum() for character in left):
            yield left


_MARKS = "\"'`\u00ab\u00bb\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u2039\u203a \t"
"""What an excerpt may be put into."""


_HIDDEN = re.compile(f"[{_UNSEEN}]")


@lru_cache(maxsize=256)
def _pattern(piece: str, within: bool) -> re.Pattern[str]:  # noqa: FBT001 - for the cache
    """Return a pattern for a piece; `within` is whether the text has anything unseen, which may be between its letters."""
    tokens = [(found.lastgroup, found[0]) for found in _TOKEN.finditer(_composed(piece))]
    written, before = "", ""
    for kind, token in tokens:
        if kind == "unseen":
            continue
        if within and kind in {"letter", "quote"} and before in {"letter", "quote"}:
            written += f"[{_UNSEEN}]*+"
        written += _written(str(kind), token)
        before = str(kind)
    starts, ends = (f"(?<![{_LETTER}])" if at.isalnum() else "" for at in (piece[0], piece[-1]))
    return re.compile(f"{starts}{written}{ends.replace('<', '')}", re.IGNORECASE)


def _composed(piece: str) -> str:
    return unicodedata.normalize("NFC", piece)


def _written(kind: str, token: str) -> str:
    """Return a pattern for all ways in which a token may be set."""
    if kind == "dash":
        return f"[\\s{_UNSEEN}]*+[{_DASHES}]++[\\s{_UNSEEN}]*+"
    if kind == "space":
        return f"[\\s{_UNSEEN}]++"
    if kind == "quote":
        return f"[{_QUOTES}]"
    apart = unicodedata.normalize("NFD", token)
    return re.escape(token) if apart == token else f"(?:{re.escape(token)}|{re.escape(apart)})"
