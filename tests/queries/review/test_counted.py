"""A queue whose claims the database counts agrees with the one that reads them all."""

import pytest

from claims.actions import ask_second_check, decide_claim, dismiss_claims
from claims.choices import MatchRelation, Verdict
from claims.models import Claim
from claims.queries.review.counted import CountedQueue
from claims.queries.review.filters import SHOWN
from claims.queries.review.queue import Queue
from tests.conftest import claims_of
from tests.models.match_rows import match


@pytest.fixture
def mixed(article, editor, chief):
    """An article with a claim in nearly every state, one of which is to be checked blind."""
    first, second, third, fourth, fifth, *_others = claims_of(article)
    decide_claim(actor=editor, claim_id=first.pk, version=1, verdict=Verdict.VERIFIED)
    decide_claim(actor=chief, claim_id=second.pk, version=1, verdict=Verdict.DISPUTED, reason="No")
    ask_second_check(actor=chief, claim_id=second.pk, version=2, blind=True)
    dismiss_claims(actor=editor, versions={third.pk: 1})
    match(fourth, fifth, relation=MatchRelation.CONTRADICTS)
    return article


@pytest.mark.parametrize("who", ["editor", "chief"])
def test_it_shows_the_same(request, mixed, who):
    viewer = request.getfixturevalue(who)
    source = str(claims_of(mixed)[0].source_id)
    for asked in [
        *({"show": word} for word in SHOWN),
        {"list_query": "verdict=pending"},
        {"source": "none"},
        {"list_query": "", "source": source},
    ]:
        read, counted = (kind.of(mixed, viewer, **asked) for kind in (Queue, CountedQueue))
        assert counted.verdict_counts == read.verdict_counts
        assert list(counted.filter_counts) == list(read.filter_counts)
        assert counted.listed_number == len(read.listed)
        for claim in read.claims:
            assert counted.row(claim.pk) == claim
            assert counted.shows(claim) == read.shows(claim), asked


def test_a_claim_of_another_text_has_no_row(mixed, editor):
    assert CountedQueue.of(mixed, editor).row(Claim.objects.latest("pk").pk + 1) is None
