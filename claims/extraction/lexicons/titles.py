"""Titles before a name, letters behind it, and words that tell a woman from a man: `titles.toml`."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from claims.extraction.lexicons.source_kinds import kinds

_DATA = Path(__file__).with_name("titles.toml")
_DOCTORS = frozenset({"Dr", "Mx"})
"""Titles of address that tell neither man nor woman."""
LONGEST = 4
"""Words in the longest title."""


@dataclass(frozen=True, slots=True)
class Titles:
    """The lexicon of titles.

    Attributes:
        kinds: for each title the kind that it indicates; "" if none.
        strong: the titles that say what somebody is ("Insp"), not only how to address them ("Dr").
        female: words, titles among them, that only women are described with.
        male: the same for men.
        behind: letters behind a name ("KC").
        kin: words behind a name that tell two of one name apart ("senior").
        particles: small words inside a name ("van").
        relatives: what somebody is to another one of a family.
        firms: what a firm's name may end in after a comma ("Inc").
        surnames: last words of bodies' names that are surnames too ("Church").
        areas: what stands before "of" and a place's name ("town").
        streets: the last words of the names of streets and buildings.
        quarters: those of other places where people live.
        nature: those of mountains and waters.
        storms: what stands before a storm's name ("Hurricane").
        peoples: what people are called by where they come from ("Dane").
        times: words with a capital letter that are no names ("Monday"), in small letters.
        nations: adjectives of countries that no ending tells ("French"), each with a word of their names.
    """

    kinds: Mapping[str, str]
    strong: frozenset[str]
    female: frozenset[str]
    male: frozenset[str]
    behind: frozenset[str]
    kin: frozenset[str]
    particles: frozenset[str]
    relatives: frozenset[str]
    firms: frozenset[str]
    surnames: frozenset[str]
    areas: frozenset[str]
    streets: frozenset[str]
    quarters: frozenset[str]
    nature: frozenset[str]
    storms: frozenset[str]
    peoples: frozenset[str]
    times: frozenset[str]
    nations: Mapping[str, frozenset[str]]

    def is_title(self, words: Sequence[str]) -> bool:
        """Return whether capitalised words may be a title: "Dep Insp Gen", "Economy Minister"."""
        return " ".join(words) in self.kinds or _is_office(words)

    def is_strong(self, words: Sequence[str]) -> bool:
        """Return whether a title says what its bearer is."""
        return " ".join(words) in self.strong or (
            " ".join(words) not in self.kinds and _is_office(words)
        )

    def is_address(self, word: str) -> bool:
        """Return whether a word only addresses whoever is named behind it, a person: "Mrs", "Herr", "Dr"."""
        kind = self.kinds.get(word)
        return word in _DOCTORS or (kind == "" and bool(self.gender([word])))

    def gender(self, words: Sequence[str]) -> str:
        """Return "she" or "he" if one of the words tells, the last one first; else ""."""
        for word in reversed(words):
            if word in self.female:
                return "she"
            if word in self.male:
                return "he"
        return ""


def _is_office(words: Sequence[str]) -> bool:
    head = kinds().head(" ".join(words))
    return head is not None and not head.body and head.kind not in {"unnamed", "other"}


@cache
def titles() -> Titles:
    """Read the lexicon, once per process."""
    data = tomllib.loads(_DATA.read_text("utf-8"))
    found: dict[str, str] = {}
    strong = {title for ranks in data["ranks"].values() for title in ranks}
    for table in (data["ranks"], data["weak"], {"": data["courtesy"]}):
        for kind, words in table.items():
            for title in words:
                found.setdefault(title, kind)
    words, names = data["words"], data["names"]
    return Titles(
        found,
        frozenset(strong),
        frozenset(words["female"]),
        frozenset(words["male"]),
        frozenset(names["behind"]),
        frozenset(names["kin"]),
        frozenset(names["particles"]),
        frozenset(words["relatives"]),
        frozenset(names["firms"]),
        frozenset(names["surnames"]),
        frozenset(names["areas"]),
        frozenset(names["streets"]),
        frozenset(names["quarters"]),
        frozenset(names["nature"]),
        frozenset(names["storms"]),
        frozenset(people for region in data["peoples"].values() for people in region),
        frozenset(names["times"]),
        _turned(data["nations"]),
    )


def _turned(nations: Mapping[str, Sequence[str]]) -> Mapping[str, frozenset[str]]:
    """Return for each adjective the names of its country."""
    adjectives = {adjective for known in nations.values() for adjective in known}
    return {
        adjective: frozenset(name for name, known in nations.items() if adjective in known)
        for adjective in adjectives
    }
