"""What the workers do, did and failed at."""

from collections.abc import Sequence
from types import MappingProxyType
from typing import Any

from django.db import models
from django.db.models import Q
from django_tasks import TaskResultStatus

from claims.models import Batch, Export, Feed, Intake

ABOUT: MappingProxyType[str, type[models.Model]] = MappingProxyType(
    {
        "claims.actions.intake.processing.go_on": Intake,
        "claims.actions.intake.feeds.look_at_feed": Feed,
        "claims.actions.claims.bulk_changes.run_in_background": Batch,
        "claims.actions.exports.write_in_background": Export,
    }
)
"""What a task's first argument names, by the task's path."""


def about(path: str, arguments: Sequence[Any]) -> tuple[type[models.Model], int] | None:
    """What a task is about: a model and the id of its row; None where it is about nothing.

    Args:
        path: the task's.
        arguments: what it was called with.
    """
    model = ABOUT.get(path)
    return (model, arguments[0]) if model and arguments else None


def failed(tasks: models.QuerySet[Any]) -> models.QuerySet[Any]:
    """Those of some tasks that did not do what they were to: their workers broke off, or they say what went wrong."""
    return tasks.filter(Q(status=TaskResultStatus.FAILED) | Q(return_value__isnull=False))
