"""Undo and redo of one change: what they restore, of words and of verdicts, and when they are refused."""

import pytest

from claims.actions import (
    EvidenceDraft,
    add_evidence,
    ask_second_check,
    assign_claims,
    change_source,
    create_claim,
    delete_record,
    dismiss_claims,
    undo_change,
)
from claims.choices import ChangeAction, ReviewStatus, Verdict
from claims.errors import ChangedSinceError, NothingToUndoError, NotPossibleError
from claims.models import Claim, Decision, Source
from tests.actions.claims.undo.conftest import DOCUMENT, refused
from tests.actions.database import everything
from tests.conftest import newest
from tests.models import rows


class TestUndoing:
    def test_it_is_a_change_that_names_the_one_it_takes_back(self, chief, claim, say):
        proposed = claim.statement
        change = say(statement="The bridge is closed")
        taken_back = undo_change(actor=chief, change_id=change.pk)
        claim.refresh_from_db()
        assert (claim.statement, claim.version) == (proposed, 3)
        assert (taken_back.action, taken_back.actor, taken_back.actor_name) == (
            ChangeAction.REWORD,
            chief,
            "Carl",
        )
        assert (taken_back.undoes, taken_back.root) == (change, change)
        row = taken_back.claims.get()
        assert (row.before, row.after) == (
            {"statement": "The bridge is closed"},
            {"statement": proposed},
        )

    def test_undone_it_is_done_again_and_so_on(self, editor, claim, say):
        proposed = claim.statement
        change = say(statement="The bridge is closed")
        seen = []
        for _time in range(4):
            change = undo_change(actor=editor, change_id=change.pk)
            claim.refresh_from_db()
            seen.append(claim.statement)
        assert seen == [proposed, "The bridge is closed"] * 2
        assert change.root == claim.changed.earliest("pk").change

    def test_a_second_click_gives_the_first_ones_change(self, editor, say):
        change = say(statement="The bridge is closed")
        first = undo_change(actor=editor, change_id=change.pk)
        before = everything()
        assert undo_change(actor=editor, change_id=change.pk) == first
        assert everything() == before

    def test_what_somebody_else_took_back_is_told(self, editor, chief, say):
        change = say(statement="The bridge is closed")
        undo_change(actor=chief, change_id=change.pk)
        refused(NothingToUndoError, editor, change)

    def test_a_field_that_changed_since_is_not_overwritten(self, editor, chief, say):
        change = say(statement="The bridge is closed")
        say(actor=chief, statement="The bridge stays closed")
        refused(ChangedSinceError, editor, change)

    def test_another_field_that_changed_since_stays(self, editor, chief, claim, act, say):
        proposed = claim.statement
        change = say(statement="The bridge is closed")
        act(change_source, actor=chief, source=None, role="the minister")
        undo_change(actor=editor, change_id=change.pk)
        claim.refresh_from_db()
        assert (claim.statement, claim.role) == (proposed, "the minister")

    def test_once_the_later_change_is_undone_the_earlier_can_be(self, editor, claim, say):
        proposed = claim.statement
        first = say(statement="The bridge is closed")
        second = say(statement="The bridge stays closed")
        undo_change(actor=editor, change_id=second.pk)
        undo_change(actor=editor, change_id=first.pk)
        claim.refresh_from_db()
        assert claim.statement == proposed

    def test_a_bulk_change_is_one_step_whole_or_not_at_all(self, editor, chief, article):
        claims = list(Claim.objects.of_article(article))
        change = dismiss_claims(actor=editor, versions={claim.pk: 1 for claim in claims})
        undo_change(actor=editor, change_id=change.pk)
        assert set(Claim.objects.not_dismissed()) == set(claims)
        again = undo_change(actor=editor, change_id=newest(claims[0]).pk)
        assert not Claim.objects.not_dismissed()
        one = claims[2]
        Claim.objects.filter(pk=one.pk).update(dismissed=False)
        refused(ChangedSinceError, editor, again)

    def test_a_claim_that_was_made_is_dismissed(self, editor, article):
        claim = create_claim(
            actor=editor,
            article=article,
            revision_id=article.current_revision().pk,
            spans=[[0, 10]],
        )
        undo_change(actor=editor, change_id=newest(claim).pk)
        claim.refresh_from_db()
        assert claim.dismissed

    def test_a_source_that_is_gone_cannot_come_back(self, editor, chief, claim, act):
        source = rows.source("Bo Tarn")
        act(change_source, source=source)
        change = act(change_source, source=None)
        delete_record(actor=chief, record=Source.objects.get(pk=source.pk))
        refused(NotPossibleError, editor, change)

    def test_a_person_who_is_gone_cannot_be_assigned_again(self, editor, chief, claim):
        assign_claims(actor=editor, versions={claim.pk: 1}, to=chief)
        change = assign_claims(actor=editor, versions={claim.pk: 2}, to=None)
        chief.delete()
        refused(NotPossibleError, editor, change)


class TestVerdicts:
    def test_verdict_and_reason_come_back_as_a_decision(self, editor, claim, verify):
        verify("Seen.")
        wrong = verify("A slip of the hand.", Verdict.DISPUTED)
        undo_change(actor=editor, change_id=wrong.pk)
        claim.refresh_from_db()
        made, slip, back = claim.decisions.order_by("pk")
        assert (back.previous_verdict, back.verdict) == (Verdict.DISPUTED, Verdict.VERIFIED)
        assert (back.reason, back.undoes, back.version) == ("Seen.", slip, 4)
        assert (claim.verdict, claim.version) == (Verdict.VERIFIED, 4)
        assert Decision.objects.in_force(claim) == made

    def test_the_first_decision_goes_back_to_pending(self, editor, claim, verify):
        undo_change(actor=editor, change_id=verify("Seen.").pk)
        claim.refresh_from_db()
        assert claim.verdict == Verdict.PENDING
        assert claim.decisions.newest_first()[0].reason == ""
        assert Decision.objects.in_force(claim) is None

    def test_a_disputed_claim_gets_its_reason_back(self, editor, claim, verify):
        verify("The register says 1929.", Verdict.DISPUTED)
        undo_change(actor=editor, change_id=verify().pk)
        back = claim.decisions.newest_first()[0]
        assert (back.verdict, back.reason) == (Verdict.DISPUTED, "The register says 1929.")

    def test_done_again_it_has_its_own_reason_again(self, editor, claim, verify):
        verify("Seen.")
        change = verify("The register says 1929.", Verdict.DISPUTED)
        for _time in range(2):
            change = undo_change(actor=editor, change_id=change.pk)
        again = claim.decisions.newest_first()[0]
        assert (again.verdict, again.reason) == (Verdict.DISPUTED, "The register says 1929.")
        assert again.undoes.undoes.reason == "The register says 1929."

    def test_all_the_way_back_and_forth(self, editor, claim, verify):
        made = [verify("One."), verify("Two.", Verdict.DISPUTED), verify("Three.")]
        undone = [undo_change(actor=editor, change_id=change.pk) for change in reversed(made)]
        for change in reversed(undone):
            undo_change(actor=editor, change_id=change.pk)
        told = claim.decisions.order_by("pk").values_list("verdict", "reason")
        assert list(told) == [
            ("verified", "One."),
            ("disputed", "Two."),
            ("verified", "Three."),
            ("disputed", "Two."),
            ("verified", "One."),
            ("pending", ""),
            ("verified", "One."),
            ("disputed", "Two."),
            ("verified", "Three."),
        ]

    def test_somebody_elses_decision_can_be_undone_and_is_logged_so(
        self, editor, chief, claim, verify
    ):
        undo_change(actor=editor, change_id=verify(actor=chief).pk)
        back = claim.decisions.newest_first()[0]
        assert (back.actor, back.undoes.actor) == (editor, chief)

    @pytest.mark.parametrize("new", [{"reason": "Heard."}, {"evidence": DOCUMENT}], ids=str)
    def test_the_same_verdict_decided_anew_stands(self, editor, chief, verify, new):
        """The verdict reads the same, but it is someone else's word now."""
        change = verify(reason="Seen.")
        verify(**{"reason": "Seen.", "actor": chief} | new)
        refused(ChangedSinceError, editor, change)

    def test_evidence_that_came_with_it_goes_with_it_and_other_stays(self, editor, claim, verify):
        change = verify(evidence=DOCUMENT)
        add = {
            "claim_id": claim.pk,
            "version": 2,
            "evidence": EvidenceDraft("Map", "https://e.org"),
        }
        add_evidence(actor=editor, **add)
        undo_change(actor=editor, change_id=change.pk)
        back = claim.decisions.newest_first()[0]
        assert [item["title"] for item in back.evidence] == ["Map"]
        assert [one.title for one in claim.evidence.not_removed()] == ["Map"]

    def test_a_question_after_another_verdict_is_not_asked_again(self, editor, verify, act):
        """A second check was asked of a verdict that nobody stands by any more."""
        verify("Seen.")
        undone = undo_change(actor=editor, change_id=act(ask_second_check).pk)
        verify(verdict=Verdict.PENDING)
        refused(ChangedSinceError, editor, undone)

    def test_done_again_with_the_question_that_ended_with_it(self, editor, claim, verify, act):
        change = verify("Seen.")
        act(ask_second_check)
        undone = undo_change(actor=editor, change_id=change.pk)
        undo_change(actor=editor, change_id=undone.pk)
        claim.refresh_from_db()
        assert (claim.verdict, claim.review_status) == (Verdict.VERIFIED, ReviewStatus.WAITING)
