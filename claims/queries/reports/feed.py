"""The public feed: the public reports that were published or corrected most recently."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from claims.models import Correction, Report


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """A public report as an entry of the feed.

    Attributes:
        report: the report.
        changed_at: when its newest correction was published or, without one, the report itself.
        notices: the notices of its published corrections, newest first.
    """

    report: Report
    changed_at: datetime
    notices: Sequence[str]


def feed_entries(limit: int) -> list[FeedEntry]:
    """Return the public reports that were published or corrected most recently, in two queries.

    Args:
        limit: the most reports to return.
    """
    changed: QuerySet[Any] = Report.objects.public().with_changed_at()
    reports = list(changed.order_by("-changed_at", "-pk").defer("claim_ids")[:limit])
    notices = defaultdict(list)
    told = Correction.objects.published().filter(reported__report__in=reports)
    for report, notice in told.values_list("reported__report", "notice"):
        notices[report].append(notice)
    return [FeedEntry(one, one.changed_at, notices[one.pk]) for one in reports]
