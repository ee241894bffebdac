"""What the matching gets and what it gives out. Plain data."""

from dataclasses import dataclass
from enum import Enum
from typing import Literal

Span = tuple[int, int]
"""`[start, end)` in code points of a text."""
Spans = tuple[Span, ...]
"""Sorted, not overlapping."""


class State(Enum):
    """What becomes of a claim of the old text."""

    KEPT = "kept"
    CHANGED = "changed"
    ORPHAN = "orphan"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Anchor:
    """A claim of the old text: its id, where its words, its source and its cue stand, and whom the splitter took it for."""

    id: int
    spans: Spans
    source: Spans = ()
    cue: Spans = ()
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the splitter finds in the new text: where its words, its source and its cue stand, and whose it is."""

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
class Found:
    """What became of one claim.

    Attributes:
        id: the claim's.
        state: what became of it.
        spans, source, cue: where it stands in the new text, kept or changed; else empty.
        proposal: the place among the proposals of the one that is this claim, or None.
        difference: its words, with what changed in them.
        places: where an orphan may stand in the new text, in reading order, at most ten; else empty.
    """

    id: int
    state: State
    spans: Spans = ()
    source: Spans = ()
    cue: Spans = ()
    proposal: int | None = None
    difference: tuple[Piece, ...] = ()
    places: tuple[Spans, ...] = ()


@dataclass(frozen=True, slots=True)
class Matching:
    """What becomes of all claims.

    Attributes:
        found: for each claim of the old text, in the order in which they came.
        new: the places of the proposals that are no claim of the old text.
    """

    found: tuple[Found, ...]
    new: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """A paragraph of the old text beside that of the new one, in pieces; either may be missing."""

    kind: Literal["equal", "changed", "removed", "added"]
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]
