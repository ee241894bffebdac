"""What the first page shows that is due for review."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from claims.actions import ask_second_check, decide_claim, set_review_date
from claims.choices import MatchRelation, Verdict
from claims.models import Claim
from tests.actions.matching.conftest import claim_of, earlier, later
from tests.conftest import version_of
from tests.models import match_rows

__all__ = ["earlier", "later"]

EMPTY = "No verdict has reached its review date, and nothing newer contradicts one."


@pytest.fixture
def section(desk):
    """What the section says, without its markup, and its addresses by their words."""

    def section() -> tuple[str, dict[str, str]]:
        page = desk.get(reverse("dashboard")).content.decode()
        found = re.findall(
            r'<section[^>]* aria-labelledby="(?:due|quiet)">(.*?)</section>', page, re.DOTALL
        )
        part = found[0]
        links = re.findall(r'<a href="([^"]*)">(.*?)</a>', part, re.DOTALL)
        plain = {_words(words): unescape(address) for address, words in links}
        return _words(part), plain

    return section


def _words(part: str) -> str:
    return " ".join(unescape(re.sub("<[^>]*>", " ", part)).split())


def _listed(desk, address: str) -> list[int]:
    return [line.pk for line in desk.get(address).context["table"].keyset.object_list]


@pytest.fixture
def dated(editor, earlier) -> Claim:
    """The disputed claim, with a review date that has come."""
    set_review_date(actor=editor, day=timezone.localdate(), **version_of(earlier))
    return earlier


@pytest.fixture
def challenged(editor, later) -> Claim:
    """A verified claim that a later one supersedes."""
    decide_claim(actor=editor, verdict=Verdict.VERIFIED, **version_of(later))
    newer = claim_of(editor, 6, "Ostrey has ten bridges")
    match_rows.match(later, newer, relation=MatchRelation.SUPERSEDES, challenges=True)
    return later


def test_where_nothing_is_due_one_line_says_what_was_looked_at(section, earlier):
    words, links = section()
    assert EMPTY in words
    assert links == {}


def test_what_is_due_and_why_each_with_its_list(desk, section, dated, challenged):
    words, links = section()
    assert words.startswith("Due for review 2")
    assert words.index("review was due on") < words.index("a newer figure came in on")
    assert _listed(desk, links["Review date has come"]) == [dated.pk]
    assert _listed(desk, links["Newer figure or contradiction"]) == [challenged.pk]


def test_a_line_opens_its_claim_in_the_queue_of_all_that_is_due(desk, section, dated, challenged):
    _words, links = section()
    (address,) = [link for link in links.values() if f"claim={dated.pk}&" in link]
    page = desk.get(address)
    assert page.context["claim"].pk == dated.pk
    assert page.context["queue"].listing.query == "review=due"
    assert page.context["queue"].onward is not None or page.context["queue"].listed


def test_a_contradiction_says_so(editor, section, earlier, later):
    match_rows.match(earlier, later, relation=MatchRelation.CONTRADICTS, challenges=True)
    assert "contradicted on" in section()[0]


def test_a_day_to_come_asks_for_nothing(editor, section, challenged):
    tomorrow = timezone.localdate() + timedelta(days=1)
    set_review_date(actor=editor, day=tomorrow, **version_of(challenged))
    assert EMPTY in section()[0]


def test_nothing_that_somebody_is_to_check_blind(chief, section, editor, dated, challenged):
    for claim, decider in ((dated, chief), (challenged, editor)):
        ask_second_check(actor=decider, blind=True, **version_of(claim))
    assert EMPTY in section()[0]


def test_of_many_the_first_are_shown_and_all_are_a_click_away(desk, editor, section, later):
    many = []
    for number in range(10):
        claim = claim_of(editor, 1 + number)
        decide_claim(actor=editor, verdict=Verdict.VERIFIED, **version_of(claim))
        day = timezone.localdate() - timedelta(days=number)
        set_review_date(actor=editor, day=day, **version_of(claim))
        many.append(claim.pk)
    words, links = section()
    assert words.startswith("Due for review 10")
    assert len([link for link in links.values() if "claim=" in link]) <= 8
    assert set(_listed(desk, links["All : Due for review"])) == set(many)


def test_as_many_queries_for_many(desk, editor, section, dated, challenged):
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            desk.get(reverse("dashboard"))
        return len(queries)

    count()
    few = count()
    for month in (7, 8, 9):
        claim = claim_of(editor, month)
        decide_claim(actor=editor, verdict=Verdict.VERIFIED, **version_of(claim))
        set_review_date(actor=editor, day=timezone.localdate(), **version_of(claim))
    assert count() == few


def test_a_reader_is_shown_none(client, reader, dated):
    client.force_login(reader)
    assert 'id="due"' not in client.get(reverse("dashboard")).content.decode()
