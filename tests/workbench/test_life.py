"""The three weeks that `make demo` shows: played once, and read as its people would read them."""

import re
from datetime import UTC, date, datetime, timedelta
from functools import cache

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from django.urls import reverse

from claims.choices import AnchorStatus, MatchRelation, MatchState, ReviewStatus, Verdict
from claims.extraction import extract
from claims.models import (
    Article,
    Change,
    Claim,
    ClaimGroup,
    ClaimMatch,
    Comment,
    Decision,
    Evidence,
    IntakeItem,
    Report,
    Snapshot,
    Source,
)
from claims.renderers.digest import digest
from workbench.demo.clock import at
from workbench.demo.newsroom import SEEDS, make_newsroom
from workbench.demo.player import in_order, steps_for
from workbench.demo.timetable import Timetable

TODAY = date(2026, 4, 30)
NOON = datetime(2026, 4, 30, 12, tzinfo=UTC)

split = cache(extract)


def _make() -> None:
    make_newsroom(say=lambda _line: None, today=TODAY, split=split)


def _events() -> list[tuple]:
    """Everything that happened, without database ids."""
    rows = [
        Article.objects.values_list("imported_at", "headline", "published_at"),
        Change.objects.values_list("created_at", "actor_name", "action", "article__headline"),
        Comment.objects.values_list("written_at", "author_name", "text"),
        Decision.objects.values_list(
            "decided_at", "actor_name", "claim__statement", "verdict", "reason"
        ),
        Evidence.objects.values_list("added_at", "title", "sha256", "looked_up"),
        IntakeItem.objects.values_list("created_at", "actor__username", "duplicate_reason"),
        Report.objects.values_list("created_at", "title", "published_at"),
    ]
    return sorted(repr(row) for found in rows for row in found)


@pytest.fixture(scope="module")
def played(django_db_setup, django_db_blocker):
    """The demo's newsroom after its weeks, and two records of them: they were played, undone and played again."""
    with django_db_blocker.unblock(), transaction.atomic():
        with transaction.atomic():
            _make()
            first = _events()
            transaction.set_rollback(True)
        _make()
        yield first, _events()
        transaction.set_rollback(True)


@pytest.fixture
def browse(played, db):
    """Read a page as one of the people, at noon of the day on which the demo was made."""

    def read(username: str, address: str) -> str:
        client = Client()
        with at(NOON):
            if username:
                client.force_login(User.objects.get(username=username))
            response = client.get(address)
        assert response.status_code == 200, address
        return b"".join(response).decode()

    return read


def test_the_same_day_gives_the_same_weeks(played, db):
    first, second = played
    assert first == second
    assert len(first) > 300


class TestTimes:
    @pytest.mark.parametrize("days", range(7))
    def test_whatever_the_weekday_things_happen_in_one_order_and_lately(self, days):
        today = TODAY + timedelta(days=days)
        timed = in_order(steps_for(SEEDS), today)
        assert [step for _, step in timed] == [
            step for _, step in in_order(steps_for(SEEDS), TODAY)
        ]
        assert {moment.date() for moment, _ in timed} <= {
            today - timedelta(days=back) for back in range(1, 33)
        }
        assert (today - timed[-1][0].date()).days == 1

    def test_a_time_of_no_kind_is_named(self):
        with pytest.raises(ValueError, match="3 Mud 10:00"):
            Timetable(["3 Mud 10:00"], TODAY)

    def test_weekdays_stay_right(self, played, db):
        for article in Article.objects.exclude(headline__startswith="Gunmen with rockets"):
            assert timedelta(0) <= article.imported_at - article.published_at < timedelta(days=3)
        bridge = Article.objects.get(headline__startswith="Ostrey closes its oldest bridge")
        assert f"{bridge.published_at:%A}" == "Wednesday"

    def test_a_real_event_keeps_its_date(self, played, db):
        karachi = Article.objects.get(headline__startswith="Gunmen with rockets")
        assert karachi.published_at.year == 2023
        assert Article.objects.latest("imported_at") == karachi


class TestFirstClick:
    def test_it_leads_the_editor_into_a_queue_of_a_dozen(self, browse):
        page = browse("editor", reverse("dashboard"))
        number = int(re.search(r"(\d+) claims are waiting for you", page)[1])
        assert 10 <= number <= 20
        address = re.search(r'class="button" href="([^"]+)" data-start', page)[1]
        assert re.search(r"Claim \d+ of", browse("editor", address.replace("&amp;", "&")))

    def test_it_leads_the_chief_to_what_is_most_worth_checking(self, browse):
        page = browse("chief", reverse("dashboard"))
        assert re.search(r"Take the 1\d claims most worth checking", page)

    def test_the_reader_is_told_what_to_read(self, browse):
        assert "Read what has been checked" in browse("reader", reverse("dashboard"))


class TestWhatIsThere:
    def test_a_third_is_decided(self, played, db):
        claims = Claim.objects.active()
        verified = claims.filter(verdict=Verdict.VERIFIED).count()
        disputed = claims.filter(verdict=Verdict.DISPUTED).count()
        assert verified > 100
        assert disputed > 20
        assert claims.pending().count() > verified + disputed

    def test_every_disputed_claim_has_a_reason(self, played, db):
        disputed = Decision.objects.filter(verdict=Verdict.DISPUTED)
        assert not disputed.filter(reason="").exists()

    def test_second_checks_agreed_wait_and_one_was_sent_back(self, browse):
        page = browse("editor", reverse("dashboard"))
        assert "Sent back" in page
        assert "For a second check" in page
        checked = Claim.objects.filter(review_status=ReviewStatus.CHECKED)
        assert checked.count() >= 4
        assert Claim.objects.filter(blind=True).count() == 1

    def test_a_changed_article_reopened_claims(self, browse):
        listed = browse("editor", f"{reverse('claims')}?state=changed")
        assert listed.count("Changed in the article") >= 2
        reopened = Claim.objects.filter(anchor_status=AnchorStatus.CHANGED)
        assert all(claim.decisions.exists() for claim in reopened)

    def test_the_inbox_has_one_ready_and_one_to_look_at(self, browse):
        page = browse("editor", reverse("new-article"))
        assert "Haldt Shipping stops its three oldest ferries" in page
        assert "Nearly the same text" in page

    def test_look_alikes_wait_and_one_was_merged(self, browse):
        assert "H. Dorrick" in browse("odile", reverse("source-duplicates"))
        assert Source.objects.get(name="R. Castellane").current().name == "Ruben Castellane"

    def test_evidence_is_a_bulletin_a_register_and_a_photograph(self, browse):
        beginnings = {".pdf": "%PDF", ".csv": "d", ".png": "\x89PNG"}
        for ending, beginning in beginnings.items():
            found = Evidence.objects.filter(file_name__endswith=ending).first()
            with at(NOON):
                client = Client()
                client.force_login(User.objects.get(username="reader"))
                file = b"".join(client.get(reverse("evidence-file", args=[found.pk])))
            assert file.decode("latin-1").startswith(beginning)
            assert len(file) < 100_000

    def test_a_page_was_captured_has_the_excerpt_and_changed_since(self, browse):
        estimate = Evidence.objects.get(title="Estimate of the works department")
        page = browse("editor", reverse("captures", args=[estimate.pk]))
        assert "excerpt found" in page
        assert ">Total: 12.1 million crowns</mark>" in page
        assert "It has changed since the capture before." in page
        assert "comes to 18.9 million crowns" in page

    def test_another_newsrooms_fact_check_stands_beside_a_claim(self, browse):
        claim = Claim.objects.get(statement__startswith="The captain of the Aurelia was the last")
        page = browse("editor", f"{claim.revision.article.get_absolute_url()}?claim={claim.pk}")
        assert "Skerry Check (fiction)" in page

    def test_public_pages_name_whoever_agreed_to_it(self, browse):
        people = browse("", reverse("public-people"))
        assert re.findall("Ilse Marten|Maria Renn|Tomas Eklid", people) == [
            "Ilse Marten",
            "Tomas Eklid",
        ]
        report = Report.objects.get(title__startswith="The Weavers' Bridge")
        assert "Ilse Marten" in browse("", report.public_address)

    def test_a_sentence_that_came_back_is_a_group_whose_verdicts_differ(self, browse):
        group = ClaimGroup.objects.get(canonical__statement__startswith="The cuts would save")
        page = browse("editor", reverse("claim-group", args=[group.pk]))
        assert "said 3 times" in page
        assert "The verdicts differ:" in page
        assert "Took over an earlier verdict" in page

    def test_a_toll_was_superseded_and_its_verdict_is_due(self, browse):
        page = browse("editor", reverse("dashboard"))
        address = re.search(r'href="(/claims/\?review=due)"', page)[1]
        assert "The province put the number of dead at 24" in browse("editor", address)

    def test_what_was_no_contradiction_is_not_shown(self, played, db):
        dismissed = ClaimMatch.objects.get(state=MatchState.DISMISSED)
        assert dismissed.relation == MatchRelation.CONTRADICTS

    def test_everybody_reads_which_figures_of_the_raid_do_not_agree(self, browse):
        report = Report.objects.get(title__startswith="The raid")
        page = browse("", report.public_address)
        pair = page.partition("Claims that do not agree</h2>")[2]
        assert "Four villagers had been arrested" in pair
        assert "Seven villagers had been arrested" in pair

    def test_everybody_reads_the_report_and_its_correction(self, browse):
        assert "The Weavers&#x27; Bridge" in browse("", reverse("public-reports"))
        report = Report.objects.get(title__startswith="The Weavers' Bridge")
        page = browse("", reverse("public-report", args=[report.pk]))
        assert "post room logged it on 9 May" in page
        assert digest(report.snapshot.data.encode()) == report.snapshot.digest
        assert Snapshot.objects.count() == 3

    def test_the_chief_has_a_correction_to_publish_and_drafts(self, browse):
        assert "The flood in Tavren: the first day" in browse("chief", reverse("corrections"))
        assert browse("chief", reverse("reports")).count("Draft") >= 2


@pytest.mark.parametrize(
    "name",
    [
        *("dashboard", "articles", "claims", "sources", "source-duplicates", "statistics"),
        *("reports", "corrections", "new-article", "bulk-changes", "public-reports"),
    ],
)
def test_no_page_is_empty(browse, name):
    assert 'class="empty"' not in browse("editor", reverse(name))


def test_an_administrator_sees_whose_login_failed(browse):
    chief = User.objects.get(username="chief")
    chief.is_superuser = True
    chief.save()
    page = browse("chief", reverse("admin:claims_failedlogin_changelist"))
    assert "tomas" in page
    assert "1 failed login" in page
