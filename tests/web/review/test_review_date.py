"""The day on which a verdict is to be looked at again: set with the verdict, or on its own."""

import pytest
from django.urls import reverse

from claims.actions import ask_second_check
from claims.models import Claim


@pytest.fixture
def decide(desk, claim):
    def decide(**typed: str) -> Claim:
        claim.refresh_from_db()
        answer = desk.post(reverse("decide", args=[claim.pk]), {"version": claim.version, **typed})
        assert answer.status_code == 302
        claim.refresh_from_db()
        return claim

    return decide


def _panel(client, claim: Claim) -> str:
    page = client.get(reverse("claim", args=[claim.pk]), headers={"HX-Request": "true"})
    return page.content.decode()


def test_it_is_saved_with_the_verdict_and_shown_with_it(desk, decide, claim):
    decide(verdict="verified", reason="", review_by="2027-03-01")
    assert str(claim.review_by) == "2027-03-01"
    panel = _panel(desk, claim)
    assert "Review by 1 Mar 2027" in panel
    assert 'name="review_by" value="2027-03-01"' in panel
    history = panel.partition('data-fold="history"')[2]
    assert "1 Mar 2027" in history


def test_the_same_verdict_with_another_day_or_none_is_saved(decide, claim):
    decide(verdict="verified", reason="", review_by="2027-03-01")
    decide(verdict="verified", reason="", review_by="2027-05-01")
    assert str(claim.review_by) == "2027-05-01"
    decide(verdict="verified", reason="", review_by="")
    assert claim.review_by is None


def test_a_pending_claim_has_none(decide, claim):
    decide(verdict="verified", reason="", review_by="2027-03-01")
    decide(verdict="pending", reason="", review_by="2027-03-01")
    assert claim.review_by is None


def test_it_is_set_and_taken_away_without_a_new_verdict(desk, do, decide, claim):
    assert "Save this date" not in _panel(desk, claim)
    decide(verdict="verified", reason="")
    assert "Save this date" in _panel(desk, claim)
    do("review-date", review_by="2027-03-01")
    assert (str(claim.review_by), claim.decisions.count()) == ("2027-03-01", 1)
    do("review-date", review_by="")
    assert claim.review_by is None


def test_what_is_not_a_day_is_refused_beside_the_field(desk, claim):
    answer = desk.post(
        reverse("decide", args=[claim.pk]),
        {"version": claim.version, "verdict": "verified", "review_by": "soon"},
    )
    assert answer.status_code == 400
    fold = answer.content.decode().partition('data-draft="review"')[2].partition("</details>")[0]
    assert "Enter a valid date." in fold
    assert 'value="soon"' in fold


def test_who_checks_blind_does_not_see_it(client, decide, claim, chief, editor):
    decide(verdict="verified", reason="", review_by="2027-03-01")
    ask_second_check(actor=editor, claim_id=claim.pk, version=claim.version, blind=True)
    client.force_login(chief)
    assert "Mar 2027" not in _panel(client, claim)
