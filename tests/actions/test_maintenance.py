"""What workers do for the logs from time to time."""

from datetime import date

import pytest
from django.db import IntegrityError

from claims.actions import decide_claim
from claims.actions.base import in_one_transaction
from claims.actions.maintenance import count_all_days, count_stale_days, note_head
from claims.choices import Verdict
from claims.models import DailyCount, LogLink
from claims.models.statistics import CHECKED, DECIDED, PENDING, StaleDay
from tests.conftest import version_of

pytestmark = pytest.mark.django_db


def test_of_an_empty_log_nothing_is_noted(tmp_path):
    path = tmp_path / "heads.txt"
    note_head(path)
    assert not path.exists()


def test_the_head_of_the_log_is_noted_once_a_day(tmp_path, claims, editor):
    def decide(number):
        version = version_of(claims[number])
        decide_claim(actor=editor, **version, verdict=Verdict.VERIFIED, reason="Seen.")

    path = tmp_path / "heads.txt"
    decide(0)
    note_head(path)
    first = path.read_text()
    decide(1)
    note_head(path)
    assert path.read_text() == first
    # As if that had been another day.
    path.write_text(first.replace(first[:4], "2020"))
    note_head(path)
    (_day, before, _), (_today, now, _) = map(str.split, path.read_text().splitlines())
    assert int(before) < int(now) == LogLink.objects.head().position


def test_the_newest_days_are_counted_first_and_each_once():
    older, newer = date(2026, 3, 1), date(2026, 3, 2)
    for what, day in [(PENDING, newer), (DECIDED, older), (CHECKED, newer), (CHECKED, newer)]:
        StaleDay.objects.create(what=what, day=day)
    left = []
    while count_stale_days(1):
        left.append(set(StaleDay.objects.values_list("what", "day")))
    assert left == [{(PENDING, newer), (DECIDED, older)}, {(DECIDED, older)}, set()]
    assert DailyCount.objects.count() == 3


def test_counting_all_days_tells_how_far_it_is(claims):
    told = list(count_all_days())
    assert told
    assert told[-1][0] == told[-1][1] > 0


@pytest.mark.parametrize(("failures", "tries"), [(0, 1), (1, 2), (2, 3), (9, 3)])
def test_what_somebody_else_made_in_the_same_moment_is_looked_for_again(failures, tries):
    tried = []

    def make() -> int:
        tried.append(len(tried))
        if len(tried) <= failures:
            raise IntegrityError
        return 7

    if failures < tries:
        assert in_one_transaction(make) == 7
    else:
        with pytest.raises(IntegrityError):
            in_one_transaction(make)
    assert len(tried) == tries
