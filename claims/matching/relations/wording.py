"""Two statements in the same words but for one place."""

from collections.abc import Sequence
from itertools import takewhile

from claims.matching.relations.types import Understood
from claims.matching.text.words import Word

_MOST = 3
"""How many words the place may have."""
_LEAST = 3
"""How many words must be the same around it."""

_JOINING = frozenset(("and", "or", "nor", "with", "met", "meet", "meets"))
"""Between words whose order does not matter."""


def replaced(earlier: Understood, later: Understood) -> tuple[str, str] | None:
    """Return the words in which two statements differ, if they differ in one place only; otherwise None.

    "Most of the victims were children" and "most of the victims were soldiers". Words for one idea are the same.
    """
    here, there = (_without_ends(text.words) for text in (earlier, later))
    before = _same(here, there)
    after = _same(here[before:][::-1], there[before:][::-1])
    one, other = here[before : len(here) - after], there[before : len(there) - after]
    if not (0 < len(one) <= _MOST and 0 < len(other) <= _MOST) or before + after < _LEAST:
        return None
    if _has_figure(one, earlier) or _has_figure(other, later):
        return None  # figures are compared by what they count
    mine, yours = _content(one, earlier), _content(other, later)
    if not mine or not yours or mine & yours or _ideas(mine, earlier) & _ideas(yours, later):
        return None
    return " ".join(word.text for word in one), " ".join(word.text for word in other)


def _without_ends(words: Sequence[Word]) -> Sequence[Word]:
    return [word for word in words if word.low[0].isalnum() or word.low == "'s"]


def _same(words: Sequence[Word], others: Sequence[Word]) -> int:
    pairs = zip(words, others, strict=False)
    return sum(1 for _pair in takewhile(lambda pair: pair[0].stem == pair[1].stem, pairs))


def _has_figure(words: Sequence[Word], text: Understood) -> bool:
    return any(figure.start <= word.start < figure.end for word in words for figure in text.figures)


def _content(words: Sequence[Word], text: Understood) -> set[str]:
    return {word.stem for word in words if word.stem in text.content}


def _ideas(stems: set[str], text: Understood) -> set[str]:
    return {*stems, *(idea for stem in stems for idea in text.ideas.get(stem, ()))}


def exchanged(earlier: Understood, later: Understood) -> tuple[str, str] | None:
    """Return two words that have swapped places, if nothing else differs: "wages rose faster than prices"."""
    here, there = (_without_ends(text.words) for text in (earlier, later))
    if len(here) != len(there):
        return None
    places = [at for at, one in enumerate(here) if one.stem != there[at].stem]
    if len(places) != 2:
        return None
    one, other = places
    are_exchanged = (here[one].stem, here[other].stem) == (there[other].stem, there[one].stem)
    is_list = any(word.low in _JOINING for word in here[one:other])
    told = {here[one].stem, here[other].stem}
    return (
        (here[one].text, here[other].text)
        if are_exchanged and not is_list and told <= set(earlier.content)
        else None
    )
