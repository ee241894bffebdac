"""How similar two sources are."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz import fuzz

from claims.choices import MatchSignal, SourceKind

PEOPLE = frozenset(
    {
        SourceKind.MINISTER,
        SourceKind.SPOKESPERSON,
        SourceKind.OFFICIAL,
        SourceKind.POLICE_MILITARY,
        SourceKind.LAWMAKER,
        SourceKind.EXPERT,
        SourceKind.WITNESS,
        SourceKind.OTHER,
    }
)
"""Kinds whose single names are surnames: shared by too many to be the same person elsewhere."""


_ARTICLES = re.compile(r"^(?:the|a|an|der|die|das|le|la|les|el|los|las)\s+", re.IGNORECASE)


def plain_role(role: str) -> str:
    """Return a role without case and article: “the interior minister” and “Interior Minister” are the same."""
    return _ARTICLES.sub("", " ".join(role.casefold().split()))


ASKED = 30
"""From which score on an editor is asked."""


_WEIGHTS = {
    MatchSignal.NAME: 60,
    MatchSignal.ALIAS: 60,
    MatchSignal.FORENAMES: 50,
    MatchSignal.SPELLING: 40,
    MatchSignal.SURNAME: 30,
    MatchSignal.WIKIDATA: 60,
    MatchSignal.KIND: 15,
    MatchSignal.ROLE: 20,
    MatchSignal.ORGANISATION: 10,
    MatchSignal.COUNTRY: 5,
    MatchSignal.OUTLET: 10,
    MatchSignal.WEEK: 5,
    MatchSignal.ALONE: 5,
    MatchSignal.SEVERAL: -5,
    MatchSignal.OTHER_KIND: -15,
    MatchSignal.OTHER_ROLE: -10,
    MatchSignal.OTHER_ORGANISATION: -10,
    MatchSignal.OTHER_COUNTRY: -15,
}
"""How much each thing counts, for and against. The sum is cut at 0 and at 100."""


_SPELT = 88
"""From how many of 100 two names count as one with a slip in it (share of letters)."""


_ROLES = 90
"""The same for two roles, whatever the order of their words: a deputy minister is not the minister."""


_RIVALS = 4
"""More others of that surname than these count no further."""


_WORDS = re.compile(r"\w+(?:[-'’]\w+)*")


class Signal(NamedTuple):
    """One signal for or against two sources being the same; and which one it is about, if that matters."""

    what: MatchSignal
    weight: int
    detail: str = ""


class Place(NamedTuple):
    """Where a source was quoted: the week, as year and number, and the outlet's id."""

    week: tuple[int, int]
    outlet: int | None


@dataclass(frozen=True)
class SourceFacts:
    """What is known about a source.

    Attributes:
        name: the folded name.
        kind: a value of `SourceKind`.
        names: the folded name and aliases.
        organisation: who they work for, or "".
        country: their country, or "".
        wikidata: their Wikidata ID, or "".
        roles: roles as stated.
        places: where it was quoted.
    """

    name: str
    kind: str
    names: frozenset[str] = frozenset()
    organisation: str = ""
    country: str = ""
    wikidata: str = ""
    roles: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()


@dataclass(frozen=True)
class SourceSimilarity:
    """How similar two sources are, and why.

    Attributes:
        score: 0 to 100.
        signals: the signals for and against, the strongest first.
    """

    score: int
    signals: tuple[Signal, ...]

    @property
    def speaks_for(self) -> list[Signal]:
        """The signals for their being the same."""
        return [signal for signal in self.signals if signal.weight > 0]

    @property
    def speaks_against(self) -> list[Signal]:
        """The signals against it."""
        return [signal for signal in self.signals if signal.weight < 0]

    @property
    def safe(self) -> bool:
        """Whether a bare surname can only mean this source: it is the only one of its kind, and the role is equal."""
        said = {signal.what for signal in self.signals}
        return {MatchSignal.SURNAME, MatchSignal.KIND, MatchSignal.ROLE, MatchSignal.ALONE} <= said


def compare_sources(
    one: SourceFacts, other: SourceFacts, *, rivals: int = 0
) -> SourceSimilarity | None:
    """Return how similar two sources are. Their order does not matter.

    Args:
        one: one source.
        other: the other source.
        rivals: for a bare surname, how many more sources of the other's kind have it.

    Returns:
        The similarity, or None if their names are not compatible or their Wikidata IDs differ.
    """
    name = name_signal(one, other)
    apart = one.wikidata and other.wikidata and one.wikidata != other.wikidata
    if name is None or apart:
        return None
    found = [name, *_about(one, other)]
    if name is MatchSignal.SURNAME and MatchSignal.KIND in found:
        found.append(MatchSignal.SEVERAL if rivals else MatchSignal.ALONE)
    role, stated = _role(one.roles, other.roles)
    if role:
        found.append(role)
    place = _place(one.places, other.places)
    if place:
        found.append(place)
    times = {MatchSignal.SEVERAL: min(rivals, _RIVALS)}
    signals = [
        Signal(what, _WEIGHTS[what] * times.get(what, 1), stated if what is role else "")
        for what in found
    ]
    score = max(0, min(100, sum(signal.weight for signal in signals)))
    return SourceSimilarity(score, tuple(sorted(signals, key=lambda signal: -abs(signal.weight))))


def name_signal(one: SourceFacts, other: SourceFacts) -> MatchSignal | None:
    """Return the signal in their names that may make two sources the same; None if the names rule it out."""
    if one.name == other.name:
        return MatchSignal.NAME
    if (one.names | {one.name}) & (other.names | {other.name}):
        return MatchSignal.ALIAS
    words, others = _WORDS.findall(one.name), _WORDS.findall(other.name)
    if not (words and others):
        return None
    if not {one.kind, other.kind} <= PEOPLE:
        spelt = fuzz.token_sort_ratio(one.name, other.name) >= _SPELT
        return MatchSignal.SPELLING if spelt else None
    return _person(words, others)


def _person(words: Sequence[str], others: Sequence[str]) -> MatchSignal | None:
    """The same for people, who are distinguished by their first names."""
    if words[-1] == others[-1]:
        if min(len(words), len(others)) == 1:
            return MatchSignal.SURNAME
        if _fit(words[:-1], others[:-1]):
            return MatchSignal.FORENAMES
    spelt = fuzz.ratio(" ".join(words), " ".join(others)) >= _SPELT
    return MatchSignal.SPELLING if spelt and min(len(words), len(others)) > 1 else None


def _fit(names: Sequence[str], others: Sequence[str]) -> bool:
    """Return whether the shorter list of first names is part of the longer one, in order, in full or by initials."""
    fewer, more = sorted((names, others), key=len)
    left = iter(more)
    return all(any(_same(name, one) for one in left) for name in fewer)


def _same(name: str, other: str) -> bool:
    short, long = sorted((name, other), key=len)
    return short == long or (len(short) == 1 and long.startswith(short))


def _about(one: SourceFacts, other: SourceFacts) -> list[MatchSignal]:
    """Return the signals from their records."""
    found = []
    if one.wikidata and one.wikidata == other.wikidata:
        found.append(MatchSignal.WIKIDATA)
    if one.kind == other.kind:
        found.append(MatchSignal.KIND)
    elif SourceKind.OTHER not in {one.kind, other.kind}:
        found.append(MatchSignal.OTHER_KIND)
    for mine, theirs, same, different in (
        (
            one.organisation,
            other.organisation,
            MatchSignal.ORGANISATION,
            MatchSignal.OTHER_ORGANISATION,
        ),
        (one.country, other.country, MatchSignal.COUNTRY, MatchSignal.OTHER_COUNTRY),
    ):
        if mine and theirs:
            found.append(same if mine.casefold() == theirs.casefold() else different)
    return found


def _role(roles: Sequence[str], others: Sequence[str]) -> tuple[MatchSignal | None, str]:
    """Return whether their roles are similar, and how."""
    plain = {plain_role(role): role for role in sorted(roles)}
    theirs = {plain_role(role): role for role in sorted(others)}
    if not (plain and theirs):
        return None, ""
    best, role = max(
        (fuzz.token_sort_ratio(one, other), min(one, other)) for one in plain for other in theirs
    )
    return (MatchSignal.ROLE, role) if best >= _ROLES else (MatchSignal.OTHER_ROLE, "")


def _place(places: Sequence[Place], others: Sequence[Place]) -> MatchSignal | None:
    """Return whether they were quoted in the same week, and in the same outlet."""
    if any(place.outlet is not None for place in set(places) & set(others)):
        return MatchSignal.OUTLET
    weeks = {place.week for place in places} & {place.week for place in others}
    return MatchSignal.WEEK if weeks else None
