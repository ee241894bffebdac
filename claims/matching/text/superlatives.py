"""Words that rank what they stand before: "highest", "most"."""

from claims.matching.text.groups import words_in
from claims.matching.text.words import Word

_OTHERS = words_in("superlatives")
_NONE = words_in("no_superlative")


def is_superlative(word: Word) -> bool:
    """Return whether a word is the superlative of an adjective; "request" only ends like one."""
    return word.low.endswith("est") and len(word.low) > 5 and word.low not in _NONE


def ranks(word: Word) -> bool:
    """Return whether a word ranks what it stands before, or helps to: "highest", "most"."""
    return is_superlative(word) or word.low in _OTHERS
