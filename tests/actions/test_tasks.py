"""Background tasks: retried, taken over from dead workers, given up, cancelled."""

import socket
from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks import TaskResultStatus

from claims.actions import accept_items, add_to_inbox, discard_item, request_fetch, retry_item
from claims.actions.intake.processing import WAITS, process_item
from claims.actions.tasks import (
    MAX_ATTEMPTS,
    WAIT,
    heartbeat,
    register_worker,
    run_due,
    unregister_worker,
)
from claims.choices import JobStatus
from claims.models import Article, BulkChange, BulkChangeItem, Claim, IntakeItem, Task, Worker
from claims.models.tasks import LOST_AFTER
from tests.actions.later import BUSY, HTML, STORY, time_passes
from tests.fetching.sites import page
from tests.models import rows


@pytest.fixture
def intake(editor, site, work) -> IntakeItem:
    """An article that is to be fetched."""
    return request_fetch(actor=editor, address=site.at("/ferry"))


def test_a_worker_on_a_machine_with_a_long_name_is_registered(db, monkeypatch):
    monkeypatch.setattr(socket, "gethostname", lambda: "x" * 300)
    register_worker("tests")
    assert Worker.objects.get().host == "x" * 255


PASSING = "django.db.utils.OperationalError"


@pytest.mark.usefixtures("_queued", "db")
@pytest.mark.parametrize(
    ("attempts", "seconds", "again"),
    [
        *[(1, 58, False), (1, 61, True), (2, 118, False), (2, 121, True)],
        *[(4, 478, False), (4, 481, True), (5, 9_999, False)],
    ],
)
def test_what_failed_for_the_databases_sake_waits_twice_as_long_each_time(attempts, seconds, again):
    ended = timezone.now() - timedelta(seconds=seconds)
    row = rows.task(
        1,
        status="FAILED",
        exception_class_path=PASSING,
        worker_ids=["one"] * attempts,
        finished_at=ended,
    )
    run_due()
    row.refresh_from_db()
    assert row.status == ("READY" if again else "FAILED")
    assert (row.exception_class_path == PASSING) == (attempts < 5)


@pytest.mark.usefixtures("_queued", "db")
@pytest.mark.parametrize(
    ("workers", "status"),
    [
        (["dead", "alive"], "RUNNING"),
        (["alive", "dead"], "READY"),
        (["dead"] * 4, "READY"),
        (["dead"] * 5, "FAILED"),
    ],
)
def test_what_a_dead_worker_began_is_begun_again_five_times_in_all(workers, status):
    heartbeat("alive")
    row = rows.task(1, status="RUNNING", worker_ids=workers, started_at=timezone.now())
    run_due()
    row.refresh_from_db()
    assert row.status == status


class TestTryingAgain:
    def test_a_busy_site_is_asked_again_later_and_what_it_gave_is_there(self, intake, site, work):
        site.pages["/ferry"] = BUSY
        work()
        intake.refresh_from_db()
        assert (intake.status, intake.attempts) == (JobStatus.WAITING, 1)
        assert "try again later" in str(intake.error)
        assert intake.retry_at > timezone.now()
        site.pages["/ferry"] = page(STORY, headers=HTML)
        work()
        assert site.asked == ["/ferry"]
        time_passes(WAITS[0])
        work()
        intake.refresh_from_db()
        assert (intake.status, intake.headline) == (JobStatus.PREVIEW, "Ferry on the Olm")
        assert intake.error is None

    def test_each_wait_is_longer_and_the_last_try_fails_with_its_reason(self, intake, site, work):
        site.pages["/ferry"] = BUSY
        for number, wait in enumerate(WAITS, start=1):
            before = timezone.now()
            work()
            intake.refresh_from_db()
            assert (intake.status, intake.attempts) == (JobStatus.WAITING, number)
            assert intake.retry_at >= before + wait
            time_passes(wait)
        work()
        intake.refresh_from_db()
        assert (intake.status, intake.retry_at) == (JobStatus.FAILED, None)
        assert "reported a server error" in str(intake.error)
        assert len(site.asked) == len(WAITS) + 1

    def test_what_will_not_change_is_not_tried_again(self, intake, site, work):
        site.pages["/ferry"] = page(status=404)
        work()
        intake.refresh_from_db()
        assert (intake.status, intake.attempts) == (JobStatus.FAILED, 1)

    def test_an_editor_need_not_wait(self, editor, intake, site, work):
        site.pages["/ferry"] = BUSY
        work()
        site.pages["/ferry"] = page(STORY, headers=HTML)
        retry_item(actor=editor, item_id=intake.pk)
        work()
        intake.refresh_from_db()
        assert intake.status == JobStatus.PREVIEW

    def test_what_was_stopped_meanwhile_is_gone(self, editor, intake, site, work):
        site.pages["/ferry"] = page(STORY, headers=HTML)
        discard_item(actor=editor, item_id=intake.pk)
        work()
        assert not IntakeItem.objects.exists()
        assert site.asked == []


class TestWorkersThatDie:
    @pytest.fixture
    def kept(self, editor, draft, work) -> IntakeItem:
        """An article that a worker was about to keep when it died."""
        intake = add_to_inbox(actor=editor, draft=draft)
        accept_items(actor=editor, item_ids=[intake.pk])
        register_worker("the dead one")
        Task.objects.get().claim("the dead one")
        IntakeItem.objects.update(status=JobStatus.RUNNING)
        return intake

    def test_another_one_goes_on_and_nothing_is_lost_or_doubled(self, kept, work):
        time_passes(LOST_AFTER)
        work()
        kept.refresh_from_db()
        assert (kept.status, kept.article) == (JobStatus.DONE, Article.objects.get())
        number = Claim.objects.count()
        assert number > 1
        work()
        assert Claim.objects.count() == number

    def test_what_it_had_kept_already_is_not_kept_twice(self, editor, kept, work):
        process_item.enqueue(kept.pk)
        IntakeItem.objects.update(status=JobStatus.WAITING)
        register_worker("the dead one's twin")
        work()
        assert Article.objects.count() == 1
        IntakeItem.objects.update(status=JobStatus.RUNNING, draft=kept.draft, article=None)
        time_passes(LOST_AFTER)
        work()
        kept.refresh_from_db()
        assert (Article.objects.count(), kept.article) == (1, Article.objects.get())

    def test_nobody_takes_from_one_that_lives(self, kept, work):
        work()
        kept.refresh_from_db()
        assert kept.status == JobStatus.RUNNING
        assert not Article.objects.exists()

    def test_one_that_was_stopped_in_order_is_followed_at_once(self, kept, work):
        unregister_worker("the dead one")
        work()
        assert Article.objects.count() == 1

    def test_what_kills_every_worker_is_given_up(self, kept, work):
        Task.objects.update(worker_ids=[f"dead {number}" for number in range(MAX_ATTEMPTS)])
        work()
        kept.refresh_from_db()
        assert kept.status == JobStatus.FAILED
        assert "the worker died" in str(kept.error)
        assert Task.objects.get().status == TaskResultStatus.FAILED
        work()
        assert not Article.objects.exists()


class TestFailures:
    def test_what_failed_for_the_databases_sake_begins_again(self, editor, draft, work):
        intake = add_to_inbox(actor=editor, draft=draft)
        accept_items(actor=editor, item_ids=[intake.pk])
        Task.objects.update(
            status=TaskResultStatus.FAILED,
            exception_class_path="django.db.utils.OperationalError",
            worker_ids=["one"],
            finished_at=timezone.now(),
        )
        work()
        assert not Article.objects.exists()
        time_passes(WAIT * 4)
        work()
        assert Article.objects.count() == 1

    def test_in_the_end_it_is_given_up_and_can_be_begun_anew(self, client, chief, draft, work):
        intake = add_to_inbox(actor=chief, draft=draft)
        accept_items(actor=chief, item_ids=[intake.pk])
        IntakeItem.objects.update(status=JobStatus.RUNNING)
        Task.objects.update(
            status=TaskResultStatus.FAILED,
            exception_class_path="django.db.utils.OperationalError",
            worker_ids=[f"worker {number}" for number in range(MAX_ATTEMPTS)],
            finished_at=timezone.now() - timedelta(days=1),
        )
        work()
        intake.refresh_from_db()
        assert intake.status == JobStatus.FAILED
        assert not Article.objects.exists()
        client.force_login(chief)
        chosen = {"action": "begin_again", "_selected_action": [Task.objects.get().pk]}
        client.post("/admin/claims/task/", chosen)
        work()
        assert Article.objects.count() == 1

    def test_a_fault_of_the_workbench_is_said_where_its_user_looks(self, editor, work):
        intake = rows.intake(
            editor, draft={"nonsense": 1}, status=JobStatus.WAITING, auto_accept=True
        )
        process_item.enqueue(intake.pk)
        work()
        intake.refresh_from_db()
        assert intake.status == JobStatus.FAILED
        assert "details are in the server log" in str(intake.error)

    def test_a_batch_that_fails_so_says_it_too(self, editor, work):
        bulk_change = rows.bulk_change(editor, status=JobStatus.WAITING, action="decide")
        BulkChange.objects.filter(pk=bulk_change.pk).update(fields=[])
        rows.task(bulk_change.pk, task_path="claims.actions.claims.bulk_changes.run_in_background")
        rows.changed(rows.claim(rows.revision(editor)), editor)
        claim = Claim.objects.get()
        BulkChangeItem.objects.create(bulk_change=bulk_change, claim=claim, version=claim.version)
        work()
        bulk_change.refresh_from_db()
        assert bulk_change.status == JobStatus.FAILED
        assert bulk_change.error


class TestPage:
    """The admin's page of what waits, runs, was done or failed."""

    ADDRESS = "/admin/claims/task/"

    @pytest.fixture
    def admin(self, client, chief):
        client.force_login(chief)
        return client

    def test_it_says_what_each_is_about_how_far_it_is_and_why_not_further(
        self, admin, editor, intake, site, work
    ):
        site.pages["/ferry"] = page(STORY, headers=HTML)
        said = admin.get(self.ADDRESS).content.decode()
        assert "No worker is running" in said
        assert intake.address in said
        rows.task(
            7,
            status=TaskResultStatus.FAILED,
            traceback="Traceback\nValueError: the pier is under water",
        )
        work()
        said = admin.get(self.ADDRESS).content.decode()
        assert "No worker is running" not in said
        assert "ValueError: the pier is under water" in said
        assert intake.address in admin.get(self.ADDRESS + "?status=SUCCESSFUL").content.decode()

    def test_what_could_not_be_fetched_failed_and_says_why(self, admin, intake, site, work):
        work()
        said = admin.get(self.ADDRESS + "?status=FAILED").content.decode()
        assert intake.address in said
        assert "there is nothing at this address" in said
        assert intake.address not in admin.get(self.ADDRESS + "?status=SUCCESSFUL").content.decode()
        site.pages["/ferry"] = page(STORY, headers=HTML)
        chosen = {"action": "begin_again", "_selected_action": [Task.objects.get().pk]}
        admin.post(self.ADDRESS, chosen)
        work()
        intake.refresh_from_db()
        assert intake.status == JobStatus.PREVIEW

    def test_what_failed_begins_again(self, admin, editor, draft, work):
        intake = add_to_inbox(actor=editor, draft=draft)
        accept_items(actor=editor, item_ids=[intake.pk])
        Task.objects.update(status=TaskResultStatus.FAILED, traceback="x")
        IntakeItem.objects.update(status=JobStatus.FAILED)
        chosen = {"action": "begin_again", "_selected_action": [Task.objects.get().pk]}
        said = admin.post(self.ADDRESS, chosen, follow=True).content.decode()
        assert "1 task will run again." in said
        work()
        assert Article.objects.count() == 1

    def test_what_waits_is_cancelled(self, admin, intake, site, work):
        chosen = {"action": "cancel", "_selected_action": [Task.objects.get().pk]}
        said = admin.post(self.ADDRESS, chosen, follow=True).content.decode()
        assert "1 task cancelled." in said
        work()
        intake.refresh_from_db()
        assert intake.status == JobStatus.STOPPED
        assert site.asked == []

    def test_an_editor_has_no_such_page(self, client, editor):
        client.force_login(editor)
        assert client.get(self.ADDRESS).status_code == 403

    def test_its_queries_do_not_grow_with_its_lines(
        self, admin, editor, work, django_assert_max_num_queries
    ):
        for _number in range(12):
            rows.task(rows.intake(editor, address="https://courier.example.org/").pk)
        admin.get(self.ADDRESS)
        with django_assert_max_num_queries(9):
            assert admin.get(self.ADDRESS).content.decode().count("courier.example.org") == 12
