"""What the desk's pages know of a request beyond Django's own, and of the views that answer it."""

from collections.abc import Callable
from typing import Any, cast

from django.http import HttpRequest, HttpResponseBase
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.middleware import HtmxDetails

View = Callable[..., HttpResponseBase]


class DeskRequest(HttpRequest):
    """A request that went through the middleware.

    Attributes:
        htmx: what htmx says of it (`django_htmx`).
        behind_login: whether the address is one that needs an account.
    """

    htmx: HtmxDetails
    behind_login: bool


def asks_part(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of a page, and not a browser for the whole."""
    return bool(cast("DeskRequest", request).htmx)


def policy(decorator: Callable[[Any], Any]) -> Callable[[View], View]:
    """A decorator of django-csp for any view: its own types know only those without arguments."""
    return cast("Callable[[View], View]", decorator)


PANEL, CHANGES = "panel", "changes"
"""What the review page asks for where it does not need the whole answer: a panel that it will show later, and only what
a verdict changed."""


def asks(request: HttpRequest, answer: str) -> bool:
    """Whether a page that is ahead of the server asks for one of these."""
    return request.headers.get("Desk-Answer") == answer


def is_own(address: str) -> bool:
    """Whether an address to go back to, as a form holds it, is a path on this server."""
    return address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
