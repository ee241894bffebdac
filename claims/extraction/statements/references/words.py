"""The word lists of this room; `words.toml` says what each is for."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

_DATA = Path(__file__).with_suffix(".toml")


def words(name: str) -> frozenset[str]:
    """Return a list of words.

    Raises:
        KeyError: there is no list of that name.
    """
    return frozenset(_lists()[name])


@cache
def _lists() -> Mapping[str, Sequence[str]]:
    return tomllib.loads(_DATA.read_text("utf-8"))
