"""How an operation of the API is declared, and what all of them share."""

import re
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any, TypeVar

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_noop
from ninja import Router
from ninja.decorators import decorate_view

from claims.api.access import NEEDS, Need
from claims.api.auth import Access, Bearer
from claims.api.errors import ProblemError
from claims.api.idempotency import HEADER, Operation
from claims.api.schemas.base import Problem
from claims.models.base.keyset import KeysetList

View = TypeVar("View", bound=Callable[..., Any])

_TAG = re.compile(r'"([0-9]{1,9})"')
_ALWAYS = (400, 401, 403, 404, 422, 429, 503)
_OF_CHANGES = (409, 412, 413, 415, 428)
_KEY = {
    "name": HEADER,
    "in": "header",
    "required": False,
    "schema": {"type": "string", "maxLength": 200},
    "description": "A key of your own: the same request with it is carried out once within a day.",
}
_IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "schema": {"type": "string", "pattern": r'^"[0-9]{1,9}"$'},
    "description": "The claim's ETag, as you saw it.",
}


def endpoint(
    router: Router,
    method: str,
    path: str,
    response: Any,
    *,
    status: int = 200,
    once: Callable[[Operation, Need], Operation] | None = None,
    versioned: bool = False,
    **responses: Any,
) -> Callable[[View], View]:
    """Declare an operation. Its function's name is its id, by which `NEEDS` says who may use it.

    Args:
        router: the operations of its noun.
        method: the HTTP method.
        path: the address.
        response: what it returns; None for nothing.
        status: the status of that.
        once: how a request with an idempotency key is kept from being carried out twice, if it can have one.
        versioned: whether it changes a claim, whose version must be given.
        **responses: what else it may return, by "status_201" and the like.
    """

    def register(view: View) -> View:
        name = view.__name__
        told = {status: response}
        told |= {int(code.removeprefix("status_")): each for code, each in responses.items()}
        errors = (*_ALWAYS, *(_OF_CHANGES if method != "GET" else ()))
        parameters = [_KEY] * (once is not None) + [_IF_MATCH] * versioned
        need = NEEDS[name]
        wrapped = decorate_view(lambda run: once(run, need))(view) if once else view
        router.api_operation(
            ["GET", "HEAD"] if method == "GET" else [method],
            path,
            auth=Bearer(need),
            response=told | {code: Problem for code in errors if code not in told},
            operation_id=name,
            openapi_extra={"parameters": parameters} if parameters else None,
            exclude_none=False,
        )(wrapped)
        return view

    return register


def viewer_of(request: HttpRequest) -> User:
    """Return the account for which a program asks."""
    access: Access = request.auth  # type: ignore[attr-defined]  # set by ninja
    return access.user


def page(
    rows: QuerySet[Any],
    by: str,
    cursor: str,
    limit: int,
    as_items: Callable[[list[Any]], Iterable[dict[str, Any]]],
    *,
    always_set: bool = False,
) -> dict[str, Any]:
    """Return a page of a list, with the cursor of the next one.

    Raises:
        UnknownPageError: if the cursor is not one of this list.
    """
    found = KeysetList(rows, by, always_set=always_set, size=limit).page(cursor, or_first=False)
    return {"items": list(as_items(found.object_list)), "next": found.next or None}


def version_seen(request: HttpRequest) -> int:
    """Return the version of a claim that the program saw, from If-Match.

    Raises:
        ProblemError: if it is missing or not a claim's ETag.
    """
    given = request.headers.get("If-Match", "").strip()
    if not given:
        raise ProblemError(
            HTTPStatus.PRECONDITION_REQUIRED,
            "version-required",
            gettext_noop(
                "Send the claim's ETag as If-Match, so that you overwrite nobody's change."
            ),
        )
    tag = _TAG.fullmatch(given)
    if tag is None:
        raise ProblemError(
            HTTPStatus.BAD_REQUEST,
            "not-an-etag",
            gettext_noop("If-Match is not an ETag of a claim."),
        )
    return int(tag[1])


def tag_version(response: HttpResponse, version: int) -> None:
    """Send a claim's version as the ETag."""
    response["ETag"] = f'"{version}"'
