"""What waits for a person, and what they are offered to begin with."""

from datetime import UTC, date, datetime, timedelta
from urllib.parse import parse_qsl

import pytest
from django.utils import timezone

from claims.choices import ReviewStatus, Verdict
from claims.models import Claim
from claims.queries import dashboard
from claims.queries.dashboard import mine, newest_articles, open_reports, start_for, to_check
from tests.models import rows


@pytest.fixture
def claims(editor) -> list[Claim]:
    """Five claims of a text, worth more and more to be checked."""
    text = rows.revision(editor)
    return [rows.claim(text, start, checkworthiness=start / 10) for start in range(5)]


def become(claim: Claim, **fields) -> None:
    rows.become(claim, touched_at=timezone.now(), **fields)


class TestMine:
    def test_what_was_sent_back_is_first_and_then_the_next_due_and_then_what_is_worth_most(
        self, editor, claims
    ):
        back, soon, late, little, much = claims
        for claim, fields in (
            (back, {"review_status": ReviewStatus.SENT_BACK, "verdict": Verdict.VERIFIED}),
            (soon, {"due_on": date(2026, 3, 1)}),
            (late, {"due_on": date(2026, 3, 2)}),
            (little, {}),
            (much, {}),
        ):
            become(claim, assigned_to=editor, **fields)
        assert list(mine(editor).claims) == [back, soon, late, much, little]

    def test_neither_what_others_have_nor_what_is_decided_or_out_of_work(
        self, editor, chief, claims
    ):
        own, others, decided, dismissed, uncheckable = claims
        become(own, assigned_to=editor)
        become(others, assigned_to=chief)
        become(decided, assigned_to=editor, verdict=Verdict.VERIFIED)
        become(dismissed, assigned_to=editor, dismissed=True)
        become(uncheckable, assigned_to=editor, checkable=False)
        assert list(mine(editor).claims) == [own]

    @pytest.mark.parametrize(("counted", "number", "more"), [(5, 5, False), (4, 4, True)])
    def test_of_many_the_first_are_shown(self, editor, claims, monkeypatch, counted, number, more):
        Claim.objects.update(assigned_to=editor)
        monkeypatch.setattr(dashboard, "_COUNTED", counted)
        monkeypatch.setattr(dashboard, "_SHOWN", 2)
        found = mine(editor)
        assert (list(found.claims), found.number, found.more) == (claims[:2:-1], number, more)


def test_second_checks_that_one_was_asked_for_come_first_and_then_the_oldest(editor, chief, claims):
    """Those of one's own verdict are for others."""
    for hour, claim in enumerate(claims[:4]):
        decided = rows.decision(claim, editor if claim == claims[3] else chief)
        become(claim, verdict=Verdict.VERIFIED, review_status=ReviewStatus.WAITING)
        touched = datetime(2026, 3, 1, 20 - hour, tzinfo=UTC)
        Claim.objects.filter(pk=claim.pk).update(touched_at=touched)
        asked_of = {0: editor, 1: chief}.get(hour)
        rows.second_check(decided, chief, asked_of=asked_of, withdrawn_at=None)
    become(claims[4], review_status=ReviewStatus.OPEN)
    assert list(to_check(editor).claims) == [claims[0], claims[2], claims[1]]


class TestStart:
    def test_ones_own_before_those_that_nobody_has(self, editor, chief, claims):
        become(claims[0], assigned_to=chief)
        start = start_for(editor)
        assert (start.kind, start.number, start.claim) == ("free", 4, claims[1].pk)
        become(claims[3], assigned_to=editor)
        start = start_for(editor)
        assert (start.kind, start.number, start.claim) == ("own", 1, claims[3].pk)
        assert start.article == claims[3].revision.article_id

    def test_of_two_that_begin_at_one_place_with_the_one_that_was_there_first(self, editor, claims):
        rows.claim(claims[0].revision, 0)
        start = start_for(editor)
        assert (start.number, start.claim) == (6, claims[0].pk)

    def test_nothing_where_all_is_decided(self, editor, claims):
        rows.become(Claim.objects.all(), verdict=Verdict.VERIFIED, touched_at=timezone.now())
        assert start_for(editor) is None

    @pytest.mark.parametrize(("few", "kind", "number"), [(2, "own", 2), (1, "sent-back", 1)])
    def test_what_was_sent_back_alone_only_where_much_is_ones_own(
        self, editor, claims, monkeypatch, few, kind, number
    ):
        monkeypatch.setattr(dashboard, "_FEW", few)
        become(claims[1], assigned_to=editor)
        become(claims[3], assigned_to=editor, review_status=ReviewStatus.SENT_BACK)
        start = start_for(editor)
        assert (start.kind, start.number, start.claim) == (kind, number, claims[3].pk)

    @pytest.mark.parametrize(("few", "offered"), [(5, 5), (4, 2)])
    def test_of_many_those_worth_most(self, editor, claims, monkeypatch, few, offered):
        monkeypatch.setattr(dashboard, "_FEW", few)
        monkeypatch.setattr(dashboard, "_DOZEN", 2)
        start = start_for(editor)
        assert (start.number, start.more) == (offered, False)
        assert start.claim == claims[5 - offered].pk

    def test_the_latest_article_first(self, editor, claims):
        later = rows.claim(rows.revision(editor))
        Claim.objects.filter(pk=later.pk).update(listed_at=timezone.now() + timedelta(days=1))
        assert start_for(editor).claim == later.pk

    @pytest.mark.parametrize(("newest", "narrowed"), [(5, False), (4, True)])
    def test_of_very_many_the_newest_days(self, editor, claims, monkeypatch, newest, narrowed):
        monkeypatch.setattr(dashboard, "_NEWEST", newest)
        query = dict(parse_qsl(start_for(editor).query))
        assert ("published_from" in query) == narrowed

    @pytest.mark.parametrize(("counted", "more"), [(5, False), (4, True)])
    def test_very_many_are_not_all_counted(self, editor, claims, monkeypatch, counted, more):
        monkeypatch.setattr(dashboard, "_COUNTED", counted)
        start = start_for(editor)
        assert (start.number, start.more) == (counted, more)


def test_ones_own_drafts_and_every_open_correction_the_newest_first(
    editor, chief, claims, monkeypatch
):
    drafts = [rows.report(editor) for _each in range(2)]
    rows.report(chief)
    rows.report(editor, published_at=timezone.now())
    corrections = [rows.correction(claim, chief) for claim in claims[:2]]
    found = open_reports(editor)
    assert list(found.drafts) == drafts[::-1]
    assert list(found.corrections) == corrections[::-1]
    assert (found.number_of_drafts, found.number_of_corrections, found.number) == (2, 2, 4)
    monkeypatch.setattr(dashboard, "_SHOWN_BESIDE", 1)
    found = open_reports(editor)
    assert (list(found.drafts), list(found.corrections)) == (drafts[1:], corrections[1:])
    assert found.number == 4


def test_the_articles_that_came_in_last(editor, monkeypatch):
    at = datetime(2026, 3, 1, tzinfo=UTC)
    early, late, late_too = (
        rows.article(editor, imported_at=at.replace(day=day)) for day in (1, 2, 2)
    )
    found = [row.article for row in newest_articles(editor)]
    assert found == [late_too, late, early]
    monkeypatch.setattr(dashboard, "_SHOWN", 1)
    assert [row.article for row in newest_articles(editor)] == [late_too]
