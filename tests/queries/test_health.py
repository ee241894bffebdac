"""What the health checks say: workers, and tasks that wait too long."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks import TaskResultStatus

from claims.models import Task, Worker
from claims.queries.health import LATE, checks, queue, workers
from claims.queries.tasks import failed
from tests.models import rows


def test_a_worker_is_needed(db):
    assert (workers().fault, workers().figures) == ("no worker", {"number": 0})
    Worker.objects.create(name="w", host="desk", process=1)
    assert (workers().fault, workers().figures) == ("", {"number": 1})


@pytest.mark.parametrize(("more", "fault"), [(-60, ""), (60, "tasks are late")])
def test_a_task_that_waits_too_long_is_late(db, more, fault):
    assert (queue().fault, queue().figures) == ("", {"number": 0, "seconds": 0})
    waited = LATE + timedelta(seconds=more)
    rows.task(1)
    task = rows.task(2)
    Task.objects.filter(pk=task.pk).update(enqueued_at=timezone.now() - waited)
    found = queue()
    assert (found.fault, found.figures["number"]) == (fault, 2)
    assert 0 <= found.figures["seconds"] - waited.total_seconds() < 30


def test_everything_is_checked(db):
    assert [check.name for check in checks()] == ["disk", "files", "database", "workers", "queue"]


def test_a_task_failed_whose_worker_died_or_that_told_of_an_error(db):
    fine, died, told = (rows.task(number) for number in range(3))
    Task.objects.filter(pk=fine.pk).update(status=TaskResultStatus.SUCCESSFUL)
    Task.objects.filter(pk=died.pk).update(status=TaskResultStatus.FAILED)
    Task.objects.filter(pk=told.pk).update(return_value={"code": "too-slow"})
    assert set(failed(Task.objects.all())) == {died, told}
