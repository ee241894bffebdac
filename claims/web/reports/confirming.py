"""What whoever publishes a report sees before: what readers will learn, and when."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from claims.access import signed_in
from claims.queries.reports.editions import edition_of, public_edition_of
from claims.queries.reports.news import news_of
from claims.web.reports.views import is_approved, report_of_address


@require_GET
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what readers will see of a report that is not public yet, and how it can be published."""
    found = report_of_address(request, pk)
    if found.public:
        return redirect(found)
    actor = signed_in(request.user)
    edition = edition_of(actor=actor, report=found)
    context = {
        "report": found,
        "edition": edition,
        "news": news_of(public_edition_of(actor=actor, report=found)),
        "waiting": any(line.waiting for line in edition.report.lines),
        "approved": is_approved(found, edition),
        "public_url": settings.PUBLIC_URL,
        "now": timezone.now(),
    }
    return render(request, "reports/confirm.html", context)
