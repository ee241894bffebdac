"""What the matcher takes and gives: statements, candidates, and what one statement says of another."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Relation(StrEnum):
    """What a verdict on an earlier statement means for a later one."""

    SAME = "same"
    """The verdict holds for the later one too: wording, speaker and side details may differ."""
    CONTRADICTS = "contradicts"
    """Both cannot be true of the same thing at the same time."""
    SUPERSEDES = "supersedes"
    """The later one tells a later state of something that moves: the earlier one may have been true when said."""
    RELATED = "related"
    """The same event or dispute, but the verdict does not carry over and nothing clashes."""
    NONE = "none"
    """Alike in words at most."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim as the matcher sees it: its words, the day it was published, and who said it."""

    text: str
    day: dt.date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason for a judgement.

    `code` is the name of a kind of reason ("other_figure"), `values` what the sentence in words needs
    ({"counted": "killed", "earlier": "2", "later": "4"}): whoever shows it writes the sentence in the reader's language.
    """

    code: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a later statement says of an earlier one, how sure that is (0 to 1), and why, weightiest reason first."""

    relation: Relation
    score: float
    why: tuple[Reason, ...] = ()
