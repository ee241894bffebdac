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

Numbers = npt.NDArray[np.float64]

FEATURES = ("place", "words", "covered", "closeness")
"""One by the place among the candidates by words; the weight of the shared words, long texts discounted (BM25); which
share of the text's weight the shared words are; and the cosine of the vectors."""

RAREST = 8
"""How many of a text's rarest words find candidates: more find hardly more, and cost more."""

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


@cache
def _weights() -> tuple[Numbers, float]:
    data = tomllib.loads(Path(__file__).with_name("ranking.toml").read_text("utf-8"))
    return np.array([data["weights"][name] for name in FEATURES]), float(data["bias"])
