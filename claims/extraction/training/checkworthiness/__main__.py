"""`python -m claims.extraction.training.checkworthiness`: fit the learned part of check-worthiness.

Reads sentences that people labelled, one file a corpus: label 1 means that fact-checkers checked the sentence, or
called it worth checking. It needs numpy alone, and gives the same weights every time.

Where one sentence in thirty was checked, the labels say which come first, but not how many a desk would check. So each
corpus gets a bias of its own in the fit, and the scores are set to the scale of the corpora whose sentences were all
judged, on sentences that the fit has not seen. A post's words have weights of their own beside the common ones.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from claims.extraction.statements.checkworthiness_features import (
    BUCKETS,
    SHAPE,
    buckets,
    is_post,
    shape,
)
from claims.extraction.statements.checkworthiness_model import PATH, Model
from claims.extraction.training.checkworthiness import reliability
from claims.extraction.training.checkworthiness.labelled import FOLDS, Sentences, load
from claims.extraction.training.checkworthiness.logistic import Places, Vector, fit, rows, sigmoid

_PENALTY = 0.3
_RARE, _RAISED, _COUNTED = 0.1, 0.35, 0.6
"""In a corpus with less than the first share worth checking they get the second one, and each sentence counts less."""

_OWN = BUCKETS + SHAPE
"""The columns of words and shape. Then come those of a post, then one for each corpus."""

Entries = list[tuple[Places, Vector]]
Tell = Callable[[str], object]


def main(arguments: Sequence[str]) -> int:
    """Fit the model as the command line says, and print how it does on what it has not seen.

    Args:
        arguments: the command line without the program's name.

    Returns:
        The exit status.
    """
    parser = argparse.ArgumentParser(
        prog="python -m claims.extraction.training.checkworthiness",
        description="Train the learned part of check-worthiness.",
    )
    parser.add_argument("--corpus", type=Path, nargs="+", required=True, help="JSON Lines")
    parser.add_argument("--out", type=Path, default=PATH, help="a file for the weights")
    options = parser.parse_args(arguments)
    trained(load(options.corpus), sys.stdout.write).save(options.out)
    return 0


def trained(sentences: Sentences, tell: Tell) -> Model:
    """Fit the model, and tell how it does on sentences that it has not seen."""
    tell("words and shape\n")
    entries = _entries(sentences, words=True)
    full = _calibrated(sentences, entries, tell)
    _leave_out_corpora(sentences, entries, tell)
    tell("shape alone\n")
    plain = _calibrated(sentences, _entries(sentences, words=False), tell)
    words, shapes = full[:, :BUCKETS], [*full[:, BUCKETS:], plain[0, BUCKETS:]]
    steps = np.abs(words).max(1) / 127
    return Model(
        words=np.rint(words / steps[:, None]).astype(np.int8),
        steps=steps.astype(np.float32),
        shapes=np.array(shapes, np.float32),
    )


def _entries(sentences: Sentences, *, words: bool) -> Entries:
    """Return each sentence's columns and values: its words, its shape, the same for a post, and its corpus."""
    result: Entries = []
    for text, corpus in zip(sentences.texts, sentences.corpus, strict=True):
        found = buckets(text) if words else np.zeros(0, np.int64)
        columns = np.append(found, np.arange(BUCKETS, _OWN))
        values = np.append(np.full(len(found), max(len(found), 1) ** -0.5), shape(text))
        if words and is_post(text):
            columns, values = np.append(columns, columns + _OWN), np.append(values, values)
        result.append((np.append(columns, 2 * _OWN + corpus), np.append(values, 1.0)))
    return result


def _fitted(sentences: Sentences, entries: Entries, used: Places) -> Vector:
    """Fit to some of the sentences, and return the weights without the corpora's own."""
    data = rows(2 * _OWN + len(sentences.names), [entries[at] for at in used])
    labels = sentences.labels[used]
    counted = np.ones(len(used))
    for corpus in np.unique(sentences.corpus[used]):
        own = sentences.corpus[used] == corpus
        share = labels[own].mean()
        if share < _RARE:
            raised = np.where(labels == 1, _RAISED / share, (1 - _RAISED) / (1 - share))
            counted[own] = _COUNTED * raised[own]
    return fit(data, labels, counted, _PENALTY)[: 2 * _OWN]


def _scores(entries: Entries, weights: Vector, at: Places) -> Vector:
    # The last column is the corpus, which is not known where the model is used.
    known = [(entries[one][0][:-1], entries[one][1][:-1]) for one in at]
    return rows(len(weights), known).times(weights)


def _calibrated(sentences: Sentences, entries: Entries, tell: Tell) -> Vector:
    """Fit to all sentences, on the scale that sentences not seen by the fit give.

    Returns:
        The weights of words and shape in an article and in a post.
    """
    every = np.arange(len(sentences.texts))
    folds = sentences.folds()
    unseen = np.zeros(len(every))
    for fold in range(FOLDS):
        hidden = every[folds == fold]
        used = sentences.without_copies(every[folds != fold], hidden)
        unseen[hidden] = _scores(entries, _fitted(sentences, entries, used), hidden)
    judged = sentences.shares()[sentences.corpus] >= _RARE
    posts = np.array([is_post(text) for text in sentences.texts])
    common = _fitted(sentences, entries, every).reshape(2, _OWN)
    weights = np.array([common[0], common.sum(0)])
    for number, own in enumerate((~posts, posts)):
        # Without any posts, a post has the scale of an article.
        chosen = judged & own if (judged & own).any() else judged
        slope, level = _scale(unseen[chosen], sentences.labels[chosen])
        unseen[own] = unseen[own] * slope + level
        weights[number] *= slope
        weights[number, BUCKETS] += level
    for number, name in enumerate(sentences.names):
        value = reliability.by_part(sentences, unseen, number)
        tell(f"{name}: average precision {value:.3f}\n")
        own = sentences.corpus == number
        for line in reliability.table(sigmoid(unseen[own]), sentences.labels[own]):
            tell("  {}: {} sentences, {:.2f} said, {:.2f} worth checking\n".format(*line))
    return weights


def _scale(scores: Vector, labels: Vector) -> tuple[float, float]:
    """Return the slope and the level that make scores the logits of their share of label 1 (Platt)."""
    pairs = [(np.array([0, 1]), np.array([score, 1.0])) for score in scores]
    slope, level = fit(rows(2, pairs), labels, np.ones(len(labels)), 1e-6)
    return float(slope), float(level)


def _leave_out_corpora(sentences: Sentences, entries: Entries, tell: Tell) -> None:
    every = np.arange(len(sentences.texts))
    for number, name in enumerate(sentences.names):
        hidden = every[sentences.corpus == number]
        used = sentences.without_copies(every[sentences.corpus != number], hidden)
        scores = np.zeros(len(every))
        scores[hidden] = _scores(entries, _fitted(sentences, entries, used), hidden)
        value = reliability.by_part(sentences, scores, number)
        tell(f"{name}, fitted to the others alone: average precision {value:.3f}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
