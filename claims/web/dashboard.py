"""The dashboard: what is waiting for this person, new articles, and how the desk keeps up."""

from datetime import date, timedelta
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from claims.access import signed_in
from claims.choices import Verdict
from claims.models import Worker
from claims.queries.claims.filters import LIST
from claims.queries.dashboard import (
    Start,
    mine,
    newest_articles,
    open_reports,
    start_for,
    to_check,
)
from claims.queries.due import due_verdicts
from claims.queries.links.broken import broken_total
from claims.queries.workload import Days, Waiting, ages_of_pending, days_of_work
from claims.web.components.ages import ages_in_words
from claims.web.components.charts import Chart, Row, column_chart
from claims.web.components.drawings import Series

DAYS = 14
"""How many days the chart has."""


def chart_of(days: Days) -> Chart:
    """Return the chart of new claims and decisions on each of some days, oldest first, with its numbers as links."""
    claims = reverse("claims")
    return column_chart(
        "days",
        _("New claims and decisions by day"),
        _("Day"),
        [
            Series("verified", _("Verified")),
            Series("disputed", _("Disputed")),
            Series("in", _("New claims"), line=True),
        ],
        [
            Row(
                date_format(day, _("j M")),
                numbers,
                short=str(day.day),
                addresses={
                    verdict.value: f"{claims}?{days.query(verdict.value, day)}"
                    for verdict in (Verdict.VERIFIED, Verdict.DISPUTED)
                },
            )
            for day, numbers in days.numbers.items()
        ],
    )


@require_GET
def dashboard(request: HttpRequest) -> HttpResponse:
    """Show the dashboard."""
    viewer = signed_in(request.user)
    decides = viewer.has_perm("claims.decide_claim")
    start = start_for(viewer) if decides else None
    today = timezone.localdate()
    days = days_of_work(_last_days(today))
    context = {
        "today": today,
        "start": start,
        "start_url": _queue_url(start) if start else "",
        "mine": mine(viewer),
        "to_check": to_check(viewer),
        "due": due_verdicts(viewer, today),
        "open_reports": open_reports(viewer) if decides else None,
        "broken": broken_total() if decides else None,
        "articles": newest_articles(viewer),
        "work": days,
        "days": chart_of(days) if days.worth_drawing else None,
        "no_worker": viewer.has_perm("claims.view_task") and not Worker.objects.alive().exists(),
        **_pending(ages_of_pending(today)),
    }
    return render(request, "dashboard/page.html", context)


def _last_days(today: date) -> list[date]:
    return [today - timedelta(days=back) for back in reversed(range(DAYS))]


def _pending(groups: list[Waiting]) -> dict[str, object]:
    """Return what the page shows of all pending claims: how many, and how many of each age as parts of the most.

    The longest bar leaves room for its border.
    """
    most = max(group.number for group in groups)
    return {
        "pending": sum(group.number for group in groups),
        "more_pending": any(group.more for group in groups),
        "pending_query": urlencode({"verdict": Verdict.PENDING.value}),
        "ages": [
            (group, ages_in_words(group.ages), f"{99 * group.number / most:.1f}")
            for group in groups
        ]
        if most
        else [],
    }


def _queue_url(start: Start) -> str:
    """Return the address of the review queue of these claims, at the first one."""
    address = reverse("article", args=[start.article])
    return f"{address}?{urlencode({'claim': start.claim, LIST: start.query})}"
