"""How much two texts have in common, and how to find similar texts among many.

After Broder, "On the resemblance and containment of documents" (1997): a text is the set of its shingles, the runs of a
few words in it. The smallest ones, by a hash, are its sketch. Two texts that share much also share some of their
smallest shingles.
"""

import re
from hashlib import blake2b

WORDS = 5
"""How many words are a shingle: fewer are shared by texts about the same thing, more by nothing but copies."""

SKETCH = 8
"""How many shingles are a sketch: of texts that share a third of theirs, 24 in 25 share one of the least eight."""

# In scripts without spaces between words, each character counts as a word.
_UNSPACED = r"\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")


def shingles(text: str) -> frozenset[int]:
    """Return the shingles of a text, regardless of case, punctuation and line ends.

    Returns:
        Numbers of 63 bits, the same on every machine. One for a text with fewer words than a shingle;
        none for a text without words.
    """
    words = [found.casefold() for found in _WORD.findall(text)]
    if not words:
        return frozenset()
    last = max(1, len(words) - WORDS + 1)
    return frozenset(_number(" ".join(words[at : at + WORDS])) for at in range(last))


def sketch(text: str) -> list[int]:
    """Return the smallest shingles of a text, in order, at most `SKETCH` of them."""
    return sorted(shingles(text))[:SKETCH]


def similarity(text: frozenset[int], other: frozenset[int]) -> float:
    """Return how much of the shorter of two texts is also in the other, from 0 to 1, by their shingles.

    The shorter one is the measure because news grows: an early version of an article is a part of a
    later one.
    """
    fewer = min(len(text), len(other))
    return len(text & other) / fewer if fewer else 0.0


def _number(words: str) -> int:
    return int.from_bytes(blake2b(words.encode("utf-8", "replace"), digest_size=8).digest()) >> 1
