"""Notifications reach people by e-mail and in chats, once, and without what is not published."""

import json
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from claims.actions import (
    add_notice_channel,
    ask_second_check,
    assign_claims,
    decide_claim,
    mark_read,
    undo_change,
)
from claims.choices import NoticePace, NoticeWay, Verdict
from claims.errors import InvalidValueError, from_data
from claims.messages import message_of
from claims.models import Article, Claim, Desk, Newsroom, NoticeChannel, Notification
from tests.conftest import newest, version_of
from tests.fetching.sites import Site, page, redirect
from tests.mail import mail_server

TOKEN = "abcdefghijklmnopqrstuvwxyz"
HOOK = f"/hooks/{TOKEN}"


@pytest.fixture
def inbox(settings):
    with mail_server(settings) as inbox:
        yield inbox


@pytest.fixture
def mailed(editor):
    """An editor with an e-mail address."""
    editor.email = "edda@ostrey.example"
    editor.save()
    return editor


def chat(site: Site) -> str:
    """The address of a Mattermost on the site."""
    site.pages.setdefault(HOOK, page(b"ok"))
    return f"mmost://127.0.0.1:{site.port}/{TOKEN}"


def by_chat(person, site, **options) -> NoticeChannel:
    return add_notice_channel(actor=person, way=NoticeWay.CHAT, address=chat(site), **options)


def by_mail(person, **options) -> NoticeChannel:
    return add_notice_channel(actor=person, way=NoticeWay.MAIL, **options)


def assign(chief, editor, *claims) -> None:
    versions = dict(
        Claim.objects.filter(pk__in=[one.pk for one in claims]).values_list("pk", "version")
    )
    assign_claims(actor=chief, versions=versions, to=editor)


def time_passes(by: timedelta = timedelta(minutes=1)) -> None:
    """As if it were later."""
    for one in Notification.objects.all():
        Notification.objects.filter(pk=one.pk).update(created_at=one.created_at - by)
    for each in NoticeChannel.objects.all():
        NoticeChannel.objects.filter(pk=each.pk).update(
            since=each.since - by,
            paused_until=each.paused_until and each.paused_until - by,
            last_sent_at=each.last_sent_at and each.last_sent_at - by,
        )


def posted(site: Site) -> list[str]:
    """The texts that a chat was sent."""
    return [json.loads(one.body)["text"] for one in site.posted]


def problem() -> str:
    return message_of(from_data(NoticeChannel.objects.get().problem))


class TestByMail:
    def test_it_tells_what_happened_and_leads_to_it(
        self, inbox, chief, mailed, claims, settings, work
    ):
        settings.DESK_URL = "https://desk.example.org"
        by_mail(mailed)
        assign(chief, mailed, *claims[:3])
        time_passes()
        work()
        (message,) = inbox.messages
        assert message["To"] == "edda@ostrey.example"
        assert message["Subject"] == "Carl assigned 3 claims to you"
        one = Notification.objects.get()
        address = f"https://desk.example.org/notifications/{one.pk}/"
        assert message.get_content().splitlines() == [message["Subject"], address]

    def test_once(self, inbox, chief, mailed, claims, work):
        by_mail(mailed)
        assign(chief, mailed, claims[0])
        time_passes()
        for _time in range(2):
            work()
        assert len(inbox.messages) == 1

    def test_several_are_one_message(self, inbox, chief, mailed, claims, work):
        by_mail(mailed)
        for claim in claims[:2]:
            assign(chief, mailed, claim)
        time_passes()
        work()
        (message,) = inbox.messages
        assert message["Subject"] == "2 notifications"
        assert message.get_content().count("Carl assigned a claim to you") == 2

    def test_what_was_read_undone_or_there_before_is_not_sent(
        self, inbox, chief, mailed, claims, work
    ):
        assign(chief, mailed, claims[0])
        time_passes()
        by_mail(mailed)
        assign(chief, mailed, claims[1])
        mark_read(reader=mailed)
        assign(chief, mailed, claims[2])
        undo_change(actor=chief, change_id=newest(claims[2]).pk)
        time_passes()
        work()
        assert inbox.messages == []

    def test_whoever_may_not_read_claims_any_more_is_told_nothing(
        self, inbox, chief, mailed, claims, work
    ):
        by_mail(mailed)
        assign(chief, mailed, claims[0])
        mailed.groups.clear()
        time_passes()
        work()
        assert inbox.messages == []
        assert "the account may not read claims" in problem()

    def test_a_refusal_is_shown_and_tried_again_later(self, inbox, chief, mailed, claims, work):
        by_mail(mailed)
        inbox.refusal = "554 go away, edda@ostrey.example"
        assign(chief, mailed, claims[0])
        time_passes()
        for _time in range(2):
            work()
        assert problem() == (
            "E-mail has not accepted the message: the mail server did not accept the message."
        )
        inbox.refusal = ""
        time_passes(timedelta(minutes=2))
        work()
        assert len(inbox.messages) == 1
        assert NoticeChannel.objects.get().problem is None

    @pytest.mark.parametrize(
        ("failures", "minutes"), [(0, 1), (1, 2), (8, 256), (9, 360), (10, 360), (999, 360)]
    )
    def test_after_each_refusal_it_waits_longer(
        self, inbox, chief, mailed, claims, work, failures, minutes
    ):
        by_mail(mailed)
        inbox.refusal = "554 go away"
        assign(chief, mailed, claims[0])
        NoticeChannel.objects.update(failures=failures)
        time_passes()
        before = timezone.now()
        work()
        channel = NoticeChannel.objects.get()
        assert channel.failures == failures + 1
        assert before <= channel.paused_until - timedelta(minutes=minutes) <= timezone.now()

    def test_without_a_server_or_an_address_it_is_not_offered(self, editor, mailed, settings):
        settings.SENDS_MAIL = False
        with pytest.raises(InvalidValueError, match="sends no e-mail"):
            by_mail(mailed)
        settings.SENDS_MAIL = True
        mailed.email = ""
        with pytest.raises(InvalidValueError, match="no e-mail address"):
            by_mail(mailed)

    def test_a_closed_account_gets_nothing(self, inbox, chief, mailed, claims, work):
        by_mail(mailed)
        assign(chief, mailed, claims[0])
        mailed.is_active = False
        mailed.save()
        time_passes()
        work()
        assert inbox.messages == []


class TestOnceADay:
    NOON = datetime(2026, 3, 2, 12, tzinfo=timezone.get_default_timezone())

    @pytest.mark.parametrize(
        ("since", "last", "is_due"),
        [
            (timedelta(days=1), None, True),
            (timedelta(hours=4), None, False),
            (timedelta(days=9), timedelta(days=1), True),
            (timedelta(days=9), timedelta(hours=4), False),
        ],
        ids=["set up yesterday", "set up this morning", "sent yesterday", "sent this morning"],
    )
    def test_in_the_morning(self, chief, mailed, claims, settings, since, last, is_due):
        settings.SENDS_MAIL = True
        channel = by_mail(mailed, pace=NoticePace.DAILY)
        assign(chief, mailed, claims[0])
        Notification.objects.update(created_at=self.NOON - timedelta(hours=1))
        NoticeChannel.objects.update(
            since=self.NOON - since, last_sent_at=last and self.NOON - last
        )
        assert (channel in NoticeChannel.objects.due(self.NOON)) == is_due


class TestInAChat:
    def test_it_arrives(self, site, chief, editor, claims, work):
        by_chat(editor, site)
        assign(chief, editor, claims[0])
        time_passes()
        work()
        (text,) = posted(site)
        assert "Carl assigned a claim to you" in text
        assert claims[0].statement not in text
        assert claims[0].revision.article.headline not in text

    def test_with_texts_if_the_newsroom_says_so(self, site, chief, editor, claims, work):
        Newsroom.objects.update(notices_have_texts=True)
        by_chat(editor, site)
        assign(chief, editor, claims[0])
        time_passes()
        work()
        assert claims[0].statement in posted(site)[0]

    def test_no_verdict_is_told_of_a_blind_check(self, site, chief, editor, claim, work):
        decide_claim(actor=chief, **version_of(claim), verdict=Verdict.DISPUTED, reason="No.")
        by_chat(editor, site)
        ask_second_check(actor=chief, **version_of(claim), blind=True, of=editor)
        time_passes()
        work()
        (text,) = posted(site)
        assert "asked you for a second check" in text
        assert "isputed" not in text

    @pytest.mark.parametrize(
        "answer", [page(status=500), redirect("/elsewhere")], ids=["down", "moved"]
    )
    def test_what_is_not_accepted_is_tried_again(self, site, chief, editor, claims, work, answer):
        by_chat(editor, site)
        site.pages[HOOK], site.pages["/elsewhere"] = answer, page()
        assign(chief, editor, claims[0])
        time_passes()
        work()
        assert set(site.asked) == {HOOK}
        assert "Mattermost · 127.0.0.1" in problem()
        assert TOKEN not in problem()
        site.pages[HOOK] = page(b"ok")
        site.posted.clear()
        time_passes(timedelta(minutes=2))
        work()
        assert len(site.posted) == 1

    def test_its_address_is_nowhere_to_be_read(self, site, editor):
        channel = by_chat(editor, site)
        assert TOKEN not in json.dumps(NoticeChannel.objects.values("address", "shown").get())
        assert channel.shown == f"Mattermost · 127.0.0.1:{site.port}"

    def test_the_desks_own_hears_of_all_its_articles(
        self, site, chief, editor, admin_user, claims, article, work
    ):
        desk = Desk.objects.create(name="Economy")
        by_chat(admin_user, site, desk=desk)
        Article.objects.filter(pk=article.pk).update(desk=desk)
        assign(chief, editor, claims[0])
        time_passes()
        work()
        assert "To Edda: Carl assigned a claim to you" in posted(site)[0]

    def test_at_the_most_ten(self, site, editor):
        for _time in range(10):
            by_chat(editor, site)
        with pytest.raises(InvalidValueError, match="too many"):
            by_chat(editor, site)
