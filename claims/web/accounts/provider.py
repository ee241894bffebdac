"""Logging in through the newsroom's identity provider: where it begins, and what the provider said."""

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.openid_connect import views
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from requests import RequestException

from claims.actions.accounts.provider import Person, admit
from claims.errors import WorkbenchError
from claims.messages import message_of


def begin(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Lead to the provider."""
    return _ask(request, views.login, provider_id)


def callback(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Come back from the provider, and log in or say why not."""
    return _ask(request, views.callback, provider_id)


def _ask(request: HttpRequest, view: Any, provider_id: str) -> HttpResponseBase:
    if not settings.OIDC_ISSUER:
        raise Http404
    try:
        answer: HttpResponseBase = view(request, provider_id)
    except (RequestException, KeyError, ValueError):
        # It cannot be reached, or what is there is no provider.
        return _refuse(request, _("The identity provider cannot be reached. Try again later."))
    return answer


class Provider(DefaultSocialAccountAdapter):
    """What becomes of somebody who comes back from the provider."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find or create the account. What the provider said is not kept.

        Raises:
            ImmediateHttpResponse: if there is none to log in with.
        """
        said = sociallogin.account.extra_data
        sociallogin.account.extra_data = {}
        known = sociallogin.user if sociallogin.is_existing else None
        # Whoever is logged in already may be somebody else: that is no reason to give them this login.
        sociallogin.state["process"] = "login"
        try:
            with transaction.atomic():
                account = admit(person=_person(said), account=known)
                if known is None:
                    sociallogin.connect(request, account)
                else:
                    sociallogin.account.save(update_fields=["extra_data"])
        except WorkbenchError as error:
            raise ImmediateHttpResponse(_refuse(request, message_of(error))) from error
        sociallogin.user = account

    def on_authentication_error(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> None:
        """Lead back to the login page.

        Raises:
            ImmediateHttpResponse: always.
        """
        message = _("The login through the identity provider did not succeed. Try again.")
        raise ImmediateHttpResponse(_refuse(request, message))


def _person(said: dict[str, Any]) -> Person:
    """Return what the ID token and the user info say, which are about the same person (OpenID Connect Core, 5.3.2)."""
    token, info = said.get("id_token") or {}, said.get("userinfo") or {}
    if token and info and token.get("sub") != info.get("sub"):
        raise BadRequest
    claims = {**token, **info}
    groups = claims.get(settings.OIDC_GROUPS_CLAIM)
    if isinstance(groups, str):
        groups = [groups]
    return Person(
        username=_text(claims, "preferred_username"),
        first_name=_text(claims, "given_name"),
        last_name=_text(claims, "family_name"),
        email=_text(claims, "email") if claims.get("email_verified") is True else "",
        groups=[str(group) for group in groups] if isinstance(groups, list) else None,
    )


def _text(claims: dict[str, Any], name: str) -> str:
    return str(claims.get(name) or "")


def _refuse(request: HttpRequest, message: str) -> HttpResponse:
    messages.error(request, message)
    return redirect("login")
