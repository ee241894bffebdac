"""What the first page says to do first, and where its first click leads."""

import re

import pytest
from django.urls import reverse

from claims.actions import (
    ask_second_check,
    assign_claims,
    decide_claim,
    dismiss_claims,
    import_article,
    send_back,
)
from claims.choices import Verdict
from claims.ingest.types import ArticleDraft
from claims.models import Claim
from claims.queries import dashboard
from tests.conftest import version_of


def said(client) -> tuple[str, str]:
    """The line, and the address behind its button."""
    page = client.get(reverse("dashboard")).content.decode()
    start = page[page.index('<div class="start">') :]
    line = re.search(r"<h1>(.+?)</h1>", start)[1]
    button = re.search(r'<a class="button" href="([^"]+)"', start)
    return line, button[1].replace("&amp;", "&") if button else ""


def assign(editor, claims, to) -> None:
    for claim in claims:
        assign_claims(actor=editor, versions={claim.pk: claim.version}, to=to)


class TestEditor:
    def test_an_empty_desk_begins_with_an_article(self, desk):
        assert said(desk) == ("Start with an article", reverse("new-article"))
        page = desk.get(reverse("dashboard")).content.decode()
        assert "No claims were added or decided." in page
        assert '<svg class="chart' not in page

    def test_what_is_assigned_comes_first(self, desk, editor, article):
        first, second, *_ = Claim.objects.active().in_reading_order()
        assign(editor, [second, first], editor)
        line, address = said(desk)
        assert line == "Start with the 2 claims assigned to you"
        page = desk.get(address).content.decode()
        assert "Claim 1 of 2" in page
        assert f"claim={first.pk}&" in address

    @pytest.fixture
    def sent_back(self, editor, chief, article):
        """The second of two claims that are assigned to the editor."""
        first, second, *_ = Claim.objects.active().in_reading_order()
        assign(editor, [first, second], editor)
        decide_claim(actor=editor, verdict=Verdict.VERIFIED, **version_of(second))
        ask_second_check(actor=editor, **version_of(second))
        send_back(actor=chief, comment="Which ledger?", **version_of(second))
        return second

    @pytest.mark.parametrize(
        ("few", "offered", "place"),
        [
            (20, "Start with the 2 claims assigned to you", "Claim 2 of 2"),
            (1, "Start with the 1 claim sent back to you", "Claim 1 of 1"),
        ],
    )
    def test_what_was_sent_back_comes_first_and_alone_where_much_is_assigned(
        self, desk, sent_back, monkeypatch, few, offered, place
    ):
        monkeypatch.setattr(dashboard, "_FEW", few)
        line, address = said(desk)
        assert line == offered
        assert f"claim={sent_back.pk}&" in address
        assert place in desk.get(address).content.decode()

    def test_all_of_the_queue_is_a_click_away(self, desk, editor, chief, article, monkeypatch):
        monkeypatch.setattr(dashboard, "_SHOWN", 1)
        first, second, third, *_ = Claim.objects.active().in_reading_order()
        assign(editor, [first, second, third], editor)
        for claim in (second, third):
            decide_claim(actor=editor, verdict=Verdict.VERIFIED, **version_of(claim))
        ask_second_check(actor=editor, **version_of(second))
        send_back(actor=chief, comment="Which ledger?", **version_of(second))
        page = desk.get(reverse("dashboard")).content.decode()
        address = re.search(r'<a href="([^"]+)">2 in all</a>', page)[1].replace("&amp;", "&")
        listed = [line.pk for line in desk.get(address).context["table"].keyset.object_list]
        assert set(listed) == {first.pk, second.pk}

    def test_what_nobody_has_is_next(self, desk, editor, chief, article):
        taken, *rest = Claim.objects.active().in_reading_order()
        assign(editor, [taken], chief)
        line, address = said(desk)
        assert line == f"Start with the {len(rest)} claims most worth checking"
        assert f"Claim 1 of {len(rest)}" in desk.get(address).content.decode()

    def test_of_many_claims_about_a_dozen_are_offered(self, desk, editor, monkeypatch):
        monkeypatch.setattr(dashboard, "_FEW", 3)
        monkeypatch.setattr(dashboard, "_DOZEN", 2)
        body = "Rain fell. Ada Venn said that 14 people died in 2011. It was cold. She said that 22 were hurt."
        import_article(actor=editor, draft=ArticleDraft(headline="Rain", body=body))
        worths = sorted(
            Claim.objects.active().values_list("checkworthiness", flat=True), reverse=True
        )
        assert worths[1] > worths[2]
        line, address = said(desk)
        assert line == "Start with the 2 claims most worth checking"
        page = desk.get(address).content.decode()
        assert "Claim 1 of 2" in page
        assert "14 people died" in page

    def test_of_very_many_only_the_newest_are_offered(self, desk, editor, article, monkeypatch):
        monkeypatch.setattr(dashboard, "_NEWEST", 2)
        _line, address = said(desk)
        assert "published_from" in address
        assert desk.get(address).status_code == 200

    def test_where_all_is_decided_the_next_thing_is_an_article(self, desk, editor, article):
        for claim in Claim.objects.active():
            decide_claim(
                actor=editor, claim_id=claim.pk, version=claim.version, verdict=Verdict.VERIFIED
            )
        assert said(desk) == ("Nothing is left to check", reverse("new-article"))


class TestReader:
    @pytest.fixture
    def client(self, client, reader):
        client.force_login(reader)
        return client

    def test_a_reader_is_led_to_the_reports(self, client, article):
        assert said(client) == ("Read what has been checked", reverse("reports"))

    def test_an_empty_desk_says_so(self, client):
        assert said(client) == ("There are no articles yet.", "")


class TestHome:
    def test_it_shows_my_queue_and_what_to_check(self, desk, claim, chief, editor, article):
        second = Claim.objects.of_article(article).in_reading_order()[1]
        decide_claim(actor=chief, claim_id=second.pk, version=1, verdict=Verdict.VERIFIED)
        ask_second_check(actor=chief, claim_id=second.pk, version=2)
        claim.assigned_to = editor
        claim.save()
        page = desk.get(reverse("dashboard"))
        assert [one.pk for one in page.context["mine"].claims] == [claim.pk]
        assert [one.pk for one in page.context["to_check"].claims] == [second.pk]
        today = page.context["days"].rows[-1].numbers
        assert today == {"verified": 1, "in": Claim.objects.count()}

    def test_nobody_is_asked_to_check_their_own_verdict(self, desk, claim, editor):
        decide_claim(actor=editor, claim_id=claim.pk, version=1, verdict=Verdict.VERIFIED)
        ask_second_check(actor=editor, claim_id=claim.pk, version=2)
        assert desk.get(reverse("dashboard")).context["to_check"].number == 0

    def test_dismissed_claims_are_on_no_list(self, desk, claim, editor):
        claim.assigned_to = editor
        claim.save()
        dismiss_claims(actor=editor, versions={claim.pk: 1})
        assert desk.get(reverse("dashboard")).context["mine"].number == 0

    def test_an_empty_desk_says_what_to_do(self, desk):
        page = desk.get(reverse("dashboard")).content.decode()
        assert "Nothing is assigned to you" in page
        assert "Add the first article" in page
