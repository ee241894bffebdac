"""The answer to a verdict for a page that shows the next claim already: what changed, and nothing else."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.actions import decide_claim, import_article, undo_change
from claims.choices import Verdict
from claims.ingest.types import ArticleDraft
from claims.models import Change, Decision
from tests.conftest import claims_of, newest

LIGHT = {"HX-Request": "true", "Desk-Answer": "changes"}


@pytest.fixture
def decide(desk):
    """Send a verdict for a claim as the page does. Returns the answer."""

    def decide(claim, *, version=1, query="", **fields):
        address = reverse("decide", args=[claim.pk]) + query
        return desk.post(
            address, {"version": version, "verdict": "verified", **fields}, headers=LIGHT
        )

    return decide


def test_it_holds_the_row_the_sign_and_the_counts_and_no_panel(decide, claim):
    page = decide(claim).content.decode()
    assert f'<li id="row{claim.pk}" class="row row--verified"' in page
    assert 'data-state="verified" data-version="2"' in page
    assert f"innerHTML:[data-end='{claim.pk}']" in page
    assert 'id="verdict-counts"' in page
    assert reverse("undo", args=[newest(claim).pk]) in page
    assert "blockquote" not in page
    assert "data-gone" not in page


@pytest.mark.parametrize(("query", "gone"), [("?show=pending", True), ("?show=verified", False)])
def test_it_says_whether_the_filter_still_shows_the_claim(decide, claim, query, gone):
    assert ("data-gone" in decide(claim, query=query).content.decode()) == gone


def test_a_request_that_is_repeated_is_the_same_one(decide, claim, editor):
    for _time in range(2):
        answer = decide(claim, verdict="disputed", reason="Not so")
        assert (answer.status_code, Decision.objects.count()) == (200, 1)
    undo_change(actor=editor, change_id=newest(claim).pk)
    # The answer was lost, and the claim was changed again before the request came once more.
    assert decide(claim, verdict="disputed", reason="Not so").status_code == 200
    assert [one.verdict for one in claim.decisions.order_by("pk")] == ["disputed", "pending"]
    assert Change.objects.count() == 2


def test_a_verdict_that_another_account_kept_in_its_tab_is_not_this_one_s(
    desk, claim, chief, editor
):
    address = reverse("decide", args=[claim.pk])
    fields = {"version": 1, "verdict": "verified"}
    answer = desk.post(address, fields, headers=LIGHT | {"Desk-Account": str(chief.pk)})
    assert answer.status_code == 401
    assert "Someone else has logged in" in answer.content.decode()
    assert not Decision.objects.exists()
    own = desk.post(address, fields, headers=LIGHT | {"Desk-Account": str(editor.pk)})
    assert (own.status_code, Decision.objects.get().actor) == (200, editor)


def test_whoever_agrees_is_told_who_decided(decide, claim, chief):
    decide_claim(actor=chief, claim_id=claim.pk, version=1, verdict=Verdict.VERIFIED)
    page = decide(claim).content.decode()
    assert "Carl set the same verdict (Verified)" in page
    assert Decision.objects.get().actor == chief


def test_what_is_there_already_is_not_told_as_saved_and_the_undo_before_it_stays(
    decide, claims, chief
):
    first, second, *_ = claims
    decide(second, verdict="pending")
    own = newest(second)
    decide_claim(actor=chief, claim_id=first.pk, version=1, verdict=Verdict.VERIFIED)
    assert reverse("undo", args=[own.pk]) in decide(first).content.decode()
    decide_claim(actor=chief, claim_id=second.pk, version=2, verdict=Verdict.VERIFIED)
    assert "Saved at" not in decide(second, version=2).content.decode()


def test_a_conflict_is_answered_with_the_whole_panel(decide, claim, chief):
    decide_claim(
        actor=chief, claim_id=claim.pk, version=1, verdict=Verdict.DISPUTED, reason="Theirs"
    )
    answer = decide(claim, reason="Mine")
    assert answer.status_code == 409
    assert "<html" not in answer.content.decode()
    assert "Theirs" in answer.content.decode()
    assert "Mine" in answer.content.decode()


def test_it_costs_the_same_for_a_long_article(decide, editor):
    costs = []
    for number in (3, 60):
        body = "\n\n".join(f"Bridge {one} was built in {1900 + one}." for one in range(number))
        made = import_article(actor=editor, draft=ArticleDraft(headline=f"{number}", body=body))
        first, second, *_others = claims_of(made.article)
        decide(first)
        with CaptureQueriesContext(connection) as queries:
            answer = decide(second)
        costs.append(len(queries))
        assert len(answer.content) < 6000
    assert costs[0] == costs[1] < 25


def test_a_panel_ahead_is_the_panel_alone(desk, claim):
    address = reverse("claim", args=[claim.pk])
    page = desk.get(
        address, headers={"HX-Request": "true", "Desk-Answer": "panel"}
    ).content.decode()
    assert f'data-claim="{claim.pk}"' in page
    assert 'data-keeps="verified disputed pending"' in page
    assert "hx-swap-oob" not in page
    assert 'id="row' not in page
