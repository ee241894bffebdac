"""The internal note of a decision, and templates whose places are not filled in."""

import pytest

from claims.actions import (
    ask_second_check,
    decide_claim,
    enter_record,
    second_check,
    take_over_verdict,
    undo_change,
)
from claims.choices import Verdict
from claims.errors import InvalidValueError, StaleVersionError
from claims.models import Claim, Decision, ReasonTemplate
from claims.queries.history import of_claim
from tests.actions.matching.conftest import earlier, later, match
from tests.conftest import newest, version_of

__all__ = ["earlier", "later", "match"]


def decide(actor, claim: Claim, note: str, reason: str = "The register has it.") -> Decision:
    return decide_claim(
        actor=actor, verdict=Verdict.VERIFIED, reason=reason, note=note, **version_of(claim)
    )


class TestNote:
    def test_it_is_on_the_decision_and_in_the_history(self, editor, claim):
        made = decide(editor, claim, "  The clerk told me on the phone. ")
        assert (made.reason, made.note) == (
            "The register has it.",
            "The clerk told me on the phone.",
        )
        (entry,) = of_claim(Claim.objects.get(pk=claim.pk), 5).entries
        assert entry.note == "The register has it."
        assert entry.internal_note == "The clerk told me on the phone."

    def test_another_note_is_another_decision_and_the_same_one_is_none(self, editor, claim):
        first = decide(editor, claim, "One")
        assert decide(editor, claim, "One") == first
        assert decide(editor, claim, "Two") != first
        assert [one.note for one in claim.decisions.newest_first()] == ["Two", "One"]

    def test_an_undo_gives_the_earlier_one_back(self, editor, claim):
        decide(editor, claim, "One")
        decide(editor, claim, "Two")
        undo_change(actor=editor, change_id=newest(claim).pk)
        assert Decision.objects.newest_first().first().note == "One"
        undo_change(actor=editor, change_id=newest(claim).pk)
        assert Decision.objects.newest_first().first().note == "Two"

    def test_a_note_of_ones_own_is_not_lost_where_others_decided_the_same(
        self, editor, chief, claim
    ):
        seen = version_of(claim)
        theirs = decide(chief, claim, "Theirs")
        said = {"actor": editor, "verdict": Verdict.VERIFIED, "reason": theirs.reason, **seen}
        assert decide_claim(**said) == theirs
        with pytest.raises(StaleVersionError):
            decide_claim(**said, note="Mine")

    def test_whoever_takes_a_verdict_over_takes_no_note(self, editor, earlier, later, match):
        origin = earlier.decisions.newest_first().first()
        decide_claim(
            actor=editor,
            verdict=Verdict(origin.verdict),
            reason=origin.reason,
            note="For us",
            **version_of(earlier),
        )
        take_over_verdict(actor=editor, match_id=match.pk, **version_of(later))
        taken = later.decisions.newest_first().first()
        assert (taken.reason, taken.note) == (origin.reason, "")


class TestPlaces:
    @pytest.fixture(autouse=True)
    def template(self, chief) -> ReasonTemplate:
        record = ReasonTemplate(name="Another figure", text="{source} says {figure}.")
        return enter_record(actor=chief, record=record)

    def test_one_that_is_not_filled_in_is_refused(self, editor, claim):
        with pytest.raises(InvalidValueError) as refused:
            decide(editor, claim, "", reason="The ministry says {figure}.")
        assert "{figure}" in str(refused.value.params["why"])
        assert "{source}" not in str(refused.value.params["why"])
        assert not claim.decisions.exists()

    def test_so_it_is_in_a_second_check(self, editor, chief, claim):
        decide(editor, claim, "")
        ask_second_check(actor=editor, **version_of(claim))
        with pytest.raises(InvalidValueError):
            second_check(
                actor=chief,
                verdict=Verdict.VERIFIED,
                reason="{source} says so",
                **version_of(claim),
            )

    def test_other_words_in_braces_are_the_editors_own(self, editor, claim):
        assert decide(editor, claim, "", reason="The law says {sic}.").reason.endswith("{sic}.")
