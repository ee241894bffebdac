"""What is kept for the world outside: secrets of webhooks, channels of notices, and links."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from claims.choices import NoticePace, NoticeWay
from claims.models import ArchiveRequest, Article, Claim, Desk, LinkCheck, NoticeChannel, Webhook
from claims.models.outside.notices import MORNING
from claims.models.outside.webhooks import BOTH_FOR
from tests.models import rows

NOW = timezone.now()


class TestSecrets:
    def test_the_first_one_is_alone(self):
        webhook = Webhook()
        webhook.replace_secret("one")
        assert webhook.former_until is None
        assert webhook.secrets(NOW) == ["one"]

    def test_one_that_was_replaced_is_in_force_until_its_time_is_over(self):
        webhook = Webhook()
        webhook.replace_secret("one")
        webhook.replace_secret("two")
        until = webhook.former_until
        assert abs(until - timezone.now() - BOTH_FOR) < timedelta(minutes=1)
        assert webhook.secrets(until - timedelta(seconds=1)) == ["two", "one"]
        assert webhook.secrets(until) == ["two"]

    def test_with_another_key_there_is_none(self, settings):
        webhook = Webhook()
        webhook.replace_secret("one")
        settings.SECRET_KEY = "another"
        assert webhook.secrets(NOW) == []


class TestChannels:
    @pytest.mark.parametrize(("seconds", "is_due"), [(-1, False), (0, True)])
    def test_a_daily_one_is_due_from_the_morning_on(self, editor, seconds, is_due):
        claim = rows.claim(rows.revision(editor))
        zone = timezone.get_default_timezone()
        morning = datetime.combine(NOW.date(), MORNING, zone)
        since, came = morning - timedelta(hours=9), morning - timedelta(hours=2)
        channel = NoticeChannel.objects.create(
            owner=editor, way=NoticeWay.MAIL, pace=NoticePace.DAILY, since=since
        )
        rows.notification(editor, claim, created_at=came)
        now = morning + timedelta(seconds=seconds)
        assert (channel in NoticeChannel.objects.due(now)) == is_due

    def test_mail_goes_to_the_account_and_chats_have_an_address_of_their_own(self, editor):
        editor.email = "edda@ostrey.example"
        channel = NoticeChannel(owner=editor, way=NoticeWay.MAIL)
        assert channel.read_address() == "edda@ostrey.example"
        channel.way = NoticeWay.CHAT
        channel.keep_address("mmost://chat.example.org/secret")
        assert "secret" not in channel.address
        assert channel.read_address() == "mmost://chat.example.org/secret"
        channel.keep_address("")
        assert channel.address == ""

    def test_a_person_is_told_their_own_and_a_desk_what_is_about_its_articles_oldest_first(
        self, editor, chief
    ):
        desk = Desk.objects.create(name="Economy")
        claim = rows.claim(rows.revision(editor))
        other = rows.claim(rows.revision(editor))
        Article.objects.filter(pk=claim.revision.article_id).update(desk=desk)
        hours = timedelta(hours=1)
        theirs, own, own_too = (
            rows.notification(to, of, created_at=NOW - ago * hours)
            for to, of, ago in ((chief, claim, 1.0), (editor, other, 1.0), (editor, claim, 1.5))
        )
        rows.notification(editor, other, created_at=NOW - hours, read_at=NOW)
        rows.notification(editor, claim, created_at=NOW - 3 * hours)
        fields = {"since": NOW - 2 * hours, "way": NoticeWay.CHAT}
        of_person = NoticeChannel.objects.create(owner=editor, **fields)
        of_desk = NoticeChannel.objects.create(desk=desk, **fields)
        assert list(of_person.unsent(NOW)) == [own_too, own]
        assert list(of_desk.unsent(NOW)) == [own_too, theirs]


class TestLinks:
    def test_a_request_to_an_archive_waits_while_it_has_a_time(self):
        assert ArchiveRequest(due_at=NOW).is_waiting
        assert not ArchiveRequest(due_at=None).is_waiting

    def test_a_check_says_what_failed(self):
        assert LinkCheck(error={"code": "too-slow"}).error_code == "too-slow"
        assert LinkCheck().error_code == ""

    def test_those_in_given_states_or_in_any_that_is_broken(self, editor):
        claim: Claim = rows.claim(rows.revision(editor))
        made = {}
        for state in ("gone", "reachable", "unknown"):
            piece = rows.evidence(claim, editor, url=f"https://{state}.example.org/")
            values = {"key": piece.address_key, "url": piece.url, "checked_at": NOW}
            made[state] = LinkCheck.objects.create(state=state, **values)
        assert list(LinkCheck.objects.to_look_at()) == [made["gone"]]
        assert list(LinkCheck.objects.to_look_at("unknown")) == [made["unknown"]]
