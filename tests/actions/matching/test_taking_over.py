"""A verdict is taken over from a claim that says the same."""

import pytest

from claims.actions import (
    add_evidence,
    ask_second_check,
    decide_claim,
    remove_evidence,
    take_over_verdict,
    undo_change,
)
from claims.choices import ChangeAction, MatchRelation, MatchState, Verdict
from claims.errors import BlindCheckError, NotPossibleError, StaleVersionError
from claims.models import Change, ClaimGroup, Decision, Evidence
from claims.queries import history
from claims.queries.claims.records import record_of
from tests.actions.database import claims_as_they_stand, everything
from tests.actions.matching.conftest import REGISTER, claim_of
from tests.conftest import newest, version_of
from tests.models import match_rows


def _take_over(actor, claim, match, **fields) -> Decision:
    return take_over_verdict(actor=actor, match_id=match.pk, **version_of(claim) | fields)


class TestTheDecision:
    def test_it_is_the_editors_own_and_names_where_it_comes_from(
        self, editor, chief, earlier, later, match
    ):
        decision = _take_over(editor, later, match)
        origin = earlier.decisions.get()
        later.refresh_from_db()
        assert later.verdict == Verdict.DISPUTED
        assert (decision.actor, decision.origin) == (editor, origin)
        assert (decision.verdict, decision.reason) == (origin.verdict, "The register names eight.")
        assert origin.actor == chief

    def test_it_refers_to_the_evidence_and_copies_no_document(self, editor, earlier, later, match):
        own = add_evidence(actor=editor, evidence=REGISTER, **version_of(later))
        documents = Evidence.objects.count()
        decision = _take_over(editor, later, match)
        assert Evidence.objects.count() == documents
        assert [kept["id"] for kept in decision.evidence] == [own.pk, earlier.evidence.get().pk]

    def test_a_verdict_taken_over_is_taken_over_again_with_all_its_evidence(
        self, editor, earlier, later, match
    ):
        first = _take_over(editor, later, match)
        last = claim_of(editor, 5)
        second = _take_over(editor, last, match_rows.match(later, last))
        assert second.origin == first
        assert [kept["id"] for kept in second.evidence] == [earlier.evidence.get().pk]

    def test_an_earlier_claim_takes_over_from_a_later_one_too(self, editor, chief, later):
        decide_claim(actor=chief, verdict=Verdict.VERIFIED, **version_of(later))
        older = claim_of(editor, 1)
        decision = _take_over(editor, older, match_rows.match(older, later))
        assert (decision.claim, decision.verdict) == (older, Verdict.VERIFIED)

    def test_the_history_says_so(self, editor, later, match):
        _take_over(editor, later, match)
        (entry,) = history.of_claim(later, 5).entries
        assert entry.action == ChangeAction.TAKE_OVER
        told = {one.label: (one.before, one.after) for one in entry.differences}
        assert told["Verdict"] == ("Pending", "Disputed")
        assert told["Says the same: “Ostrey has nine bridges”"] == ("Proposed", "Confirmed")
        assert told["Group of repeats"] == ("none", "Ostrey has nine bridges")


class TestThePanel:
    def test_it_shows_where_the_verdict_comes_from_and_on_what_evidence(
        self, editor, chief, earlier, later, match
    ):
        own = add_evidence(actor=editor, evidence=REGISTER, **version_of(later))
        _take_over(editor, later, match)
        record = record_of(later.pk, editor)
        assert record.origin == earlier.decisions.get()
        assert record.origin_evidence == [earlier.evidence.get()]
        assert list(record.claim.evidence.all()) == [own]
        remove_evidence(
            actor=chief,
            evidence_id=earlier.evidence.get().pk,
            version=version_of(earlier)["version"],
        )
        assert record_of(later.pk, editor).origin_evidence == []

    def test_a_verdict_that_one_is_to_find_alone_is_no_origin(
        self, editor, chief, earlier, later, match
    ):
        _take_over(editor, later, match)
        ask_second_check(actor=chief, blind=True, **version_of(earlier))
        told = record_of(later.pk, editor)
        assert (told.origin, told.origin_evidence) == (None, [])
        assert record_of(later.pk, chief).origin == earlier.decisions.get()
        (entry,) = history.of_claim(later, 5).entries
        assert [one.label for one in entry.differences] == ["Verdict", "Group of repeats"]


class TestTheMatch:
    def test_it_is_confirmed_and_both_are_one_group(self, editor, earlier, later, match):
        _take_over(editor, later, match)
        match.refresh_from_db()
        group = ClaimGroup.objects.get()
        assert (match.state, match.settled_by) == (MatchState.CONFIRMED, editor)
        assert set(group.claims.all()) == {earlier, later}
        assert group.canonical == earlier

    def test_the_earlier_claim_is_not_changed_for_whoever_works_on_it(
        self, editor, earlier, later, match
    ):
        _take_over(editor, later, match)
        version = earlier.version
        earlier.refresh_from_db()
        assert earlier.version == version


class TestUndo:
    def test_one_undo_takes_all_of_it_back_and_a_redo_does_it_again(
        self, editor, earlier, later, match
    ):
        match_rows.group(earlier)
        before = claims_as_they_stand()
        decision = _take_over(editor, later, match)
        after = claims_as_they_stand()
        undone = undo_change(actor=editor, change_id=newest(later).pk)
        match.refresh_from_db()
        assert claims_as_they_stand() == before
        assert (match.state, match.settled_by, match.settled_at) == (
            MatchState.PROPOSED,
            None,
            None,
        )
        undo_change(actor=editor, change_id=undone.pk)
        match.refresh_from_db()
        assert claims_as_they_stand() == after
        assert match.state == MatchState.CONFIRMED
        again = later.decisions.newest_first()[0]
        assert (again.origin, again.evidence) == (decision.origin, decision.evidence)

    def test_undoing_a_later_verdict_gives_back_whose_it_was(self, editor, earlier, later, match):
        _take_over(editor, later, match)
        decide_claim(actor=editor, verdict=Verdict.VERIFIED, **version_of(later))
        assert later.decisions.newest_first()[0].origin is None
        undo_change(actor=editor, change_id=newest(later).pk)
        assert later.decisions.newest_first()[0].origin == earlier.decisions.get()


class TestTwice:
    def test_a_second_click_returns_the_first_decision(self, editor, later, match):
        version = version_of(later)
        first = take_over_verdict(actor=editor, match_id=match.pk, **version)
        before = everything()
        assert take_over_verdict(actor=editor, match_id=match.pk, **version) == first
        assert everything() == before

    def test_the_same_verdict_again_is_no_new_decision(self, editor, later, match):
        first = _take_over(editor, later, match)
        before = everything()
        assert _take_over(editor, later, match) == first
        assert everything() == before

    @pytest.mark.parametrize("who", ["editor", "chief"])
    def test_another_change_comes_first(self, request, editor, later, match, who):
        version = version_of(later)
        actor = request.getfixturevalue(who)
        decide_claim(actor=actor, verdict=Verdict.VERIFIED, **version)
        with pytest.raises(StaleVersionError):
            take_over_verdict(actor=editor, match_id=match.pk, **version)


class TestRefused:
    @pytest.mark.parametrize("relation", [MatchRelation.CONTRADICTS, MatchRelation.SUPERSEDES])
    def test_of_a_claim_that_says_something_else(self, editor, earlier, later, relation):
        match = match_rows.match(earlier, later, relation=relation)
        with pytest.raises(NotPossibleError, match="do not say the same"):
            _take_over(editor, later, match)

    def test_of_a_claim_without_a_verdict(self, editor, later):
        undecided = claim_of(editor, 2)
        before = everything()
        with pytest.raises(NotPossibleError, match="has no verdict"):
            _take_over(editor, later, match_rows.match(undecided, later))
        assert {**everything(), "ClaimMatch": []} == before

    def test_of_a_claim_whose_verdict_a_second_person_is_to_find_alone(
        self, editor, chief, earlier, later, match
    ):
        ask_second_check(actor=chief, blind=True, **version_of(earlier))
        with pytest.raises(BlindCheckError):
            _take_over(editor, later, match)
        assert not Change.objects.filter(action=ChangeAction.TAKE_OVER).exists()
        assert _take_over(chief, later, match).verdict == Verdict.DISPUTED
