"""The message after an undo: what was undone, on which claim."""

import re

import pytest
from django.urls import reverse

from claims.actions import preview_bulk_change, reword_claim, start_bulk_change
from claims.choices import ChangeAction
from claims.models import Claim

DISPUTED = {"version": 1, "verdict": "disputed", "reason": "The register says otherwise."}


@pytest.fixture
def undo(desk):
    """Take a claim's newest change back, and give what the notice says, without its isolating marks."""

    def undo(claim: Claim) -> str:
        change = claim.changed.latest("pk").change
        answer = desk.post(reverse("undo", args=[change.pk]), headers={"HX-Request": "true"})
        assert answer.status_code == 200
        (notice,) = re.findall(
            r'<div id="notice".*?<span data-unheard>(.*?)</span>',
            answer.content.decode(),
            re.DOTALL,
        )
        return notice.replace("\u2068", "").replace("\u2069", "")

    return undo


def test_it_names_the_verdict_and_the_claim_and_so_does_the_redo(desk, claim, undo):
    desk.post(reverse("decide", args=[claim.pk]), DISPUTED)
    assert undo(claim) == f"Undone: Disputed on “{claim.statement}”"
    assert undo(claim) == f"Redone: Disputed on “{claim.statement}”"
    assert undo(claim) == f"Undone: Disputed on “{claim.statement}”"


def test_it_names_what_was_undone_and_not_what_the_next_undo_would_take_back(
    desk, editor, claim, undo
):
    reword_claim(actor=editor, claim_id=claim.pk, version=1, statement="The bridge is closed")
    desk.post(reverse("decide", args=[claim.pk]), DISPUTED | {"version": 2})
    assert undo(claim) == "Undone: Disputed on “The bridge is closed”"
    change = claim.changed.earliest("pk").change
    answer = desk.post(reverse("undo", args=[change.pk]), follow=True)
    assert f"Undone: Reworded on “\u2068{claim.statement}\u2069”" in answer.content.decode()


def test_of_several_claims_it_says_how_many(editor, article, claim, undo):
    bulk_change = preview_bulk_change(
        actor=editor,
        action=ChangeAction.DECIDE,
        fields={"verdict": "verified"},
        claims=Claim.objects.of_article(article).active(),
    )
    start_bulk_change(actor=editor, bulk_change_id=bulk_change.pk)
    assert bulk_change.total > 1
    assert undo(claim) == f"Undone: Verified on {bulk_change.total} claims"


def test_a_long_statement_is_cut(editor, claim, undo):
    for version, statement in enumerate(("Words " * 40, "Few words"), start=1):
        reword_claim(actor=editor, claim_id=claim.pk, version=version, statement=statement)
    said = undo(claim)
    assert said.startswith("Undone: Reworded on “Words Words ")
    assert len(said) < 110


def test_the_button_says_what_it_would_undo_and_when_that_was(desk, editor, claim):
    reword_claim(actor=editor, claim_id=claim.pk, version=1, statement="The bridge is closed")
    text = desk.get(claim.get_absolute_url(), follow=True).content.decode()
    (button,) = re.findall(r"<button[^>]*data-undo.*?</button>", text, re.DOTALL)
    words = " ".join(re.sub("<[^>]*>", "", button).split())
    assert words == "Undo: Reworded, just now"


def test_a_refusal_shows_its_claim_under_its_own_address(desk, editor, chief, claims):
    claim = claims[-1]
    reword_claim(actor=editor, claim_id=claim.pk, version=1, statement="The bridge is closed")
    change = claim.changed.latest("pk").change
    reword_claim(actor=chief, claim_id=claim.pk, version=2, statement="The bridge is shut")
    answer = desk.post(reverse("undo", args=[change.pk]), headers={"HX-Request": "true"})
    assert answer.status_code == 409
    assert answer.headers["HX-Push-Url"].endswith(f"?claim={claim.pk}")
    assert f'data-claim="{claim.pk}"' in answer.content.decode()


def test_the_history_says_that_a_pending_claim_was_seen(desk, claim, undo):
    desk.post(reverse("decide", args=[claim.pk]), {"version": 1, "verdict": "pending"})
    undo(claim)
    page = desk.get(reverse("claim-history", args=[claim.pk])).content.decode()
    assert page.count("Marked as seen: pending") == 2
