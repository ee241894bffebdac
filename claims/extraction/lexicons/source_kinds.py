"""The lexicon of source kinds.

The lexicon is data, `source_kinds.toml`; that file says how a newsroom extends it.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

OTHER = "other"
"""The kind of a source that nothing describes."""

_DATA = Path(__file__).with_name("source_kinds.toml")
_WORD = re.compile(r"[^\W_]+(?:[-.’'&/][^\W_]+)*")
_LONGEST = 5
"""Words in the lexicon's longest phrase."""
_SERVING = frozenset({"official", "company", "organisation"})
"""Kinds whose "state secretary" or "plant manager" may serve a body of another one."""
_FORMER = ("ex-", "then-", "acting-", "co-", "vice-", "deputy-")
_SCHOLARS = (
    "ologist",
    "ographer",
    "onomist",
    "ometrist",
    "icist",
    "iatrist",
    "ematician",
    "istician",
    "ysicist",
)
"""Ends of the names of sciences' people: whatever they study, they are experts."""


@dataclass(frozen=True, slots=True)
class Head:
    """The noun of a description, as the lexicon has it.

    Attributes:
        words: the phrase in the lexicon that it is.
        kind: its kind, "" for an officer whose body alone tells it.
        body: it is a body or a thing, not a person.
        officer: the body that its bearer belongs to decides its kind.
        lawyer: its bearer speaks for whom he or she belongs to.
        either: it may be a person or a body ("builder").
    """

    words: str
    kind: str
    body: bool
    officer: bool
    lawyer: bool
    either: bool = False

    @property
    def may_be_body(self) -> bool:
        """Whether it may be a body: it is one, or somebody in business, which a firm may be too ("the owner")."""
        return self.body or self.either or (self.kind == "company" and not self.officer)


@dataclass(frozen=True, slots=True)
class Setting:
    """What an article may be about, and what that tells of those of whom nothing else tells anything.

    Attributes:
        words: its words, in small letters.
        officers: the kind of officers of nothing named, or "".
        people: the kind of people, or "".
        bodies: the kind of bodies, or "".
        least: how many of its words show it.
    """

    words: frozenset[str]
    officers: str = ""
    people: str = ""
    bodies: str = ""
    least: int = 3


@dataclass(frozen=True, slots=True)
class Kinds:
    """The lexicon of source kinds.

    Attributes:
        heads: the nouns of descriptions, in all their forms.
        names: for the last words of bodies' names, or whole names, their kind.
        starts: for the first words of bodies' names, their kind.
        with_officers: the kinds of bodies whose officers are of the same kind.
        alone: the kind of an officer of nothing known.
        of_a_name: the kind of an officer of what only has a name ("Westmere manager").
        settings: what articles may be about.
    """

    heads: Mapping[str, Head]
    names: Mapping[str, str]
    starts: Mapping[str, str]
    with_officers: frozenset[str]
    alone: Mapping[str, str]
    of_a_name: Mapping[str, str]
    settings: tuple[Setting, ...]

    def head(self, description: str, *, to: int | None = None) -> Head | None:
        """Find the noun of a description in the lexicon.

        Args:
            description: "the county's chief of police".
            to: how many of its words stand before its first preposition or comma; by default all. The phrase
                covers the last of these, and may go on behind it ("chief of police").

        Returns:
            The longest phrase there, or None.
        """
        words = words_of(description.lower())
        last = len(words) if to is None else to
        found = [
            phrase
            for end in range(last, min(len(words), last + _LONGEST) + 1)
            for start in range(max(0, end - _LONGEST), last)
            if (phrase := " ".join(words[start:end])) in self.heads
        ]
        if found:
            return self.heads[max(found, key=lambda one: (one.count(" "), len(one)))]
        return self._guessed(words[last - 1]) if 0 < last <= len(words) else None

    def setting(self, words: frozenset[str]) -> Setting:
        """Return what an article with some words is about, or a setting that tells nothing."""
        shown = [one for one in self.settings if len(one.words & words) >= one.least]
        return max(shown, key=lambda one: len(one.words & words), default=Setting(frozenset()))

    def _guessed(self, word: str) -> Head | None:
        """Read a noun that the lexicon lacks by its parts: "ex-premier", "nurse-anaesthetist", "limnologist"."""
        for start in _FORMER:
            if word.startswith(start) and word.removeprefix(start) in self.heads:
                return self.heads[word.removeprefix(start)]
        if "-in-" in word:
            return self.heads.get(word.partition("-in-")[0])
        last = word.rpartition("-")[2]
        if last != word and last in self.heads and not self.heads[last].body:
            return self.heads[last]
        if word.removesuffix("s").endswith(_SCHOLARS):
            return Head(word, "expert", body=False, officer=False, lawyer=False)
        return None

    def of_name(self, name: str) -> str:
        """Return the kind of a body from its proper name alone, or "" if that does not tell."""
        words = words_of(name)
        for length in range(min(_LONGEST, len(words)), 0, -1):
            last = self._named(" ".join(words[-length:]))
            first = self.starts.get(" ".join(words[:length])) if length < len(words) else None
            if last or first:
                return last or first or ""
        # "Supreme Court of Velmora"
        before = name.partition(" of ")[0]
        return self.of_name(before) if before != name else ""

    def _named(self, last: str) -> str:
        """Return the kind that the last words of a name tell, or the same in the singular: "Orlo Airports"."""
        return self.names.get(last) or self.names.get(last.removesuffix("s"), "")


def words_of(text: str) -> list[str]:
    """Return a text's words, without marks; "chief’s" is "chief"."""
    words: list[str] = _WORD.findall(text)
    if "’" not in text and "'" not in text:
        return words
    return [word.removesuffix("’s").removesuffix("'s") for word in words]


@cache
def kinds() -> Kinds:
    """Read the lexicon, once per process.

    Raises:
        KeyError: a table lacks its `value`.
    """
    data = tomllib.loads(_DATA.read_text("utf-8"))
    heads: dict[str, Head] = {}
    names: dict[str, str] = {}
    starts: dict[str, str] = {}
    written = [one for table in data["kind"] for one in _heads(table, data["owners"])]
    # "Reports" is a word of its own before it is several of "report".
    for form, head in sorted(written, key=lambda one: one[0] != " ".join(words_of(one[1].words))):
        known = heads.setdefault(form, head)
        if known.body != head.body:
            heads[form] = replace(known, either=True)
    for table in data["kind"]:
        _fill(names, table, "names")
        _fill(starts, table, "starts")
    for form, head in _officers(data["owners"]):
        heads.setdefault(form, _known(head, heads))
    owners = data["owners"]
    return Kinds(
        heads,
        names,
        starts,
        frozenset(owners["bodies"]),
        owners["alone"],
        owners["of_a_name"],
        tuple(_setting(**table) for table in data["setting"]),
    )


def _setting(words: Sequence[str], **rest: Any) -> Setting:
    return Setting(frozenset(words), **rest)


def _fill(found: dict[str, str], table: Mapping[str, Any], key: str) -> None:
    for name in table.get(key, ()):
        found.setdefault(" ".join(words_of(name)), table["value"])


def _heads(table: Mapping[str, Any], owners: Mapping[str, Any]) -> Iterator[tuple[str, Head]]:
    officers, lawyers = frozenset(owners["officers"]), frozenset(owners["lawyers"])
    for key, body in (("people", False), ("bodies", True)):
        for word in table.get(key, ()):
            head = Head(
                word,
                table["value"],
                body,
                officer=not body
                and (
                    word in officers
                    or (table["value"] in _SERVING and word.split()[-1] in officers)
                ),
                lawyer=not body and word in lawyers,
            )
            yield from ((form, head) for form in _forms(word))


def _officers(owners: Mapping[str, Any]) -> Iterator[tuple[str, Head]]:
    lawyers = owners["lawyers"]
    for word in (*owners["officers"], *lawyers):
        head = Head(word, "", body=False, officer=word not in lawyers, lawyer=word in lawyers)
        yield from ((form, head) for form in _forms(word))


def _known(head: Head, heads: Mapping[str, Head]) -> Head:
    """Give an officer the kind of the shorter office: a "senior adviser" is an adviser."""
    last = heads.get(head.words.rpartition(" ")[2])
    alone = last is None or last.body or head.lawyer
    return head if alone or last is None else replace(head, kind=last.kind)


def _forms(word: str) -> Iterable[str]:
    phrase = " ".join(words_of(word))
    first, of, rest = phrase.partition(" of ")
    plural = (
        first[:-1] + "ies" if first.endswith("y") and first[-2:-1] not in "aeou" else first + "s"
    )
    return {phrase, plural + of + rest, first + "es" + of + rest}
