"""How public pages are served: to everybody, in one language, from a cache, and with what happened if they are gone."""

import hashlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial, wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotModified,
    QueryDict,
)
from django.http.response import StreamingHttpResponse
from django.shortcuts import render
from django.utils.http import parse_etags, quote_etag
from django.views.decorators.http import require_safe

from claims.errors import UnknownPageError
from claims.models import Newsroom, Report
from claims.queries.reports.public_version import public_version
from claims.queries.reports.terms import in_language, public_language
from claims.web.site.errors import missing_to_public
from claims.web.site.requests import View

_MAX_AGE = 60
"""For how many seconds readers may keep a page without asking: as long as a correction may reach them late."""

_LASTING = frozenset(
    {HTTPStatus.OK, HTTPStatus.NOT_MODIFIED, HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
)
"""What readers and proxies may keep for so long: pages, and that there is none."""

_KEPT = ("Content-Type", "Content-Disposition", "Link")
"""The headers of a response that the cache keeps."""


class WithdrawnError(Exception):
    """The page is gone, because its report was withdrawn."""

    def __init__(self, report: Report) -> None:
        super().__init__(report)
        self.report = report


def everybody(*, kept: bool = True, **parameters: Callable[[str], Any]) -> Callable[[View], View]:
    """Make a view public: return 404 while no public address is set, and answer from the cache what has not changed.

    Args:
        kept: whether the page follows from what was published alone, so that the cache can keep it. What depends on what
            readers type, or on the desk's own lists, is made each time.
        parameters: the query parameters that the page reads, each with its parser ("p=int"). Whatever
            else stands there is dropped: it makes no other page, and no other entry in the cache.
    """

    def decorator(view: View) -> View:
        @require_safe
        @wraps(view)
        def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not settings.PUBLIC_URL:
                raise Http404
            request.GET = _known(request.GET, parameters)  # type: ignore[assignment]  # it is immutable by its type alone
            made = partial(view, request, *args, **kwargs)
            response = _from_cache(request, made) if kept else _anew(request, made)
            if response.status_code in _LASTING:
                response["Cache-Control"] = f"public, max-age={_MAX_AGE}, must-revalidate"
            if request.method == "HEAD":
                response["Content-Length"] = str(len(response.content))
                response.content = b""
            return response

        return page

    return decorator


def _known(asked: QueryDict, parameters: Mapping[str, Callable[[str], Any]]) -> QueryDict:
    """Return what a page knows of what an address asks, in one order and one spelling."""
    known = QueryDict(mutable=True)
    for name, read in parameters.items():
        with suppress(KeyError, ValueError):
            known[name] = str(read(str(asked[name])))
    return known


def context(**shown: Any) -> dict[str, Any]:
    """Return the context of a public page: what every one needs, and what this one shows.

    A page without a head is not for search engines.
    """
    return {"newsroom": Newsroom.current(), "head": None, **shown}


def _from_cache(request: HttpRequest, made: Callable[[], HttpResponseBase]) -> HttpResponse:
    etag = _etag(request)
    # A new page needs no 304: it has another tag.
    if _has(request, etag):
        return _tagged(HttpResponseNotModified(), etag)
    return _tagged(_answer(etag, made, request), etag)


def _anew(request: HttpRequest, made: Callable[[], HttpResponseBase]) -> HttpResponse:
    response = _made(made, request)
    if response.status_code != HTTPStatus.OK:
        return response
    etag = hashlib.sha256(response.content).hexdigest()[:32]
    return _tagged(HttpResponseNotModified() if _has(request, etag) else response, etag)


def _has(request: HttpRequest, etag: str) -> bool:
    """Whether the reader, or a proxy, holds the page with this tag.

    Nothing else that a request makes conditional counts: "*" would be true of pages that are not there, and `If-Match`
    is for those who change something.
    """
    tags = parse_etags(request.headers.get("If-None-Match", ""))
    # Proxies that compress a page weaken its tag.
    return quote_etag(etag) in {tag.removeprefix("W/") for tag in tags}


def _tagged(response: HttpResponse, etag: str) -> HttpResponse:
    if response.status_code in {HTTPStatus.OK, HTTPStatus.NOT_MODIFIED}:
        response["ETag"] = quote_etag(etag)
    return response


def _etag(request: HttpRequest) -> str:
    parts = (
        settings.PUBLIC_URL,
        settings.SOFTWARE,
        public_version(),
        request.path,
        request.GET.urlencode(),
    )
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def _answer(etag: str, made: Callable[[], HttpResponseBase], request: HttpRequest) -> HttpResponse:
    kept = caches["public"].get(etag)
    if kept:
        content, headers = kept
        return HttpResponse(content, headers=headers)
    response = _made(made, request)
    if response.status_code == HTTPStatus.OK:
        headers = {name: response[name] for name in _KEPT if name in response}
        # A full disk must not take the page from its readers.
        with suppress(OSError):
            caches["public"].set(etag, (response.content, headers))
    return response


def _made(made: Callable[[], HttpResponseBase], request: HttpRequest) -> HttpResponse:
    """Make a page, or what stands in its place: it was withdrawn, or never was there."""
    # In the language of the site or of the report, and not of the reader's browser: one address has one text.
    with in_language(public_language()):
        try:
            return _whole(made())
        except (Http404, UnknownPageError):
            return missing_to_public(request)
        except WithdrawnError as error:
            return _withdrawn(request, error.report)


def _withdrawn(request: HttpRequest, report: Report) -> HttpResponse:
    with in_language(report.language):
        shown = context(report=report)
        return render(request, "public/withdrawn.html", shown, status=HTTPStatus.GONE)


def _whole(response: HttpResponseBase) -> HttpResponse:
    if not isinstance(response, StreamingHttpResponse):
        return response  # type: ignore[return-value]  # the only other kind
    headers = {name: response[name] for name in _KEPT if name in response}
    return HttpResponse(b"".join(response), headers=headers)
