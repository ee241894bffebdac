"""Small groups of words that steer the reading, which are data: `groups.toml`."""

from functools import cache

from claims.matching.lexicons import lexicon
from claims.matching.text.words import stem


def words_in(group: str) -> frozenset[str]:
    """Return the words of a group, in small letters."""
    return frozenset(_data()[group])


def stems_in(group: str) -> frozenset[str]:
    """Return the stems of the words of a group."""
    return frozenset(map(stem, _data()[group]))


@cache
def _data() -> dict[str, list[str]]:
    return lexicon("groups")
