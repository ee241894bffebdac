"""How well scores put sentences worth checking first, and whether they mean what they say."""

from collections.abc import Iterator

import numpy as np

from claims.extraction.training.checkworthiness.labelled import Sentences
from claims.extraction.training.checkworthiness.logistic import Vector

_STEPS = 10


def average_precision(scores: Vector, labels: Vector) -> float:
    """Return the mean, over the sentences worth checking, of how many of those down to it are."""
    found = labels[np.argsort(-scores, kind="stable")]
    places = np.flatnonzero(found) + 1
    return float(np.mean(np.arange(1, len(places) + 1) / places)) if len(places) else 0.0


def by_part(sentences: Sentences, scores: Vector, corpus: int) -> float:
    """Return the mean of the average precision of a corpus's parts."""
    own = sentences.corpus == corpus
    parts = [own & (sentences.part == part) for part in np.unique(sentences.part[own])]
    found = [average_precision(scores[one], sentences.labels[one]) for one in parts]
    return float(np.mean(found))


def table(shares: Vector, labels: Vector) -> Iterator[tuple[str, int, float, float]]:
    """Yield for each tenth of the scale how many sentences are in it, what they say and what holds."""
    for step in range(_STEPS):
        inside = (shares * _STEPS).astype(int).clip(0, _STEPS - 1) == step
        if inside.any():
            name = f"{step / _STEPS:.1f} to {(step + 1) / _STEPS:.1f}"
            yield (
                name,
                int(inside.sum()),
                float(shares[inside].mean()),
                float(labels[inside].mean()),
            )
