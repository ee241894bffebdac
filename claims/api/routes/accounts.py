"""Whose token it is, and tokens for systems."""

import base64
import binascii
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_noop
from ninja import Form, Router

from claims.access import role_of
from claims.api.auth import LASTS, grant
from claims.api.endpoints import endpoint, viewer_of
from claims.api.errors import OAuthError
from claims.api.schemas.base import Account, Problem, Token, person_data

router = Router(tags=["accounts"])


@endpoint(router, "GET", "/account", Account)
def get_account(request: HttpRequest) -> dict[str, Any]:
    """Return whose token it is, and what it allows."""
    account = viewer_of(request)
    scopes = request.auth.scopes  # type: ignore[attr-defined]  # set by ninja
    return person_data(account) | {"role": role_of(account), "scopes": sorted(scopes)}


@router.post(
    "/oauth/token",
    auth=None,
    response={200: Token, 400: Problem, 401: Problem, 422: Problem},
    operation_id="get_token",
)
def get_token(
    request: HttpRequest,
    response: HttpResponse,
    grant_type: Annotated[str, Form()],
    scope: Annotated[str, Form()] = "",
    client_id: Annotated[str, Form()] = "",
    client_secret: Annotated[str, Form()] = "",
) -> dict[str, Any]:
    """Exchange a system's credentials for a token that works for an hour (OAuth 2.0, RFC 6749, section 4.4).

    The credentials are sent as HTTP Basic or in the form.
    """
    if grant_type != "client_credentials":
        raise OAuthError(
            400,
            "unsupported_grant_type",
            gettext_noop("The only grant type here is “client_credentials”."),
        )
    given = _basic(request) or (client_id, client_secret)
    granted = grant(*given, scope)
    if granted is None:
        raise OAuthError(
            401,
            "invalid_client",
            gettext_noop("The client ID or its secret is not valid."),
            headers={"WWW-Authenticate": 'Basic realm="Claim Workbench"'},
        )
    token, scopes = granted
    response["Cache-Control"] = "no-store"
    return {
        "access_token": token,
        "token_type": "Bearer",
        "expires_in": LASTS,
        "scope": " ".join(scopes),
    }


def _basic(request: HttpRequest) -> tuple[str, str] | None:
    scheme, _, encoded = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        name, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return name, secret
