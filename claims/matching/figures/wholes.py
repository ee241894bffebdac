"""All or none of a counted whole: "all of the army's 11 boats", "none of the 40 inspectors"."""

from collections.abc import Sequence
from typing import NamedTuple

from claims.matching.figures.numerals import Number, number_at
from claims.matching.text.words import Word

_WORDS = {("all",): 1.0, ("each",): 1.0, ("every", "one"): 1.0, ("none",): 0.0, ("not", "one"): 0.0}
"""The words that tell it, and the share of the whole."""
_OTHERWISE = frozenset(("not", "nearly", "almost", "in", "at", "above", "after"))
"""Before "all" they say something else."""
_BETWEEN = frozenset(("of", "the", "its", "his", "her", "their", "our", "these", "those"))
_KNOWN = (_BETWEEN - {"of"}) | {"them", "whom", "which"}
_OWNER = 4
"""How many words an owner may have: "the interior ministry's", the apostrophe counted."""


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
    for told, share in _WORDS.items():
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
