"""What has been kept long enough goes by itself, and nothing else."""

import logging
from datetime import timedelta
from pathlib import Path

import pytest
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db.models import F
from django.utils import timezone

from claims.actions import draft_report
from claims.actions.personal_data import retention
from claims.actions.personal_data.retention import purge
from claims.actions.tasks import register_worker
from claims.models import Export, IntakeItem, Notification, Report, Task, WebhookDelivery, Worker
from tests.models import rows
from workbench.files import Folder

pytestmark = pytest.mark.django_db


def ago(days: float):
    return timezone.now() - timedelta(days=days)


def aged(row, days: float, field: str = "created_at"):
    type(row).objects.filter(pk=row.pk).update(**{field: ago(days)})
    return row


@pytest.mark.parametrize(("days", "old", "young"), [(30, 31, 29), (3, 4, 2)])
def test_items_of_an_inbox(editor, settings, days, old, young):
    settings.KEEP_DAYS = settings.KEEP_DAYS | {"inbox": days}
    aged(rows.intake(editor), old)
    kept = aged(rows.intake(editor), young)
    assert purge() == {"inbox items": 1}
    assert IntakeItem.objects.get() == kept


@pytest.fixture
def folder(settings, tmp_path) -> Path:
    """The folder of the files of exports."""
    settings.STORAGES = settings.STORAGES | {"exports": Folder(tmp_path).storage("exports")}
    return tmp_path / "exports"


def written(export: Export) -> Export:
    """An export with its file."""
    storages["exports"].save(str(export.pk), ContentFile(b"id"))
    return export


def test_exports_a_day_later(editor, settings, folder):
    aged(rows.export(editor), 1.1)
    kept = rows.export(editor)
    settings.KEEP_DAYS = settings.KEEP_DAYS | {"exports": 2}
    assert purge() == {}
    settings.KEEP_DAYS = settings.KEEP_DAYS | {"exports": 1}
    assert purge() == {"exports": 1}
    assert Export.objects.get() == kept


@pytest.mark.django_db(transaction=True)
def test_the_file_of_an_export_goes_once_it_is_certain(editor, folder):
    aged(written(rows.export(editor)), 2)
    kept = written(rows.export(editor))
    purge()
    assert [path.name for path in folder.iterdir()] == [str(kept.pk)]


def test_notifications_and_read_ones_sooner(editor, claims, settings):
    read, old, new = (rows.notification(editor, claim) for claim in claims[:3])
    for one in (read, old):
        aged(one, 31)
    Notification.objects.filter(pk=read.pk).update(read_at=F("created_at"))
    assert purge() == {"notifications": 1}
    assert set(Notification.objects.all()) == {old, new}
    aged(old, 181)
    assert purge() == {"notifications": 1}
    settings.KEEP_DAYS = settings.KEEP_DAYS | {"notifications": 7}
    aged(new, 8)
    assert purge() == {"notifications": 1}


def test_what_was_done_is_remembered_for_days_and_what_failed_for_two_weeks(db):
    def ended(number: int, days: float, **fields: object) -> Task:
        return rows.task(number, finished_at=ago(days), **{"status": "SUCCESSFUL"} | fields)

    wrong = {"template": "nothing there", "params": {}}
    stay = {
        ended(1, 2).pk,
        ended(2, 13, status="FAILED").pk,
        ended(3, 13, return_value=wrong).pk,
        rows.task(4).pk,
    }
    for number, fields in enumerate(({"status": "FAILED"}, {"return_value": wrong}, {})):
        ended(number, 15, **fields)
    ended(5, 4)
    Task.objects.update(enqueued_at=ago(90))
    assert purge() == {"tasks": 4}
    assert set(Task.objects.values_list("pk", flat=True)) == stay


def test_what_was_sent_to_other_systems_and_never_what_is_to_be_sent(settings):
    webhook = rows.webhook()
    old, new = (rows.delivery(webhook, state="delivered") for _time in range(2))
    waiting = rows.delivery(webhook)
    for one, days in ((old, 31), (new, 29), (waiting, 31)):
        aged(one, days)
    assert purge() == {"webhook deliveries": 1}
    assert set(WebhookDelivery.objects.all()) == {new, waiting}
    settings.KEEP_DAYS = settings.KEEP_DAYS | {"webhooks": 7}
    assert purge() == {"webhook deliveries": 1}


def test_logins_and_failed_ones(db):
    who = {"username": "edda", "ip_address": "192.0.2.1", "user_agent": "Browser"}
    for days in (29, 31):
        for model, more in (
            (AccessLog, {}),
            (AccessFailureLog, {}),
            (AccessAttempt, {"failures_since_start": 1}),
        ):
            made = model.objects.create(**who | more | {"user_agent": f"Browser {days}"})
            aged(made, days, "attempt_time")
    assert purge() == {"logins": 1, "failed logins": 1, "login lockouts": 1}
    assert AccessFailureLog.objects.get().user_agent == "Browser 29"


def test_sessions_that_ended(db):
    for key, days in (("a", 1), ("b", -1)):
        Session.objects.create(session_key=key, session_data="", expire_date=ago(days))
    assert purge() == {"sessions": 1}
    assert Session.objects.get().session_key == "b"


def test_workers_that_have_not_been_seen_for_ten_minutes(db):
    for name, seconds in (("gone", 601), ("here", 590)):
        register_worker(name)
        worker = Worker.objects.filter(name=name)
        worker.update(last_seen_at=timezone.now() - timedelta(seconds=seconds))
    assert purge() == {"workers": 1}
    assert Worker.objects.get().name == "here"


@pytest.mark.parametrize(("days", "number"), [(31, 1), (29, 0)])
def test_archives_and_mails_go_with_the_inbox(editor, days, number):
    aged(rows.archive(editor), days, "touched_at")
    aged(rows.mail(), days)
    assert purge() == ({"mails": 1, "archives": 1} if number else {})


class TestDrafts:
    @pytest.fixture
    def draft(self, editor, article) -> Report:
        """A draft of a month ago."""
        made = draft_report(actor=editor, title="Bridges", article=article)
        aged(made, 31)
        Report.history.update(history_date=ago(31))
        return made

    def test_they_stay_unless_a_setting_says_so(self, draft):
        assert purge() == {}
        assert Report.objects.exists()

    def test_those_on_which_nobody_works_go_with_an_entry_in_the_log(self, draft, settings):
        settings.KEEP_DAYS = settings.KEEP_DAYS | {"drafts": 30}
        assert purge() == {"drafts": 1}
        assert not Report.objects.exists()
        entry = LogEntry.objects.latest("pk")
        assert (entry.object_repr, entry.user.username) == ("Bridges", "workbench")

    @pytest.mark.parametrize(
        "work",
        [
            lambda draft: Report.history.update(history_date=ago(29)),
            lambda draft: aged(draft, 29),
            lambda draft: Report.objects.update(stage="submitted"),
            lambda draft: Report.objects.update(published_at=timezone.now()),
        ],
        ids=["changed", "young", "submitted", "published"],
    )
    def test_others_stay(self, draft, settings, work):
        settings.KEEP_DAYS = settings.KEEP_DAYS | {"drafts": 30}
        work(draft)
        assert purge() == {}


def test_it_goes_in_batches_until_nothing_is_left(editor, monkeypatch):
    monkeypatch.setattr(retention, "AT_ONCE", 2)
    for _each in range(5):
        aged(rows.intake(editor), 31)
    assert purge() == {"inbox items": 5}


def test_the_log_says_how_much_and_is_silent_about_nothing(editor, caplog):
    with caplog.at_level(logging.INFO, logger=retention.__name__):
        purge()
        assert caplog.messages == []
        aged(rows.intake(editor), 31)
        purge()
    assert caplog.messages == ["Deleted what was kept long enough: 1 inbox items"]
