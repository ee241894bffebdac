"""Reports as files."""

from contextlib import ExitStack
from tempfile import TemporaryFile
from typing import BinaryIO, cast

from csp.constants import NONE, SELF
from csp.decorators import csp
from django.http import FileResponse, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET

from claims import renderers
from claims.access import signed_in
from claims.models import Article
from claims.queries.captures.archive import write_evidence
from claims.queries.reports.editions import edition_of, public_edition_of, report_of
from claims.renderers.documents import html_page
from claims.renderers.types import Edition
from claims.web.reports.downloads import as_download
from claims.web.reports.views import report_of_address
from claims.web.site.requests import policy

_STYLED = {
    "default-src": [NONE],
    "style-src": [html_page.style_hash()],
    "img-src": ["data:"],
    "frame-ancestors": [SELF],
}
"""What the policy of a page that is a report lets through: its own style and its newsroom's picture."""


@require_GET
@xframe_options_sameorigin
@policy(csp(_STYLED))
def report_page(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show a report in the browser: one file, which may have its own style and nothing else."""
    found = report_of_address(request, pk)
    return _in_browser(edition_of(actor=signed_in(request.user), report=found))


@require_GET
@xframe_options_sameorigin
@policy(csp(_STYLED))
def public_report_page(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show the public edition of a report in the browser, also before it is public."""
    found = report_of_address(request, pk)
    return _in_browser(public_edition_of(actor=signed_in(request.user), report=found))


@require_GET
def public_report_file(request: HttpRequest, pk: int, key: str) -> HttpResponseBase:
    """Download the public edition of a report, in any format, also before it is public."""
    found = report_of_address(request, pk)
    edition = public_edition_of(actor=signed_in(request.user), report=found)
    return as_download(edition, key, f"report-{found.pk}")


@require_GET
def report_file(request: HttpRequest, pk: int, key: str) -> HttpResponseBase:
    """Download a report, in any format."""
    found = report_of_address(request, pk)
    return as_download(
        edition_of(actor=signed_in(request.user), report=found), key, f"report-{found.pk}"
    )


@require_GET
def report_evidence(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Download all evidence of a report as one file."""
    found = report_of_address(request, pk)
    return _evidence(found.pk, edition_of(actor=signed_in(request.user), report=found))


@require_GET
def public_report_evidence(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Download the evidence of a report that is not confidential as one file."""
    found = report_of_address(request, pk)
    return _evidence(found.pk, public_edition_of(actor=signed_in(request.user), report=found))


def _evidence(number: int, edition: Edition) -> FileResponse:
    with ExitStack() as failing:
        file = failing.enter_context(TemporaryFile())
        write_evidence(edition, cast("BinaryIO", file))
        file.seek(0)
        # From here on, the response closes it.
        failing.pop_all()
    name = f"report-{number}-evidence-{edition.kind}.wacz"
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/wacz")


@require_GET
@policy(csp(_STYLED))
def article_report(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show the report on an article in its current state, in the browser."""
    found = get_object_or_404(Article, pk=pk)
    return _in_browser(report_of(actor=signed_in(request.user), article=found))


@require_GET
def article_report_file(request: HttpRequest, pk: int, key: str) -> HttpResponseBase:
    """Download the report on an article in its current state."""
    renderers.get(key)
    found = get_object_or_404(Article, pk=pk)
    made = report_of(actor=signed_in(request.user), article=found)
    return as_download(made, key, str(found.pk))


def _in_browser(edition: Edition) -> StreamingHttpResponse:
    export = html_page.FORMAT
    return StreamingHttpResponse(export.write(edition), content_type=export.content_type)
