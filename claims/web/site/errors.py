"""Errors as pages and as notices: what happened and what to do."""

import sys
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.log import log_response
from django.utils.translation import gettext as _

from claims.access import role_of
from claims.errors import TooLargeError, WorkbenchError
from claims.messages import message_of
from claims.models import Newsroom
from claims.outages import MESSAGES, RETRY_AFTER, outage_of
from claims.queries.reports.terms import in_language, public_language


def notice(request: HttpRequest, template: str, *, status: int, **context: Any) -> HttpResponse:
    """Return a message for the notice area of the htmx page; the rest of the page stays."""
    response = render(request, template, context, status=status)
    response["HX-Retarget"] = "#notice"
    response["HX-Reswap"] = "innerHTML"
    return response


def problem(request: HttpRequest, error: WorkbenchError) -> HttpResponse:
    """Return an error as a notice for htmx or as a page."""
    return _show(request, status=error.status, message=message_of(error))


def _show(request: HttpRequest, *, status: int, message: str) -> HttpResponse:
    if getattr(request, "htmx", False):
        return notice(request, "site/notices/problem.html", status=status, message=message)
    return render(
        request, "site/problem.html", {"message": message, "status": status}, status=status
    )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler for 400; it gives a clear message when a form was too large."""
    if isinstance(exception, RequestDataTooBig):
        limit = filesizeformat(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
        message = _(
            "This form contains more than %(limit)s, which is too much for one article. Nothing was saved. Split the text into several articles."
        ) % {"limit": limit}
        return _show(request, status=TooLargeError.status, message=message)
    message = _(
        "The server did not understand what your browser sent. Reload the page and try again."
    )
    return _show(request, status=400, message=message)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler for 403."""
    account = getattr(request, "user", None)
    if isinstance(account, User) and role_of(account) is None:
        message = _(
            "Your account has no role yet, so it cannot view or do anything here. Ask an administrator for a role. It takes effect at once; you do not need to log in again."
        )
    else:
        message = _(
            "Your account is not allowed to do this. Ask an administrator for a different role."
        )
    return _show(request, status=403, message=message)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's handler for a form from a page older than the login."""
    message = _(
        "This page was opened before you last logged in. Nothing was saved. Go back, copy what you typed, reload the page and submit it again."
    )
    return _show(request, status=403, message=message)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler for 404. Under the public address, the page says nothing of the desk."""
    if settings.PUBLIC_URL and request.path.startswith(reverse("public-reports")):
        return missing_to_public(request)
    message = _(
        "There is nothing at this address. It may be mistyped, or the article may have been deleted."
    )
    return _show(request, status=404, message=message)


def missing_to_public(request: HttpRequest) -> HttpResponse:
    """Return the 404 of the public pages, which says nothing of the desk."""
    with in_language(public_language()):
        context = {"newsroom": Newsroom.current(), "head": None}
        return render(request, "public/missing.html", context, status=HTTPStatus.NOT_FOUND)


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler for 500, for all uncaught errors; it does not use the database.

    If the database or the disk is what failed, the response is 503, says which, and when to retry.
    """
    error = sys.exception()
    outage = outage_of(error)
    message = (
        _(MESSAGES[outage])
        if outage
        else _(
            "Something went wrong on the server. Your last entry may not have been saved. The error has been logged."
        )
    )
    status = HTTPStatus.SERVICE_UNAVAILABLE if outage else HTTPStatus.INTERNAL_SERVER_ERROR
    number = getattr(request, "request_id", "")
    context = {
        "message": message,
        "status": status.value,
        "request_id": number,
        "styles": _styles(),
    }
    # Without the request, because the context processors need the database.
    if request.headers.get("HX-Request") == "true":
        response = HttpResponse(
            render_to_string("site/notices/failed.html", context), status=status
        )
        response["HX-Retarget"] = "#notice"
        response["HX-Reswap"] = "innerHTML"
    else:
        response = HttpResponse(render_to_string("site/server_error.html", context), status=status)
    if outage:
        response["Retry-After"] = str(RETRY_AFTER[outage])
    response["Cache-Control"] = "no-store"
    # Logged here and not by the caller: if another error's page failed, nothing else would log the cause.
    log_response(
        "%s: %s",
        response.reason_phrase,
        request.path,
        response=response,
        request=request,
        exception=error,
    )
    return response


def _styles() -> list[str]:
    """Return the addresses of the style sheets; none if `collectstatic` has not been run."""
    names = (
        "admin/css/base.css",
        "admin/css/dark_mode.css",
        "claims/tokens.css",
        "claims/base.css",
    )
    try:
        return [static(name) for name in names]
    except ValueError:
        return []
