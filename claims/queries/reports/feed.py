"""What the feeds and the sitemap tell: public reports, notices on their claims, and withdrawals."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest

from claims.models import Correction, Report, TextCorrection
from claims.models.reports.reports import NOT_LISTED


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """A public report as an entry of the feed.

    Attributes:
        report: the report.
        changed_at: when readers were last told something about it or, without that, when it was published.
        notices: the published notices on its claims, newest first.
        text_corrections: those on its lede and conclusion, newest first.
    """

    report: Report
    changed_at: datetime
    notices: Sequence[Correction]
    text_corrections: Sequence[TextCorrection]


def feed_entries(limit: int) -> list[FeedEntry]:
    """Return the public reports that were published or corrected most recently, in three queries.

    Args:
        limit: the most reports to return.
    """
    changed = public_reports().order_by("-changed_at", "-pk")
    reports = list(changed.defer(*NOT_LISTED)[:limit])
    notices = defaultdict(list)
    told = Correction.objects.published().filter(reported__report__in=reports)
    for notice in told.select_related("reported", "decision").defer("decision__evidence"):
        notices[notice.reported.report_id].append(notice)
    texts = defaultdict(list)
    for text in TextCorrection.objects.filter(report__in=reports).order_by("-pk"):
        texts[text.report_id].append(text)
    return [FeedEntry(one, one.changed_at, notices[one.pk], texts[one.pk]) for one in reports]


def told_notices(limit: int) -> list[Correction]:
    """Return the notices on claims of public reports that readers were told last, each one once, newest first."""
    told = Correction.objects.published().filter(reported__report__public=True)
    newest: QuerySet[Any] = told.annotate(
        at=Coalesce("notice_changed_at", "published_at")
    ).order_by("-at", "-pk")
    rows = newest.select_related("reported__claim", "reported__report", "decision").defer(
        "reported__report__claim_ids", "decision__evidence", "data"
    )
    # One notice on a claim of several reports is one row each.
    once = {(row.decision_id, row.notice): row for row in reversed(rows[: 2 * limit])}
    return sorted(once.values(), key=lambda row: (row.at, row.pk), reverse=True)[:limit]


def told_texts(limit: int) -> QuerySet[TextCorrection]:
    """Return the corrections of ledes and conclusions of public reports that readers were told last, newest first."""
    told = TextCorrection.objects.filter(report__public=True).select_related("report")
    return told.defer("report__claim_ids").order_by("-published_at", "-pk")[:limit]


def public_reports() -> QuerySet[Any]:
    """Return the public reports with `changed_at`: when readers were last told something about them."""
    told = Correction.objects.filter(reported__report=OuterRef("pk"))
    texts = TextCorrection.objects.filter(report=OuterRef("pk")).order_by("-pk")
    moments = (told.newest_published(), texts.values("published_at")[:1])
    changed = Greatest(*(Coalesce(Subquery(at), F("published_at")) for at in moments))
    return Report.objects.public().annotate(changed_at=changed)
