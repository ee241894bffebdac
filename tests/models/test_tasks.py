"""What the workbench builds on in django-tasks and django-tasks-db, which promise it to nobody.

Where an update changes one of these parts, the test of it fails and says who relies on it. Then look there first, and
move the exact pin in pyproject.toml only with the change that the update needs.
"""

import inspect
import tomllib
from collections.abc import Iterator
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.core.management import get_commands
from django.db import models, transaction
from django.utils import timezone
from django_tasks import TaskContext, TaskResult, TaskResultStatus, task
from django_tasks.signals import task_finished, task_started
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult, get_date_max

from claims.management.commands.work import Command
from claims.models import Task
from tests.conftest import worker_named
from tests.models import rows

PINNED = ("django-tasks", "django-tasks-db")

FIELDS: dict[str, tuple[type[models.Field], bool]] = {
    "id": (models.UUIDField, False),
    "status": (models.CharField, False),
    "enqueued_at": (models.DateTimeField, False),
    "started_at": (models.DateTimeField, True),
    "finished_at": (models.DateTimeField, True),
    "args_kwargs": (models.JSONField, False),
    "task_path": (models.TextField, False),
    "worker_ids": (models.JSONField, False),
    "backend_name": (models.CharField, False),
    "run_after": (models.DateTimeField, False),
    "return_value": (models.JSONField, True),
    "exception_class_path": (models.TextField, False),
    "traceback": (models.TextField, False),
}
"""The columns of a task that `actions/tasks.py` and the admin's pages read and write, and which may be null."""


@task(takes_context=True)
def probe(context: TaskContext, wanted: str, *, loudly: bool = False) -> dict[str, Any]:
    """A task that says what it was given, or fails."""
    if wanted == "fail":
        raise LookupError("The probe fails, as it was told to.")
    return {"attempt": context.attempt, "wanted": wanted, "loudly": loudly}


@pytest.fixture
def worker() -> db_worker.Worker:
    return worker_named("one")


@pytest.fixture
def finished() -> Iterator[list[TaskResult]]:
    """What is told of each task that ends."""
    told: list[TaskResult] = []

    def hear(task_result: TaskResult, **_signal: object) -> None:
        told.append(task_result)

    task_finished.connect(hear)
    yield told
    task_finished.disconnect(hear)


@pytest.mark.parametrize("name", PINNED)
def test_exactly_what_is_pinned_is_installed(name):
    project = tomllib.loads((Path(configured.BASE_DIR) / "pyproject.toml").read_text())
    pins = [pin for pin in project["project"]["dependencies"] if pin.startswith(f"{name}=")]
    assert pins == [f"{name}=={version(name)}"], (
        f"pyproject.toml pins {name} exactly, because this file holds for one version only; install that one, or move "
        "the pin and see that these tests pass."
    )


class TestRows:
    @pytest.mark.parametrize("name", FIELDS)
    def test_a_task_has_the_columns_that_we_read_and_write(self, name):
        found = {field.name: field for field in Task._meta.concrete_fields}.get(name)
        kind, null = FIELDS[name]
        assert isinstance(found, kind), (
            f"a task's {name} is no longer a {kind.__name__} but {found!r}: see actions/background.py, admin/background.py"
        )
        assert found.null == null, (
            f"whether a task's {name} may be null has changed: see actions/background.py"
        )

    def test_our_model_is_theirs_under_our_name(self):
        assert Task._meta.proxy_for_model is DBTaskResult, "models/worker.py: Task is a proxy"
        assert Task._meta.db_table == "django_tasks_database_dbtaskresult", (
            "the table of the tasks has another name: see tests/management/test_work.py"
        )

    def test_no_column_is_new_that_a_row_of_ours_must_fill(self):
        fillable = {"priority", "queue_name"}
        needed = {
            field.name
            for field in Task._meta.concrete_fields
            if not field.has_default() and not field.null
        }
        assert needed - fillable <= set(FIELDS), (
            "a task has new columns without a default: see tests/models/rows.py, and _run_again in actions/background.py, "
            "which puts a task back to its beginning"
        )

    def test_the_states_are_the_four_that_we_name(self):
        assert {status.name: status.value for status in TaskResultStatus} == {
            name: name for name in ("READY", "RUNNING", "FAILED", "SUCCESSFUL")
        }, (
            "the states of a task have changed: see actions/background.py and _STATES in admin/background.py"
        )

    @pytest.mark.parametrize(
        ("asked", "states"),
        [
            ("ready", {"READY"}),
            ("running", {"RUNNING"}),
            ("failed", {"FAILED"}),
            ("finished", {"FAILED", "SUCCESSFUL"}),
        ],
    )
    def test_a_question_finds_its_states(self, db, asked, states):
        for status in TaskResultStatus.values:
            rows.task(1, status=status)
        found = set(getattr(Task.objects, asked)().values_list("status", flat=True))
        assert found == states, f"Task.objects.{asked}() finds others: see actions/background.py"

    def test_a_task_without_a_day_is_ready_and_one_for_later_is_not(self, db):
        now = rows.task(1, run_after=get_date_max())
        rows.task(2, run_after=timezone.now() + timedelta(days=1))
        assert list(Task.objects.ready()) == [now], (
            "get_date_max() no longer means “at once”: see _run_again in actions/background.py"
        )

    def test_who_claims_a_task_is_noted_behind_those_before(self, db):
        row = rows.task(1)
        row.claim("one")
        row.claim("two")
        row.refresh_from_db()
        assert (row.status, row.worker_ids) == ("RUNNING", ["one", "two"]), (
            "claim() notes something else: see _take_over in actions/background.py, which counts the workers and asks "
            "whether the last one lives"
        )
        assert row.started_at is not None, "claim() notes no time: see took in admin/background.py"


@pytest.mark.usefixtures("_queued")
class TestOrders:
    def test_an_order_is_a_row_with_its_path_and_its_arguments(self, db):
        probe.enqueue("look", loudly=True)
        row = Task.objects.get()
        assert row.task_path == probe.module_path == f"{__name__}.probe", (
            "a task is named otherwise: see ABOUT in queries/tasks.py and KINDS in models/tasks.py"
        )
        assert row.args_kwargs == {"args": ["look"], "kwargs": {"loudly": True}}, (
            "arguments are kept otherwise: see _about in actions/background.py"
        )
        assert (row.status, row.backend_name) == ("READY", "default")

    def test_an_order_goes_with_the_transaction_that_gave_it(self, db):
        with transaction.atomic():
            probe.enqueue("look")
            transaction.set_rollback(True)
        assert not Task.objects.exists(), (
            "an order outlives its transaction: every action counts on it that it does not"
        )


@pytest.mark.usefixtures("_queued")
class TestWorkers:
    def run(self, worker: db_worker.Worker, wanted: str, attempts: int = 1) -> Task:
        probe.enqueue(wanted)
        row = Task.objects.get()
        for _attempt in range(attempts):
            row.claim(worker.worker_id)
        worker.run_task(row)
        return Task.objects.get()

    def test_what_a_task_gives_back_is_kept(self, db, worker):
        row = self.run(worker, "look", attempts=2)
        assert row.status == "SUCCESSFUL"
        assert row.return_value == {"attempt": 2, "wanted": "look", "loudly": False}, (
            "what a task gives back, or the number of its attempt, is kept otherwise: see `failed` and `go_on` in actions, "
            "which tell by it that a task went wrong, and whether it begins anew"
        )
        assert row.finished_at is not None, "see forget in actions/background.py"

    def test_how_a_task_failed_is_kept(self, db, worker):
        row = self.run(worker, "fail")
        assert (row.status, row.return_value) == ("FAILED", None)
        assert row.exception_class_path == "builtins.LookupError", (
            "an error is named otherwise: see _PASSING in actions/background.py"
        )
        assert row.traceback.strip().splitlines()[-1] == (
            "LookupError: The probe fails, as it was told to."
        ), "a traceback ends otherwise: see reason in admin/background.py"

    def test_the_end_of_a_task_is_told(self, db, worker, finished):
        self.run(worker, "fail")
        (told,) = finished
        assert (told.status, told.args) == (TaskResultStatus.FAILED, ["fail"]), (
            "the signal task_finished tells something else: see note_failure in actions/background.py"
        )
        assert told.task.module_path == probe.module_path
        assert told.errors[-1].exception_class_path == "builtins.LookupError"

    def test_the_beginning_of_a_task_is_told(self, db, worker):
        begun = []

        def hear(**signal: Any) -> None:
            begun.append(signal["task_result"].status)

        task_started.connect(hear)
        self.run(worker, "look")
        task_started.disconnect(hear)
        assert begun == [TaskResultStatus.RUNNING], "see tests/management/workers.py"

    def test_a_worker_is_made_with_what_our_tests_give_it(self):
        given = inspect.signature(db_worker.Worker.__init__).parameters
        assert set(given) - {"self"} == {
            "queue_names",
            "excluded_queue_names",
            "interval",
            "batch",
            "backend_name",
            "startup_delay",
            "max_tasks",
            "worker_id",
        }, "a Worker takes something else: see `work` in tests/conftest.py"


@pytest.mark.usefixtures("_queued")
class TestCommand:
    """What `manage.py work` adds to db_worker."""

    def test_ours_is_theirs_and_more(self):
        assert issubclass(Command, db_worker.Command)
        assert get_commands()["db_worker"] == "django_tasks_db", (
            "db_worker comes from elsewhere: see tests/bench/lists_measuring.py"
        )

    @pytest.mark.parametrize(
        ("name", "parameters"),
        [("add_arguments", ["self", "parser"]), ("configure_logging", ["self", "verbosity"])],
    )
    def test_a_step_that_ours_replaces_is_there(self, name, parameters):
        found = getattr(db_worker.Command, name, None)
        assert found is not None, (
            f"db_worker has no {name} any more: see management/commands/work.py"
        )
        assert list(inspect.signature(found).parameters) == parameters, (
            f"db_worker's {name} is called otherwise: see management/commands/work.py"
        )

    def test_the_options_that_we_give_are_known(self):
        words = ["--verbosity", "0", "--until-input-ends", "--batch", "--worker-id", "one"]
        options = vars(Command().create_parser("manage.py", "work").parse_args(words))
        known = {"batch", "interval", "startup_delay", "worker_id", "until_input_ends"}
        assert known <= set(options), (
            "db_worker's options have other names: see management/commands/work.py, tests/management/workers.py"
        )
        assert options["worker_id"] == "one"

    def test_a_worker_without_a_name_gets_one_that_fits_our_column(self):
        name = vars(Command().create_parser("manage.py", "work").parse_args([]))["worker_id"]
        assert name, "a worker gets no name: see management/commands/work.py"
        assert len(name) <= 64, "a worker's name is longer than Worker.name in models/worker.py"

    def test_it_logs_under_the_names_that_we_set(self):
        assert db_worker.logger.name == "django_tasks_db", "see management/commands/work.py"
