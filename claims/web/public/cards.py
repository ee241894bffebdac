"""What goes with a claim or a report elsewhere: a card to embed, and the picture of a shared link."""

from csp.constants import NONE, SELF
from csp.decorators import csp
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt

from claims.queries.reports.terms import in_language
from claims.renderers.documents.picture import Shared, draw
from claims.web.public.pages import claim_page, public_report
from claims.web.public.report_page import ReportPage
from claims.web.public.serving import context, everybody
from claims.web.site.requests import policy

_ANYWHERE = policy(
    csp(
        {
            "default-src": [NONE],
            "style-src": [SELF],
            "base-uri": [NONE],
            "form-action": [NONE],
            "frame-ancestors": ["*"],
        }
    )
)
"""A card may stand on any page, and runs and sends nothing there."""


@xframe_options_exempt
@_ANYWHERE
@everybody()
def card(request: HttpRequest, claim: int) -> HttpResponse:
    """Show a claim's verdict in force, to be embedded in other pages."""
    shown = claim_page(claim)
    with in_language(shown.edition.report.language):
        return render(request, "public/card.html", context(shown=shown))


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
