"""What the log of decisions records."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from django.contrib.auth.models import User

from claims.models import ChangedClaim, Claim, Decision, Evidence
from claims.models.claims.evidence import LOGGED
from claims.queries.accounts import display_name


class _Undone(NamedTuple):
    """An undone decision, and the one that applied before it, if any."""

    decision: Decision
    earlier: Decision | None


def keep_decisions(
    actor: User,
    decided: Mapping[Claim, str],
    reason: str,
    undoes: Collection[ChangedClaim],
    origins: Mapping[Claim, Decision],
) -> None:
    """Create the decisions for changed verdicts. An undo restores the earlier reasons and origins.

    A decision that takes over another claim's verdict has that decision's reason, and its evidence besides the claim's
    own.

    Args:
        actor: who decides.
        decided: the claims, each with its previous verdict.
        reason: why, if nothing is undone or taken over.
        undoes: the log entries of the changes that are undone.
        origins: the decisions that are taken over.
    """
    undone = _undone(undoes) if undoes else {}
    evidence = evidence_as_kept(decided)
    made = []
    for claim, previous in decided.items():
        why, origin = reason, origins.get(claim)
        if origin:
            why = origin.reason
        elif claim.pk in undone:
            earlier = undone[claim.pk].earlier
            why, origin = (earlier.reason, earlier.origin) if earlier else ("", None)
        made.append(
            Decision(
                claim=claim,
                verdict=claim.verdict,
                previous_verdict=previous,
                reason=why,
                evidence=evidence[claim.pk] + (list(origin.evidence) if origin else []),
                origin=origin,
                actor=actor,
                actor_name=display_name(actor),
                version=claim.version,
                undoes=undone[claim.pk].decision if claim.pk in undone else None,
            )
        )
    Decision.objects.bulk_create(made)


def _undone(changed: Collection[ChangedClaim]) -> dict[int, _Undone]:
    """Return the decision that the change created, by claim id."""
    rows = {row.claim_id: row for row in changed}
    found = {}
    logs = Decision.objects.select_related("origin").by_claim(rows)
    for pk, decisions in logs.items():
        made = next((one for one in decisions if one.version == rows[pk].version), None)
        if made is not None:
            before = [one for one in decisions if one.pk < made.pk]
            found[pk] = _Undone(made, before[-1] if before else None)
    return found


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
