"""Checking links: what is found, how politely, and that no verdict changes by it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.actions import (
    EvidenceDraft,
    add_evidence,
    capture_evidence,
    check_link,
    decide_claim,
    remove_evidence,
)
from claims.actions.captures.taking import enqueue_captures
from claims.actions.links import checking
from claims.actions.links.checking import enqueue_enrolment, enqueue_link_checks
from claims.choices import LinkState, Verdict
from claims.models import Claim, Evidence, LinkCheck, Task
from tests.actions.later import time_passes
from tests.capturing import pages
from tests.conftest import version_of
from tests.fetching.sites import page, redirect

MONTH = timedelta(days=30)
OTHER = pages.html(pages.ARTICLE.replace("from Monday", "from Friday"))


@pytest.fixture
def daily(settings) -> None:
    """Links are checked, each once in thirty days."""
    settings.CHECK_LINKS_DAYS = 30


@pytest.fixture
def add(editor, claim, site):
    def add(path: str = "/", **fields) -> Evidence:
        site.pages.setdefault(path, pages.READ["plain"])
        draft = EvidenceDraft(title=f"Notice {path}", url=site.at(path), **fields)
        return add_evidence(
            actor=editor, evidence=draft, **version_of(Claim.objects.get(pk=claim.pk))
        )

    return add


@pytest.fixture
def captured(editor):
    def captured(piece: Evidence) -> None:
        capture_evidence(actor=editor, evidence_id=piece.pk)
        enqueue_captures()

    return captured


def checked(by: timedelta = MONTH) -> LinkCheck:
    """Let time pass, have the links checked that are due then, and return the first of them."""
    enqueue_enrolment()
    time_passes(by)
    enqueue_link_checks()
    return LinkCheck.objects.earliest("pk")


@pytest.mark.usefixtures("daily")
class TestWhatIsFound:
    def test_a_page_that_is_as_it_was(self, add, captured):
        captured(add())
        found = checked()
        assert (found.state, found.text, found.moved_to) == (LinkState.REACHABLE, "", "")

    def test_a_page_whose_words_have_changed(self, add, captured, site):
        captured(add())
        site.pages["/"] = OTHER
        found = checked()
        assert found.state == LinkState.CHANGED
        assert "from Friday" in found.text

    def test_a_page_that_was_never_captured_cannot_be_compared(self, add, site):
        add()
        site.pages["/"] = OTHER
        assert checked().state == LinkState.REACHABLE

    def test_a_page_that_has_moved(self, add, captured, site):
        captured(add())
        site.pages["/new"], site.pages["/"] = site.pages["/"], redirect("/new", status=301)
        found = checked()
        assert (found.state, found.moved_to) == (LinkState.MOVED, site.at("/new"))

    def test_an_address_that_has_always_led_elsewhere_has_not_moved(self, add, captured, site):
        site.pages["/new"], site.pages["/"] = pages.READ["plain"], redirect("/new")
        captured(add())
        assert checked().state == LinkState.REACHABLE

    def test_what_leads_to_other_words_has_changed(self, add, captured, site):
        captured(add())
        site.pages["/home"], site.pages["/"] = OTHER, redirect("/home")
        found = checked()
        assert (found.state, found.moved_to) == (LinkState.CHANGED, site.at("/home"))

    @pytest.mark.parametrize("status", [404, 410])
    def test_a_page_that_is_gone(self, add, site, status):
        site.pages["/"] = page(status=status)
        add()
        assert checked().state == LinkState.GONE

    @pytest.mark.parametrize("status", [401, 403, 451])
    def test_a_site_that_refuses_programs_says_nothing_of_the_page(self, add, site, status):
        site.pages["/"] = page(status=status)
        add()
        found = checked()
        assert found.state == LinkState.UNKNOWN
        assert found.error["code"] == "bad-answer"

    def test_robots_txt_is_kept_to(self, add, site):
        site.pages["/robots.txt"] = page(b"User-agent: *\nDisallow: /")
        add()
        assert checked().state == LinkState.UNKNOWN
        assert site.asked == ["/robots.txt"]

    def test_a_page_that_is_back(self, add, site):
        site.pages["/"] = page(status=404)
        add()
        assert checked().state == LinkState.GONE
        site.pages["/"] = pages.READ["plain"]
        assert checked().state == LinkState.REACHABLE

    def test_no_verdict_changes(self, add, claim, editor, site):
        add()
        decide_claim(
            actor=editor,
            verdict=Verdict.VERIFIED,
            **version_of(Claim.objects.get(pk=claim.pk)),
        )
        before = Claim.objects.values().get(pk=claim.pk)
        site.pages["/"] = page(status=410)
        checked()
        assert Claim.objects.values().get(pk=claim.pk) == before


@pytest.mark.usefixtures("daily")
class TestAPageThatDoesNotAnswer:
    def test_it_is_broken_after_three_days_and_not_before(self, add, captured, site):
        captured(add())
        checked()
        site.pages["/"] = page(status=503)
        assert checked().state == LinkState.REACHABLE
        _yesterday()
        assert checked(timedelta(days=1)).state == LinkState.REACHABLE
        _yesterday()
        assert checked(timedelta(days=1)).state == LinkState.UNREACHABLE

    def test_three_looks_on_one_day_are_one(self, add, editor, site):
        site.pages["/"] = page(status=503)
        add()
        row = checked()
        for _time in range(3):
            check_link(actor=editor, link_check_id=row.pk)
            row = checked(timedelta(minutes=2))
        assert (row.failures, row.state) == (1, LinkState.UNKNOWN)

    def test_an_answer_in_between_begins_the_count_anew(self, add, site):
        site.pages["/"] = page(status=503)
        add()
        checked()
        _yesterday()
        assert checked(timedelta(days=1)).failures == 2
        site.pages["/"] = pages.READ["plain"]
        assert checked(timedelta(days=1)).failures == 0


def _yesterday() -> None:
    """A day later, for the day of the last failure."""
    for row in LinkCheck.objects.all():
        LinkCheck.objects.filter(pk=row.pk).update(failed_on=row.failed_on - timedelta(days=1))


class TestWhen:
    def test_never_unless_it_is_set(self, add, site):
        add()
        enqueue_enrolment()
        enqueue_link_checks()
        assert not LinkCheck.objects.exists()
        assert site.asked == []

    @pytest.mark.usefixtures("daily")
    def test_once_in_so_many_days(self, add, site):
        add()
        checked()
        before = len(site.asked)
        checked(timedelta(days=29))
        assert len(site.asked) == before
        checked(timedelta(days=1))
        assert len(site.asked) > before

    @pytest.mark.usefixtures("daily")
    def test_the_links_of_a_desk_are_not_all_due_at_once(self, editor, claim):
        for number in range(8):
            draft = EvidenceDraft(title="Tides", url=f"https://tides.example.org/{number}")
            add_evidence(actor=editor, evidence=draft, **version_of(Claim.objects.get(pk=claim.pk)))
        enqueue_enrolment()
        days = {row.due_at.date() for row in LinkCheck.objects.all()}
        assert len(days) > 4

    @pytest.mark.usefixtures("daily")
    def test_one_link_of_a_host_at_a_time(self, add, site):
        for number in range(3):
            add(f"/{number}")
        checked()
        checked(timedelta())
        assert site.asked[0] == "/robots.txt"
        assert len(site.asked) == 2
        checked(checking.PAUSE)
        assert len(site.asked) == 3

    @pytest.mark.usefixtures("daily")
    def test_a_site_sets_the_pace(self, add, site):
        site.pages["/robots.txt"] = page(b"User-agent: *\nCrawl-delay: 600")
        for number in range(2):
            add(f"/{number}")
        checked()
        checked(timedelta(minutes=8))
        assert len(site.asked) == 2
        checked(timedelta(minutes=2))
        assert len(site.asked) == 3

    @pytest.mark.usefixtures("daily")
    def test_only_so_many_an_hour(self, add, site, monkeypatch):
        monkeypatch.setattr(checking, "MOST_PER_HOUR", 1)
        for number in range(2):
            add(f"/{number}")
        checked()
        checked(checking.PAUSE)
        assert len(site.asked) == 2

    def test_whoever_wants_it_now_gets_it_even_if_it_is_off(self, add, editor, site, settings):
        settings.CHECK_LINKS_DAYS = 30
        add()
        row = checked()
        settings.CHECK_LINKS_DAYS = 0
        site.pages["/"] = page(status=404)
        checked(MONTH)
        assert LinkCheck.objects.get().state == LinkState.REACHABLE
        check_link(actor=editor, link_check_id=row.pk)
        checked(timedelta())
        found = LinkCheck.objects.get()
        assert (found.state, found.asked_by) == (LinkState.GONE, None)


@pytest.mark.usefixtures("daily")
class TestWhichLinks:
    def test_each_page_once_for_all_its_claims(self, add, editor, claims, site):
        add()
        draft = EvidenceDraft(title="The same", url=f"{site.at('/')}#top")
        add_evidence(actor=editor, evidence=draft, **version_of(claims[1]))
        enqueue_enrolment()
        enqueue_enrolment()
        assert LinkCheck.objects.count() == 1

    def test_the_site_of_confidential_evidence_learns_nothing(self, add, site):
        piece = add()
        enqueue_enrolment()
        Evidence.objects.filter(pk=piece.pk).update(confidential=True)
        time_passes(MONTH)
        enqueue_link_checks()
        assert site.asked == []
        assert not LinkCheck.objects.exists()

    def test_what_is_no_longer_evidence_is_forgotten(self, add, editor, claim, site):
        piece = add()
        enqueue_enrolment()
        version = Claim.objects.get(pk=claim.pk).version
        remove_evidence(actor=editor, evidence_id=piece.pk, version=version)
        time_passes(MONTH)
        enqueue_link_checks()
        assert site.asked == []
        assert not LinkCheck.objects.exists()

    def test_finding_them_takes_as_many_queries_however_many_there_are(self, add):
        counts = []
        for first in (0, 5):
            for number in range(first, first + 5):
                add(f"/{number}")
            LinkCheck.objects.all().delete()
            Task.objects.all().delete()
            with CaptureQueriesContext(connection) as queries:
                enqueue_enrolment()
            counts.append(len(queries))
        assert LinkCheck.objects.count() == 10
        assert counts[0] == counts[1]
