"""What readers were told of a claim since it was published."""

from dataclasses import dataclass
from datetime import datetime

from claims.renderers.documents.blocks import Change, ClaimEntry
from claims.renderers.types import Correction, Edition


@dataclass(frozen=True, slots=True)
class ToldChange:
    """A change as documents show it, and the notice that told of it at a time."""

    shown: Change
    notice: Correction
    at: datetime


def told_changes(edition: Edition, claim: int, entry: ClaimEntry) -> list[ToldChange]:
    """Return what readers were told of a claim of a public edition, the newest first.

    Args:
        edition: the edition: it has published notices alone.
        claim: the claim's id.
        entry: the claim as documents show it.
    """
    notices = [each for each in edition.corrections if each.claim == claim]
    changes = zip(entry.changes, notices, strict=True)
    return [
        ToldChange(shown, notice, notice.published_at)
        for shown, notice in changes
        if notice.published_at
    ][::-1]
