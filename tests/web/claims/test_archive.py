"""What the list of claims says from the archive, and taking over the verdicts on exact repeats."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from claims.actions import ask_second_check, decide_claim, set_review_date
from claims.choices import MatchRelation, Verdict
from claims.models import Claim, Decision
from tests.actions.matching.conftest import claim_of, earlier, later, match
from tests.conftest import version_of
from tests.models import match_rows
from tests.web.claims.lists import LIST, ids, shown

__all__ = ["earlier", "later", "match"]


def chips(client, claim: Claim, **query) -> list[str]:
    """What the list says of a claim from the archive."""
    page = client.get(LIST, query).content.decode()
    (row,) = re.findall(
        rf'<tr class="list__row">(?:(?!</tr>).)*claim={claim.pk}&.*?</tr>', page, re.DOTALL
    )
    return [
        re.sub("<[^>]*>", "", one) for one in re.findall(r'<span class="chip">(.*?)</span>', row)
    ]


def month(at) -> str:
    return date_format(timezone.localtime(at), "F")


class TestChips:
    def test_how_often_it_was_seen_and_the_newest_verdict(
        self, desk, editor, earlier, later, match
    ):
        assert chips(desk, later) == [f"seen once, disputed in {month(earlier.decided_at)}"]
        assert chips(desk, earlier) == ["seen once"]
        match_rows.match(claim_of(editor, 1), later)
        assert chips(desk, later) == [f"seen 2 times, disputed in {month(earlier.decided_at)}"]

    def test_a_verdict_of_another_year_says_which(self, desk, earlier, later, match):
        Claim.objects.filter(pk=earlier.pk).update(decided_at="2019-03-05T12:00Z")
        assert chips(desk, later) == ["seen once, disputed in March 2019"]

    def test_contradictions_and_newer_figures(self, desk, editor, later):
        newer = claim_of(editor, 6)
        match_rows.match(later, newer, relation=MatchRelation.CONTRADICTS)
        match_rows.match(later, claim_of(editor, 7), relation=MatchRelation.SUPERSEDES)
        assert chips(desk, later) == ["contradicted", "newer figure"]
        assert chips(desk, newer) == ["contradicted"]

    def test_when_its_verdict_is_to_be_looked_at_again(self, desk, editor, earlier):
        today = timezone.localdate()
        set_review_date(actor=editor, day=today + timedelta(days=400), **version_of(earlier))
        day = date_format(today + timedelta(days=400), "j M Y")
        assert chips(desk, earlier) == [f"review by {day}"]
        set_review_date(actor=editor, day=today, **version_of(earlier))
        assert chips(desk, earlier) == [f"review was due on {date_format(today, 'j M')}"]
        long_ago = timezone.now() - timedelta(days=400)
        Claim.objects.filter(pk=earlier.pk).update(decided_at=long_ago, review_by=None)
        assert chips(desk, earlier) == ["verdict older than a year"]

    def test_nothing_of_a_verdict_that_one_is_to_find_alone(
        self, desk, chief, earlier, later, match
    ):
        long_ago = timezone.now() - timedelta(days=400)
        Claim.objects.filter(pk=earlier.pk).update(
            decided_at=long_ago, review_by=timezone.localdate()
        )
        ask_second_check(actor=chief, blind=True, **version_of(earlier))
        assert chips(desk, earlier) == chips(desk, later) == ["seen once"]

    def test_the_column_can_be_hidden(self, desk, later, match):
        assert chips(desk, later, columns=["statement", "verdict"]) == []

    def test_as_many_queries_for_many(self, desk, editor, later, match):
        def count() -> int:
            with CaptureQueriesContext(connection) as queries:
                desk.get(LIST)
            return len(queries)

        count()
        one = count()
        for number in range(15):
            match_rows.match(claim_of(editor, 1 + number % 12), later)
        assert count() == one


class TestExactRepeats:
    @pytest.fixture
    def button(self, desk):
        """What a page's button sends: its address, with what it asks for. None where the page has no such button."""

        def button(address: str) -> str | None:
            page = desk.get(address).content.decode()
            found = re.search(
                r'<form method="post" action="([^"]*)">(?:(?!</form>).)*name="what" value="take-over"',
                page,
            )
            return unescape(found[1]) if found else None

        return button

    def test_of_a_list_after_a_preview_with_one_undo(
        self, desk, button, editor, earlier, later, match
    ):
        again = claim_of(editor, 5)
        match_rows.match(earlier, again)
        address = button(f"{LIST}?match=checked&verdict=pending")
        page = desk.post(address, {"what": "take-over"}, follow=True)
        headline = earlier.revision.article.headline
        text = unescape(page.content.decode())
        assert "2 claims would change" in text
        assert f"Disputed, as in “{headline}” of 1 Mar 2026" in text
        assert not Decision.objects.filter(actor=editor).exists()
        bulk_change = page.context["bulk_change"]
        desk.post(reverse("start-bulk-change", args=[bulk_change.pk]))
        assert shown(desk, verdict="disputed") == ids(again, later, earlier)
        assert Decision.objects.filter(actor=editor, origin__claim=earlier).count() == 2
        desk.post(reverse("undo-bulk-change", args=[bulk_change.pk]))
        assert shown(desk, verdict="disputed") == ids(earlier)

    def test_of_an_articles_queue_and_back_to_it(self, desk, button, earlier, later, match):
        queue = later.revision.article.get_absolute_url()
        page = desk.post(button(queue), {"what": "take-over"}, follow=True)
        bulk_change = page.context["bulk_change"]
        assert bulk_change.total == 1
        origin = page.context["origin"].query
        done = desk.post(reverse("start-bulk-change", args=[bulk_change.pk]) + origin)
        assert done["Location"] == queue

    def test_among_the_choices_of_every_bulk_change(self, desk, editor, later, match):
        page = desk.post(f"/claims/change/?chosen={later.pk}", {"what": "take-over"}, follow=True)
        assert page.context["bulk_change"].total == 1

    def test_where_nothing_was_seen_before_there_is_no_button(self, button, editor, later):
        assert button(LIST) is None
        assert button(later.revision.article.get_absolute_url()) is None

    def test_a_reader_has_none(self, client, reader, button, later, match):
        client.force_login(reader)
        assert button(f"{LIST}?match=seen") is None


def test_the_filters_say_what_they_are(desk, earlier, later, match):
    assert shown(desk, match="seen") == ids(later, earlier)
    page = desk.get(LIST, {"match": "seen", "review": "old"}).content.decode()
    assert "Seen before" in page
    assert "Verdict older than a year" in page
    decide = {"actor": later.revision.article.imported_by, "verdict": Verdict.VERIFIED}
    decide_claim(**decide, **version_of(later))
    assert shown(desk, match="checked") == ids(later, earlier)
