"""Background tasks: what each is about, and which jobs wait in vain."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims.choices import JobStatus
from claims.models import IntakeItem, Worker
from claims.queries.tasks import subject_of, wait_in_vain

ITEM = "claims.actions.intake.processing.process_item"


@pytest.mark.parametrize(
    ("path", "arguments", "subject"),
    [(ITEM, [7], (IntakeItem, 7)), (ITEM, [], None), ("claims.actions.maintenance.any", [7], None)],
)
def test_a_task_is_about_what_its_first_argument_names(path, arguments, subject):
    assert subject_of(path, arguments) == subject


def test_a_job_waits_in_vain_only_while_no_worker_runs(db):
    waiting, done = JobStatus.WAITING, JobStatus.DONE
    assert wait_in_vain(done, waiting)
    assert not wait_in_vain(done)
    worker = Worker.objects.create(name="w", host="desk", process=1)
    assert not wait_in_vain(done, waiting)
    Worker.objects.filter(pk=worker.pk).update(last_seen_at=timezone.now() - timedelta(days=1))
    assert wait_in_vain(waiting)
