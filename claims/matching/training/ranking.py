"""`python -m claims.matching.training.ranking`: fit the weights of the candidates' features.

Each set is a collection of checked claims and texts for which people found the right ones. The weights are those that
make the right ones most likely among all candidates of a text (a softmax over them).
"""

import argparse
import gzip
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from claims.matching.candidates import ranking
from claims.matching.candidates.collection import Collection
from claims.matching.candidates.ranking import FEATURES, Numbers, fed_back
from claims.matching.vectors import Vectors

STEPS, RATE, SMALL = 3000, 0.05, 1e-4
"""How often the weights are moved, how far, and how much large ones are held back."""

_HEAD = """\
# How much each feature of a candidate counts. Fitted by `make train-matching` on posts and debates with the checks that
# people found for them; see claims/matching/weights/MODEL_CARD.md.
"""


def main(arguments: Sequence[str]) -> int:
    """Fit, and write the weights.

    Args:
        arguments: the command line without the program's name.

    Returns:
        The exit status.
    """
    parser = argparse.ArgumentParser(prog="python -m claims.matching.training.ranking")
    parser.add_argument(
        "--sets",
        type=Path,
        nargs="+",
        required=True,
        metavar="FILE",
        help="collection, texts, and so on: JSON Lines, which may be compressed",
    )
    parser.add_argument(
        "--out", type=Path, default=Path(ranking.__file__).with_name("ranking.toml")
    )
    options = parser.parse_args(arguments)
    lists = [
        one
        for collection, texts in zip(options.sets[::2], options.sets[1::2], strict=True)
        for one in _lists(collection, texts)
    ]
    weights = fit([(described, right) for described, right, _vector, _vectors in lists])
    moved = [
        (fed_back(described, described @ weights, vector, vectors), right)
        for described, right, vector, vectors in lists
    ]
    bias = calibrated(moved, weights)
    rows = "".join(
        f"{name} = {weight:.4g}\n" for name, weight in zip(FEATURES, weights, strict=True)
    )
    options.out.write_text(f"{_HEAD}bias = {bias:.4g}\n\n[weights]\n{rows}", "utf-8")
    return 0


def _lists(collection: Path, texts: Path) -> Iterator[tuple[Numbers, Numbers, Vectors, Vectors]]:
    """Yield for each text the features of its candidates, which of them are right, its vector and theirs."""
    rows = _read(collection)
    places = {row["id"]: number for number, row in enumerate(rows)}
    index = Collection((row["text"], row.get("title", "")) for row in rows)
    for text in _read(texts):
        vector, found, described = index.candidates(text["text"])
        right = np.isin(found, [places[one] for one in text["same"]]).astype(np.float64)
        if 0 < right.sum() < len(right):
            yield described, right, vector, index.vectors[found]


def _read(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as lines:
        return [json.loads(line) for line in lines]


def fit(lists: Sequence[tuple[Numbers, Numbers]]) -> Numbers:
    """Return the weights under which the right candidates are most likely.

    Args:
        lists: for each text [candidates, features], and 1 for each right candidate, 0 for others.
    """
    longest = max(len(right) for _features, right in lists)
    table = np.zeros((len(lists), longest, lists[0][0].shape[1]))
    rights, there = np.zeros((2, len(lists), longest))
    for number, (described, right) in enumerate(lists):
        table[number, : len(right)] = described
        rights[number, : len(right)] = right
        there[number, : len(right)] = 1
    spread = table[there > 0].std(axis=0)
    table /= spread
    weights, moved, swing = np.zeros((3, table.shape[2]))
    for step in range(1, STEPS + 1):
        rated = np.exp(np.clip(table @ weights, -50, 50)) * there
        likely = rated / rated.sum(axis=1, keepdims=True)
        chosen = rated * rights / (rated * rights).sum(axis=1, keepdims=True)
        slope = ((likely - chosen)[:, :, None] * table).sum(axis=(0, 1)) / len(lists)
        slope += 2 * SMALL * weights / spread**2
        moved = 0.9 * moved + 0.1 * slope
        swing = 0.999 * swing + 0.001 * slope**2
        even = moved / (1 - 0.9**step) / (np.sqrt(swing / (1 - 0.999**step)) + 1e-9)
        weights = weights - RATE * even * (1 - step / (STEPS + 1))
    fitted: Numbers = weights / spread
    return fitted


def calibrated(lists: Sequence[tuple[Numbers, Numbers]], weights: Numbers) -> float:
    """Return what is to be added so that of the candidates scored with 0.7, seven in ten are right, by and large."""
    rated = np.concatenate([described @ weights for described, _right in lists])
    share = sum(right.sum() for _described, right in lists)
    low, high = -100.0, 100.0
    while high - low > 1e-6:
        bias = (low + high) / 2
        if (1 / (1 + np.exp(-(rated + bias)))).sum() > share:
            high = bias
        else:
            low = bias
    return low


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
