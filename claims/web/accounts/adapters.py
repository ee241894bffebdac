"""What django-allauth asks of the workbench: how accounts log in, and how secrets are stored."""

import base64
import secrets
import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from claims.models.base.encryption import decrypted, encrypted
from claims.queries.accounts import display_name, needs_second_factor, second_factors
from claims.web.accounts.login import address_of

_PURPOSE = "claims.second_factors"


class Accounts(DefaultAccountAdapter):
    """Accounts are created by administrators, and the workbench words its messages itself."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up."""
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing: the pages do."""

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the address that logins are counted for."""
        return address_of(request) or "0.0.0.0"  # noqa: S104 - it stands for an unknown one

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """Return the pages on which people confirm who they are: by their password, or else by a code."""
        if user.has_usable_password():
            return [{"id": "password", "url": reverse("account_reauthenticate")}]
        if second_factors(user).exists():
            return [{"id": "code", "url": reverse("mfa_reauthenticate")}]
        return []

    def is_reauthentication_required(self, *, app: str, **_kwargs: Any) -> bool:
        """Return whether people must confirm who they are: unless they did or logged in just now, or have nothing to confirm it by."""
        request = context.request
        records = get_authentication_records(request, request.user)
        since = time.time() - app_settings.REAUTHENTICATION_TIMEOUT
        is_recent = any(record["at"] > since for record in records)
        return not is_recent and bool(self.get_reauthentication_methods(request.user))


class SecondFactors(DefaultMFAAdapter):
    """Second factors in the workbench's words. The secrets behind them are encrypted by `SECRET_KEY`."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not valid."),
        "cannot_delete_authenticator": _(
            "Your role needs a second factor. Set up another one before you remove this one."
        ),
    }

    def encrypt(self, text: str) -> str:
        """Encrypt a secret for the database."""
        return encrypted(text, _PURPOSE)

    def decrypt(self, encrypted_text: str) -> str:
        """Decrypt one. If `SECRET_KEY` is another one now, it is a random secret, to which no code fits."""
        secret = decrypted(encrypted_text, _PURPOSE)
        return base64.b32encode(secrets.token_bytes(20)).decode() if secret is None else secret

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Whoever must have a second factor keeps the last one."""
        others = second_factors(authenticator.user).exclude(pk=authenticator.pk)
        return others.exists() or not needs_second_factor(authenticator.user)

    def get_public_key_credential_user_entity(self, user: User) -> dict[str, Any]:
        """Return what the browser shows beside a passkey: the person's name and user name."""
        entity: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return {**entity, "name": user.get_username(), "display_name": display_name(user)}

    def get_totp_label(self, user: User) -> str:
        """Return what the authenticator app shows beside the workbench's name."""
        return user.get_username()

    def generate_authenticator_name(self, user: User, type: str) -> str:  # noqa: A002 - allauth names it
        """Return no name: people give a passkey its name."""
        return ""
