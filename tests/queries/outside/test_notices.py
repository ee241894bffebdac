"""What the messages of a channel say of notifications, and where they lead."""

import pytest

from claims.choices import NoticeWay, NotificationKind
from claims.models import Desk, Newsroom, NoticeChannel, Notification
from claims.queries.outside.notices import MOST, message_about
from tests.models import rows

DESK = "https://desk.example.org"


@pytest.fixture
def assigned(editor):
    """A notification that a claim was assigned."""
    return rows.notification(editor, rows.claim(rows.revision(editor)))


def message(channel: NoticeChannel):
    return message_about(channel, Notification.objects.order_by("pk"))


def own(editor) -> NoticeChannel:
    return NoticeChannel(owner=editor, way=NoticeWay.MAIL)


def of_desk() -> NoticeChannel:
    return NoticeChannel(desk=Desk.objects.create(name="Economy"), way=NoticeWay.CHAT)


def test_without_notifications_there_is_no_message(editor):
    assert message(own(editor)) is None


def test_one_is_its_own_title_and_several_are_counted(editor, assigned):
    one = message(own(editor))
    assert (one.title, one.text, one.told) == (one.text, one.title, [assigned.pk])
    other = rows.notification(editor, assigned.claim)
    two = message(own(editor))
    assert (two.title, two.told) == ("2 notifications", [assigned.pk, other.pk])
    assert two.text == f"{one.text}\n\n{one.text}"


def test_of_many_the_first_are_told(editor, assigned):
    for _each in range(MOST):
        rows.notification(editor, assigned.claim)
    assert len(message(own(editor)).told) == MOST


def test_a_desk_is_told_whose_it_is(editor, assigned):
    words = message(own(editor)).text
    assert message(of_desk()).text == f"To Edda: {words}"


def test_texts_are_told_only_where_the_newsroom_says_so(editor, assigned):
    claim, report = assigned.claim, rows.report(editor)
    rows.notification(
        editor, claim, kind=NotificationKind.CORRECTION, claim=None, article=None, report=report
    )
    notes = Notification.objects.order_by("pk")
    words = message_about(own(editor), notes.filter(pk=assigned.pk)).text
    Newsroom.objects.update(notices_have_texts=True)
    told = message_about(own(editor), notes.filter(pk=assigned.pk)).text
    assert told.splitlines() == [words, claim.statement, claim.revision.article.headline]
    told = message_about(own(editor), notes.exclude(pk=assigned.pk)).text
    assert told.splitlines()[1:] == [report.title]


def test_it_leads_to_the_notification_or_for_a_desk_to_what_it_is_about(editor, assigned, settings):
    settings.DESK_URL = DESK
    desk = of_desk()

    def places(channel) -> list[str]:
        return message(channel).text.splitlines()[1:]

    assert places(own(editor)) == [f"{DESK}{assigned.get_absolute_url()}"]
    assert places(desk) == [f"{DESK}{assigned.claim.get_absolute_url()}"]
    Notification.objects.update(claim=None)
    assert places(desk) == [f"{DESK}{assigned.article.get_absolute_url()}"]
    Notification.objects.update(article=None)
    assert places(desk) == []
