"""How well scores put the labelled ones first."""

from collections.abc import Iterable, Sequence
from itertools import groupby


def average_precision(scored: Iterable[tuple[float, bool]]) -> float:
    """Give the mean share of labelled ones above each labelled one, itself included, from the highest score down.

    Those with the same score stand in no order: the expected value over all their orders counts.

    Args:
        scored: the score and the label of each.

    Returns:
        From 0 to 1; 0 without any labelled one.
    """
    above = labelled = 0
    total = 0.0
    for _, same in groupby(sorted(scored, key=_score, reverse=True), key=_score):
        labels = [label for _, label in same]
        total += _expected(above, labelled, labels)
        above += len(labels)
        labelled += sum(labels)
    return total / labelled if labelled else 0.0


def _expected(above: int, labelled: int, labels: Sequence[bool]) -> float:
    """Give what those of one score are expected to add, with so many above them, labelled and in all."""
    hits, size = sum(labels), len(labels)
    if not hits:
        return 0.0
    # At each place stands a labelled one with the same chance, and before it the others in proportion.
    others = (hits - 1) / (size - 1) if size > 1 else 0.0
    return sum(
        hits / size * (labelled + 1 + place * others) / (above + place + 1) for place in range(size)
    )


def _score(one: tuple[float, bool]) -> float:
    return one[0]
