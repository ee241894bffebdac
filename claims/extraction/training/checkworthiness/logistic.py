"""Logistic regression on sparse rows, with numpy alone: the same weights on every run."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Vector = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]

_MEMORY = 10
_STEPS = 200
_ENOUGH = 1e-6
"""The fit ends where a step gains less than this share of what is left."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Sparse rows, none of them empty.

    Attributes:
        width: the number of columns.
        places: the columns of all rows' entries, row by row.
        values: the entries.
        starts: where each row's entries begin.
    """

    width: int
    places: Places
    values: Vector
    starts: Places

    def times(self, weights: Vector) -> Vector:
        """Return each row's sum of its entries times their column's weight."""
        return np.add.reduceat(self.values * weights[self.places], self.starts)

    def back(self, errors: Vector) -> Vector:
        """Return each column's sum of its entries times their row's error."""
        counts = np.diff(np.append(self.starts, len(self.places)))
        result: Vector = np.bincount(
            self.places, self.values * np.repeat(errors, counts), self.width
        ).astype(float)
        return result


def rows(width: int, entries: Sequence[tuple[Places, Vector]]) -> Rows:
    """Put rows together, each the columns and values of its entries."""
    counts = [len(places) for places, _ in entries]
    return Rows(
        width,
        np.concatenate([places for places, _ in entries]),
        np.concatenate([values for _, values in entries]),
        np.cumsum([0, *counts[:-1]]),
    )


def fit(data: Rows, labels: Vector, counted: Vector, penalty: float) -> Vector:
    """Return the weights under which the labels are most likely (L-BFGS).

    Args:
        data: the rows.
        labels: 0 or 1 for each row.
        counted: how many rows each one counts for.
        penalty: on half of the sum of squared weights.
    """

    def slope(weights: Vector) -> tuple[float, Vector]:
        scores = data.times(weights)
        loss = _dot(counted, np.logaddexp(0, scores) - labels * scores)
        errors = counted * (sigmoid(scores) - labels)
        return loss + penalty / 2 * _dot(weights, weights), data.back(errors) + penalty * weights

    weights = np.zeros(data.width)
    value, gradient = slope(weights)
    past: deque[tuple[Vector, Vector]] = deque(maxlen=_MEMORY)
    for _ in range(_STEPS):
        way = -_bent(gradient, past)
        size = 1.0 if past else 1 / _dot(gradient, gradient) ** 0.5
        while True:
            following = weights + size * way
            lower, steeper = slope(following)
            if lower <= value + 1e-4 * size * _dot(gradient, way) or size < 1e-9:
                break
            size /= 2
        past.append((following - weights, steeper - gradient))
        gained, weights, value, gradient = value - lower, following, lower, steeper
        if gained < _ENOUGH * value:
            break
    return weights


def sigmoid(scores: Vector) -> Vector:
    """Return the probabilities that scores in logits stand for."""
    result: Vector = 1 / (1 + np.exp(-np.clip(scores, -30, 30)))
    return result


def _dot(first: Vector, second: Vector) -> float:
    # One thread: several are slower for so little, and their sums differ in the last place.
    return float(np.einsum("i,i->", first, second))


def _bent(gradient: Vector, past: Sequence[tuple[Vector, Vector]]) -> Vector:
    """Return the gradient, bent by what past steps tell of the curvature."""
    way, used = gradient.copy(), []
    for step, change in reversed(past):
        share = _dot(step, way) / _dot(step, change)
        used.append(share)
        way -= share * change
    if past:
        step, change = past[-1]
        way *= _dot(step, change) / _dot(change, change)
    for (step, change), share in zip(past, reversed(used), strict=True):
        way += (share - _dot(change, way) / _dot(step, change)) * step
    return way
