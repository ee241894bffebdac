"""Background tasks and their outcomes."""

from collections.abc import Sequence
from types import MappingProxyType
from typing import Any

from django.db import models
from django.db.models import Q
from django_tasks import TaskResultStatus

from claims.choices import JobStatus
from claims.models import (
    ArchiveImport,
    BulkChange,
    Export,
    ExternalSource,
    Feed,
    IntakeItem,
    Mailbox,
    Worker,
)

SUBJECTS: MappingProxyType[str, type[models.Model]] = MappingProxyType(
    {
        "claims.actions.intake.processing.process_item": IntakeItem,
        "claims.actions.intake.feeds.check_feed": Feed,
        "claims.actions.external.sources.read_external_source": ExternalSource,
        "claims.actions.intake.mailbox.check_mailbox": Mailbox,
        "claims.actions.intake.archives.import_archive": ArchiveImport,
        "claims.actions.claims.bulk_changes.run_in_background": BulkChange,
        "claims.actions.exports.write_in_background": Export,
    }
)
"""What a task's first argument names, by the task's path."""


def subject_of(path: str, arguments: Sequence[Any]) -> tuple[type[models.Model], int] | None:
    """Return the subject of a task: a model and the id of its row; None if it has none.

    Args:
        path: the task's path.
        arguments: the arguments it was called with.
    """
    model = SUBJECTS.get(path)
    return (model, arguments[0]) if model and arguments else None


def failed(tasks: models.QuerySet[Any]) -> models.QuerySet[Any]:
    """Return those tasks that did not succeed: their workers died, or they reported an error."""
    return tasks.filter(Q(status=TaskResultStatus.FAILED) | Q(return_value__isnull=False))


def wait_in_vain(*statuses: str) -> bool:
    """Return whether one of some jobs, by their statuses, waits for a worker while none is running."""
    return JobStatus.WAITING in statuses and not Worker.objects.alive().exists()
