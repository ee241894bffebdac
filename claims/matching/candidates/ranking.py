"""Ranks candidates by four features: how much their words and their vectors have in common with a text.

A word counts more the fewer texts hold it. The weights are in `ranking.toml`, fitted by `make train-matching`.
"""

import math
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from claims.matching.vectors import Vectors, closeness, towards

Numbers = npt.NDArray[np.float64]

FEATURES = ("place", "words", "covered", "closeness")
"""One by the place among the candidates by words; the weight of the shared words, long texts discounted (BM25); which
share of the text's weight the shared words are; and the cosine of the vectors."""

RAREST = 8
"""How many of a text's rarest words find candidates: more find hardly more, and cost more."""

_BEST, _SHARE = 3, 0.1
"""How many of the best candidates say more about a text than it says itself, and how much their vectors count beside its
own: chosen on the posts that the weights were fitted on."""

_SHORT, _DISCOUNT = 1.2, 0.75
"""The constants of BM25: here each word counts once."""


@dataclass(frozen=True)
class Frequencies:
    """How many texts hold each stem.

    Attributes:
        texts: how many texts there are.
        holding: for each stem how many texts hold it; those of no text may be missing.
        length: how many stems a text has, on average.
    """

    texts: int
    holding: Mapping[str, int]
    length: float = 12.0

    def weight(self, stem: str) -> float:
        """Return how much a stem counts: the more, the fewer texts hold it."""
        number = self.holding.get(stem, 0)
        return math.log1p((max(self.texts, number) - number + 0.5) / (number + 0.5))

    def rarest(self, stems: Collection[str], most: int) -> list[str]:
        """Return those stems by which to look for candidates, the rarest first.

        Args:
            stems: of the text.
            most: a stem that more texts hold would bring too many.
        """
        known = (one for one in stems if 0 < self.holding.get(one, 0) <= most)
        return sorted(known, key=lambda one: (self.holding[one], one))[:RAREST]


def features(
    text: Sequence[str],
    candidates: Sequence[Sequence[str]],
    closeness: npt.ArrayLike,
    frequencies: Frequencies,
) -> Numbers:
    """Return the features of candidates.

    Args:
        text: the stems of the text for which candidates are ranked.
        candidates: the stems of each candidate.
        closeness: the cosine of each candidate's vector with the text's.
        frequencies: of the collection that the candidates are from.

    Returns:
        [candidates, `FEATURES`].
    """
    weights = {stem: frequencies.weight(stem) for stem in text}
    shared = np.array([sum(weights.get(stem, 0.0) for stem in one) for one in candidates])
    lengths = np.array([len(one) for one in candidates]) / frequencies.length
    words = shared * (1 + _SHORT) / (1 + _SHORT * (1 - _DISCOUNT + _DISCOUNT * lengths))
    places = np.empty(len(words))
    places[np.argsort(-words, kind="stable")] = np.arange(1, len(words) + 1)
    covered = shared / (sum(weights.values()) or 1.0)
    place = np.where(words > 0, 1 / places, 0.0)
    return np.stack([place, words, covered, np.asarray(closeness, np.float64)], axis=1)


def scores(found: Numbers) -> Numbers:
    """Return how likely each candidate is about the very same thing, 0 to 1.

    Args:
        found: as from `features`.
    """
    weights, bias = _weights()
    likely: Numbers = 1 / (1 + np.exp(-(found @ weights + bias)))
    return likely


def likely(found: Numbers, text: Vectors, candidates: Vectors) -> Numbers:
    """Return how likely each candidate is about the very same thing, what the best ones say of the text considered.

    Args:
        found: as from `features`.
        text: the vector of the text.
        candidates: [candidates, size]; zeros for one that has not been encoded.
    """
    return scores(fed_back(found, scores(found), text, candidates))


def fed_back(found: Numbers, rated: Numbers, text: Vectors, candidates: Vectors) -> Numbers:
    """Return the features of candidates once the text's vector has moved a little towards the best ones.

    This is Rocchio's relevance feedback (in Salton, "The SMART Retrieval System", 1971), with the best taken as relevant.

    Args:
        found: as from `features`.
        rated: a number for each candidate, the best one's the greatest.
        text: the vector of the text.
        candidates: [candidates, size]; zeros for one that has not been encoded.
    """
    encoded = np.flatnonzero(candidates.any(axis=1))
    best = encoded[np.argsort(-rated[encoded], kind="stable")[:_BEST]]
    moved = found.copy()
    if len(best):
        near = towards(text, candidates[best], _SHARE)
        moved[encoded, FEATURES.index("closeness")] = closeness(near[None], candidates[encoded])[0]
    return moved


@cache
def _weights() -> tuple[Numbers, float]:
    data = tomllib.loads(Path(__file__).with_name("ranking.toml").read_text("utf-8"))
    return np.array([data["weights"][name] for name in FEATURES]), float(data["bias"])
