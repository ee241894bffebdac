"""What was done on each day, and how old what waits is."""

from datetime import date, timedelta
from urllib.parse import parse_qsl

import pytest

from claims.choices import ReviewStatus, Verdict
from claims.models import Claim, Revision
from claims.queries import workload
from claims.queries.claims.conditions import begins
from claims.queries.workload import ages_of_pending, days_of_work
from tests.models import rows

DAY = date(2026, 3, 4)
BEFORE = DAY - timedelta(days=1)


def test_a_verdict_that_somebody_is_to_check_blind_counts_on_no_day(editor):
    revision = rows.revision(editor)
    rows.decided(revision, Verdict.VERIFIED, 0)
    openly = rows.decided(revision, Verdict.DISPUTED, 1)
    blind = rows.decided(revision, Verdict.DISPUTED, 2)
    waiting = Claim.objects.filter(pk__in=[openly.pk, blind.pk])
    waiting.update(review_status=ReviewStatus.WAITING)
    Claim.objects.filter(pk=blind.pk).update(blind=True)
    Claim.objects.update(decided_at=begins(DAY))
    days = days_of_work([BEFORE, DAY])
    assert (days.verified, days.disputed, days.today) == (1, 1, 2)


def test_each_day_has_what_was_decided_and_came_in_on_it(editor):
    """Neither what is no longer in work nor other days' count."""
    for day in (BEFORE - timedelta(days=1), BEFORE, DAY, DAY + timedelta(days=1)):
        revision = rows.revision(editor, created_at=begins(day))
        rows.claim(revision, 0, checkable=False)
        pending = rows.claim(revision, 5)
        decided = rows.decided(revision, Verdict.VERIFIED, 10)
        Claim.objects.filter(pk__in=[decided.pk, pending.pk]).update(decided_at=begins(day))
    days = days_of_work([BEFORE, DAY])
    assert [dict(day) for day in days.numbers.values()] == [{"in": 2, "verified": 1}] * 2
    assert (days.came_in, days.decided, days.verified, days.today) == (4, 2, 2, 1)
    rows.become(Claim.objects.filter(decided_at=begins(DAY)), verdict=Verdict.PENDING)
    days = days_of_work([BEFORE, DAY])
    assert (days.decided, days.today) == (1, 0)


@pytest.mark.parametrize("verdict", [Verdict.VERIFIED, Verdict.DISPUTED])
@pytest.mark.parametrize("number", [4, 5])
def test_five_days_with_verdicts_of_either_kind_are_worth_drawing(editor, verdict, number):
    every = [DAY - timedelta(days=back) for back in reversed(range(9))]
    revision = rows.revision(editor)
    for place, day in enumerate(every[:number]):
        decided = rows.decided(revision, verdict, place * 5)
        Claim.objects.filter(pk=decided.pk).update(decided_at=begins(day))
    assert days_of_work(every).worth_drawing == (number == 5)


def test_each_number_has_the_days_of_its_list():
    days = workload.Days({BEFORE: {}, DAY: {}})
    lists = {what: dict(parse_qsl(query)) for what, query in days.queries.items()}
    both = {"decided_from": "2026-03-03", "decided_to": "2026-03-04"}
    assert lists == {
        "verified": {"verdict": "verified", **both},
        "disputed": {"verdict": "disputed", **both},
        "decided": {"verdict": "decided", **both},
        "today": {"verdict": "decided", "decided_from": "2026-03-04", "decided_to": "2026-03-04"},
    }


class TestAges:
    @pytest.fixture
    def pending(self, editor) -> Revision:
        """A text with a pending claim, a decided one, and one that cannot be checked."""
        revision = rows.revision(editor)
        rows.claim(revision, 0)
        rows.claim(revision, 5, checkable=False)
        rows.decided(revision, Verdict.VERIFIED, 10)
        return revision

    @pytest.mark.parametrize(
        ("back", "group"),
        [(0, 0), (1, 1), (2, 1), (3, 2), (7, 2), (8, 3), (14, 3), (15, 4), (900, 4), (-3, 0)],
    )
    def test_what_is_pending_is_counted_once_by_its_age(self, pending, back, group):
        Claim.objects.update(listed_at=begins(DAY - timedelta(days=back)))
        numbers = [age.number for age in ages_of_pending(DAY)]
        assert numbers == [int(place == group) for place in range(5)]

    def test_each_number_has_the_days_of_its_list(self, db):
        found = [dict(parse_qsl(age.query)) for age in ages_of_pending(DAY)]
        assert [(one.get("published_from"), one.get("published_to")) for one in found] == [
            ("2026-03-04", None),
            ("2026-03-02", "2026-03-03"),
            ("2026-02-25", "2026-03-01"),
            ("2026-02-18", "2026-02-24"),
            (None, "2026-02-17"),
        ]
        assert {one["verdict"] for one in found} == {"pending"}

    @pytest.mark.parametrize(("counted", "number", "more"), [(1, 1, False), (0, 0, True)])
    def test_very_many_old_ones_are_not_all_counted(
        self, pending, monkeypatch, counted, number, more
    ):
        monkeypatch.setattr(workload, "COUNTED", counted)
        Claim.objects.update(listed_at=begins(DAY - timedelta(days=30)))
        oldest = ages_of_pending(DAY)[-1]
        assert (oldest.number, oldest.more) == (number, more)
