"""Groups of confirmed repeats: merging them, taking a claim out, and choosing the main claim."""

from django.contrib.auth.models import User
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from claims.actions.base import action
from claims.actions.claims.bulk_changes import preview_bulk_change, start_bulk_change
from claims.actions.claims.changes import apply_change, change_what_differs
from claims.actions.claims.derived_fields import Fields
from claims.actions.claims.logged_fields import field_of
from claims.actions.locking import claim_for_change
from claims.choices import ChangeAction, MatchRelation, MatchState
from claims.errors import NotPossibleError
from claims.models import BulkChange, Change, Claim, ClaimGroup, ClaimMatch

_MAY, _WHAT = "claims.change_claim", gettext_noop("change claims")


@action(_MAY, what=_WHAT)
def merge_groups(*, actor: User, group: ClaimGroup, into: ClaimGroup) -> BulkChange:
    """Move all claims of a group to another one, which keeps its main claim. It is undone as a bulk change.

    Returns:
        The bulk change.

    Raises:
        NotPossibleError: if they are one group, or one of them has no claims.
    """
    if group.pk == into.pk:
        raise NotPossibleError(why=_("choose another group."))
    if not (group.claims.exists() and into.claims.exists()):
        raise NotPossibleError(why=_("this group has no claims any more."))
    bulk_change = preview_bulk_change(
        actor=actor,
        action=ChangeAction.MERGE_GROUPS,
        fields={"group_id": into.pk},
        claims=Claim.objects.filter(group=group),
    )
    return start_bulk_change(actor=actor, bulk_change_id=bulk_change.pk)


@action(_MAY, what=_WHAT)
def leave_group(*, actor: User, claim_id: int, version: int) -> Change:
    """Take a claim out of its group. Its confirmed matches with the others are dismissed.

    Returns:
        The change.

    Raises:
        StaleVersionError: if someone has changed the claim since `version`.
        NotPossibleError: if it is in no group.
    """
    claim = claim_for_change(claim_id=claim_id, version=version)
    _require_group(claim)
    confirmed = ClaimMatch.objects.filter(
        relation=MatchRelation.SAME, state=MatchState.CONFIRMED
    ).filter(
        Q(earlier=claim, later__group=claim.group_id)
        | Q(later=claim, earlier__group=claim.group_id)
    )
    fields: Fields = {field_of(match): MatchState.DISMISSED.value for match in confirmed}
    return apply_change(actor, ChangeAction.LEAVE_GROUP, {claim: {"group_id": None, **fields}})


@action(_MAY, what=_WHAT)
def set_canonical(*, actor: User, claim_id: int, version: int) -> Change | None:
    """Make a claim the main claim of its group.

    Returns:
        The change, or None if it already is.

    Raises:
        StaleVersionError: if someone has changed the claim since `version`.
        NotPossibleError: if it is in no group.
    """
    claim = claim_for_change(claim_id=claim_id, version=version)
    group = ClaimGroup.objects.select_for_update().get(pk=_require_group(claim))
    return change_what_differs(
        actor, ChangeAction.SET_CANONICAL, {claim: {field_of(group): claim.pk}}
    )


def _require_group(claim: Claim) -> int:
    if claim.group_id is None:
        raise NotPossibleError(why=_("this claim is in no group of repeats."))
    return claim.group_id
