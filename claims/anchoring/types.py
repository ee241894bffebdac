"""The input and output of re-anchoring. Plain data."""

from dataclasses import dataclass
from enum import Enum
from typing import Literal

Span = tuple[int, int]
"""`[start, end)` in code points of a text."""
Spans = tuple[Span, ...]
"""Sorted, not overlapping."""


class Outcome(Enum):
    """What happened to a claim of the old text."""

    KEPT = "kept"
    CHANGED = "changed"
    ORPHAN = "orphan"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Anchor:
    """A claim of the old text: its id, the places of its words, source and cue, and its speaker (by the splitter)."""

    id: int
    spans: Spans
    source: Spans = ()
    cue: Spans = ()
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A claim that the splitter finds in the new text: the places of its words, source and cue, and its speaker."""

    spans: Spans
    source: Spans = ()
    cue: Spans = ()
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text: equal on both sides, removed from the old one, or added in the new one."""

    kind: Literal["equal", "removed", "added"]
    text: str


@dataclass(frozen=True, slots=True)
class ReanchoredClaim:
    """What happened to one claim.

    Attributes:
        id: the claim's.
        state: what happened to it.
        spans, source, cue: where it is in the new text, if it was kept or changed; else empty.
        proposal: the index of the proposal that is this claim, or None.
        difference: its words, with the changes marked.
        places: where an orphan may be in the new text, in reading order, at most ten; else empty.
    """

    id: int
    state: Outcome
    spans: Spans = ()
    source: Spans = ()
    cue: Spans = ()
    proposal: int | None = None
    difference: tuple[Piece, ...] = ()
    places: tuple[Spans, ...] = ()


@dataclass(frozen=True, slots=True)
class Matching:
    """What happened to all claims.

    Attributes:
        found: one for each claim of the old text, in the given order.
        new: the indexes of the proposals that are not claims of the old text.
    """

    found: tuple[ReanchoredClaim, ...]
    new: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """A paragraph of the old text beside its counterpart in the new one, in pieces; either may be missing."""

    kind: Literal["equal", "changed", "removed", "added"]
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]
