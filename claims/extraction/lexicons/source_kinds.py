"""The lexicon of source kinds.

The lexicon is data, `source_kinds.toml`; that file says how a newsroom extends it.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

OTHER = "other"
"""The kind of a source that nothing describes."""

_DATA = Path(__file__).with_name("source_kinds.toml")
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
        titles: the kind that a title before a name indicates; "" if none.
        offices: further titles, which may have words before them ("Economy Minister").
        bodies: describing phrases of bodies and things, in all their forms; the others describe
            people.
        female: words that only women are described with.
        male: the same for men.
    """

    kinds: tuple[str, ...]
    words: Mapping[str, int]
    names: Mapping[str, int]
    titles: Mapping[str, str]
    offices: frozenset[str]
    bodies: frozenset[str]
    female: frozenset[str]
    male: frozenset[str]

    def of(self, description: str, name: str = "") -> str:
        """Return the kind of a source from how it is described and what it is called.

        The last words count most, and longer phrases more than shorter ones: "the driver's lawyer" is a
        lawyer, "the town's health officer" is not a police officer.

        Args:
            description: the words of its role ("the interior minister"), or "".
            name: its proper name, or "".

        Returns:
            A source kind; "other" if nothing indicates it.
        """
        described = _WORD.findall(description.lower())
        named = _WORD.findall(name)
        last = next((self.words[words] for words in _last(described) if words in self.words), None)
        if last is not None:
            return self.kinds[last]
        for words, known in ((described, self.words), (named, self.names)):
            found = [known[phrase] for phrase in _all(words) if phrase in known]
            if found:
                return self.kinds[min(found)]
        return OTHER

    def is_body(self, description: str) -> bool:
        """Return whether a description is a body's or a thing's ("the interior ministry")."""
        return any(words in self.bodies for words in _last(_WORD.findall(description.lower())))

    def is_title(self, words: str) -> bool:
        """Return whether words before a name are a title ("Dep Insp Gen", "Economy Minister")."""
        return words in self.titles or any(f" {words}".endswith(f" {one}") for one in self.offices)


def _last(words: Sequence[str]) -> Iterator[str]:
    """Yield the phrases at the end of the words, the longest first."""
    return (" ".join(words[start:]) for start in range(max(0, len(words) - _LONGEST), len(words)))


def _all(words: Sequence[str]) -> Iterator[str]:
    for start in range(len(words)):
        for end in range(start + 1, min(start + _LONGEST, len(words)) + 1):
            yield " ".join(words[start:end])


@cache
def kinds() -> Kinds:
    """Read the lexicon, once per process.

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
        frozenset(data["titles"]["offices"]),
        frozenset(form for word in data["bodies"] for form in _forms(word)),
        frozenset(data["titles"]["female"]),
        frozenset(data["titles"]["male"]),
    )


def _forms(word: str) -> tuple[str, ...]:
    phrase = " ".join(_WORD.findall(word))
    plural = phrase[:-1] + "ies" if phrase.endswith("y") else phrase + "s"
    return (phrase, plural, phrase + "es")
