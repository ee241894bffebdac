"""The dashboard: what is waiting for this person, new articles, and recent work."""

from datetime import date, timedelta
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from claims.access import signed_in
from claims.queries.claims.filters import LIST
from claims.queries.dashboard import (
    DAYS,
    Start,
    days_of_work,
    mine,
    newest_articles,
    start_for,
    to_check,
)
from claims.queries.due import due_verdicts
from claims.web.components.charts import Chart, Row, Series, column_chart


def days(viewer: User, today: date | None = None) -> Chart:
    """Return the chart of new claims and decisions on each of the last days, in the reader's zone, oldest first.

    Decisions that this person must not know yet are left out.
    """
    today = today or timezone.localdate()
    every = [today - timedelta(days=back) for back in reversed(range(DAYS))]
    numbers = days_of_work(viewer, every)
    return column_chart(
        "days",
        _("New claims and decisions by day"),
        _("Day"),
        [
            Series("verified", _("Verified")),
            Series("disputed", _("Disputed")),
            Series("in", _("New claims"), line=True),
        ],
        [Row(date_format(day, _("j M")), numbers[day], short=str(day.day)) for day in every],
    )


@require_GET
def dashboard(request: HttpRequest) -> HttpResponse:
    """Show the dashboard."""
    viewer = signed_in(request.user)
    start = start_for(viewer) if viewer.has_perm("claims.decide_claim") else None
    context = {
        "start": start,
        "start_url": _queue_url(start) if start else "",
        "mine": mine(viewer),
        "to_check": to_check(viewer),
        "due": due_verdicts(viewer, timezone.localdate()),
        "articles": newest_articles(viewer),
        "days": days(viewer),
    }
    return render(request, "dashboard/page.html", context)


def _queue_url(start: Start) -> str:
    """Return the address of the review queue of these claims, at the first one."""
    address = reverse("article", args=[start.article])
    return f"{address}?{urlencode({'claim': start.claim, LIST: start.query})}"
