"""Background tasks in data entry: what each is about, with a link to its page."""

import pytest
from django.urls import reverse

from tests.models import rows

pytestmark = pytest.mark.ignore_template_errors

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


def test_only_items_with_an_address_are_on_the_list_of_the_inbox(client, chief, editor):
    rows.intake(editor, address="https://courier.example.org/olm")
    pasted = rows.intake(editor)
    client.force_login(chief)
    said = client.get(reverse("admin:claims_intakeitem_changelist")).content.decode()
    assert "courier.example.org/olm" in said
    assert reverse("admin:claims_intakeitem_change", args=[pasted.pk]) not in said
