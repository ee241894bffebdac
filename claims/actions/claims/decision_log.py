"""What the log of decisions records."""

from collections.abc import Iterable
from typing import Any

from claims.models import ChangedClaim, Claim, Evidence
from claims.models.claims.evidence import LOGGED


def evidence_as_kept(claims: Iterable[Claim]) -> dict[int, list[dict[str, Any]]]:
    """Return copies of the evidence for a decision, by claim id; later edits do not change them."""
    kept: dict[int, list[dict[str, Any]]] = {claim.pk: [] for claim in claims}
    for item in Evidence.objects.not_removed().filter(claim__in=kept).order_by("pk"):
        kept[item.claim_id].append(item.as_kept())
    return kept


def tells_a_verdict(row: ChangedClaim) -> bool:
    """Return whether undoing a change of a claim reveals its verdict or the evidence for it."""
    return any(
        name in {"verdict", "review_status", "blind"} or name.startswith(LOGGED)
        for name in row.after
    )
