"""Timestamps of published reports, asked for by a worker where an authority is set."""

import logging
from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.db.models import Count, Q
from django.utils import timezone, translation
from django_tasks import task

from claims.errors import TimestampError
from claims.fetching.timestamps import request_timestamp
from claims.messages import message_of
from claims.models import Report, ReportTimestamp, Task
from claims.models.reports.reports import EDITIONS, ReportQuerySet
from claims.queries.reports.editions import both_editions
from claims.renderers.labels import LANGUAGE
from claims.renderers.types import Edition

logger = logging.getLogger(__name__)

AGAIN_AFTER = timedelta(minutes=15)
"""How long after an attempt that failed the authority is asked again."""
_AT_ONCE = 10
"""For how many reports one task asks."""


def enqueue_timestamps() -> None:
    """Have the reports timestamped that are not yet, unless there is no authority or it is being asked already."""
    if not settings.TIMESTAMP_AUTHORITY:
        return
    if not Task.under_way(stamp_reports).exists() and _due().exists():
        stamp_reports.enqueue()


@task(priority=-1)
def stamp_reports() -> None:
    """Ask the authority for the timestamps of some reports, the newest first. The next look at what is due does the rest."""
    if not settings.TIMESTAMP_AUTHORITY:
        return
    for report in list(_due()[:_AT_ONCE]):
        given = set(report.timestamps.given().values_list("edition", flat=True))
        with translation.override(LANGUAGE):
            editions = [one for one in both_editions(report) if one.kind not in given]
            _stamp(report, editions)


def _due() -> ReportQuerySet:
    """Return the published reports of which an edition has no timestamp, and no attempt has just failed."""
    settled = Q(timestamps__stamped_at__isnull=False) | Q(
        timestamps__tried_at__gt=timezone.now() - AGAIN_AFTER
    )
    found = Report.objects.published().annotate(settled=Count("timestamps", filter=settled))
    return found.filter(settled__lt=len(EDITIONS)).order_by("-published_at", "-pk")


def _stamp(report: Report, editions: Sequence[Edition]) -> None:
    for edition in editions:
        row = ReportTimestamp.objects.filter(report=report, edition=edition.kind).first()
        row = row or ReportTimestamp(report=report, edition=edition.kind)
        row.digest, row.authority = edition.digest, settings.TIMESTAMP_AUTHORITY
        row.tried_at = timezone.now()
        # Before it is asked: whatever goes wrong, it is not asked again at once.
        row.save()
        try:
            given = request_timestamp(
                edition.canonical,
                authority=settings.TIMESTAMP_AUTHORITY,
                certificates=settings.TIMESTAMP_CERTIFICATES,
            )
        except TimestampError as error:
            row.problem = message_of(error)
            logger.warning("report %s has no timestamp yet: %s", report.pk, row.problem)
        else:
            row.problem, row.response, row.stamped_at = "", given.response, given.at
        row.save()
