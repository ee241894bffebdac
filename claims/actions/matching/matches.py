"""Settling matches: a claim is the same as another one, or is not; it contradicts it, or does not."""

from collections.abc import Collection, Generator
from contextlib import contextmanager
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from claims.actions.base import action
from claims.actions.claims.bulk_changes import preview_bulk_change, start_bulk_change
from claims.actions.claims.bulk_steps import AT_ONCE
from claims.actions.claims.changes import apply_changes, change_what_differs, require_known
from claims.actions.claims.derived_fields import Fields
from claims.actions.claims.logged_fields import field_of
from claims.actions.claims.taking_over import found_groups, taken_over
from claims.actions.locking import claim_for_change, locked_across
from claims.choices import ChangeAction, MatchRelation, MatchState
from claims.errors import NotPossibleError, StaleVersionError
from claims.models import BulkChange, Change, Claim, ClaimMatch, Decision
from claims.models.claims.querysets import ClaimQuerySet

_MAY = "claims.change_claim"


def _to_take_over(**_keywords: Any) -> Collection[str]:
    return ("claims.decide_claim", _MAY)


@action(_to_take_over, what=gettext_noop("decide claims"))
def take_over_verdict(
    *,
    actor: User,
    claim_id: int,
    version: int,
    match_id: int,
    seen: str = "",
    decision_id: int | None = None,
) -> Decision:
    """Decide a claim as another one was decided that says the same, and confirm that it does.

    The new decision is the actor's own. It has the reason of the other one, names it as its origin, and refers to its
    evidence.

    Args:
        actor: who decides.
        claim_id: the claim.
        version: the claim's version that the actor saw.
        match_id: its match with the other claim.
        seen: the match as the actor saw it, as in `ClaimMatch.as_seen`; "" for as it is.
        decision_id: the decision that the actor saw; None for the one in force.

    Returns:
        The decision. A second click returns the first one again.

    Raises:
        StaleVersionError: if someone has changed the claim since `version`.
        BlindCheckError: if the actor must not yet know the other claim's verdict.
        NotPossibleError: if the two do not say the same, or the other claim has no verdict, has another one than the
            actor saw, or is out of work.
    """
    match, other = _locked(claim_id, match_id, joins=True)
    try:
        claim = claim_for_change(claim_id=claim_id, version=version)
    except StaleVersionError:
        if _made(actor, claim_id, version, ChangeAction.TAKE_OVER):
            return Decision.objects.get(claim=claim_id, version=version + 1)
        raise
    _require_as_seen(match, seen)
    _require_same(match)
    require_known(actor, [other])
    taken = taken_over({claim: (match, other)}).get(claim)
    if taken is None:
        raise NotPossibleError(why=_("the other claim has no verdict."))
    if decision_id not in {None, taken.origin.pk}:
        raise NotPossibleError(why=_("the other claim has been decided again in the meantime."))
    newest = claim.decisions.newest_first().first()
    if newest and (newest.origin, newest.verdict) == (taken.origin, claim.verdict):
        return newest
    fields = taken.fields | {"group_id": other.group_id or claim.group_id}
    with moved_along(actor, _to_move(claim, other), fields["group_id"]) as bulk_change:
        apply_changes(
            actor,
            ChangeAction.TAKE_OVER,
            {claim: fields},
            note=taken.origin.reason,
            bulk_change=bulk_change,
            origins={claim: taken.origin},
        )
    return claim.decisions.get(version=claim.version)


@action(_MAY, what=gettext_noop("change claims"))
def confirm_match(
    *, actor: User, claim_id: int, version: int, match_id: int, seen: str = ""
) -> Change | None:
    """Confirm a match. A claim that says the same as another one joins its group, with all that are in its own.

    Args:
        actor: who confirms it.
        claim_id: the claim on whose page they are.
        version: the claim's version that the actor saw.
        match_id: its match.
        seen: the match as the actor saw it, as in `ClaimMatch.as_seen`; "" for as it is.

    Returns:
        The change, or None if it was confirmed before. A second click returns the first change again.

    Raises:
        StaleVersionError: if someone has changed the claim since `version`.
        NotPossibleError: if the match is no longer as the actor saw it, or has been dismissed.
    """
    match, other = _locked(claim_id, match_id, joins=True)
    claim = _for_change(actor, claim_id, version, ChangeAction.CONFIRM_MATCH)
    if isinstance(claim, Change):
        return claim
    _require_as_seen(match, seen)
    if match.state == MatchState.DISMISSED:
        raise NotPossibleError(
            why=_("somebody has said that the two have nothing to do with each other.")
        )
    fields: Fields = {field_of(match): MatchState.CONFIRMED.value}
    moving = Claim.objects.none()
    if match.relation == MatchRelation.SAME:
        if claim.group_id is None:
            found_groups([other])
        moving = _to_move(claim, other)
        fields["group_id"] = other.group_id or claim.group_id
    with moved_along(actor, moving, fields.get("group_id")) as bulk_change:
        return change_what_differs(
            actor, ChangeAction.CONFIRM_MATCH, {claim: fields}, bulk_change=bulk_change
        )


@action(_MAY, what=gettext_noop("change claims"))
def dismiss_match(
    *, actor: User, claim_id: int, version: int, match_id: int, seen: str = ""
) -> Change | None:
    """Dismiss a match: the two claims do not say the same, or do not contradict each other. It is not proposed again.

    If it had been confirmed, the claim leaves the group in which both are.

    Args:
        actor: who dismisses it.
        claim_id: the claim on whose page they are.
        version: the claim's version that the actor saw.
        match_id: its match.
        seen: the match as the actor saw it, as in `ClaimMatch.as_seen`; "" for as it is.

    Returns:
        The change, or None if it was dismissed before. A second click returns the first change again.

    Raises:
        StaleVersionError: if someone has changed the claim since `version`.
        NotPossibleError: if the match is no longer as the actor saw it.
    """
    match, other = _locked(claim_id, match_id, joins=False)
    claim = _for_change(actor, claim_id, version, ChangeAction.DISMISS_MATCH)
    if isinstance(claim, Change):
        return claim
    _require_as_seen(match, seen)
    fields: Fields = {field_of(match): MatchState.DISMISSED.value}
    if (match.relation, match.state) == (MatchRelation.SAME, MatchState.CONFIRMED):
        fields |= {"group_id": None} if claim.group_id == other.group_id else {}
    return change_what_differs(actor, ChangeAction.DISMISS_MATCH, {claim: fields})


@contextmanager
def moved_along(
    actor: User, claims: ClaimQuerySet, group: int | None
) -> Generator[BulkChange | None]:
    """Move claims of other articles to a group, after what is done inside: both are one step, and undone as one.

    Yields:
        The bulk change that both belong to, or None for no claims.
    """
    if not claims.exists():
        yield None
        return
    bulk_change = preview_bulk_change(
        actor=actor, action=ChangeAction.MERGE_GROUPS, fields={"group_id": group}, claims=claims
    )
    yield bulk_change
    start_bulk_change(actor=actor, bulk_change_id=bulk_change.pk)


def _locked(claim_id: int, match_id: int, *, joins: bool) -> tuple[ClaimMatch, Claim]:
    """Return a claim's match and the other claim, with both claims locked in the order in which everyone locks them.

    Args:
        claim_id: the claim.
        match_id: its match.
        joins: whether its group may join that of the other one. Its claims are then locked as well, for two editors
            may join the same groups at the same moment.
    """
    match = ClaimMatch.objects.get(pk=match_id)
    other = match.other(claim_id)
    ids = {claim_id, other}
    if joins:
        group = Claim.objects.filter(pk=claim_id, group__isnull=False).values("group")
        along = Claim.objects.filter(group__in=group).order_by("pk")
        ids |= {*along.values_list("pk", flat=True)[:AT_ONCE]}
    claims = {one.pk: one for one in locked_across(ids)}
    if not claims.keys() >= {claim_id, other}:
        raise Claim.DoesNotExist
    return ClaimMatch.objects.get(pk=match_id), claims[other]


def _require_as_seen(match: ClaimMatch, seen: str) -> None:
    """Refuse what was pressed beside a match that has changed since, on the other claim's page or by the worker."""
    if seen not in {"", match.as_seen}:
        raise NotPossibleError(
            why=_("the relation between these two claims has changed in the meantime.")
        )


def _require_same(match: ClaimMatch) -> None:
    if match.relation != MatchRelation.SAME or match.state == MatchState.DISMISSED:
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
