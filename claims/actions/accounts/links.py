"""Links by e-mail with which people choose a password: they were invited, or have forgotten theirs.

A link is signed and not stored. It works until the password changes or its owner logs in, so once.
"""

from datetime import timedelta

from django.conf import settings
from django.contrib.admin.models import CHANGE
from django.contrib.auth.models import User
from django.core import signing
from django.core.mail import send_mail
from django.db import transaction
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext, gettext_noop
from django_tasks import task

from claims.access import role_of
from claims.actions.accounts.managing import WORKBENCH, change_password, log_account, require_over
from claims.actions.base import action, transaction_of_action
from claims.errors import NotPossibleError

INVITATION, RESET = "invitation", "reset"
VALID_FOR = {INVITATION: timedelta(days=7), RESET: timedelta(hours=1)}
TOKEN = "TOKEN"  # noqa: S105 - it only stands for one
"""What stands for the token in the address of the page that a link leads to."""

_SALT = "claims.password_link"


@action("auth.change_user", what=gettext_noop("change accounts"))
def invite(*, actor: User, account: User, page: str, language: str) -> None:
    """Send somebody a link with which they choose the password of their account.

    Args:
        actor: who invites.
        account: whom.
        page: the whole address of the page that the link leads to, with `TOKEN` in it.
        language: the language of the message.

    Raises:
        NotAllowedError: if the account is an administrator's and the actor is not one.
        NotPossibleError: if the account is the actor's own, is closed or has no e-mail address, or no mail can be sent.
    """
    require_over(actor, account, role_of(account))
    if not (settings.SENDS_MAIL and account.is_active and account.email):
        raise NotPossibleError(why=gettext("this account has no e-mail address, or is closed."))
    log_account(actor, account, CHANGE, "invited by e-mail")
    transaction.on_commit(lambda: mail_invitation.enqueue(account.pk, page, language))


def request_reset(*, address: str, page: str, language: str) -> None:
    """Send a link to whoever has forgotten their password. The answer takes as long where nobody has this address.

    Args:
        address: the e-mail address that was typed.
        page: as in `invite`.
        language: as in `invite`.
    """
    mail_resets.enqueue(address, page, language)


@task()
def mail_invitation(account_id: int, page: str, language: str) -> None:
    """Send the message with the link of an invitation."""
    account = User.objects.get(pk=account_id)
    with translation.override(language):
        role = role_of(account)
        text = gettext(
            "Hello %(name)s,\n\n"
            "you are invited to Claim Workbench. Your user name is %(username)s, your role: %(role)s.\n\n"
            "Choose a password within seven days, with this link, which works once:\n\n%(link)s\n"
        ) % {
            "name": account.get_full_name() or account.username,
            "username": account.username,
            "role": role.label if role else gettext("No role"),
            "link": page.replace(TOKEN, token_for(account, INVITATION)),
        }
        _send(gettext("Your account in Claim Workbench"), text, account)


@task()
def mail_resets(address: str, page: str, language: str) -> None:
    """Send each open account with an address and a password a message with a link for a new one."""
    found = User.objects.filter(email__iexact=address, is_active=True).exclude(username=WORKBENCH)
    for account in found.order_by("pk"):
        if not account.has_usable_password():
            continue
        with translation.override(language):
            text = gettext(
                "Somebody has asked for a new password for the account %(username)s in Claim Workbench.\n\n"
                "If that was you, choose one within an hour, with this link, which works once:\n\n%(link)s\n\n"
                "If it was not you, do nothing: your password stays as it is.\n"
            ) % {
                "username": account.username,
                "link": page.replace(TOKEN, token_for(account, RESET)),
            }
            _send(gettext("A new password for Claim Workbench"), text, account)


def token_for(account: User, purpose: str) -> str:
    """Return the token of a link for an account."""
    return signing.dumps([purpose, account.pk, _state_of(account)], salt=_SALT)


def account_of(token: str) -> User | None:
    """Return the account of a link's token; None if it is forged, too old, or has been used."""
    try:
        purpose, account_id, state = signing.loads(token, salt=_SALT)
        signing.loads(token, salt=_SALT, max_age=VALID_FOR[purpose])
    except signing.BadSignature:
        return None
    account = User.objects.filter(pk=account_id, is_active=True).first()
    return account if account and _state_of(account) == state else None


def choose_password(*, token: str, password: str) -> User:
    """Set the password of the account that a link belongs to. All its sessions end.

    Raises:
        InvalidValueError: if the password is too easy to guess.
        NotPossibleError: if the link does not work any more.
    """
    with transaction_of_action():
        account = account_of(token)
        if account is not None:
            # Two people with the same link take turns here, and the second one finds it used.
            User.objects.select_for_update().get(pk=account.pk)
            account = account_of(token)
        if account is None:
            raise NotPossibleError(why=gettext("this link does not work any more."))
        change_password(actor=account, password=password)
        return account


def _state_of(account: User) -> str:
    """What changes when a link is used: the password; and a login shows that it is not needed."""
    told = f"{account.password} {account.last_login} {account.email}"
    return salted_hmac(_SALT, told, algorithm="sha256").hexdigest()[:32]


def _send(subject: str, text: str, account: User) -> None:
    send_mail(subject, text, None, [account.email])
