"""By when a claim is to be decided, and what a line shows of it."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from claims.choices import ReviewStatus, Verdict
from claims.web.components.due import due_words, is_to_decide
from claims.web.components.template_tags import due

TODAY = date(2026, 4, 15)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-2, "2 days late"),
        (-1, "1 day late"),
        (0, "due today"),
        (1, "due 16 Apr"),
        (2, "due 17 Apr"),
    ],
)
def test_it_is_told_from_today(days, words):
    assert due_words(TODAY + timedelta(days=days), TODAY) == words


@pytest.mark.parametrize(
    ("status", "verdict", "left"),
    [
        (ReviewStatus.OPEN, Verdict.PENDING, True),
        (ReviewStatus.OPEN, Verdict.VERIFIED, False),
        (ReviewStatus.SENT_BACK, Verdict.VERIFIED, True),
        (ReviewStatus.WAITING, Verdict.PENDING, False),
        (ReviewStatus.CHECKED, Verdict.DISPUTED, False),
    ],
)
def test_only_what_is_still_to_be_decided_is_due(status, verdict, left):
    assert is_to_decide(status, verdict) == left
    claim = SimpleNamespace(due_on=timezone.localdate(), review_status=status)
    assert bool(due(claim, verdict)) == left


@pytest.mark.parametrize(("days", "has_clock"), [(-1, True), (0, True), (1, False)])
def test_a_clock_stands_there_from_that_day_on(days, has_clock):
    day = timezone.localdate() + timedelta(days=days)
    shown = due(SimpleNamespace(due_on=day, review_status=ReviewStatus.OPEN), Verdict.PENDING)
    assert ("due--now" in shown, "clock" in shown) == (has_clock, has_clock)
    assert due(SimpleNamespace(due_on=None, review_status=ReviewStatus.OPEN), "pending") == ""
