"""Sentences that people labelled as worth checking or not."""

import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from claims.extraction.training.checkworthiness.logistic import Places, Vector

FOLDS = 5
_RUN = 4
"""Sentences that share half of their runs of so many words are copies of each other."""


@dataclass(frozen=True, slots=True)
class Sentences:
    """Labelled sentences.

    Attributes:
        texts: their words.
        labels: 1 where one is worth checking, else 0.
        corpus: the number of the corpus that each is of.
        part: the number of the debate, or other part of the corpus, that each is of.
        names: the corpora's names.
    """

    texts: Sequence[str]
    labels: Vector
    corpus: Places
    part: Places
    names: Sequence[str]

    def shares(self) -> Vector:
        """Return which share of each corpus is worth checking."""
        numbers = range(len(self.names))
        return np.array([self.labels[self.corpus == number].mean() for number in numbers])

    def folds(self) -> Places:
        """Deal the sentences into folds, a debate in one; a corpus without parts is cut into stretches."""
        result: Places = self.part % FOLDS
        for number in range(len(self.names)):
            own = np.flatnonzero(self.corpus == number)
            if len(set(self.part[own])) == 1:
                result[own] = np.arange(len(own)) * FOLDS // len(own)
        return result

    def without_copies(self, kept: Places, hidden: Places) -> Places:
        """Return those of `kept` that are no copies of a sentence in `hidden`."""
        seen = {run for at in hidden for run in _runs(self.texts[at])}
        own = (_runs(self.texts[at]) for at in kept)
        copies = [len(runs & seen) * 2 >= max(len(runs), 3) for runs in own]
        result: Places = kept[~np.array(copies)]
        return result


def load(paths: Sequence[Path]) -> Sentences:
    """Read corpora, JSON Lines of `{"file", "text", "label"}`, which may be compressed by gzip."""
    read = [(number, row) for number, path in enumerate(paths) for row in _lines(path)]
    parts = {name: at for at, name in enumerate(sorted({row["file"] for _, row in read}))}
    return Sentences(
        texts=[row["text"] for _, row in read],
        labels=np.array([row["label"] for _, row in read], float),
        corpus=np.array([number for number, _ in read]),
        part=np.array([parts[row["file"]] for _, row in read]),
        names=[path.name.split(".")[0] for path in paths],
    )


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _runs(text: str) -> set[tuple[str, ...]]:
    words = "".join(sign if sign.isalnum() else " " for sign in text.lower()).split()
    return set(zip(*(words[at:] for at in range(_RUN)), strict=False))
