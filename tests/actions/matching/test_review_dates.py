"""A verdict is looked at again: from a day on, or when something newer was found."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from claims.actions import (
    ask_second_check,
    decide_claim,
    dismiss_match,
    set_review_date,
    undo_change,
)
from claims.choices import MatchRelation, Verdict
from claims.errors import BlindCheckError, NotPossibleError
from claims.models import Claim
from claims.queries import history
from claims.queries.claims.filters import ClaimFilter
from claims.queries.claims.matched import due_for_review
from claims.queries.due import due_verdicts
from tests.actions.matching.conftest import claim_of
from tests.conftest import newest, version_of
from tests.models import match_rows

TODAY = date(2026, 8, 1)


def _set(actor, claim, day):
    return set_review_date(actor=actor, day=day, **version_of(claim))


def _due() -> list[Claim]:
    return list(due_for_review(TODAY))


def test_it_is_due_from_that_day_on(editor, earlier):
    _set(editor, earlier, TODAY + timedelta(days=1))
    assert _due() == []
    _set(editor, earlier, TODAY)
    assert _due() == [earlier]
    _set(editor, earlier, None)
    assert _due() == []


def test_the_first_page_lists_what_is_due(editor, earlier):
    _set(editor, earlier, timezone.localdate())
    due = due_verdicts(editor, timezone.localdate())
    assert [one.row.claim for one in due.first] == [earlier]
    assert (due.total.number, due.total.more) == (1, False)
    assert list(ClaimFilter.of_query(due.total.query, editor).qs) == [earlier]


def test_it_is_undone_and_the_history_says_so(editor, earlier):
    change = _set(editor, earlier, TODAY)
    assert _set(editor, earlier, TODAY) is None
    entry = history.of_claim(earlier, 5).entries[0]
    (told,) = entry.differences
    assert (told.label, told.before, told.after) == ("Review by", "none", "1 Aug 2026")
    undo_change(actor=editor, change_id=change.pk)
    earlier.refresh_from_db()
    assert earlier.review_by is None


def test_a_new_verdict_takes_the_day_away_and_an_undo_gives_it_back(editor, earlier):
    _set(editor, earlier, TODAY)
    decide_claim(actor=editor, verdict=Verdict.VERIFIED, **version_of(earlier))
    earlier.refresh_from_db()
    assert earlier.review_by is None
    undo_change(actor=editor, change_id=newest(earlier).pk)
    earlier.refresh_from_db()
    assert earlier.review_by == TODAY


def test_only_a_verdict_that_one_may_know_has_a_day(editor, chief, earlier, later):
    with pytest.raises(NotPossibleError, match="no verdict yet"):
        _set(editor, later, TODAY)
    _set(editor, earlier, TODAY)
    ask_second_check(actor=chief, blind=True, **version_of(earlier))
    with pytest.raises(BlindCheckError):
        _set(editor, earlier, None)
    assert _due() == []


class TestSomethingNewer:
    @pytest.fixture(params=[MatchRelation.CONTRADICTS, MatchRelation.SUPERSEDES])
    def match(self, request, earlier, later):
        return match_rows.match(earlier, later, relation=request.param, challenges=True)

    def test_it_proposes_the_earlier_verdict_for_review(self, earlier, match):
        assert _due() == [earlier]

    def test_dismissed_it_does_not(self, editor, later, match):
        dismiss_match(actor=editor, match_id=match.pk, **version_of(later))
        assert _due() == []

    def test_who_decides_anew_or_sets_a_day_has_looked(self, editor, earlier, match):
        _set(editor, earlier, TODAY + timedelta(days=30))
        assert _due() == []
        _set(editor, earlier, None)
        assert _due() == [earlier]
        decide_claim(actor=editor, verdict=Verdict.VERIFIED, **version_of(earlier))
        assert _due() == []

    def test_a_repeat_asks_for_nothing(self, earlier, later):
        match_rows.match(earlier, later)
        assert _due() == []

    def test_what_was_known_at_the_verdict_asks_for_nothing(self, editor, later):
        newer = claim_of(editor, 6)
        match_rows.match(later, newer, relation=MatchRelation.CONTRADICTS)
        decide_claim(actor=editor, verdict=Verdict.VERIFIED, **version_of(later))
        assert _due() == []
