"""Settling matches with other newsrooms' fact-checks."""

from django.contrib.auth.models import User
from django.utils.translation import gettext_noop

from claims.actions.base import action
from claims.actions.claims.changes import change_what_differs
from claims.actions.claims.logged_fields import field_of
from claims.actions.locking import claim_for_change
from claims.choices import ChangeAction, MatchState
from claims.errors import StaleVersionError
from claims.models import Change, ExternalMatch


@action("claims.change_claim", what=gettext_noop("change claims"))
def dismiss_fact_check(*, actor: User, claim_id: int, version: int, match_id: int) -> Change | None:
    """Say that another newsroom's fact-check is not about a claim. It is not shown for that claim again.

    Args:
        actor: who says so.
        claim_id: the claim.
        version: the claim's version that the actor saw.
        match_id: its match with the fact-check.

    Returns:
        The change, or None if it was dismissed before. A second click returns the first change again.

    Raises:
        StaleVersionError: if someone has changed the claim since `version`.
        ExternalMatch.DoesNotExist: if the match is not of this claim.
    """
    match = ExternalMatch.objects.get(pk=match_id, claim=claim_id)
    try:
        claim = claim_for_change(claim_id=claim_id, version=version)
    except StaleVersionError:
        made = Change.objects.made_from(actor.pk, {claim_id: version})
        if made is None or made.action != ChangeAction.DISMISS_MATCH:
            raise
        return made
    return change_what_differs(
        actor, ChangeAction.DISMISS_MATCH, {claim: {field_of(match): MatchState.DISMISSED.value}}
    )
