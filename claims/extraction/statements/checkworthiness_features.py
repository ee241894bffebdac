"""A statement in numbers, for the learned part of its check-worthiness.

Words, their beginnings and pairs of words are hashed into buckets, so that the model holds no list of words.
The shape of a statement (its length, figures, names) says something in languages that it never learned, too.
"""

import math
import re
import zlib
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float32]
Places = npt.NDArray[np.int64]

BUCKETS = 1 << 15
SHAPE = 10
"""How many numbers describe a statement's shape."""

NAME = re.compile(r"(?<=[a-z,;:] )[A-Z]\w+")
"""A name, or its first word, but for one that begins a sentence."""

_TOKEN = re.compile(r"https?://\S+|[@#]\w+|\d[\d.,:/]*|\w+(?:['’]\w+)?|[%$£€?!“\"…:]")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SCALE = re.compile(r"[%$£€¥₹]|(?i:\b(?:per ?cent|[mb]illions?|crores?|lakhs?)\b)")
_POST = re.compile(r"https?://|(?<!\w)[@#]\w|[\U0001F1E6-\U0001FAFF\u2600-\u27BF]")
_POST_LENGTH = 600
_STEM = 5
"""Words that begin with the same letters mostly mean the same: "increase", "increasing"."""


def is_post(text: str) -> bool:
    """Return whether a text looks like a post on a social network: short, with an address, handle, tag or emoji."""
    return len(text) <= _POST_LENGTH and _POST.search(text) is not None


def buckets(statement: str) -> Places:
    """Return the buckets of a statement's words, sorted, each once."""
    found = {zlib.crc32(one.encode()) % BUCKETS for one in _parts(_words(statement))}
    return np.array(sorted(found), np.int64)


def shape(statement: str) -> Numbers:
    """Return what a statement looks like, whatever its language; the first number is always 1."""
    long = math.log1p(len(statement.split()))
    figures = len(re.findall(r"\d+", statement))
    names = len(NAME.findall(statement))
    return np.array(
        [
            1.0,
            long,
            long * long / 5,
            figures > 0,
            math.log1p(figures),
            bool(_YEAR.search(statement)),
            bool(_SCALE.search(statement)),
            math.log1p(names),
            "?" in statement,
            "!" in statement,
        ],
        np.float32,
    )


def _words(statement: str) -> list[str]:
    return [_plain(word) for word in _TOKEN.findall(statement)]


def _plain(word: str) -> str:
    """Return a word as the model sees it: of a figure its length, of an address or handle that it is one."""
    if word[0].isdigit():
        return "year" if _YEAR.fullmatch(word) else f"0{min(sum(map(str.isdigit, word)), 4)}"
    if word.startswith("http"):
        return "http"
    return "@" if word[0] == "@" else word.lower().replace("’", "'")


def _parts(words: list[str]) -> Iterator[str]:
    yield from words
    yield from (f"~{word[:_STEM]}" for word in words if len(word) > _STEM)
    yield from (
        f"{first} {second}" for first, second in zip(["^", *words], [*words, "$"], strict=True)
    )
