"""Which pages read from the replica, and for whom it has enough."""

from collections.abc import Callable
from contextlib import ExitStack, suppress
from http import HTTPStatus
from typing import Any, cast

from django.conf import settings
from django.core.signing import BadSignature
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.http.response import StreamingHttpResponse
from django.utils.decorators import sync_only_middleware

from claims.queries import replica
from claims.web.site.requests import View

_SEEN = "seen"
"""The cookie with the position of the primary that a person has seen."""

_KEPT = 3600
"""Seconds for which it is kept: a replica that lags as long has long been left out."""

_LISTS = frozenset(
    {
        *("articles", "claims", "claims-filter", "export-claims", "palette", "reports", "search"),
        *("sources", "statistics", "statistics-table"),
    }
)


def _reads_much(request: HttpRequest) -> bool:
    """Return whether a request reads much and writes little: of lists, search, statistics, exports or public pages."""
    name = (request.resolver_match and request.resolver_match.url_name) or ""
    if request.method not in {"GET", "HEAD"}:
        return name == "export-claims"
    return name in _LISTS or name.startswith("public-")


class _ReadingRequest(HttpRequest):
    """A request with what ends with it: where it reads from."""

    reading: ExitStack


@sync_only_middleware
class ReplicaMiddleware:
    """Answers pages that read much from the replica, if there is one and it has what the person has seen.

    Every answer behind the login that comes from the primary carries the primary's position in a cookie. So a person's
    next list has at least what they saw, or did, before: their own decision, and the end of a bulk change that a worker
    made. It comes after the checks of the login, which ask the primary.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Handle the request."""
        if not replica.is_set():
            return self.get_response(request)
        with ExitStack() as stack:
            cast("_ReadingRequest", request).reading = stack
            response = self.get_response(request)
            reads = replica.alias() == replica.ALIAS
            if reads and isinstance(response, StreamingHttpResponse):
                response.streaming_content = replica.piecewise(response)
        if not reads and getattr(request, "behind_login", False):
            _remember(response)
        return response

    def process_view(
        self, request: HttpRequest, _view: View, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """Let the page read from the replica, if it may."""
        if hasattr(request, "reading") and _reads_much(request):
            request.reading.enter_context(replica.reading(seen=_seen(request)))
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        """Answer from the primary if the replica has failed, or has cancelled a query to go on replaying."""
        match = request.resolver_match
        if replica.alias() != replica.ALIAS or not match:
            return None
        if not isinstance(error, OperationalError | InterfaceError):
            return None
        replica.watch.doubt()
        cast("_ReadingRequest", request).reading.enter_context(replica.on_primary())
        answer: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
        return answer


def _seen(request: HttpRequest) -> int:
    """Return the position that a person has seen; 0 for somebody who has seen none."""
    try:
        return int(request.get_signed_cookie(_SEEN, max_age=_KEPT) or 0)
    except (KeyError, BadSignature):
        return 0


def _remember(response: HttpResponseBase) -> None:
    if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return
    with suppress(DatabaseError, InterfaceError):
        response.set_signed_cookie(
            _SEEN,
            str(replica.position()),
            max_age=_KEPT,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
