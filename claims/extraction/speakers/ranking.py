"""Tells how likely a pronoun or description stands for each of those mentioned before it.

Each candidate gets a score, the sum of the weights of what is true of it, and so does "none of them". The weights,
`ranking.toml`, are fitted on GUM; that file says how.
"""

import math
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from itertools import repeat
from operator import mul
from pathlib import Path

from claims.extraction.lexicons.source_kinds import OTHER, words_of
from claims.extraction.lexicons.titles import titles
from claims.extraction.speakers.entities import Entity
from claims.extraction.speakers.fitting import PLAIN
from claims.extraction.speakers.following.anaphors import Anaphor, Candidate, Link
from claims.extraction.speakers.mentions import Mention
from claims.extraction.speakers.naming import initials
from claims.extraction.speakers.roles import KEPT, Description

_NEAR = 2
"""Sentences."""
_VARYING = frozenset(
    {
        "former",
        "ex",
        "retired",
        "veteran",
        "old",
        "two",
        "three",
        "four",
        "five",
        "six",
        "native",
        "born",
    }
)
"""Words of descriptions that tell something new of somebody known: "the mother of three", "the former hurdler"."""
ANY_BODY = frozenset(
    {"group", "organisation", "organization", "body", "outfit", "institution", "team", "side"}
)
"""Nouns for bodies of all kinds."""
_DATA = Path(__file__).with_name("ranking.toml")
NONE = "none"
"""The score of no candidate."""


def of_none(anaphor: Anaphor) -> dict[str, float]:
    """Return what is true if a pronoun or description stands for none of the candidates."""
    found = {NONE: 1.0, "none speaks": float(anaphor.speaks), "none owns": float(anaphor.owns)}
    return {name: value for name, value in found.items() if value}


def features(one: Candidate, anaphor: Anaphor) -> dict[str, float]:
    """Return what is true of a candidate, as numbers by name."""
    return {name: value for name, value in _told(one, anaphor).items() if value}


def _told(one: Candidate, anaphor: Anaphor) -> dict[str, float]:
    """Return the features of a candidate, those among them that are 0."""
    entity, last = one.entity, one.last
    far = max(anaphor.sentence - last.sentence, 0)
    apart = max(anaphor.passage - last.passage, 0)
    body = entity.person is not True and one.in_subject and far <= 1
    found = {
        f"sentences {min(far, 4)}": 1.0,
        f"passages {min(apart, 3)}": 1.0,
        f"order {min(one.order, 3)}": 1.0,
        "far": math.log1p(far),
        "subject": last.subject,
        "subject too": last.subject and anaphor.subject,
        "subject before": one.in_subject and not last.subject,
        "pronoun": bool(last.pronoun),
        "speaks": one.speaks,
        "spoke": one.spoke,
        "speaks too": one.spoke and anaphor.speaks,
        "often": math.log1p(one.mentions),
        "main": one.subject,
        "opens": one.opens,
        "named": entity.named,
        "described": bool(entity.roles),
        "some": last.name is None and not last.definite and not last.pronoun,
        "body near": body and (anaphor.owns or anaphor.speaks),
        "quoted spoke": one.spoke and anaphor.quoted,
        "subject next": last.subject and anaphor.subject and far <= 1,
        "spoke next": one.spoke and anaphor.speaks and far <= 1,
        "topic": one.topic,
        "topic too": one.topic and anaphor.subject,
        "told": one.told and not one.speaks and anaphor.speaks,
        "owns": last.head.dep_ == "poss",
    }
    if anaphor.described is not None:
        found |= _likeness(entity, anaphor.described, anaphor.kind) | _variation(one, anaphor)
    else:
        found |= _agreement(entity, anaphor.form)
    return found


def _agreement(entity: Entity, form: str) -> dict[str, float]:
    if form in {"she", "he"}:
        woman = entity.woman()
        share = woman if form == "she" else 1 - woman
        unknown = 0.3 < share < 0.7 and not entity.told
        return {
            "gender": math.log(max(share, 0.01)),
            "gender unknown": unknown,
            "person": entity.person is True,
            "perhaps a person": entity.person is None,
            "one word": entity.person is None and " " not in entity.name,
        }
    if form == "they":
        return {
            "several": entity.plural,
            "body": entity.person is False and not entity.plural,
            "one person": entity.person is True and not entity.plural,
            "unknown": entity.person is None,
        }
    return {
        "body": entity.person is False,
        "unknown": entity.person is None,
        "several": entity.plural,
    }


def _likeness(entity: Entity, described: Mention, kind: str) -> dict[str, float]:
    """Compare a description with what is known of an entity."""
    role = described.roles[0].what
    lawyers = _is_lawyer(role) and any(_is_lawyer(one.what) for one in entity.roles)
    titled = described.text in entity.titles or described.text in map(initials, entity.titles)
    name = _of_name(entity.name)
    words, telling, names = _words(role.text, role.noun)
    shared = sum(word in entity.words or word in name for word in telling)
    shares_name = bool(names & (entity.words | name))
    by_kind = bool(kind) and kind == entity.kind
    alike = by_kind or role.noun in entity.nouns or role.noun in ANY_BODY
    return {
        "same noun": role.noun in entity.nouns or lawyers or titled,
        "noun in name": role.noun in name,
        "same kind": by_kind,
        "other kind": not alike and OTHER not in {kind, entity.kind},
        "any body": role.noun in ANY_BODY and entity.person is False,
        "kind unknown": entity.kind == OTHER,
        "same age": bool(described.age) and described.age in entity.ages,
        "new age": bool(described.age) and not entity.ages,
        "shared words": min(shared, 3),
        "shared name": shares_name,
        "other name": bool(names) and not shares_name,
        "new words": min(len(telling) - shared, 3),
        "bare": not telling,
        "bare kind": not telling and by_kind and entity.person is False,
        "possessive": described.head.doc[described.head.left_edge.i].tag_ == "PRP$",
        "former": not words.isdisjoint({"former", "ex", "retired", "veteran"}),
        "body": entity.person is False,
        "unknown": entity.person is None,
        "known person": entity.person is True,
        "named person": entity.person is True and entity.named,
    }


@lru_cache(KEPT)
def _words(text: str, noun: str) -> tuple[frozenset[str], Sequence[str], frozenset[str]]:
    """Return a description's words without articles, all of them but its noun, and its names, in small letters."""
    words = [word for word in words_of(text.lower()) if word not in PLAIN]
    names = {word.lower() for word in words_of(text)[1:] if word[0].isupper()} - PLAIN - {noun}
    return frozenset(words), [word for word in words if word != noun], frozenset(names)


@lru_cache(KEPT)
def _of_name(name: str) -> frozenset[str]:
    return frozenset(word.lower() for word in words_of(name))


def _is_lawyer(what: Description) -> bool:
    return what.head is not None and (
        what.head.lawyer or what.head.words in {"mitigating", "defending", "prosecuting"}
    )


def _variation(one: Candidate, anaphor: Anaphor) -> dict[str, float]:
    """Compare a description that tells something new with who was spoken of last, which is whom papers vary so."""
    described, entity = anaphor.described, one.entity
    if described is None:
        return {}
    words = words_of(described.text.lower())
    names = _words(described.roles[0].text, described.noun)[2]
    varies = (
        not _VARYING.isdisjoint(words)
        or described.text in titles().peoples
        or bool(described.age and not entity.ages)
    )
    varies = varies and entity.person is True and entity.named
    untold = entity.named and entity.person is not True and entity.kind == OTHER
    untold = untold and described.person is False
    relative = described.noun in titles().relatives and anaphor.owner is not None
    shared = (
        relative
        and anaphor.owner is not None
        and anaphor.owner.name.split()[-1] == entity.name.split()[-1]
    )
    return {
        "varies spoke": varies and one.spoke,
        "varies near": varies and one.order == 0,
        "only of its kind": anaphor.kin == (entity,),
        "main of its kind": anaphor.kin[:1] == (entity,) and entity.person is False,
        "unknown near": untold and anaphor.sentence - one.last.sentence < _NEAR,
        "unknown spoke": untold and one.spoke,
        "unknown opens": untold and one.opens,
        "kind next": bool(anaphor.kind)
        and anaphor.kind == entity.kind
        and entity.named
        and (one.spoke or one.topic)
        and not names - (entity.words | _of_name(entity.name))
        and anaphor.sentence - one.last.sentence < _NEAR,
        "family": shared,
    }


def rank(
    candidates: Sequence[Candidate], anaphor: Anaphor, weights: Mapping[str, float] | None = None
) -> list[float]:
    """Return how likely each candidate is meant; what is missing to 1 is how likely none of them is."""
    known = weights if weights is not None else _weights()[anaphor.form]
    scores = [_score(_told(one, anaphor), known) for one in candidates]
    none = _score(of_none(anaphor), known)
    top = max([none, *scores])
    shares = [math.exp(score - top) for score in scores]
    total = sum(shares) + math.exp(none - top)
    return [share / total for share in shares]


def likeliest(candidates: Sequence[Candidate], anaphor: Anaphor) -> Link | None:
    """Return the likeliest candidate, or None if there is none."""
    likely = rank(candidates, anaphor)
    best = max(range(len(likely)), key=likely.__getitem__, default=None)
    return Link(candidates[best].entity, likely[best]) if best is not None else None


def _score(told: Mapping[str, float], weights: Mapping[str, float]) -> float:
    score: float = sum(map(mul, map(weights.get, told, repeat(0.0)), told.values()))
    return score


@cache
def _weights() -> Mapping[str, Mapping[str, float]]:
    data = tomllib.loads(_DATA.read_text("utf-8"))
    return {
        form: data["person"] if form in {"she", "he"} else data[form]
        for form in ("she", "he", "it", "they", "the")
    }
