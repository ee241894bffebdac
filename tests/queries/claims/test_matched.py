"""Which earlier verdict a claim takes over."""

from claims.actions import decide_claim
from claims.choices import Verdict
from claims.queries.claims.matched import to_take_over
from tests.actions.matching.conftest import claim_of
from tests.conftest import version_of
from tests.models import match_rows


def test_the_newest_verdict_where_several_agree_and_none_where_they_differ(editor):
    first, second, third, later = (claim_of(editor, month) for month in (1, 2, 3, 4))
    for claim in (second, first):
        decide_claim(actor=editor, verdict=Verdict.VERIFIED, **version_of(claim))
        match_rows.match(claim, later)
    assert to_take_over([later.pk])[later.pk].earlier == first
    decide_claim(actor=editor, verdict=Verdict.DISPUTED, reason="No.", **version_of(third))
    match_rows.match(third, later)
    assert to_take_over([later.pk]) == {}
