"""Background tasks: which worker runs them, what happens when it dies, and what people can do about them.

The tasks themselves are rows of django-tasks in the same database, written in the transaction that needs them.
"""

import os
import socket
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_noop
from django_tasks import TaskResult, TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from claims.actions.base import action
from claims.actions.captures.taking import enqueue_captures
from claims.actions.external.sources import read_due_external_sources
from claims.actions.intake.feeds import check_due_feeds
from claims.actions.intake.mailbox import check_due_mailbox
from claims.actions.intake.processing import enqueue_due_items
from claims.actions.links.archiving import enqueue_archiving
from claims.actions.links.checking import enqueue_link_checks
from claims.actions.maintenance import count_stale_days
from claims.actions.matching.proposals import enqueue_matching
from claims.actions.notices.sending import enqueue_notices
from claims.actions.reports.corrections import publish_due_updates
from claims.actions.reports.scheduling import publish_due_reports
from claims.actions.reports.signatures import enqueue_signatures
from claims.actions.reports.timestamps import enqueue_timestamps
from claims.actions.thumbnails import enqueue_thumbnails
from claims.actions.webhooks.delivering import enqueue_deliveries
from claims.choices import JobStatus
from claims.models import ExternalSource, Feed, IntakeItem, Mailbox, Task, Worker
from claims.queries.tasks import failed, subject_of

MAX_ATTEMPTS = 5
"""How often a task is started: one that kills its worker each time would go on for ever."""

WAIT = timedelta(seconds=30)
"""How long until a task that failed for the database's sake is started again; twice as long each time after."""

GIVEN_UP = "claims.actions.tasks.GivenUp"
"""What stands as the kind of error of a task that is not started again."""

_PASSING = ("django.db.utils.OperationalError", "django.db.utils.InterfaceError")
"""Failures that are the database's: it was away, or too busy."""

_WITHOUT_STATUS = (ExternalSource, Feed, Mailbox)
"""What is checked again and again, whatever became of one check."""

_DIED = gettext_noop("The task was started five times, and the worker died each time.")
_FAILED = gettext_noop("The task failed; details are in the server log.")

_MAY = "claims.change_task"


def register_worker(name: str) -> None:
    """Register a worker."""
    Worker.objects.create(name=name, host=socket.gethostname()[:255], process=os.getpid())


def heartbeat(name: str) -> None:
    """Record that a worker is alive. One that was taken for dead is registered again."""
    if not Worker.objects.filter(name=name).update(last_seen_at=timezone.now()):
        register_worker(name)


def unregister_worker(name: str) -> None:
    """Unregister a worker."""
    Worker.objects.filter(name=name).delete()


def run_due() -> None:
    """Do what is due every few seconds. Any worker may do it; several at the same time do nothing twice."""
    _take_over()
    _begin_again()
    enqueue_due_items()
    check_due_feeds()
    read_due_external_sources()
    check_due_mailbox()
    enqueue_matching()
    enqueue_thumbnails()
    enqueue_captures()
    enqueue_archiving()
    enqueue_link_checks()
    publish_due_updates()
    publish_due_reports()
    enqueue_timestamps()
    enqueue_signatures()
    enqueue_deliveries()
    enqueue_notices()
    count_stale_days()


def _take_over() -> None:
    """Hand over the tasks of dead workers to others. Every task can be started again."""
    alive = set(Worker.objects.alive().values_list("name", flat=True))
    for row in Task.objects.running():
        if not row.worker_ids or row.worker_ids[-1] in alive:
            continue
        mine = Task.objects.running().filter(pk=row.pk, worker_ids=row.worker_ids)
        if len(row.worker_ids) < MAX_ATTEMPTS:
            mine.update(status=TaskResultStatus.READY)
            continue
        with transaction.atomic():
            if mine.update(
                status=TaskResultStatus.FAILED,
                finished_at=timezone.now(),
                exception_class_path=GIVEN_UP,
                traceback=_DIED,
            ):
                _set_progress(_about(row), JobStatus.FAILED, _DIED)


def _begin_again() -> None:
    """Restart tasks that failed because the database was unavailable, after a while; eventually they are given up."""
    for row in Task.objects.failed().filter(exception_class_path__in=_PASSING):
        attempts = len(row.worker_ids)
        mine = Task.objects.failed().filter(pk=row.pk, worker_ids=row.worker_ids)
        if attempts >= MAX_ATTEMPTS:
            with transaction.atomic():
                if mine.update(exception_class_path=GIVEN_UP):
                    _set_progress(_about(row), JobStatus.FAILED, _FAILED)
        elif row.finished_at is None or row.finished_at + WAIT * 2**attempts < timezone.now():
            mine.update(status=TaskResultStatus.READY)


def note_failure(task_result: TaskResult[Any], **_signal: Any) -> None:
    """Mark the subject of a failed task as failed, unless it is restarted. Called whenever a task ends."""
    why = task_result.errors[-1].exception_class_path if task_result.errors else ""
    if task_result.status == TaskResultStatus.FAILED and why not in _PASSING:
        found = subject_of(task_result.task.module_path, task_result.args)
        _set_progress(found, JobStatus.FAILED, _FAILED)


def _set_progress(
    found: tuple[type[models.Model], int] | None, status: JobStatus, why: str = ""
) -> None:
    """Set the status of a task's subject, if it is waiting or running."""
    if found is None or found[0] in _WITHOUT_STATUS:
        return
    model, pk = found
    error: Any = {"template": why, "params": {}} if model is IntakeItem else why
    under_way = model._default_manager.filter(
        pk=pk, status__in=[JobStatus.WAITING, JobStatus.RUNNING]
    )
    under_way.update(status=status, **({"error": error} if why else {}))


@action(_MAY, what=gettext_noop("manage background tasks"))
def run_again(*, actor: User, tasks: Iterable[Task]) -> int:
    """Restart failed tasks. Returns how many."""
    return sum(_run_again(actor, row) for row in tasks)


def _run_again(actor: User, row: Task) -> bool:
    mine = failed(Task.objects.filter(pk=row.pk))
    begun = mine.update(
        status=TaskResultStatus.READY,
        run_after=get_date_max(),
        worker_ids=[],
        finished_at=None,
        return_value=None,
    )
    if begun:
        found = _about(row)
        if found is not None and found[0] not in _WITHOUT_STATUS:
            model, pk = found
            # It is still running if the failed task could not even record its failure.
            failed_at = [JobStatus.FAILED, JobStatus.RUNNING]
            model._default_manager.filter(pk=pk, status__in=failed_at).update(
                status=JobStatus.WAITING
            )
        _log(actor, row, "restarted")
    return bool(begun)


@action(_MAY, what=gettext_noop("manage background tasks"))
def cancel_tasks(*, actor: User, tasks: Iterable[Task]) -> int:
    """Cancel waiting tasks, and stop running ones where possible. Returns how many."""
    return sum(_cancel(actor, row) for row in tasks)


def _cancel(actor: User, row: Task) -> bool:
    waiting = Task.objects.filter(pk=row.pk, status=TaskResultStatus.READY)
    taken_back = waiting.delete()[0]
    running = not taken_back and Task.objects.running().filter(pk=row.pk).exists()
    if taken_back or (running and _about(row)):
        _set_progress(_about(row), JobStatus.STOPPED)
        _log(actor, row, "cancelled")
        return True
    return False


def _about(row: DBTaskResult[Any, Any]) -> tuple[type[models.Model], int] | None:
    return subject_of(row.task_path, row.args_kwargs["args"])


def _log(actor: User, row: Task, what: str) -> None:
    LogEntry.objects.log_actions(
        actor.pk, [row], CHANGE, change_message=f"{row.task_path}: {what}", single_object=True
    )
