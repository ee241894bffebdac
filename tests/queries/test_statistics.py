"""Claims of a period, by verdict."""

from datetime import date, timedelta

import pytest

from claims.actions import ask_second_check, decide_claim
from claims.choices import Verdict
from claims.models import Claim
from claims.queries.claims.conditions import begins
from claims.queries.statistics import count_period
from tests.models import rows

WEDNESDAY, AFTER = date(2026, 3, 4), begins(date(2026, 3, 9))


@pytest.mark.parametrize("blind", [True, False])
def test_a_period_ends_before_the_monday_after_it(editor, chief, blind):
    claim = rows.claim(rows.revision(editor))
    decide_claim(actor=editor, claim_id=claim.pk, version=1, verdict=Verdict.VERIFIED)
    if blind:
        ask_second_check(actor=editor, claim_id=claim.pk, version=2, blind=True)
    verdict = Verdict.PENDING if blind else Verdict.VERIFIED
    for at, numbers in ((AFTER, {}), (AFTER - timedelta(microseconds=1), {verdict: 1})):
        Claim.objects.update(listed_at=at)
        counted = count_period(chief, 2, WEDNESDAY)
        assert {word: number for word, number in counted.verdicts.items() if number} == numbers
