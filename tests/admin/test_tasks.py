"""Background tasks in data entry: what each is about, with a link to its page."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django_tasks import TaskResultStatus

from claims.errors import NotPossibleError, as_data
from tests.models import rows

pytestmark = pytest.mark.ignore_template_errors

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)

PATHS = {
    "item": "claims.actions.intake.processing.process_item",
    "feed": "claims.actions.intake.feeds.check_feed",
    "bulk change": "claims.actions.claims.bulk_changes.run_in_background",
    "export": "claims.actions.exports.write_in_background",
    "statistics": "claims.actions.maintenance.analyze_tables",
}


@pytest.fixture
def shown(client, chief):
    """What the list of tasks says."""

    def shown(**chosen: str) -> str:
        client.force_login(chief)
        return client.get(reverse("admin:claims_task_changelist"), chosen).content.decode()

    return shown


def test_each_leads_to_the_page_of_what_it_is_about(shown, editor):
    item = rows.intake(editor, address="https://courier.example.org/olm")
    feed, bulk, export = rows.feed(), rows.bulk_change(editor), rows.export(editor)
    about = {"item": [item.pk], "feed": [feed.pk], "bulk change": [bulk.pk], "export": [export.pk]}
    for kind, path in PATHS.items():
        rows.task(*about.get(kind, []), task_path=path)
    rows.task(bulk.pk + 9, task_path=PATHS["bulk change"])
    said = shown()
    for place, record in (
        ("admin:claims_intakeitem_change", item),
        ("admin:claims_feed_change", feed),
        ("bulk-change", bulk),
    ):
        assert f'<a href="{reverse(place, args=[record.pk])}">{record}</a>' in said
    assert str(export) in said
    assert f"bulk change {bulk.pk + 9}" in said
    of_feeds = shown(task=PATHS["feed"])
    assert str(feed) in of_feeds
    assert item.address not in of_feeds


def test_each_tells_how_often_it_was_started_how_long_it_took_and_what_went_wrong(shown):
    rows.task(
        task_path=PATHS["feed"],
        status=TaskResultStatus.FAILED,
        started_at=NOON,
        finished_at=NOON + timedelta(seconds=90),
        worker_ids=["one", "two"],
        traceback="Traceback:\n" + "x" * 301 + "\n",
    )
    said = shown()
    assert '<td class="field-took">0:01:30</td>' in said
    assert '<td class="field-attempts">2</td>' in said
    assert f'<td class="field-reason">{"x" * 300}</td>' in said


@pytest.mark.parametrize(
    ("status", "kinds"),
    [
        ("", {"Check a feed", "Add an article", "Update database statistics"}),
        (TaskResultStatus.READY, {"Check a feed"}),
        (TaskResultStatus.SUCCESSFUL, {"Update database statistics"}),
        (TaskResultStatus.FAILED, {"Add an article"}),
    ],
)
def test_they_are_filtered_by_status(client, chief, status, kinds):
    rows.task(task_path=PATHS["feed"])
    error = as_data(NotPossibleError(why="it is gone."))
    rows.task(task_path=PATHS["item"], status=TaskResultStatus.SUCCESSFUL, return_value=error)
    rows.task(task_path=PATHS["statistics"], status=TaskResultStatus.SUCCESSFUL)
    client.force_login(chief)
    page = client.get(reverse("admin:claims_task_changelist"), {"status": status} if status else {})
    assert {str(row) for row in page.context["cl"].result_list} == kinds
    assert ("it is gone." in page.content.decode()) == ("Add an article" in kinds)


@pytest.mark.parametrize(
    ("action", "told"),
    [
        ("begin_again", "1 task will run again."),
        ("cancel", "1 task cancelled."),
    ],
)
def test_a_chief_restarts_failed_ones_and_cancels_waiting_ones(client, chief, action, told):
    waits = rows.task(task_path=PATHS["feed"])
    failed = rows.task(task_path=PATHS["feed"], status=TaskResultStatus.FAILED)
    client.force_login(chief)
    sent = {"action": action, "_selected_action": [waits.pk, failed.pk]}
    for level, words in (("success", told), ("warning", told.replace("1 task", "0 tasks"))):
        page = client.post(reverse("admin:claims_task_changelist"), sent, follow=True)
        found = [(one.level_tag, str(one)) for one in page.context["messages"]]
        assert found == [(level, words)]


def test_who_only_reads_them_restarts_and_cancels_none(client, reader):
    reader.user_permissions.add(Permission.objects.get(codename="view_task"))
    rows.task(task_path=PATHS["feed"])
    client.force_login(reader)
    page = client.get(reverse("admin:claims_task_changelist"))
    assert page.status_code == 200
    assert 'name="action"' not in page.content.decode()


def test_a_feed_tells_its_error_and_how_often_it_failed(client, chief):
    rows.feed(error=as_data(NotPossibleError(why="it is gone.")), failures=3)
    client.force_login(chief)
    page = client.get(reverse("admin:claims_feed_changelist")).content.decode()
    assert "it is gone. (3)" in page


def test_only_items_with_an_address_are_on_the_list_of_the_inbox(client, chief, editor):
    rows.intake(editor, address="https://courier.example.org/olm")
    pasted = rows.intake(editor)
    client.force_login(chief)
    said = client.get(reverse("admin:claims_intakeitem_changelist")).content.decode()
    assert "courier.example.org/olm" in said
    assert reverse("admin:claims_intakeitem_change", args=[pasted.pk]) not in said
