"""Put windows of like length together to tensors."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from claims.extraction.encoder.labels import BEFORE, BEHIND, PARAGRAPHS, Role
from claims.extraction.training.corpus import Example, Row

IGNORED = -100
"""The label of what is no piece."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows side by side; the parts after `mask` are those that `RowTagger.forward` takes.

    Attributes:
        tokens: [windows, pieces].
        mask: [windows, pieces], 1 where there is a piece.
        tags: [windows, pieces].
        cue: [rows, windows * pieces].
        window: [rows].
        distance: [rows, pieces].
        paragraph: [rows, pieces].
        labels: [rows, pieces].
        annotated: how many of the rows, which come first, are cues; the rest are other words.
    """

    tokens: Tensor
    mask: Tensor
    tags: Tensor
    cue: Tensor
    window: Tensor
    distance: Tensor
    paragraph: Tensor
    labels: Tensor
    annotated: int


def shuffled(found: Sequence[Example], size: int, chance: random.Random) -> Iterator[Batch]:
    """Yield windows in random order, those of like length together.

    Args:
        found: the windows.
        size: how many to a batch.
        chance: says the order and the words that are no cues.
    """
    order = list(range(len(found)))
    chance.shuffle(order)
    groups = []
    for start in range(0, len(order), size * 25):
        alike = sorted(order[start : start + size * 25], key=lambda at: len(found[at].tokens))
        groups += [alike[at : at + size] for at in range(0, len(alike), size)]
    chance.shuffle(groups)
    for group in groups:
        yield batch([found[at] for at in group], chance)


def batch(found: Sequence[Example], chance: random.Random) -> Batch:
    """Put windows side by side."""
    length = -(-max(len(one.tokens) for one in found) // 16) * 16
    cues = [(number, row) for number, one in enumerate(found) for row in one.rows]
    others = [(number, row) for number, one in enumerate(found) for row in _others(one, chance)]
    rows = cues + others

    def padded(values: Sequence[int], filling: int) -> list[int]:
        return [*values, *[filling] * (length - len(values))]

    tokens = torch.tensor([padded(one.tokens, 0) for one in found])
    cue = torch.zeros(len(rows), len(found) * length)
    for at, (number, row) in enumerate(rows):
        cue[at, number * length + row.start : number * length + row.end] = 1 / (row.end - row.start)
    paragraphs = torch.tensor([padded(one.paragraphs, one.paragraphs[-1]) for one in found])
    window = torch.tensor([number for number, _ in rows], dtype=torch.long)
    start = torch.tensor([row.start for _, row in rows], dtype=torch.long)[:, None]
    end = torch.tensor([row.end for _, row in rows], dtype=torch.long)[:, None]
    at = torch.arange(length)[None]
    beside = (at - start).clamp(max=0) + (at - end + 1).clamp(min=0)
    apart = paragraphs[window] - paragraphs[window].gather(1, start)
    return Batch(
        tokens=tokens,
        mask=(tokens != 0).long(),
        tags=torch.tensor([padded(one.tags, IGNORED) for one in found]),
        cue=cue,
        window=window,
        distance=beside.clamp(-BEFORE, BEHIND) + BEFORE,
        paragraph=apart.clamp(-PARAGRAPHS, PARAGRAPHS) + PARAGRAPHS,
        labels=torch.tensor([padded(row.labels, IGNORED) for _, row in rows]),
        annotated=len(cues),
    )


def _others(example: Example, chance: random.Random) -> Iterator[Row]:
    """Choose words that are no cues, so that the network learns to say nothing of them."""
    free = [at for at, tag in enumerate(example.tags) if not tag]
    for at in chance.sample(free, min(2, len(free))):
        yield Row(at, at + 1, [int(Role.NONE)] * len(example.tokens))
