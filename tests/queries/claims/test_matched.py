"""Which earlier verdict a claim takes over."""

from datetime import UTC, date, datetime

from claims.actions import decide_claim
from claims.choices import Verdict
from claims.queries.claims.matched import due_for_review, to_take_over
from tests.actions.matching.conftest import claim_of
from tests.conftest import version_of
from tests.models import match_rows, rows


def test_the_newest_verdict_where_several_agree_and_none_where_they_differ(editor):
    first, second, third, later = (claim_of(editor, month) for month in (1, 2, 3, 4))
    for claim in (second, first):
        decide_claim(actor=editor, verdict=Verdict.VERIFIED, **version_of(claim))
        match_rows.match(claim, later)
    assert to_take_over([later.pk])[later.pk].earlier == first
    decide_claim(actor=editor, verdict=Verdict.DISPUTED, reason="No.", **version_of(third))
    match_rows.match(third, later)
    assert to_take_over([later.pk]) == {}


def test_verdicts_whose_day_has_come_are_due_the_oldest_verdict_first(editor):
    text = rows.revision(editor)
    newer, older, newer_too, later = (rows.decided(text, Verdict.VERIFIED, at) for at in range(4))
    for claim, month in ((newer, 2), (older, 1), (newer_too, 2), (later, 1)):
        day = date(2026, 3, 2 if claim == later else 1)
        rows.become([claim], decided_at=datetime(2026, month, 1, tzinfo=UTC), review_by=day)
    assert list(due_for_review(date(2026, 3, 1))) == [older, newer, newer_too]
    assert not due_for_review(date(2026, 2, 28)).exists()
