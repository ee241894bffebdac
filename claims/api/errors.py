"""Errors as `application/problem+json` (RFC 9457): what happened, with a code for programs and a message for people."""

import json
from collections.abc import Callable, Mapping
from functools import wraps
from http import HTTPStatus
from typing import Any, cast

from django.contrib.auth.models import User
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.multipartparser import MultiPartParserError
from django.http.request import RawPostDataException
from django.utils.log import log_response
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from claims.api.schemas.claims import claim_data
from claims.errors import StaleVersionError, WorkbenchError
from claims.messages import message_of
from claims.models import Claim
from claims.outages import MESSAGES, RETRY_AFTER, outage_of

CONTENT_TYPE = "application/problem+json"

UNREADABLE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent, MultiPartParserError)
"""What is raised for a request that cannot be read as it was sent."""


class ProblemError(Exception):
    """An error that only programs meet.

    Args:
        status: the HTTP status.
        code: a stable identifier.
        template: the English message, with `%(name)s` parameters.
        headers: what else the answer has.
        **params: the values of the parameters.
    """

    def __init__(
        self,
        status: int,
        code: str,
        template: str,
        *,
        headers: Mapping[str, str] | None = None,
        **params: object,
    ) -> None:
        super().__init__(template % params)
        self.status, self.code, self.template, self.params = status, code, template, params
        self.headers = headers or {}


class OAuthError(ProblemError):
    """An error of the token endpoint, with the names that libraries of OAuth look for (RFC 6749, section 5.2)."""


def problem(
    status: int, code: str, detail: str, *, headers: Mapping[str, str] | None = None, **more: Any
) -> HttpResponse:
    """Return an error.

    Args:
        status: the HTTP status.
        code: a stable identifier.
        detail: the message.
        headers: what else the answer has.
        **more: what else its object holds.
    """
    told = {
        "type": f"urn:claim-workbench:problem:{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": detail,
        **more,
    }
    body = json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False)
    return HttpResponse(body, status=status, content_type=CONTENT_TYPE, headers=dict(headers or {}))


def handle_problems(api: NinjaAPI) -> None:
    """Have an API answer with a problem where an operation raises an error."""
    api.exception_handler(ProblemError)(_told)
    api.exception_handler(WorkbenchError)(_refused)
    api.exception_handler(ValidationError)(_invalid)
    api.exception_handler(AuthenticationError)(_unauthenticated)
    api.exception_handler(Http404)(_missing)
    api.exception_handler(HttpError)(_failed)
    for kind in UNREADABLE:
        api.exception_handler(kind)(unreadable)
    api.exception_handler(Exception)(_broken)


def _told(_request: HttpRequest, error: ProblemError) -> HttpResponse:
    return problem_of(error)


def problem_of(error: ProblemError) -> HttpResponse:
    """Return an error that only programs meet, in the language asked for."""
    detail = _(error.template) % error.params
    more = {}
    if isinstance(error, OAuthError):
        more = {"error": error.code, "error_description": detail}
    headers = {"Cache-Control": "no-store", **error.headers}
    return problem(error.status, error.code, detail, headers=headers, **more)


def unreadable(_request: HttpRequest, error: Exception) -> HttpResponse:
    """Return the error for a request that cannot be read, or is larger than any operation takes."""
    if isinstance(error, MultiPartParserError):
        detail = _("This request cannot be read.")
        return problem(HTTPStatus.BAD_REQUEST, "unreadable-request", detail)
    return problem(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too-large", _("This request is too large.")
    )


def _refused(request: HttpRequest, error: WorkbenchError) -> HttpResponse:
    if isinstance(error, StaleVersionError):
        return _stale(request, error)
    return problem(error.status, error.code, message_of(error))


def _stale(request: HttpRequest, error: StaleVersionError) -> HttpResponse:
    """Return both sides: the claim as it is now, and what was sent."""
    claim, viewer = cast("Claim", error.params["claim"]), cast("User", request.user)
    (current,) = claim_data([claim.pk], viewer)
    return problem(
        HTTPStatus.PRECONDITION_FAILED,
        error.code,
        message_of(error),
        current=current,
        yours=_sent(request),
        headers={"ETag": f'"{current["version"]}"'},
    )


def _sent(request: HttpRequest) -> Any:
    try:
        return json.loads(request.body)
    except (ValueError, RawPostDataException):
        return None


def _invalid(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    wrong = [
        {"field": ".".join(map(str, one["loc"][1:])), "message": str(one["msg"])}
        for one in error.errors
    ]
    detail = "; ".join(f"{one['field']}: {one['message']}" for one in wrong)
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid-request", detail, errors=wrong)


def _unauthenticated(_request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    return problem(
        HTTPStatus.UNAUTHORIZED,
        "no-valid-token",
        _("Send a valid token: “Authorization: Bearer …”."),
        headers={"WWW-Authenticate": 'Bearer realm="Claim Workbench"'},
    )


def _missing(_request: HttpRequest, _error: Http404) -> HttpResponse:
    return problem(HTTPStatus.NOT_FOUND, "not-found", _("There is nothing at this address."))


def unknown_address(request: HttpRequest, **_names: str) -> HttpResponse:
    """Return the error for an address under the API that belongs to no operation."""
    return _missing(request, Http404())


def in_problems(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Return a view that answers with a problem where there is nothing, and where a method is not allowed."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **names: Any) -> HttpResponse:
        try:
            answer = view(request, *args, **names)
        except Http404:
            return unknown_address(request)
        if not isinstance(answer, HttpResponseNotAllowed):
            return answer
        return problem(
            HTTPStatus.METHOD_NOT_ALLOWED,
            "method-not-allowed",
            _("This address does not allow %(method)s.") % {"method": request.method},
            headers={"Allow": ", ".join(sorted(answer["Allow"].split(", ")))},
        )

    return answered


def _failed(_request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(error.status_code, "invalid-request", error.message)


def _broken(request: HttpRequest, error: Exception) -> HttpResponse:
    """Return an error of the server: an outage, or a mistake in the program, which is logged."""
    outage = outage_of(error)
    if outage:
        status, code, detail = 503, f"outage-{outage.name.lower()}", _(MESSAGES[outage])
        headers = {"Retry-After": str(RETRY_AFTER[outage])}
    else:
        status, code, headers = 500, "server-error", {}
        detail = _("Something went wrong on the server. The error has been logged.")
    answer = problem(status, code, detail, headers=headers)
    log_response(
        "%s: %s",
        answer.reason_phrase,
        request.path,
        response=answer,
        request=request,
        exception=error,
    )
    return answer
