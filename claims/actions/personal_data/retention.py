"""Deleting what has been kept long enough, as the settings say."""

import logging
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from claims.actions.accounts.managing import workbench_account
from claims.actions.accounts.sessions import of_ended_sessions
from claims.actions.exports import delete_exports
from claims.actions.intake.archives import delete_archives
from claims.actions.reports.drafts import discard_report
from claims.choices import DraftStage
from claims.models import (
    ArchiveImport,
    Export,
    IntakeItem,
    KeptAnswer,
    Mail,
    Notification,
    Report,
    Task,
    WebhookDelivery,
    Worker,
)
from claims.models.tasks import LOST_AFTER
from claims.queries.tasks import failed

READ_KEPT_FOR, DONE_KEPT_FOR = timedelta(days=30), timedelta(days=3)
"""How long read notifications, and tasks that did not fail, are kept at most."""

AT_ONCE = 1_000
"""Rows that are deleted together, so that nobody waits long for the database."""

_log = logging.getLogger(__name__)

_Delete = Callable[[Sequence[Any]], object]


def purge() -> dict[str, int]:
    """Delete what has been kept long enough. Any worker may do it; several at the same time do nothing twice.

    Returns:
        How many rows were deleted, by what they are, where there were any. The server's log says so as well.
    """
    deleted: dict[str, int] = {}
    for name, rows, delete in _expired():
        while found := list(rows.values_list("pk", flat=True)[:AT_ONCE]):
            delete(found)
            deleted[name] = deleted.get(name, 0) + len(found)
    if deleted:
        told = ", ".join(f"{number} {name}" for name, number in deleted.items())
        _log.info("Deleted what was kept long enough: %s", told)
    return deleted


def _expired() -> Iterator[tuple[str, QuerySet[Any], _Delete]]:
    """Yield what is due for deletion: what it is, the rows, and how they are deleted by their ids."""
    yield _rows("inbox items", IntakeItem.objects.expired())
    yield _rows("mails", Mail.objects.expired())
    yield "archives", ArchiveImport.objects.expired(), delete_archives
    yield "exports", Export.objects.expired(), _delete_exports
    yield _rows("notifications", _notifications())
    yield _rows("tasks", _tasks())
    yield _rows("webhook deliveries", WebhookDelivery.objects.expired(_before("webhooks")))
    for name, model in (
        ("logins", AccessLog),
        ("failed logins", AccessFailureLog),
        ("login lockouts", AccessAttempt),
    ):
        yield _rows(name, model.objects.filter(attempt_time__lt=_before("logins")))
    yield _rows("sessions", Session.objects.filter(expire_date__lt=timezone.now()))
    yield _rows("places of ended sessions", of_ended_sessions())
    yield _rows("answers to programs", KeptAnswer.objects.expired())
    gone = timezone.now() - 10 * LOST_AFTER
    yield _rows("workers", Worker.objects.filter(last_seen_at__lt=gone))
    if settings.KEEP_DAYS["drafts"]:
        yield "drafts", _drafts(), _discard


def _rows(name: str, rows: QuerySet[Any]) -> tuple[str, QuerySet[Any], _Delete]:
    return name, rows, partial(_delete_rows, rows)


def _delete_rows(rows: QuerySet[Any], found: Sequence[Any]) -> None:
    rows.model._default_manager.filter(pk__in=found).delete()


def _before(name: str, most: timedelta = timedelta.max) -> datetime:
    """Return the moment before which something is too old.

    Args:
        name: its key in `KEEP_DAYS`.
        most: how long it is kept in any case.
    """
    return timezone.now() - min(timedelta(days=settings.KEEP_DAYS[name]), most)


def _notifications() -> QuerySet[Notification]:
    old = Q(created_at__lt=_before("notifications"))
    read = Q(created_at__lt=_before("notifications", READ_KEPT_FOR), read_at__isnull=False)
    return Notification.objects.filter(old | read)


def _tasks() -> QuerySet[Any]:
    finished = Task.objects.finished()
    done = finished.exclude(pk__in=failed(finished).values("pk"))
    lately = done.filter(finished_at__lt=_before("tasks", DONE_KEPT_FOR)).values("pk")
    return finished.filter(Q(finished_at__lt=_before("tasks")) | Q(pk__in=lately))


def _drafts() -> QuerySet[Report]:
    """Drafts that are still being written, and on which nobody has worked for as long as they are kept."""
    touched = Report.history.model.objects.filter(
        id=OuterRef("pk"), history_date__gte=_before("drafts")
    )
    old = Report.objects.drafts().filter(stage=DraftStage.WRITING, created_at__lt=_before("drafts"))
    return old.filter(~Exists(touched))


def _delete_exports(found: Sequence[Any]) -> None:
    delete_exports(Export.objects.filter(pk__in=found))


def _discard(found: Sequence[Any]) -> None:
    # One by one, because each leaves an entry in the log of data entry.
    actor = workbench_account()
    for pk in found:
        discard_report(actor=actor, report_id=pk)
