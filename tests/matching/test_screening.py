"""Of many candidates, most are about something else: only close ones are believed to repeat or contradict."""

import pytest

from claims.matching.relations import judge, understand
from claims.matching.screening import CLOSE, judge_candidate
from claims.matching.types import Relation, Statement

DEAD = Statement("The flood in Ostmere killed 25 people.")
MORE = Statement("The flood in Ostmere killed 31 people.")


def screened(earlier: Statement, later: Statement, closeness: float | None) -> Relation:
    return judge_candidate(
        understand(earlier), understand(later), closeness, same_words=earlier.text == later.text
    ).relation


def test_a_close_candidate_contradicts_and_a_distant_one_is_only_related():
    least = CLOSE[Relation.CONTRADICTS]
    assert judge(understand(DEAD), understand(MORE), least - 0.01).relation == Relation.CONTRADICTS
    assert screened(DEAD, MORE, least) == Relation.CONTRADICTS
    assert screened(DEAD, MORE, least - 0.01) == Relation.RELATED


@pytest.mark.parametrize("closeness", [None, 1.0])
def test_the_same_words_are_the_same_with_a_vector_or_without(closeness):
    assert screened(DEAD, DEAD, closeness) == Relation.SAME


def test_without_a_vector_only_the_same_words_are_believed():
    assert screened(DEAD, MORE, None) in {Relation.RELATED, Relation.NONE}


def test_the_reasons_stay():
    known = (understand(DEAD), understand(MORE), 0.5)
    assert judge_candidate(*known, same_words=False).why == judge(*known).why
