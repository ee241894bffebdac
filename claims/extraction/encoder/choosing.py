"""Chooses among candidates: of two with the same words, only one is right."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from claims.extraction.encoder.decoding import Candidate
from claims.extraction.types import Span

LEAST = 0.475
"""A candidate less likely than this costs more in false claims than it brings in right ones."""

_NEAR = 500
"""Characters of a stretch of text; only what touches the same stretch can share words."""
_SHARED = 0.5
"""Two contents that share more than this much of one of them are the same."""


def choose(candidates: Iterable[Candidate], least: float = LEAST) -> list[Candidate]:
    """Keep the likely candidates, the likeliest first if two exclude each other.

    Args:
        candidates: the candidates of one text.
        least: the minimum likelihood, for speech and for other cues.

    Returns:
        Those kept, in the order of the text. None is inside another, because a report inside a report
        belongs to its outer source.
    """
    kept: list[Candidate] = []
    near: dict[int, list[Candidate]] = defaultdict(list)
    for one in sorted(candidates, key=likelihood, reverse=True):
        if likelihood(one) < least:
            break
        stretches = {
            number
            for start, end in one.content
            for number in range(start // _NEAR, end // _NEAR + 1)
        }
        if not any(_exclude(one, other) for number in stretches for other in near[number]):
            kept.append(one)
            for number in stretches:
                near[number].append(one)
    return sorted(kept, key=lambda one: (one.content, one.cue))


def speaks(one: Candidate) -> bool:
    """Return whether a candidate's cue is more likely one of speech than of belief or plan."""
    return one.speech >= one.cued / 2


def likelihood(one: Candidate) -> float:
    """Return how likely a candidate is right, whether its cue is one of speech or not."""
    return one.confidence if speaks(one) else one.cued * one.certainty


def _exclude(one: Candidate, other: Candidate) -> bool:
    least = min(size(one.content), size(other.content))
    return shared(one.content, other.content) > _SHARED * least


def shared(some: Sequence[Span], others: Sequence[Span]) -> int:
    """Count the characters in both of two lists of places."""
    return sum(
        max(0, min(end, last) - max(start, first)) for start, end in some for first, last in others
    )


def size(spans: Sequence[Span]) -> int:
    """Count the characters in places that do not overlap."""
    return sum(end - start for start, end in spans)
