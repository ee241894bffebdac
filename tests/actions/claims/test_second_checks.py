"""Second checks that one person is asked for, and what is kept of them; and due dates of assignments."""

from datetime import date

import pytest
from django.contrib.auth.models import Group, User

from claims.access import Role
from claims.actions import (
    ask_second_check,
    assign_claims,
    decide_claim,
    preview_bulk_change,
    second_check,
    send_back,
    start_bulk_change,
    undo_change,
)
from claims.choices import ChangeAction, Verdict
from claims.errors import InvalidValueError, NotPossibleError, StaleVersionError
from claims.models import Claim, SecondCheck
from tests.conftest import newest, version_of

DAY = date(2026, 4, 17)


@pytest.fixture
def decided(editor, claim) -> Claim:
    decide_claim(actor=editor, verdict=Verdict.VERIFIED, **version_of(claim))
    return claim


@pytest.fixture
def ask(editor, decided):
    def ask(of: User | None = None, **options: object):
        return ask_second_check(actor=editor, of=of, **version_of(decided), **options)

    return ask


@pytest.fixture
def other(db) -> User:
    user = User.objects.create_user("odo", first_name="Odo")
    user.groups.set([Group.objects.get(name=Role.EDITOR.value)])
    return user


def waiting() -> list[SecondCheck]:
    return list(SecondCheck.objects.waiting())


def test_an_answer_that_is_sent_again_is_the_same_one(editor, chief, decided, ask):
    ask(chief)
    seen = version_of(decided)
    answer = {"actor": chief, "verdict": Verdict.DISPUTED, "reason": "The register says 23."}
    made = second_check(**answer, **seen)
    assert second_check(**answer | {"reason": " The register says 23. "}, **seen) == made
    for other in ({"reason": "It says 24."}, {"verdict": Verdict.VERIFIED}, {"actor": editor}):
        with pytest.raises(StaleVersionError):
            second_check(**answer | other, **seen)
    assert newest(decided) == made


class TestAsking:
    def test_it_is_kept_who_asked_whom_with_what_words(self, editor, chief, decided, ask):
        change = ask(chief, note=" You know the register. ", blind=True)
        (check,) = waiting()
        assert (check.claim, check.asked_by, check.asked_of) == (decided, editor, chief)
        assert (check.note, check.blind) == ("You know the register.", True)
        assert check.decision == decided.decisions.get()
        assert (change.action, change.note) == (ChangeAction.REQUEST_CHECK, check.note)

    def test_nobody_is_asked_to_check_their_own_verdict(self, editor, ask):
        with pytest.raises(NotPossibleError, match="Edda set the verdict"):
            ask(editor)

    def test_a_reader_is_not_asked(self, reader, ask):
        with pytest.raises(NotPossibleError, match="Rita is not allowed"):
            ask(reader)

    def test_a_note_has_an_end(self, ask):
        with pytest.raises(InvalidValueError, match="longer than 1,000"):
            ask(note="x" * 1001)
        assert ask(note="x" * 1000).note == "x" * 1000

    def test_another_request_takes_the_place_of_the_first(self, editor, chief, other, ask):
        ask(chief)
        change = ask(other, note="Carl is ill.")
        assert [check.asked_of for check in waiting()] == [other]
        undo_change(actor=editor, change_id=change.pk)
        assert [check.asked_of for check in waiting()] == [chief]

    def test_the_same_request_again_is_no_change(self, chief, ask):
        ask(chief, note="Please")
        assert ask(chief, note="Please") is None
        assert SecondCheck.objects.count() == 1

    def test_a_double_click_is_one_request(self, editor, chief, decided):
        seen = version_of(decided)
        first = ask_second_check(actor=editor, of=chief, **seen)
        assert ask_second_check(actor=editor, of=chief, **seen) == first
        assert SecondCheck.objects.count() == 1

    @pytest.mark.parametrize("end", ["verdict", "sent back", "undo"])
    def test_it_is_withdrawn(self, editor, chief, decided, ask, end):
        change = ask(chief)
        if end == "verdict":
            decide_claim(actor=editor, verdict=Verdict.PENDING, **version_of(decided))
        elif end == "sent back":
            send_back(actor=chief, comment="Count again.", **version_of(decided))
        else:
            undo_change(actor=editor, change_id=change.pk)
        assert waiting() == []
        assert not SecondCheck.objects.answered().exists()
        undo_change(actor=editor, change_id=newest(decided).pk)
        assert [check.asked_of for check in waiting()] == [chief]


class TestAnswering:
    @pytest.mark.parametrize(
        ("verdict", "agrees"), [(Verdict.VERIFIED, True), (Verdict.DISPUTED, False)]
    )
    def test_both_verdicts_are_kept(self, chief, decided, ask, verdict, agrees):
        ask(chief)
        second_check(actor=chief, verdict=verdict, reason="Eight.", **version_of(decided))
        check = SecondCheck.objects.answered().get()
        assert (check.answered_by, check.verdict, check.reason) == (chief, verdict, "Eight.")
        assert check.agrees == agrees
        assert SecondCheck.objects.agreed().exists() == agrees
        assert waiting() == []

    def test_somebody_else_may_answer(self, chief, other, decided, ask):
        ask(chief)
        second_check(actor=other, verdict=Verdict.VERIFIED, **version_of(decided))
        check = SecondCheck.objects.answered().get()
        assert (check.asked_of, check.answered_by) == (chief, other)

    def test_an_undone_answer_waits_again(self, chief, decided, ask):
        ask(chief)
        change = second_check(actor=chief, verdict=Verdict.VERIFIED, **version_of(decided))
        undone = undo_change(actor=chief, change_id=change.pk)
        assert [check.verdict for check in waiting()] == [""]
        undo_change(actor=chief, change_id=undone.pk)
        assert [check.verdict for check in SecondCheck.objects.answered()] == ["verified"]

    def test_a_check_stays_with_the_verdict_that_it_was_of(self, editor, chief, decided, ask):
        ask(chief)
        second_check(actor=chief, verdict=Verdict.VERIFIED, **version_of(decided))
        decide_claim(actor=editor, verdict=Verdict.DISPUTED, reason="Eight.", **version_of(decided))
        check = SecondCheck.objects.answered().get()
        assert check.agrees
        assert check.decision.verdict == Verdict.VERIFIED


class TestDueDates:
    def test_it_is_for_the_person_it_is_assigned_to(self, editor, chief, claim):
        change = assign_claims(
            actor=editor, versions={claim.pk: 1}, to=chief, due_on=DAY, note="Call them."
        )
        claim.refresh_from_db()
        assert (claim.assigned_to, claim.due_on, change.note) == (chief, DAY, "Call them.")
        undo_change(actor=editor, change_id=change.pk)
        claim.refresh_from_db()
        assert (claim.assigned_to, claim.due_on) == (None, None)

    def test_another_note_is_kept(self, editor, chief, claim):
        for note in ("", "Call them."):
            seen = {claim.pk: version_of(claim)["version"]}
            assign_claims(actor=editor, versions=seen, to=chief, due_on=DAY, note=note)
        assert newest(claim).note == "Call them."

    def test_there_is_none_for_nobody(self, editor, claim):
        with pytest.raises(InvalidValueError, match="choose who should decide"):
            assign_claims(actor=editor, versions={claim.pk: 1}, to=None, due_on=DAY)

    def test_whoever_gets_it_next_has_no_day(self, editor, chief, other, claim):
        assign_claims(actor=editor, versions={claim.pk: 1}, to=chief, due_on=DAY)
        bulk_change = preview_bulk_change(
            actor=editor,
            action=ChangeAction.ASSIGN,
            fields={"assigned_to_id": other.pk},
            claims=Claim.objects.filter(pk=claim.pk),
        )
        start_bulk_change(actor=editor, bulk_change_id=bulk_change.pk)
        claim.refresh_from_db()
        assert (claim.assigned_to, claim.due_on) == (other, None)
