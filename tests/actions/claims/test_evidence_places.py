"""Where evidence stands: its order, and one document with several claims."""

import pytest

from claims.actions import (
    EvidenceDraft,
    add_evidence,
    ask_second_check,
    attach_evidence,
    decide_claim,
    edit_evidence,
    move_evidence,
    remove_evidence,
    undo_change,
)
from claims.choices import ChangeAction, Stance, Verdict
from claims.errors import BlindCheckError, NotPossibleError, StaleVersionError
from claims.models import Claim, Evidence
from tests.actions.database import everything
from tests.conftest import newest, version_of

NOTICE = EvidenceDraft(title="Notice", url="https://example.org/notice", excerpt="Until May")


def titles(claim: Claim) -> list[str]:
    return [piece.title for piece in claim.evidence.not_removed().in_order()]


@pytest.fixture
def add(editor):
    def add(claim: Claim, title: str, **fields: object) -> Evidence:
        draft = EvidenceDraft(title=title, url=f"https://example.org/{title}", **fields)
        return add_evidence(actor=editor, evidence=draft, **version_of(claim))

    return add


class TestOrder:
    @pytest.fixture
    def pieces(self, claim, add) -> list[Evidence]:
        return [add(claim, title) for title in ("One", "Two", "Three")]

    @pytest.fixture
    def move(self, editor, claim):
        def move(piece: Evidence, to: int, **options: object):
            version = Claim.objects.get(pk=claim.pk).version
            told = {"actor": editor, "evidence_id": piece.pk, "version": version, "to": to}
            return move_evidence(**told | options)

        return move

    @pytest.mark.parametrize(
        ("which", "to", "after"),
        [
            (0, 1, ["Two", "One", "Three"]),
            (0, 9, ["Two", "Three", "One"]),
            (2, 0, ["Three", "One", "Two"]),
        ],
    )
    def test_a_document_moves(self, claim, pieces, move, which, to, after):
        change = move(pieces[which], to)
        assert titles(claim) == after
        assert change.action == ChangeAction.AMEND

    def test_in_its_own_place_it_stays_without_a_change(self, pieces, move):
        before = everything()
        assert move(pieces[1], 1) is None
        assert everything() == before

    def test_what_is_added_later_comes_last(self, claim, pieces, move, add):
        move(pieces[2], 0)
        add(claim, "Four")
        assert titles(claim) == ["Three", "One", "Two", "Four"]

    def test_it_is_undone_and_done_again(self, editor, claim, pieces, move):
        undone = undo_change(actor=editor, change_id=move(pieces[2], 0).pk)
        assert titles(claim) == ["One", "Two", "Three"]
        undo_change(actor=editor, change_id=undone.pk)
        assert titles(claim) == ["Three", "One", "Two"]

    def test_a_document_added_before_the_move_is_still_undone(self, editor, claim, pieces, move):
        added = claim.changed.get(version=4).change
        undo_change(actor=editor, change_id=move(pieces[2], 0).pk)
        undo_change(actor=editor, change_id=added.pk)
        assert titles(claim) == ["One", "Two"]

    def test_a_new_description_keeps_the_place(self, editor, claim, pieces, move):
        move(pieces[2], 0)
        draft = EvidenceDraft(title="Third", url="https://example.org/Three")
        version = Claim.objects.get(pk=claim.pk).version
        edit_evidence(actor=editor, evidence_id=pieces[2].pk, version=version, evidence=draft)
        assert titles(claim) == ["Third", "One", "Two"]

    def test_a_double_click_is_one_change(self, claim, pieces, move):
        version = Claim.objects.get(pk=claim.pk).version
        first = move(pieces[0], 1, version=version)
        assert move(pieces[0], 1, version=version) == first
        with pytest.raises(StaleVersionError):
            move(pieces[0], 2, version=version)
        assert titles(claim) == ["Two", "One", "Three"]

    def test_a_decision_keeps_the_order_that_it_was_based_on(self, editor, claim, pieces, move):
        move(pieces[2], 0)
        decision = decide_claim(actor=editor, verdict=Verdict.VERIFIED, **version_of(claim))
        move(pieces[2], 2)
        decision.refresh_from_db()
        assert [one["title"] for one in decision.evidence] == ["Three", "One", "Two"]

    def test_whoever_is_to_check_blind_moves_nothing(self, editor, chief, claim, pieces, move):
        decide_claim(actor=editor, verdict=Verdict.VERIFIED, **version_of(claim))
        ask_second_check(actor=editor, blind=True, **version_of(claim))
        with pytest.raises(BlindCheckError):
            move(pieces[0], 1, actor=chief)

    def test_a_removed_document_is_nowhere(self, editor, claim, pieces, move):
        version = Claim.objects.get(pk=claim.pk).version
        remove_evidence(actor=editor, evidence_id=pieces[0].pk, version=version)
        with pytest.raises(NotPossibleError):
            move(pieces[0], 1)


class TestSeveralClaims:
    @pytest.fixture
    def attach(self, editor):
        def attach(piece: Evidence, to: Claim, **options: object):
            told = {"stance": Stance.AGAINST, **version_of(to), **options}
            return attach_evidence(actor=editor, evidence_id=piece.pk, **told)

        return attach

    def test_it_is_added_to_others_with_one_change(self, editor, claims):
        first, second, third, *_others = claims
        add_evidence(actor=editor, evidence=NOTICE, also=[second.pk, third.pk], **version_of(first))
        assert [titles(one) for one in claims[:4]] == [["Notice"]] * 3 + [[]]
        change = newest(first)
        assert {row.claim_id for row in change.claims.all()} == {first.pk, second.pk, third.pk}
        undo_change(actor=editor, change_id=change.pk)
        assert [titles(one) for one in claims[:3]] == [[]] * 3

    def test_a_document_of_another_claim_is_the_same_with_a_stance_of_its_own(
        self, claims, add, attach
    ):
        piece = add(claims[0], "Map", excerpt="Until May", primary=True, confidential=True)
        attach(piece, claims[1])
        copy = claims[1].evidence.get()
        same = ("title", "url", "excerpt", "primary", "confidential", "looked_up")
        assert [getattr(copy, name) for name in same] == [getattr(piece, name) for name in same]
        assert (piece.stance, copy.stance) == (Stance.FOR, Stance.AGAINST)

    def test_a_copy_is_confidential_where_any_of_them_is(self, claims, add, attach):
        piece = add(claims[0], "Map")
        add(claims[1], "Map", confidential=True)
        attach(piece, claims[2])
        assert claims[2].evidence.get().confidential

    def test_it_stays_confidential_when_that_one_is_removed(self, editor, claims, add, attach):
        piece = add(claims[0], "Map")
        secret = add(claims[1], "Map", confidential=True)
        remove_evidence(
            actor=editor, evidence_id=secret.pk, version=version_of(claims[1])["version"]
        )
        attach(piece, claims[2])
        assert claims[2].evidence.get().confidential

    def test_claims_that_have_it_are_left_alone(self, claims, add, attach):
        piece = add(claims[0], "Map")
        change = attach(piece, claims[0], also=[claims[1].pk])
        assert [row.claim_id for row in change.claims.all()] == [claims[1].pk]
        assert attach(piece, claims[0], also=[claims[1].pk]) is None

    def test_what_changes_with_one_claim_does_not_with_the_other(self, editor, claims, add, attach):
        piece = add(claims[0], "Map")
        attach(piece, claims[1])
        version = Claim.objects.get(pk=claims[0].pk).version
        remove_evidence(actor=editor, evidence_id=piece.pk, version=version)
        assert (titles(claims[0]), titles(claims[1])) == ([], ["Map"])

    def test_a_double_click_attaches_it_once(self, claims, add, attach):
        piece, seen = add(claims[0], "Map"), version_of(claims[1])
        first = attach(piece, claims[1])
        assert attach(piece, claims[1], **seen) == first
        assert titles(claims[1]) == ["Map"]

    def test_a_removed_document_is_not_attached(self, editor, claims, add, attach):
        piece = add(claims[0], "Map")
        version = Claim.objects.get(pk=claims[0].pk).version
        remove_evidence(actor=editor, evidence_id=piece.pk, version=version)
        with pytest.raises(NotPossibleError, match="has been removed"):
            attach(piece, claims[1])

    def test_somebody_elses_change_of_the_other_claims_does_not_matter(self, editor, chief, claims):
        first, second, *_others = claims
        decide_claim(actor=chief, verdict=Verdict.VERIFIED, **version_of(second))
        add_evidence(actor=editor, evidence=NOTICE, also=[second.pk], **version_of(first))
        assert titles(second) == ["Notice"]
