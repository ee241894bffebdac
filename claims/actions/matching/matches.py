"""Settling matches: a claim is the same as another one, or is not; it contradicts it, or does not."""

from collections.abc import Collection
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from claims.actions.base import action
from claims.actions.claims.bulk_changes import preview_bulk_change, start_bulk_change
from claims.actions.claims.changes import apply_change, change_what_differs, require_known
from claims.actions.claims.derived_fields import Fields
from claims.actions.claims.logged_fields import field_of
from claims.actions.claims.taking_over import found_groups, taken_over
from claims.actions.locking import claim_for_change, locked_across
from claims.choices import ChangeAction, MatchRelation, MatchState
from claims.errors import NotPossibleError, StaleVersionError
from claims.models import Change, Claim, ClaimMatch, Decision
from claims.models.claims.querysets import ClaimQuerySet

_MAY = "claims.change_claim"


def _to_take_over(**_keywords: Any) -> Collection[str]:
    return ("claims.decide_claim", _MAY)


@action(_to_take_over, what=gettext_noop("decide claims"))
def take_over_verdict(*, actor: User, claim_id: int, version: int, match_id: int) -> Decision:
    """Decide a claim as another one was decided that says the same, and confirm that it does.

    The new decision is the actor's own. It has the reason of the other one, names it as its origin, and refers to its
    evidence.

    Args:
        actor: who decides.
        claim_id: the claim.
        version: the claim's version that the actor saw.
        match_id: its match with the other claim.

    Returns:
        The decision. A second click returns the first one again.

    Raises:
        StaleVersionError: if someone has changed the claim since `version`.
        BlindCheckError: if the actor must not yet know the other claim's verdict.
        NotPossibleError: if the two do not say the same, or the other claim has no verdict.
    """
    match, other = _locked(claim_id, match_id)
    _require_same(match)
    try:
        claim = claim_for_change(claim_id=claim_id, version=version)
    except StaleVersionError:
        if _made(actor, claim_id, version, ChangeAction.TAKE_OVER):
            return Decision.objects.get(claim=claim_id, version=version + 1)
        raise
    require_known(actor, [other])
    taken = taken_over({claim: (match, other)}).get(claim)
    if taken is None:
        raise NotPossibleError(why=_("the other claim has no verdict."))
    newest = claim.decisions.newest_first().first()
    if newest and (newest.origin, newest.verdict) == (taken.origin, claim.verdict):
        return newest
    moving = _to_move(claim, other)
    fields = taken.fields | {"group_id": other.group_id or claim.group_id}
    apply_change(
        actor,
        ChangeAction.TAKE_OVER,
        {claim: fields},
        note=taken.origin.reason,
        origins={claim: taken.origin},
    )
    move_to_group(actor, moving, fields["group_id"])
    return claim.decisions.get(version=claim.version)


@action(_MAY, what=gettext_noop("change claims"))
def confirm_match(*, actor: User, claim_id: int, version: int, match_id: int) -> Change | None:
    """Confirm a match. A claim that says the same as another one joins its group, with all that are in its own.

    Args:
        actor: who confirms it.
        claim_id: the claim on whose page they are.
        version: the claim's version that the actor saw.
        match_id: its match.

    Returns:
        The change, or None if it was confirmed before. A second click returns the first change again.

    Raises:
        StaleVersionError: if someone has changed the claim since `version`.
    """
    match, other = _locked(claim_id, match_id)
    claim = _for_change(actor, claim_id, version, ChangeAction.CONFIRM_MATCH)
    if isinstance(claim, Change):
        return claim
    fields: Fields = {field_of(match): MatchState.CONFIRMED.value}
    moving = Claim.objects.none()
    if match.relation == MatchRelation.SAME:
        if claim.group_id is None:
            found_groups([other])
        moving = _to_move(claim, other)
        fields["group_id"] = other.group_id or claim.group_id
    change = change_what_differs(actor, ChangeAction.CONFIRM_MATCH, {claim: fields})
    move_to_group(actor, moving, fields.get("group_id"))
    return change


@action(_MAY, what=gettext_noop("change claims"))
def dismiss_match(*, actor: User, claim_id: int, version: int, match_id: int) -> Change | None:
    """Dismiss a match: the two claims do not say the same, or do not contradict each other. It is not proposed again.

    If it had been confirmed, the claim leaves the group in which both are.

    Args:
        actor: who dismisses it.
        claim_id: the claim on whose page they are.
        version: the claim's version that the actor saw.
        match_id: its match.

    Returns:
        The change, or None if it was dismissed before. A second click returns the first change again.

    Raises:
        StaleVersionError: if someone has changed the claim since `version`.
    """
    match, other = _locked(claim_id, match_id)
    claim = _for_change(actor, claim_id, version, ChangeAction.DISMISS_MATCH)
    if isinstance(claim, Change):
        return claim
    fields: Fields = {field_of(match): MatchState.DISMISSED.value}
    if (match.relation, match.state) == (MatchRelation.SAME, MatchState.CONFIRMED):
        fields |= {"group_id": None} if claim.group_id == other.group_id else {}
    return change_what_differs(actor, ChangeAction.DISMISS_MATCH, {claim: fields})


def move_to_group(actor: User, claims: ClaimQuerySet, group: int | None) -> None:
    """Move claims of other articles to a group, as a bulk change that is undone as one. Nothing for no claims."""
    if not claims.exists():
        return
    bulk_change = preview_bulk_change(
        actor=actor, action=ChangeAction.MERGE_GROUPS, fields={"group_id": group}, claims=claims
    )
    start_bulk_change(actor=actor, bulk_change_id=bulk_change.pk)


def _locked(claim_id: int, match_id: int) -> tuple[ClaimMatch, Claim]:
    """Return a claim's match and the other claim, with both claims locked in the order in which everyone locks them."""
    match = ClaimMatch.objects.get(pk=match_id)
    other = match.other(claim_id)
    claims = {one.pk: one for one in locked_across([match.earlier_id, match.later_id])}
    return ClaimMatch.objects.get(pk=match_id), claims[other]


def _require_same(match: ClaimMatch) -> None:
    if match.relation != MatchRelation.SAME:
        raise NotPossibleError(why=_("the two claims do not say the same."))


def _for_change(actor: User, claim_id: int, version: int, action: ChangeAction) -> Claim | Change:
    """Return the locked claim, or what the actor's first click on the same button changed."""
    try:
        return claim_for_change(claim_id=claim_id, version=version)
    except StaleVersionError:
        made = _made(actor, claim_id, version, action)
        if made is None:
            raise
        return made


def _made(actor: User, claim_id: int, version: int, action: ChangeAction) -> Change | None:
    made = Change.objects.made_from(actor.pk, {claim_id: version})
    return made if made is not None and made.action == action else None


def _to_move(claim: Claim, other: Claim) -> ClaimQuerySet:
    """Return what joins a group besides the claim: the others of its own group, or the other claim."""
    if claim.group_id is None or claim.group_id == other.group_id:
        return Claim.objects.none()
    if other.group_id is None:
        return Claim.objects.filter(pk=other.pk)
    return Claim.objects.filter(Q(group=claim.group_id) & ~Q(pk=claim.pk))
