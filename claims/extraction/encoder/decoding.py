"""Decodes cues, sources and contents from the network's probabilities."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from claims.extraction.encoder.labels import CueTag, Role
from claims.extraction.encoder.model import Model, Numbers, Reading
from claims.extraction.encoder.windows import NOWHERE, Piece, Window
from claims.extraction.types import Span, Spans

_NEVER = -1e4

LEAN = 1.2
"""How much a cue is favoured over none at first; what comes of it must then convince as a whole."""

WEAK_SOURCE = 0.2
"""A cue whose best source word is likelier than this has a source, though no source is likelier still."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible attribution.

    Attributes:
        cue: the place of the cue.
        source: the place of the source, or None.
        content: the places of the pieces of the statement.
        speech: how likely there is a cue of speech.
        cued: how likely there is a cue of any sort.
        sure: how likely the words of the content are so, on average.
        named: how likely the words of the source are so; if there is none, the likeliest source word.
    """

    cue: Span
    source: Span | None
    content: Spans
    speech: float
    cued: float
    sure: float
    named: float

    @property
    def confidence(self) -> float:
        """How likely all of it is right, as a reading of speech."""
        return self.speech * self.certainty

    @property
    def certainty(self) -> float:
        """How likely source and content are right, if the cue is."""
        source = self.named if self.source is not None else 1 - self.named
        return float(self.sure * source**0.5)


def candidates(model: Model, readings: Iterable[Reading]) -> Iterator[Candidate]:
    """Find possible attributions, in the order of the windows.

    Args:
        model: the network.
        readings: its results for the windows of one text.
    """
    for reading in readings:
        yield from _candidates(model, reading)


def _candidates(model: Model, reading: Reading) -> Iterator[Candidate]:
    pieces = reading.window.pieces
    words = _words(pieces)
    opening = [start for start, _ in words]
    cues = [
        (words[start][0], words[end - 1][1])
        for start, end in _cues(reading, opening)
        if _owns(reading.window, pieces[words[start][0]])
    ]
    if not cues:
        return
    rows = model.rows(reading, cues)[:, opening]
    for cue, row, path in zip(cues, rows, _best(rows, _FOLLOWS), strict=True):
        yield from _candidate(reading, words, cue, row, path)


def _words(pieces: Sequence[Piece]) -> list[tuple[int, int]]:
    """Return the first piece of each word, and one past its last."""
    opening = [at for at, piece in enumerate(pieces) if piece.opens]
    return list(zip(opening, [*opening[1:], len(pieces)], strict=True))


def _owns(window: Window, piece: Piece) -> bool:
    return window.own[0] <= piece.start < window.own[1]


def _cues(reading: Reading, opening: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the runs of words that are cues: the first word of each, and one past its last."""
    scores = reading.tags[opening].copy()
    scores[:, CueTag.SPEECH :] += LEAN
    scores[[reading.window.pieces[at].start == NOWHERE for at in opening], CueTag.SPEECH :] = _NEVER
    path = _best(scores[None], _CUE_FOLLOWS)[0]
    first = {int(CueTag.SPEECH), int(CueTag.OTHER)}
    yield from _runs(path, first, {tag + 1 for tag in first})


def _candidate(
    reading: Reading,
    words: Sequence[tuple[int, int]],
    cue: tuple[int, int],
    row: Numbers,
    path: Sequence[int],
) -> Iterator[Candidate]:
    pieces = reading.window.pieces
    contents = list(_runs(path, {Role.CONTENT}, {Role.IN_CONTENT}))
    content = [span for start, end in contents if (span := _span(pieces, words, start, end))]
    if not content:
        return
    shares = np.exp(row)
    told = shares[:, [Role.CONTENT, Role.IN_CONTENT]].sum(1)
    source_share = shares[:, [Role.SOURCE, Role.IN_SOURCE]].sum(1)
    source = _source(row, path, source_share)
    inside = np.concatenate([told[start:end] for start, end in contents])
    tags = np.exp(reading.tags[cue[0] : cue[1]])
    # A long cue's edges are uncertain; its surest word says whether there is one at all.
    cued = 1 - tags[:, CueTag.NONE]
    share = tags[:, [CueTag.SPEECH, CueTag.IN_SPEECH]].sum() / cued.sum()
    yield Candidate(
        cue=(pieces[cue[0]].start, pieces[cue[1] - 1].end),
        source=_span(pieces, words, *source) if source else None,
        content=tuple(content),
        speech=float(share * cued.max()),
        cued=float(cued.max()),
        sure=float(inside.mean()),
        named=float(source_share[slice(*source)].mean() if source else source_share.max()),
    )


def _source(row: Numbers, path: Sequence[int], shares: Numbers) -> tuple[int, int] | None:
    """Choose the source's words: the surest run, or else the words around a likely one."""
    runs = list(_runs(path, {Role.SOURCE}, {Role.IN_SOURCE}))
    if runs:
        return max(runs, key=lambda run: float(shares[slice(*run)].mean()))
    free = np.where(np.isin(path, (Role.CONTENT, Role.IN_CONTENT)), 0, shares)
    best = int(free.argmax())
    if free[best] < WEAK_SOURCE:
        return None
    start, end = best, best + 1
    while start and free[start - 1] > WEAK_SOURCE and row[start].argmax() != Role.SOURCE:
        start -= 1
    while end < len(row) and free[end] > WEAK_SOURCE:
        end += 1
    return start, end


def _span(
    pieces: Sequence[Piece], words: Sequence[tuple[int, int]], start: int, end: int
) -> Span | None:
    """Return the place of a run of words, without marks at its ends."""
    inside = [
        piece for piece in pieces[words[start][0] : words[end - 1][1]] if piece.start != NOWHERE
    ]
    return (inside[0].start, inside[-1].end) if inside else None


def _runs(path: Sequence[int], first: set[int], following: set[int]) -> Iterator[tuple[int, int]]:
    begun = None
    for at, label in enumerate(path):
        if begun is not None and label not in following:
            yield begun, at
            begun = None
        if label in first:
            begun = at
    if begun is not None:
        yield begun, len(path)


def _transitions(labels: int) -> Numbers:
    """Allow label 2 only after 1 and 2, 4 only after 3 and 4, and so on."""
    allowed = np.zeros((labels, labels), np.float32)
    for inside in range(2, labels, 2):
        allowed[:, inside] = _NEVER
        allowed[inside - 1 : inside + 1, inside] = 0
    return allowed


_FOLLOWS = _transitions(len(Role))
_CUE_FOLLOWS = _transitions(len(CueTag))


def _best(scores: Numbers, follows: Numbers) -> list[list[int]]:
    """Find the best allowed sequence of labels for each row.

    Args:
        scores: [rows, words, labels].
        follows: [labels, labels], what it costs to go from one to the other.
    """
    rows, words, labels = scores.shape
    # Rows come last: numpy takes what lies side by side together.
    told = np.ascontiguousarray(scores.transpose(1, 2, 0))
    costs = np.repeat(follows[..., None], rows, 2)
    steps = np.empty((words - 1, labels, labels, rows), scores.dtype)
    total = told[0] + costs[0]
    for step, here in zip(steps, told[1:], strict=True):
        np.add(total[:, None], costs, step)
        total = np.maximum.reduce(step, 0) + here
    back = steps.argmax(1)
    last = total.argmax(0).tolist()
    return [_back(back[..., row].tolist(), last[row]) for row in range(rows)]


def _back(back: Sequence[Sequence[int]], last: int) -> list[int]:
    """Follow the best labels back from the last one."""
    path = [last]
    for before in reversed(back):
        path.append(before[path[-1]])
    return path[::-1]
