"""What the log of decisions records."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from django.contrib.auth.models import User

from claims.models import ChangedClaim, Claim, Decision, Evidence
from claims.models.base.expressions import Among
from claims.models.base.prepared import Prepared
from claims.models.claims.evidence import LOGGED
from claims.models.claims.second_checks import LOGGED as CHECKED
from claims.queries.accounts import display_name


class _Undone(NamedTuple):
    """An undone decision, and the one that applied before it, if any."""

    decision: Decision
    earlier: Decision | None


class Why(NamedTuple):
    """Why somebody decides: the reason, which readers will see, and the note, which only the desk will."""

    reason: str
    note: str = ""


def keep_decisions(
    actor: User,
    decided: Mapping[Claim, tuple[str, str]],
    why: Why,
    undoes: Collection[ChangedClaim],
    origins: Mapping[Claim, Decision],
) -> list[Decision]:
    """Create and return the decisions for verdicts that are about to change.

    An undo restores the earlier reasons, notes and origins. A decision that takes over another claim's verdict has that
    decision's reason, and its evidence besides the claim's own.

    Args:
        actor: who decides.
        decided: the claims as they still are, each with its verdict and its next one.
        why: why, if nothing is undone or taken over.
        undoes: the log entries of the changes that are undone.
        origins: the decisions that are taken over.
    """
    undone = _undone(undoes) if undoes else {}
    evidence = evidence_as_kept(decided)
    made = []
    for claim, (previous, verdict) in decided.items():
        told, origin = why, origins.get(claim)
        if origin:
            told = Why(origin.reason)
        elif claim.pk in undone:
            earlier = undone[claim.pk].earlier
            told = Why(earlier.reason, earlier.note) if earlier else Why("")
            origin = earlier.origin if earlier else None
        made.append(
            Decision(
                claim=claim,
                verdict=verdict,
                previous_verdict=previous,
                reason=told.reason,
                note=told.note,
                evidence=evidence[claim.pk] + (list(origin.evidence) if origin else []),
                origin=origin,
                actor=actor,
                actor_name=display_name(actor),
                version=claim.version + 1,
                undoes=undone[claim.pk].decision if claim.pk in undone else None,
            )
        )
    return Decision.objects.bulk_create(made)


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


_EVIDENCE = Prepared(
    lambda claims: Evidence.objects.not_removed().filter(Among("claim", [claims])).in_order()
)


def evidence_as_kept(claims: Iterable[Claim]) -> dict[int, list[dict[str, Any]]]:
    """Return copies of the evidence for a decision, by claim id; later edits do not change them."""
    kept: dict[int, list[dict[str, Any]]] = {claim.pk: [] for claim in claims}
    for item in _EVIDENCE.all(kept):
        kept[item.claim_id].append(item.as_kept())
    return kept


def tells_a_verdict(row: ChangedClaim) -> bool:
    """Return whether undoing a change of a claim reveals its verdict, the evidence for it, or a check of it."""
    return any(
        name in {"verdict", "review_status", "blind"} or name.startswith((LOGGED, CHECKED))
        for name in row.after
    )
