"""What a draft's page says that nobody has settled."""

from claims.actions import ask_second_check
from claims.queries.reports.proposals import Proposals, proposals_for
from tests.conftest import version_of


def test_an_earlier_verdict_on_the_same_words_unless_somebody_is_to_check_it_blind(
    chief, earlier, later, match
):
    proposed = proposals_for([later.pk])
    assert [(one.claim, one.other) for one in proposed.shown] == [(later, earlier)]
    ask_second_check(actor=chief, blind=True, **version_of(earlier))
    assert proposals_for([later.pk]) == Proposals([], 0)
