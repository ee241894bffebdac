"""What the panel of a claim tells one person of it."""

import pytest
from django.utils import timezone

from claims.choices import ReviewStatus, Verdict
from claims.models import Claim
from claims.queries.claims.records import record_of, record_of_source
from tests.models import rows


@pytest.fixture
def claim(editor) -> Claim:
    """A claim that the editor verified and the chief editor then disputed."""
    return rows.claim(rows.revision(editor), source=rows.source())


@pytest.fixture
def overruled(claim, editor, chief) -> Claim:
    rows.decision(claim, editor)
    rows.decision(claim, chief, verdict=Verdict.DISPUTED, reason="There are eight.", version=3)
    become(claim, verdict=Verdict.DISPUTED, version=3)
    return claim


def become(claim: Claim, **fields) -> None:
    rows.become(claim, touched_at=timezone.now(), **fields)


def test_its_newest_decision_and_ones_own_that_was_overruled(overruled, editor, chief):
    record = record_of(overruled.pk, editor)
    assert (record.decision.version, record.decider_id) == (3, chief.pk)
    assert record.overruled.version == 2
    assert record_of(overruled.pk, chief).overruled is None
    assert not record.is_log_closed


def test_one_that_agrees_is_not_overruled(claim, editor, chief):
    rows.decision(claim, editor)
    rows.decision(claim, chief, version=3)
    become(claim, verdict=Verdict.VERIFIED, version=3)
    assert record_of(claim.pk, editor).overruled is None


def test_who_is_to_check_it_blind_learns_nothing(overruled, editor, chief):
    assigned = {"before": {"assigned_to_id": None}, "after": {"assigned_to_id": editor.pk}}
    rows.changed(overruled, chief, version=2, **assigned)
    become(overruled, blind=True, review_status=ReviewStatus.WAITING, assigned_to=editor)
    record = record_of(overruled.pk, editor)
    assert record.assignment is None
    assert (record.verdict, record.decision, record.overruled) == ("pending", None, None)
    assert record.is_log_closed
    assert record_of(overruled.pk, chief).decision.version == 3


def test_documents_that_were_removed_are_not_shown(claim, editor):
    shown = rows.evidence(claim, editor)
    rows.evidence(claim, editor, removed_at=timezone.now())
    assert list(record_of(claim.pk, editor).claim.evidence.all()) == [shown]


@pytest.mark.parametrize(
    ("status", "answered", "shown"),
    [
        (ReviewStatus.WAITING, False, True),
        (ReviewStatus.CHECKED, True, True),
        (ReviewStatus.OPEN, True, False),
        (ReviewStatus.CHECKED, False, False),
    ],
)
def test_the_check_that_it_waits_for_or_that_confirmed_it(
    claim, editor, chief, status, answered, shown
):
    made = rows.decision(claim, editor)
    rows.second_check(made, editor)
    answer = {
        "verdict": Verdict.VERIFIED,
        "answered_at": timezone.now(),
        "answered_by": chief,
        "answered_by_name": "Carl",
    }
    check = rows.second_check(made, editor, withdrawn_at=None, **(answer if answered else {}))
    become(claim, verdict=Verdict.VERIFIED, version=2, review_status=status)
    assert record_of(claim.pk, editor).check == (check if shown else None)


def test_the_change_that_assigned_it_to_whose_it_is_now(claim, editor, chief):
    for version, person in ((2, chief), (3, editor)):
        assigned = {"before": {"assigned_to_id": None}, "after": {"assigned_to_id": person.pk}}
        last = rows.changed(claim, chief, version=version, **assigned)
    rows.changed(claim, chief, version=4)
    assert record_of(claim.pk, editor).assignment is None
    become(claim, assigned_to=editor)
    assert record_of(claim.pk, editor).assignment == last.change


class TestTakenOver:
    @pytest.fixture
    def origin(self, editor, chief) -> Claim:
        """Another claim, verified by the chief editor with a document."""
        claim = rows.claim(rows.revision(editor))
        rows.decision(claim, chief)
        become(claim, verdict=Verdict.VERIFIED, version=2)
        return claim

    @pytest.fixture
    def taken(self, claim, origin, editor, chief) -> Claim:
        piece = rows.evidence(origin, chief)
        own = rows.evidence(claim, editor)
        first = origin.decisions.get()
        kept = [{"id": piece.pk}, {"id": own.pk}]
        rows.decision(claim, editor, origin=first, evidence=kept)
        become(claim, verdict=Verdict.VERIFIED, version=2)
        return claim

    def test_it_names_its_origin_and_the_documents_of_that(self, taken, origin, editor):
        record = record_of(taken.pk, editor)
        assert record.origin.claim_id == origin.pk
        assert [one.claim_id for one in record.origin_evidence] == [origin.pk]
        origin.evidence.update(removed_at=timezone.now())
        assert record_of(taken.pk, editor).origin_evidence == []

    def test_it_tells_nobody_what_they_are_to_check_blind(self, taken, origin, editor, reader):
        assigned = {"before": {"assigned_to_id": None}, "after": {"assigned_to_id": editor.pk}}
        rows.changed(taken, editor, version=2, **assigned)
        become(taken, assigned_to=editor)
        become(origin, blind=True, review_status=ReviewStatus.WAITING)
        record = record_of(taken.pk, reader)
        assert record.assignment is None
        assert (record.origin, record.origin_evidence, record.is_log_closed) == (None, [], True)
        record = record_of(taken.pk, editor)  # whose own decision it is
        assert (record.origin, record.is_log_closed) == (None, False)


def test_the_record_of_its_source_counts_claims_in_work_as_one_may_know(claim, editor, chief):
    text = claim.revision
    verified, blind = (rows.decided(text, Verdict.VERIFIED, start) for start in (5, 9))
    for one in (verified, blind):
        become(one, source=claim.source)
    become(blind, blind=True, review_status=ReviewStatus.WAITING)
    become(rows.claim(text, 12), source=claim.source, dismissed=True)
    rows.decided(text, Verdict.DISPUTED, 15)
    counts = record_of_source(claim, editor)
    assert (counts.verified, counts.disputed, counts.pending) == (1, 0, 2)
    assert record_of_source(rows.claim(text, 20), editor) is None


@pytest.mark.parametrize("number", [1, 19, 20, 21])
def test_whose_word_its_verdict_is_however_often_it_was_decided(claim, editor, chief, number):
    for version in range(2, number + 2):
        rows.decision(claim, editor, version=version)
    last = rows.decision(claim, chief, version=number + 2)
    become(claim, verdict=Verdict.VERIFIED, version=number + 2)
    assert record_of(claim.pk, editor).decider_id == chief.pk
    rows.decision(claim, chief, version=number + 3, undoes=last)
    become(claim, version=number + 3)
    assert record_of(claim.pk, editor).decider_id == editor.pk


def test_what_was_undone_long_ago_gives_nobody_a_word(claim, editor):
    """The decision that the newest one undoes is not among the newest, and before it there was none."""
    first, *_others = [rows.decision(claim, editor, version=version) for version in range(2, 25)]
    rows.decision(claim, editor, version=25, undoes=first)
    become(claim, version=25)
    assert record_of(claim.pk, editor).decider_id is None
