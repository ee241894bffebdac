"""The two editions of a report: what each holds, its digest and its files."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from claims import renderers
from claims.access import signed_in
from claims.models.reports.reports import EDITIONS
from claims.queries.health import signing_certificate, signing_problem
from claims.queries.reports.editions import edition_of, public_edition_of, signed_pdf_of
from claims.renderers.held_back import held_back
from claims.web.reports.views import report_of_address


@require_GET
def editions(request: HttpRequest, pk: int) -> HttpResponse:
    """Show both editions of a report, and what someone hands on with a file of the internal one."""
    found = report_of_address(request, pk)
    actor = signed_in(request.user)
    internal = edition_of(actor=actor, report=found)
    public = public_edition_of(actor=actor, report=found)
    formats = renderers.FORMATS.values()
    context = {
        "report": found,
        "internal": internal,
        "public": public,
        "held_back": held_back(internal),
        "waiting": dict.fromkeys(EDITIONS)
        | {one.edition: one for one in found.timestamps.all() if one.stamped_at is None},
        "asks": bool(settings.TIMESTAMP_AUTHORITY) and not found.is_draft,
        "signed": {one.kind: signed_pdf_of(one) for one in (internal, public)},
        "unsigned": dict.fromkeys(EDITIONS, "")
        | {one.edition: one.problem for one in found.signed_pdfs.all()},
        "signs": signing_certificate() is not None and not found.is_draft,
        "signing_problem": signing_problem(),
        "internal_formats": [one for one in formats if not one.public],
        "public_formats": [one for one in formats if public.claims_url or not one.public],
    }
    return render(request, "reports/editions.html", context)
