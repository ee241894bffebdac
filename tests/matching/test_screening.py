"""Of many candidates, most are about something else: what both statements say decides which are believed."""

import datetime as dt

import pytest

from claims.matching.relations import judge, understand
from claims.matching.screening import judge_candidate
from claims.matching.types import Relation, Statement

DAY = dt.date(2027, 5, 3)
DEAD = Statement("The flood in Ostmere killed 25 people.", DAY)
MORE = Statement("The flood in Ostmere killed 31 people.", DAY)


def screened(earlier: Statement, later: Statement, closeness: float | None) -> Relation:
    return judge_candidate(
        understand(earlier), understand(later), closeness, same_words=earlier.text == later.text
    ).relation


@pytest.mark.parametrize("closeness", [0.95, 0.5])
def test_other_figures_of_one_thing_are_believed_however_differently_they_are_worded(closeness):
    assert screened(DEAD, MORE, closeness) == Relation.CONTRADICTS


def test_of_a_distant_candidate_nothing_is_believed():
    assert screened(DEAD, MORE, 0.3) in {Relation.RELATED, Relation.NONE}


@pytest.mark.parametrize("closeness", [None, 1.0])
def test_the_same_words_are_the_same_with_a_vector_or_without(closeness):
    assert screened(DEAD, DEAD, closeness) == Relation.SAME


def test_without_a_vector_only_the_same_words_are_believed():
    assert screened(DEAD, MORE, None) in {Relation.RELATED, Relation.NONE}


def test_an_opposite_of_statements_that_share_little_is_not_believed():
    closed = Statement("The mayor of Ostrey closed the old bridge to all lorries.", DAY)
    opened = Statement("The council opened a clinic for birds beside the bridge.", DAY)
    assert screened(closed, opened, 0.6) == Relation.RELATED


def test_statements_that_name_nothing_are_of_one_affair_only_within_a_week():
    then = Statement("Repairs would cost 19 million crowns.", DAY)
    for days, relation in ((5, Relation.SUPERSEDES), (20, Relation.RELATED)):
        now = Statement("Repairs would cost 88 million crowns.", DAY + dt.timedelta(days))
        assert screened(then, now, 0.75) == relation


def test_a_statement_that_adds_much_repeats_nothing():
    burst = Statement("The river Aune has burst its banks.", DAY)
    drowned = Statement("Fourteen people drowned when the river Aune burst its banks.", DAY)
    assert screened(burst, drowned, 0.72) == Relation.RELATED


def test_the_reasons_stay():
    known = (understand(DEAD), understand(MORE), 0.3)
    assert judge_candidate(*known, same_words=False).why == judge(*known).why
