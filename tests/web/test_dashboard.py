"""What the first page says to do first, and where its first click leads."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from claims.actions import (
    ask_second_check,
    assign_claims,
    decide_claim,
    dismiss_claims,
    draft_report,
    import_article,
    send_back,
)
from claims.choices import Verdict
from claims.ingest.types import ArticleDraft
from claims.models import Claim
from claims.queries import dashboard
from tests.conftest import version_of


def said(client) -> tuple[str, str, str]:
    """The line, what stands on its button, and the address behind that."""
    page = client.get(reverse("dashboard")).content.decode()
    start = page[page.index('<div class="start">') :]
    line = re.search(r"<h1>(.+?)</h1>", start)[1]
    button = re.search(r'<a class="button" href="([^"]+)"[^>]*>([^<]+)<', start)
    return (line, button[2].strip(), unescape(button[1])) if button else (line, "", "")


def words(client) -> str:
    """What the page says, without its markup."""
    page = client.get(reverse("dashboard")).content.decode()
    return " ".join(unescape(re.sub("<[^>]*>", " ", page[page.index("<main") :])).split())


def assign(editor, claims, to) -> None:
    for claim in claims:
        assign_claims(actor=editor, versions={claim.pk: claim.version}, to=to)


class TestEditor:
    def test_an_empty_desk_begins_with_an_article(self, desk):
        assert said(desk) == (
            "Start with an article",
            "Add the first article",
            reverse("new-article"),
        )
        assert '<svg class="chart' not in desk.get(reverse("dashboard")).content.decode()

    def test_what_is_assigned_comes_first(self, desk, editor, article):
        first, second, *_ = Claim.objects.active().in_reading_order()
        assign(editor, [second, first], editor)
        line, button, address = said(desk)
        assert (line, button) == ("2 claims are waiting for you", "Start with the most urgent")
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
            (20, "Start with the most urgent", "Claim 2 of 2"),
            (1, "Start with what was sent back", "Claim 1 of 1"),
        ],
    )
    def test_what_was_sent_back_comes_first_and_alone_where_much_is_assigned(
        self, desk, sent_back, monkeypatch, few, offered, place
    ):
        monkeypatch.setattr(dashboard, "_FEW", few)
        line, button, address = said(desk)
        assert (line, button) == ("2 claims are waiting for you", offered)
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
        address = unescape(re.search(r'id="mine">.*?<a href="([^"]+)">All', page, re.DOTALL)[1])
        listed = [line.pk for line in desk.get(address).context["table"].keyset.object_list]
        assert set(listed) == {first.pk, second.pk}

    def test_what_nobody_has_is_next(self, desk, editor, chief, article):
        taken, *rest = Claim.objects.active().in_reading_order()
        assign(editor, [taken], chief)
        line, button, address = said(desk)
        assert (line, button) == ("Nothing is waiting for you", "Take the next claim")
        assert f"Take the {len(rest)} claims most worth checking" in words(desk)
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
        _line, _button, address = said(desk)
        assert "Take the 2 claims most worth checking" in words(desk)
        page = desk.get(address).content.decode()
        assert "Claim 1 of 2" in page
        assert "14 people died" in page

    def test_of_very_many_only_the_newest_are_offered(self, desk, editor, article, monkeypatch):
        monkeypatch.setattr(dashboard, "_NEWEST", 2)
        _line, _button, address = said(desk)
        assert "published_from" in address
        assert desk.get(address).status_code == 200

    def test_where_all_is_decided_the_next_thing_is_an_article(self, desk, editor, article):
        for claim in Claim.objects.active():
            decide_claim(
                actor=editor, claim_id=claim.pk, version=claim.version, verdict=Verdict.VERIFIED
            )
        assert said(desk)[0] == "Nothing is waiting for you"
        assert "There are no claims left to check." in words(desk)
        assert "No claims are pending" in words(desk)


class TestReader:
    @pytest.fixture
    def client(self, client, reader):
        client.force_login(reader)
        return client

    def test_a_reader_is_led_to_the_reports(self, client, article):
        assert said(client) == (
            "Read what has been checked",
            "Reports",
            reverse("reports"),
        )

    def test_an_empty_desk_says_so(self, client):
        assert said(client) == ("There are no articles yet.", "", "")


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
        work = page.context["work"]
        assert (work.today, work.came_in) == (1, Claim.objects.count())

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
        assert "Add the first article" in words(desk)

    def test_little_is_one_line_that_says_what_was_looked_at(self, desk, article):
        shown = words(desk)
        assert "Nobody is waiting for you to do a second check." in shown
        assert "No verdict has reached its review date" in shown
        assert "No drafts, and no published verdict has changed." in shown
        assert "none were decided." in shown


class TestNumbers:
    """Each number is a link to a list with as many."""

    @pytest.fixture
    def linked(self, desk):
        """How many claims the list behind a link has, by the words of the link."""

        def linked(pattern: str) -> int:
            page = desk.get(reverse("dashboard")).content.decode()
            (address,) = re.findall(rf'<a href="([^"]+)">(?:<[^>]+>)*{pattern}', page)
            return len(desk.get(unescape(address)).context["table"].keyset.object_list)

        return linked

    @pytest.fixture
    def busy(self, editor, chief, claims):
        """Two verified claims, one of them waiting for a second check; one that is checked blind; a disputed one."""
        for claim in claims[:3]:
            decide_claim(actor=chief, verdict=Verdict.VERIFIED, **version_of(claim))
        decide_claim(actor=editor, verdict=Verdict.DISPUTED, reason="No.", **version_of(claims[3]))
        ask_second_check(actor=chief, **version_of(claims[1]))
        ask_second_check(actor=chief, blind=True, **version_of(claims[2]))
        ask_second_check(actor=editor, **version_of(claims[3]))

    def test_of_what_was_decided(self, linked, busy):
        assert linked("2 verified") == 2
        assert linked("1 disputed") == 1
        assert linked("3 were decided today") == 3

    def test_of_what_is_pending_and_its_age(self, linked, busy, claims, desk):
        left = len(claims) - 4
        assert linked(f"{left} claims? (?:is|are) pending") == left
        assert linked("today") == left

    def test_of_second_checks_without_ones_own(self, desk, busy, claims):
        page = desk.get(reverse("dashboard"))
        address = f"{reverse('claims')}?{page.context['to_check'].query}"
        listed = [line.pk for line in desk.get(address).context["table"].keyset.object_list]
        assert page.context["to_check"].number == len(listed) == 2
        assert set(listed) == {claims[1].pk, claims[2].pk}

    def test_of_drafts_and_corrections(self, desk, editor, chief, article, busy):
        draft_report(actor=editor, title="Bridge", article=article)
        draft_report(actor=chief, title="Not yours", article=article)
        page = desk.get(reverse("dashboard")).content.decode()
        assert "Not yours" not in page
        address = re.search(r'<a href="([^"]+)">1 draft<', page)[1]
        assert len(desk.get(address).context["page"].object_list) == 1


def test_after_five_days_with_decisions_there_is_a_chart(desk, editor, claims):
    for back, claim in enumerate(claims[:5]):
        page = desk.get(reverse("dashboard")).content.decode()
        assert '<svg class="chart' not in page
        decide_claim(actor=editor, verdict=Verdict.VERIFIED, **version_of(claim))
        at = timezone.now() - timedelta(days=back)
        Claim.objects.filter(pk=claim.pk).update(decided_at=at)
    assert '<svg class="chart' in desk.get(reverse("dashboard")).content.decode()
