"""What goes with a claim or a report elsewhere: a card to embed, how programs embed it, and the picture of a shared link."""

from functools import wraps
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from csp.decorators import csp
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt

from claims.queries.reports.terms import in_language
from claims.renderers.documents.picture import HEIGHT, WIDTH, Shared, draw
from claims.web.public.claim_page import ClaimPage
from claims.web.public.pages import claim_page, public_report
from claims.web.public.report_page import ReportPage
from claims.web.public.serving import context, everybody
from claims.web.site.requests import View, policy

_WIDEST = 600
"""How wide a card is in CSS pixels, where a program asks for the code and says no width."""

_LONGEST_ADDRESS = 500


def embedded(view: View) -> View:
    """Let a public page stand within others, on the sites of `EMBED_SITES`. It runs and sends nothing there."""

    @xframe_options_exempt
    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        rules = {
            "default-src": [NONE],
            "style-src": [SELF],
            "base-uri": [NONE],
            "form-action": [NONE],
            "frame-ancestors": settings.EMBED_SITES or [NONE],
        }
        return policy(csp(rules))(view)(request, *args, **kwargs)

    return page


@embedded
@everybody()
def card(request: HttpRequest, claim: int) -> HttpResponse:
    """Show a claim's verdict in force, to be embedded in other pages."""
    shown = claim_page(claim)
    with in_language(shown.edition.report.language):
        return render(request, "public/card.html", context(shown=shown))


@embedded
@everybody()
def report_card(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how many claims of a report have which verdict now, to be embedded in other pages."""
    shown = ReportPage(public_report(pk))
    with in_language(shown.report.language):
        return render(request, "public/report_card.html", context(shown=shown))


def _pixels(text: str) -> int:
    return max(1, min(int(text), 10_000))


def _address(text: str) -> str:
    if len(text) > _LONGEST_ADDRESS:
        raise ValueError("no address of this site")
    return text


@everybody(url=_address, format=str, maxwidth=_pixels, maxheight=_pixels)
def oembed(request: HttpRequest) -> HttpResponse:
    """Tell a program how to embed the page of a claim or a report, by its address (https://oembed.com, version 1.0)."""
    if request.GET.get("format", "json") != "json":
        return HttpResponse(status=HTTPStatus.NOT_IMPLEMENTED)
    shown = _page_at(request.GET.get("url", ""))
    with in_language(shown.edition.report.language):
        head = shown.head
    if head.card is None:
        raise Http404
    width = min(_WIDEST, int(request.GET.get("maxwidth", _WIDEST)))
    height = min(head.card.height, int(request.GET.get("maxheight", head.card.height)))
    return JsonResponse(
        {
            "version": "1.0",
            "type": "rich",
            "title": head.title,
            "provider_name": shown.edition.report.newsroom.name,
            "provider_url": settings.PUBLIC_URL,
            "html": head.card.code(str(width), height),
            "width": width,
            "height": height,
            "thumbnail_url": head.picture,
            "thumbnail_width": WIDTH,
            "thumbnail_height": HEIGHT,
        }
    )


def _page_at(address: str) -> ClaimPage | ReportPage:
    """Return the public page at an address. Raises as `public_report` does, and `Http404` for any other page."""
    own = f"{settings.PUBLIC_URL}/"
    path = urlsplit(address).path if address.startswith(own) else ""
    try:
        found = resolve(path)
    except Resolver404 as error:
        raise Http404 from error
    if found.url_name == "public-claim":
        return claim_page(**found.kwargs)
    if found.url_name == "public-report":
        return ReportPage(public_report(**found.kwargs))
    raise Http404


@everybody()
def claim_picture(_request: HttpRequest, claim: int) -> HttpResponse:
    """Draw the picture of a claim: its verdict in force, its words and who said it."""
    shown = claim_page(claim)
    return _png(
        Shared(
            title=shown.line.statement,
            kicker=", ".join(filter(None, (shown.line.source, shown.line.role))),
            newsroom=shown.edition.report.newsroom.name,
            mark=shown.mark,
            language=shown.edition.report.language,
        )
    )


@everybody()
def report_picture(_request: HttpRequest, pk: int) -> HttpResponse:
    """Draw the picture of a report: its title, and how many claims have which verdict."""
    shown = ReportPage(public_report(pk))
    with in_language(shown.report.language):
        kicker = _("Verification report no. %(number)s") % {"number": pk}
    return _png(
        Shared(
            title=shown.report.title,
            kicker=kicker,
            newsroom=shown.report.newsroom.name,
            figures=[group.figure for group in shown.groups],
            language=shown.report.language,
        )
    )


def _png(shared: Shared) -> HttpResponse:
    return HttpResponse(draw(shared), content_type="image/png")
