"""In which order verdicts are due for review, and why."""

from datetime import UTC, date, datetime

import pytest

from claims.choices import MatchRelation, Verdict
from claims.models import Claim, ClaimMatch
from claims.queries import due
from claims.queries.due import due_verdicts
from tests.models import rows
from tests.models.match_rows import match

FAR = date(2026, 12, 1)


def test_the_longest_overdue_comes_first_and_none_before_its_day(editor):
    revision = rows.revision(editor)
    fifth, third, fifth_too = claims = [
        rows.decided(revision, Verdict.VERIFIED, start) for start in range(3)
    ]
    for claim, day in zip(claims, (5, 3, 5), strict=True):
        Claim.objects.filter(pk=claim.pk).update(review_by=date(2026, 3, day))

    def due(day: int) -> list[int]:
        return [one.row.pk for one in due_verdicts(editor, date(2026, 3, day)).first]

    assert due(6) == [third.pk, fifth.pk, fifth_too.pk]
    assert due(3) == [third.pk]
    assert due(2) == []


@pytest.fixture
def challenged(editor) -> tuple[Claim, Claim]:
    """Two verdicts of January: the first is contradicted in March and superseded in April, the second in February."""
    text = rows.revision(editor)
    first, second = (rows.decided(text, Verdict.VERIFIED, start) for start in (0, 5))
    Claim.objects.update(decided_at=datetime(2026, 1, 1, tzinfo=UTC))
    for claim, month, relation in (
        (first, 4, MatchRelation.SUPERSEDES),
        (first, 3, MatchRelation.CONTRADICTS),
        (second, 2, MatchRelation.CONTRADICTS),
    ):
        later = rows.claim(rows.revision(editor))
        at = datetime(2026, month, 1, 12, tzinfo=UTC)
        match(claim, later, relation=relation, challenges=True, proposed_at=at)
    return first, second


def test_what_was_asked_about_first_comes_first_with_what_came_in_last(editor, challenged):
    first, second = challenged
    found = due_verdicts(editor, FAR).first
    assert [(one.row.pk, one.reason.relation, one.reason.day.month) for one in found] == [
        (second.pk, "contradicts", 2),
        (first.pk, "supersedes", 4),
    ]


@pytest.mark.parametrize(
    "fields", [{"dismissed": True}, {"checkable": False}, {"review_by": date(2027, 1, 1)}]
)
def test_nothing_asks_about_a_claim_out_of_work_or_with_a_day_to_come(editor, challenged, fields):
    Claim.objects.filter(pk=challenged[0].pk).update(**fields)
    assert [one.row.pk for one in due_verdicts(editor, FAR).first] == [challenged[1].pk]


def test_nor_does_what_was_found_before_the_verdict_or_is_out_of_work(editor, challenged):
    first, second = challenged
    Claim.objects.filter(pk=second.pk).update(decided_at=datetime(2026, 2, 1, 12, tzinfo=UTC))
    assert [one.row.pk for one in due_verdicts(editor, FAR).first] == [first.pk]
    later = ClaimMatch.objects.filter(earlier=first).values("later")
    Claim.objects.filter(pk__in=later).update(dismissed=True)
    assert due_verdicts(editor, FAR).total.number == 0


def test_both_kinds_have_their_numbers_and_dates_come_first(editor, challenged, monkeypatch):
    dated = rows.decided(rows.revision(editor), Verdict.DISPUTED)
    Claim.objects.filter(pk=dated.pk).update(review_by=FAR)
    found = due_verdicts(editor, FAR)
    assert found.first[0].reason == ("", FAR)
    assert [one.number for one in (found.total, found.dated, found.challenged)] == [3, 1, 2]
    assert not found.total.more
    monkeypatch.setattr(due, "_COUNTED", 2)
    monkeypatch.setattr(due, "_SHOWN", 1)
    found = due_verdicts(editor, FAR)
    assert (found.total.number, found.total.more) == (2, True)
    assert (found.challenged.number, found.challenged.more) == (2, False)
    assert len(found.first) == 1
