"""Closing the account of somebody who leaves: nobody logs in with it, and their claims are someone else's."""

from allauth.usersessions.models import UserSession
from django.contrib.auth.models import User
from django.utils.translation import gettext_noop

from claims.actions.accounts.managing import set_active
from claims.actions.accounts.sessions import end
from claims.actions.accounts.tokens import revoke_all_tokens
from claims.actions.base import action
from claims.actions.claims.bulk_changes import preview_bulk_change, start_bulk_change
from claims.actions.claims.teamwork import require_decider
from claims.choices import ChangeAction
from claims.models import BulkChange, Claim


@action(("auth.change_user", "claims.decide_claim"), what=gettext_noop("change accounts"))
def close_account(*, actor: User, account: User, hand_over_to: User | None) -> BulkChange:
    """Close an account: its sessions, tokens and links by e-mail end at once, and the claims assigned to it are handed over.

    Args:
        actor: who closes it.
        account: the account.
        hand_over_to: to whom its claims are then assigned; None for nobody.

    Returns:
        The bulk change that assigns the claims: the history has it, and it can be undone. Many claims are left to a worker.

    Raises:
        NotAllowedError: if the account is an administrator's and the actor is not one.
        NotPossibleError: if the account is the actor's own or the command line's, or they may not decide claims who get them.
    """
    set_active(actor=actor, account=account, active=False)
    revoke_all_tokens(account)
    require_decider(hand_over_to)
    end(UserSession.objects.filter(user=account))
    bulk_change = preview_bulk_change(
        actor=actor,
        action=ChangeAction.ASSIGN,
        fields={"assigned_to_id": hand_over_to.pk if hand_over_to else None},
        claims=Claim.objects.filter(assigned_to=account),
    )
    return start_bulk_change(actor=actor, bulk_change_id=bulk_change.pk)
