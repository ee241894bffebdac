"""What the server says of its health, to programs and to people."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from claims.actions import decide_claim
from claims.actions.tasks import register_worker
from claims.choices import Verdict
from claims.models import Task, Worker
from claims.models.tasks import LOST_AFTER
from tests.architecture.test_house import ROOT
from tests.conftest import version_of
from tests.models import rows


class TestHealth:
    def test_ok_when_all_is_applied(self, client, db):
        assert client.get("/healthz").json() == {"status": "ok"}

    @pytest.mark.django_db(transaction=True)
    def test_says_that_migrations_wait(self, client):
        call_command("migrate", "sessions", "zero", verbosity=0)
        try:
            answer = client.get("/healthz")
        finally:
            call_command("migrate", "sessions", verbosity=0)
        assert answer.status_code == 503
        assert answer.json()["status"] == "migrations waiting"

    def test_says_that_the_disk_is_full(self, client, db, settings):
        settings.DISK_RESERVE = 1 << 80
        answer = client.get("/healthz")
        assert answer.status_code == 503
        assert answer.json()["status"] == "disk full"


READY = {"disk": "ok", "files": "ok", "database": "ok", "workers": "ok", "queue": "ok"}


class TestReady:
    @pytest.fixture
    def worker(self, db) -> Worker:
        register_worker("one")
        return Worker.objects.get()

    def test_everybody_is_told_that_all_works(self, client, worker):
        answer = client.get("/readyz")
        assert answer.json() == {"status": "ok", "checks": READY}
        assert answer.headers["Cache-Control"].startswith("max-age=0")

    @pytest.mark.parametrize("lost", [True, False])
    def test_says_that_no_worker_is_running(self, client, worker, lost):
        if lost:
            Worker.objects.update(last_seen_at=timezone.now() - 2 * LOST_AFTER)
        else:
            worker.delete()
        answer = client.get("/readyz")
        assert answer.status_code == 503
        assert answer.json() == {"status": "not ready", "checks": READY | {"workers": "no worker"}}

    def test_says_that_tasks_are_late(self, client, worker):
        task = rows.task(1)
        assert client.get("/readyz").status_code == 200
        Task.objects.update(enqueued_at=timezone.now() - timedelta(hours=1))
        answer = client.get("/readyz")
        assert answer.status_code == 503
        assert answer.json()["checks"] == READY | {"queue": "tasks are late"}
        # One that was put off is not late yet.
        Task.objects.filter(pk=task.pk).update(run_after=timezone.now() - timedelta(minutes=1))
        assert client.get("/readyz").status_code == 200

    def test_says_all_that_is_wrong(self, client, db, settings):
        settings.DISK_RESERVE = 1 << 80
        found = client.get("/readyz").json()["checks"]
        assert found == READY | {"disk": "disk full", "workers": "no worker"}


class TestStatusPage:
    @pytest.fixture
    def page_of(self, client, chief):
        client.force_login(chief)

        def page_of(name: str = "status") -> str:
            return client.get(reverse(name)).content.decode()

        return page_of

    def test_it_shows_the_figures_and_the_version(self, page_of, settings):
        register_worker("one")
        shown = page_of()
        assert "Everything is working." in shown
        assert settings.SOFTWARE in shown
        for words in (
            "are free",
            "all migrations are applied",
            "1 is running",
            "nothing is waiting",
        ):
            assert words in shown
        assert str(Worker.objects.get()) in shown

    def test_it_says_what_needs_attention(self, page_of):
        rows.task(1)
        Task.objects.update(enqueued_at=timezone.now() - timedelta(hours=2))
        shown = page_of()
        assert "2 things need attention." in shown
        assert "none is running" in shown
        assert "1 task is waiting, the oldest for 2\xa0hours" in shown

    def test_the_dashboard_tells_those_who_can_do_something(self, page_of):
        assert "No worker is running" in page_of("dashboard")
        register_worker("one")
        assert "No worker is running" not in page_of("dashboard")


class TestMetrics:
    TOKEN = "a token of some length".replace(" ", "-")

    @pytest.fixture
    def figures(self, client, db, settings):
        settings.METRICS_TOKEN = self.TOKEN

        def figures() -> dict[str, float]:
            answer = client.get("/metrics", headers={"Authorization": f"Bearer {self.TOKEN}"})
            assert answer.status_code == 200
            families = text_string_to_metric_families(answer.content.decode())
            return {
                " ".join([one.name, *one.labels.values()]): one.value
                for family in families
                for one in family.samples
            }

        return figures

    def test_they_follow_what_happens(self, figures, claim, editor):
        # Numbers of what other tests did are never given again.
        decide_claim(actor=editor, **version_of(claim), verdict=Verdict.DISPUTED, reason="No.")
        before = figures()
        decide_claim(actor=editor, **version_of(claim), verdict=Verdict.VERIFIED)
        rows.article(editor)
        register_worker("one")
        rows.task(1)
        after = figures()
        assert after["workbench_decisions_total"] == before["workbench_decisions_total"] + 1
        assert after["workbench_articles_total"] == before["workbench_articles_total"] + 1
        assert (before["workbench_workers"], after["workbench_workers"]) == (0, 1)
        assert (before["workbench_works workers"], after["workbench_works workers"]) == (0, 1)
        assert (before["workbench_tasks_due"], after["workbench_tasks_due"]) == (0, 1)
        assert after["workbench_worker_seen_seconds " + str(Worker.objects.get())] >= 0
        assert after["workbench_disk_free_bytes"] <= after["workbench_disk_size_bytes"]

    def test_no_table_is_counted(self, figures, claim):
        """A count takes longer the more rows there are; only what waits, which is little, is counted."""
        with CaptureQueriesContext(connection) as asked:
            figures()
        counts = [one["sql"] for one in asked if "COUNT(" in one["sql"]]
        assert all(" WHERE " in sql for sql in counts), counts

    def test_nothing_has_happened_yet(self, figures):
        assert figures()["workbench_decisions_total"] == 0

    def test_nobody_else_reads_them(self, client, db, settings, chief):
        client.force_login(chief)
        for token, sent in (("", "Bearer "), (self.TOKEN, ""), (self.TOKEN, "Bearer x")):
            settings.METRICS_TOKEN = token
            answer = client.get("/metrics", headers={"Authorization": sent})
            assert answer.status_code == 404
            assert b"workbench_works" not in answer.content

    def test_the_manual_names_each(self, figures):
        named = (ROOT / "docs" / "running.md").read_text()
        found = {name.split()[0] for name in figures()}
        assert {name for name in found if f"`{name}`" not in named} == set()


class TestWhoeverWaits:
    """A page of something that waits for a worker says so if none is running."""

    @pytest.fixture
    def pages(self, desk, editor):
        export = rows.export(editor, status="waiting")
        bulk_change = rows.bulk_change(editor, status="waiting")
        rows.intake(editor, status="waiting", draft=None)
        addresses = [
            reverse("export", args=[export.pk]),
            reverse("bulk-change", args=[bulk_change.pk]),
            reverse("new-article"),
        ]
        return lambda: [desk.get(address).content.decode() for address in addresses]

    def test_it_is_told_while_none_is_running(self, pages):
        assert all("so this will not start. Tell an administrator." in shown for shown in pages())
        register_worker("one")
        assert not any("No worker is running" in shown for shown in pages())

    def test_on_a_dashboard_an_editor_cannot_do_anything_about_it(self, desk):
        assert "No worker is running" not in desk.get(reverse("dashboard")).content.decode()
