"""Blind second checks: who knows the first verdict, and what the checker may do."""

import pytest

from claims.access import Role
from claims.actions import (
    EvidenceDraft,
    add_evidence,
    ask_second_check,
    decide_claim,
    edit_evidence,
    merge_claims,
    remove_evidence,
    second_check,
    send_back,
    undo_bulk_change,
    undo_change,
)
from claims.choices import ChangeAction, ReviewStatus, Verdict
from claims.errors import BlindCheckError
from claims.models import BulkChange, Claim, Evidence
from claims.models.claims.blind import hidden_among, hidden_from, open_to_all
from tests.web.blind.first_check import WORLDS, account, decided, maker_account


class TestWhoKnows:
    def test_only_the_decider_does_whoever_undid_and_did_it_again(self, newsroom, checker):
        claim = decided(newsroom, checker, WORLDS[0])
        claim.refresh_from_db()
        for step in (undo_change, undo_change):
            change = claim.changed.latest("pk").change
            step(actor=maker_account(), change_id=change.pk)
        claim.refresh_from_db()
        assert (claim.blind, claim.review_status) == (True, ReviewStatus.WAITING)
        everything = Claim.objects.all()
        assert claim.pk not in hidden_from(maker_account(), everything)
        assert claim.pk in hidden_from(checker, everything)

    def test_one_who_did_a_decision_again_did_not_make_it(self, newsroom, checker):
        claim, other = newsroom.claim, account(Role.CHIEF)
        claim.refresh_from_db()
        decide_claim(
            actor=maker_account(),
            claim_id=claim.pk,
            version=claim.version,
            verdict=Verdict.VERIFIED,
        )
        for _time in range(2):
            undo_change(actor=other, change_id=claim.changed.latest("pk").change_id)
        claim.refresh_from_db()
        ask_second_check(
            actor=maker_account(), claim_id=claim.pk, version=claim.version, blind=True
        )
        claim.refresh_from_db()
        assert hidden_among(maker_account(), [claim]) == set()
        assert hidden_among(other, [claim]) == {claim.pk}

    def test_a_claim_that_does_not_wait_or_not_blindly_is_open(self, newsroom, checker):
        claim = decided(newsroom, checker, WORLDS[0])
        assert claim not in open_to_all(Claim.objects.all())
        for blind, process in ((False, ReviewStatus.WAITING), (True, ReviewStatus.CHECKED)):
            Claim.objects.filter(pk=claim.pk).update(blind=blind, review_status=process)
            assert claim in open_to_all(Claim.objects.all())
            assert claim.pk not in hidden_from(checker, Claim.objects.all())


class TestWhatTheCheckerMayDo:
    @pytest.fixture
    def claim(self, newsroom, checker) -> Claim:
        return decided(newsroom, checker, WORLDS[0])

    def test_not_take_back_what_the_verdict_rests_on(self, claim, checker):
        telling = [
            row for row in claim.changed.all() if row.after.keys() & {"verdict", "review_status"}
        ]
        assert len(telling) == 2
        for row in telling:
            with pytest.raises(BlindCheckError):
                undo_change(actor=checker, change_id=row.change_id)

    def test_not_change_nor_remove_evidence_nor_take_back_what_others_did_to_it(
        self, claim, checker
    ):
        piece = claim.evidence.get(title="Count")
        place = {"actor": checker, "evidence_id": piece.pk, "version": claim.version}
        attached = claim.changed.get(after__has_key=f"evidence/{piece.pk}")
        with pytest.raises(BlindCheckError):
            edit_evidence(**place, evidence=EvidenceDraft(title="Mine", url=piece.url))
        with pytest.raises(BlindCheckError):
            remove_evidence(**place)
        with pytest.raises(BlindCheckError):
            undo_change(actor=checker, change_id=attached.change_id)
        assert claim.evidence.not_removed().get(pk=piece.pk).title == "Count"

    def test_add_evidence_and_take_that_back(self, claim, checker):
        mine = EvidenceDraft(title="Mine", url="https://mine.example.org/")
        place = {"actor": checker, "claim_id": claim.pk, "version": claim.version}
        added = add_evidence(**place, evidence=mine)
        undo_change(actor=checker, change_id=claim.changed.latest("pk").change_id)
        assert not Evidence.objects.not_removed().filter(pk=added.pk).exists()

    def test_take_back_their_own_words(self, claim, checker, client):
        client.force_login(checker)
        client.post(
            f"/claims/{claim.pk}/reword/", {"version": claim.version, "statement": "Other words"}
        )
        own = claim.changed.latest("pk")
        assert own.after == {"statement": "Other words"}
        undo_change(actor=checker, change_id=own.change_id)
        claim.refresh_from_db()
        assert claim.statement != "Other words"

    def test_not_open_the_check_nor_send_back_nor_merge(self, claim, checker, newsroom):
        place = {"actor": checker, "claim_id": claim.pk, "version": claim.version}
        with pytest.raises(BlindCheckError):
            ask_second_check(**place, blind=False)
        with pytest.raises(BlindCheckError):
            send_back(**place, comment="Update the preview")
        second = Claim.objects.get(pk=newsroom.second.pk)
        with pytest.raises(BlindCheckError):
            merge_claims(
                actor=checker, versions={claim.pk: claim.version, second.pk: second.version}
            )

    def test_a_bulk_change_is_taken_back_but_for_what_the_checker_must_not_know(
        self, claim, checker
    ):
        bulk_change = BulkChange.objects.get(status="done", action=ChangeAction.DECIDE)
        taken_back = undo_bulk_change(actor=checker, bulk_change_id=bulk_change.pk)
        assert (taken_back.done, taken_back.changed) == (1, 0)

    def test_see_everything_after_their_own_verdict(self, claim, checker, client):
        client.force_login(checker)
        page = f"{claim.revision.article.get_absolute_url()}?claim={claim.pk}"
        hidden = client.get(page).content.decode()
        assert (
            "You will see whether each document supports or contradicts the claim after your check."
            in hidden
        )
        assert "stance--" not in hidden.partition("evidence__item")[2].partition("</ul>")[0]
        second_check(
            actor=checker, claim_id=claim.pk, version=claim.version, verdict=Verdict.VERIFIED
        )
        shown = client.get(page).content.decode()
        assert "stance--against" in shown
        assert WORLDS[0].reason in shown
