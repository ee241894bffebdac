"""Words that turn a statement round, weaken it or make it depend on something. Which they are is data: `qualifiers.toml`."""

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
    """The words of a plain text that turn, weaken or condition what stands beside them, and its question marks, in order."""
    return [(found.start(), found[0].lower()) for found in _pattern().finditer(text)]


def beside(found: Iterable[Mark], spans: Spans) -> list[Mark]:
    """Those of them around some places, each with the number of the part it stands in: before, in, between, behind them."""
    bounds = [bound for span in spans for bound in span]
    return [(bisect_right(bounds, at), word) for at, word in found]


def abbreviations() -> Iterator[str]:
    """Words whose full stop ends no sentence."""
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
    """The words, read once a process."""
    return tomllib.loads(_DATA.read_text("utf-8"))
