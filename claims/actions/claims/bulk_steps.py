"""One step of a bulk change: the next claims that it changes, or whose change it undoes."""

from collections.abc import Callable, Mapping
from typing import Any

from claims.actions.claims.changes import apply_changes
from claims.actions.claims.decision_log import tells_a_verdict
from claims.actions.claims.derived_fields import Fields
from claims.actions.claims.taking_over import taken_over_exactly
from claims.actions.claims.undo import now_of, require_possible, stands
from claims.actions.locking import locked_across
from claims.choices import ChangeAction
from claims.models import BulkChange, ChangedClaim, Claim, Source
from claims.models.claims.blind import hidden_among

AT_ONCE = 500
"""How many claims are changed while a person waits, and in one transaction in the background."""


def step_of(bulk_change: BulkChange) -> Callable[[BulkChange], tuple[int, int]]:
    """Changes the next claims of a bulk change. Returns how many it went through and how many it changed."""
    if bulk_change.undoes_id:
        return _take_back
    return _move_claims if bulk_change.action == ChangeAction.MERGE_SOURCES else _change_listed


def _move_claims(bulk_change: BulkChange) -> tuple[int, int]:
    """Move the merged source's next claims, including any received since. Returns how many it saw and how many it moved."""
    merged = list(Source.objects.filter(merge_job=bulk_change).values_list("pk", flat=True))
    left = Claim.objects.filter(source__in=merged).order_by("-listed_at", "-pk")
    ids = list(left.values_list("pk", flat=True)[:AT_ONCE])
    if not ids:
        return 0, 0
    wanted = {
        claim: dict(bulk_change.fields) for claim in locked_across(ids) if claim.source_id in merged
    }
    if wanted:
        apply_changes(
            bulk_change.actor, ChangeAction.MERGE_SOURCES, wanted, bulk_change=bulk_change
        )
    return len(ids), len(wanted)


def _change_listed(bulk_change: BulkChange) -> tuple[int, int]:
    """Change the next listed claims, except those that have changed since. Returns how many it saw and changed."""
    listed = list(bulk_change.listed.order_by("pk")[:AT_ONCE])
    if not listed:
        return 0, 0
    versions = {one.claim_id: one.version for one in listed}
    claims = [one for one in locked_across(versions) if one.version == versions[one.pk]]
    takes_over = bulk_change.action == ChangeAction.TAKE_OVER
    taken = taken_over_exactly(claims) if takes_over else {}
    wanted = {claim: one.fields for claim, one in taken.items()}
    if not takes_over:
        wanted = {claim: _wanted(claim, bulk_change.fields) for claim in claims}
    if wanted:
        apply_changes(
            bulk_change.actor,
            ChangeAction(bulk_change.action),
            wanted,
            note=bulk_change.note,
            bulk_change=bulk_change,
            origins={claim: one.origin for claim, one in taken.items()},
        )
    bulk_change.listed.filter(pk__lte=listed[-1].pk).delete()
    return len(listed), len(wanted)


def _wanted(claim: Claim, fields: Mapping[str, Any]) -> Fields:
    tags = set(claim.tag_ids) if "add_tag" in fields or "remove_tag" in fields else None
    if tags is None:
        return dict(fields)
    tags |= {fields["add_tag"]} if "add_tag" in fields else set()
    return {"tag_ids": sorted(tags - {fields.get("remove_tag")})}


def _take_back(bulk_change: BulkChange) -> tuple[int, int]:
    """Undo the next changes of a bulk change, whole articles at a time. Returns how many claims it saw and restored.

    A change is skipped if undoing it would show actors a verdict that they must not know yet.
    """
    of_batch = ChangedClaim.objects.filter(
        change__bulk_change=bulk_change.undoes_id,
        change__undone_by=None,
        change__gt=bulk_change.undo_cursor,
    ).select_related("change")
    rows = list(of_batch.order_by("change_id", "pk")[:AT_ONCE])
    if not rows:
        return 0, 0
    last = rows[-1].change_id
    rows += of_batch.filter(change=last, pk__gt=rows[-1].pk)
    by_claim = {row.claim_id: row for row in rows}
    claims = locked_across(by_claim)
    now = now_of(claims, rows)
    hidden = hidden_among(bulk_change.actor, claims)
    before = {
        claim: by_claim[claim.pk].before
        for claim in claims
        if stands(claim, by_claim[claim.pk], now[claim.pk])
        and not (claim.pk in hidden and tells_a_verdict(by_claim[claim.pk]))
    }
    if before:
        undoes = {claim: by_claim[claim.pk] for claim in before}
        require_possible(bulk_change.actor, rows[0].change, before)
        apply_changes(
            bulk_change.actor,
            ChangeAction(bulk_change.action),
            before,
            bulk_change=bulk_change,
            undoes=undoes,
        )
    bulk_change.undo_cursor = last
    return len(rows), len(before)
