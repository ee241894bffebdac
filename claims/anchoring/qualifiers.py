"""Words that negate a statement, weaken it or make it conditional. The words are data: `qualifiers.toml`."""

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from claims.anchoring.types import Spans

_DATA = Path(__file__).with_name("qualifiers.toml")

Mark = tuple[int, str]
"""Where such a word stands, and the word in small letters."""


def marks(text: str) -> list[Mark]:
    """Return the qualifiers of a normalized text and its question marks, in order."""
    return [(found.start(), found[0].lower()) for found in _pattern().finditer(text)]


def beside(found: Iterable[Mark], spans: Spans) -> list[Mark]:
    """Return those around some places, each with the number of its part: before, in, between or after the places."""
    bounds = [bound for span in spans for bound in span]
    return [(bisect_right(bounds, at), word) for at, word in found]


def abbreviations() -> Iterator[str]:
    """Words whose full stop does not end a sentence."""
    for language in _data()["language"].values():
        yield from language["abbreviations"]


@cache
def _pattern() -> re.Pattern[str]:
    words, small = [], []
    for language in _data()["language"].values():
        words += [re.escape(word).replace(r"\*", r"\w*") for word in language["words"]]
        small += [form for word in language.get("small", ()) for form in (word, word.upper())]
    return re.compile(
        rf"(?<!\w)(?:(?i:{'|'.join(words)}|\w+n't)|{'|'.join(small)})(?!\w)"
        rf"|[{re.escape(_data()['marks'])}]"
    )


@cache
def _data() -> dict[str, Any]:
    """Return the words, which are read once per process."""
    return tomllib.loads(_DATA.read_text("utf-8"))
