"""What a person is notified of, and how much of it is unread."""

import pytest
from django.utils import timezone

from claims.models import Claim, Notification
from claims.queries import notifications
from claims.queries.notifications import notifications_of, unread_of, words_of
from tests.models import rows


@pytest.fixture
def claim(editor) -> Claim:
    return rows.claim(rows.revision(editor))


def test_only_ones_own_that_are_unread_count_and_name_what_they_are_about(editor, chief, claim):
    rows.notification(chief, claim)
    rows.notification(editor, claim, read_at=timezone.now())
    assert unread_of(editor).number == 0
    report = rows.report(editor)
    rows.notification(editor, claim)
    rows.notification(editor, claim, claim=None, report=report)
    found = unread_of(editor)
    assert (found.number, found.more) == (2, False)
    assert (found.claims, found.reports) == ([claim.pk], [report.pk])


@pytest.mark.parametrize(("most", "number", "more"), [(3, 3, False), (2, 2, True)])
def test_very_many_are_not_all_counted(editor, claim, monkeypatch, most, number, more):
    monkeypatch.setattr(notifications, "MOST", most)
    for _each in range(3):
        rows.notification(editor, claim)
    found = unread_of(editor)
    assert (found.number, found.more, len(found.claims)) == (number, more, number)


def test_the_version_tells_of_every_change(editor, chief, claim):
    seen = {unread_of(editor).version, unread_of(chief).version}
    first, second = (rows.notification(editor, claim) for _each in range(2))
    seen.add(unread_of(editor).version)
    for one in (first, second):
        type(one).objects.filter(pk=one.pk).update(read_at=timezone.now())
        seen.add(unread_of(editor).version)
        type(one).objects.filter(pk=one.pk).update(read_at=None)
    assert len(seen) == 5
    assert unread_of(editor).version in seen


def test_all_of_them_the_newest_first(editor, chief, claim):
    first, second = (rows.notification(editor, claim) for _each in range(2))
    rows.notification(chief, claim)
    assert list(notifications_of(editor)) == [second, first]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"kind": "correction"}, "A report of yours needs a correction"),
        ({"kind": "assigned", "number": 1}, "Edda assigned a claim to you"),
        ({"kind": "assigned", "number": 2}, "Edda assigned 2 claims to you"),
    ],
)
def test_what_happened_is_told_in_words(fields, words):
    assert words_of(Notification(actor_name="Edda", **fields)) == words
