"""What a source is: the lexicon of source kinds.

The lexicon is data, `kinds.toml`; that file says how a newsroom extends it.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

OTHER = "other"
"""The kind of a source that nothing describes."""

_DATA = Path(__file__).with_name("kinds.toml")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_LONGEST = 4
"""Words in the lexicon's longest phrase."""


@dataclass(frozen=True, slots=True)
class Kinds:
    """The lexicon of source kinds.

    Attributes:
        kinds: the kinds in the order of trial.
        words: for each describing phrase, in all its forms, its kind's place in `kinds`.
        names: the same for proper names.
        titles: what a word before a name makes of its bearer; "" where it says nothing.
        female: words that only women are described with.
        male: the same for men.
    """

    kinds: tuple[str, ...]
    words: Mapping[str, int]
    names: Mapping[str, int]
    titles: Mapping[str, str]
    female: frozenset[str]
    male: frozenset[str]

    def of(self, description: str, name: str = "") -> str:
        """Tell the kind of a source from how it is described and what it is called.

        The last word weighs most: "the driver's lawyer" is a lawyer.

        Args:
            description: the words of its role ("the interior minister"), or "".
            name: its proper name, or "".

        Returns:
            A source kind; "other" where nothing tells.
        """
        described = _WORD.findall(description.lower())
        named = _WORD.findall(name)
        for words, starts, known in (
            (described, _last(described), self.words),
            (described, _all(described), self.words),
            (named, _all(named), self.names),
        ):
            phrases = (" ".join(words[start:end]) for start, end in starts)
            found = [known[phrase] for phrase in phrases if phrase in known]
            if found:
                return self.kinds[min(found)]
        return OTHER


def _last(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    return ((start, len(words)) for start in range(max(0, len(words) - _LONGEST), len(words)))


def _all(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    for start in range(len(words)):
        yield from ((start, end) for end in range(start + 1, min(start + _LONGEST, len(words)) + 1))


@cache
def kinds() -> Kinds:
    """Read the lexicon, once a process.

    Raises:
        KeyError: a table lacks its `value`.
    """
    data = tomllib.loads(_DATA.read_text("utf-8"))
    tables = data["kind"]
    words: dict[str, int] = {}
    names: dict[str, int] = {}
    titles = dict.fromkeys(data["titles"]["plain"], "")
    for rank, table in enumerate(tables):
        for word in table.get("words", ()):
            for form in _forms(word):
                words.setdefault(form, rank)
        for name in table.get("names", ()):
            names.setdefault(" ".join(_WORD.findall(name)), rank)
        titles.update(dict.fromkeys(table.get("titles", ()), table["value"]))
    return Kinds(
        tuple(table["value"] for table in tables),
        words,
        names,
        titles,
        frozenset(data["titles"]["female"]),
        frozenset(data["titles"]["male"]),
    )


def _forms(word: str) -> tuple[str, ...]:
    phrase = " ".join(_WORD.findall(word))
    plural = phrase[:-1] + "ies" if phrase.endswith("y") else phrase + "s"
    return (phrase, plural, phrase + "es")
