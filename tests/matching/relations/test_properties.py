"""What holds for the relation of any two statements."""

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from claims.matching.figures import Kind, figures
from claims.matching.relations import judge, understand
from claims.matching.relations.names import names_of, same_name
from claims.matching.relations.sums.comparing import fit
from claims.matching.text.words import words_of
from claims.matching.types import Relation, Statement
from tests.bounds import grows_evenly

PIECES = [
    "Kalden",
    "Lena Orvik",
    "beat",
    "lost to",
    "was",
    "by",
    "not",
    "no",
    "never",
    "3",
    "at least",
    "people",
    "killed",
    "rose",
    "fell",
    "may",
    "will",
    "now",
    "since",
    "1987",
    "on",
    "Monday",
    "the",
    "and",
    "than",
    "more",
    "is a",
    "painter",
    "swimmer",
    "denies",
    "I",
    "Иван",
    "United Farmers' Party",
    "UFP",
    "of",
    "5 km",
    ",",
    ".",
]

texts = st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join))
statements = st.builds(
    Statement, texts, st.none() | st.dates(), st.sampled_from(["", "Lena Orvik"])
)
closeness = st.none() | st.floats(-1, 1)


@settings(deadline=None)
@given(statements, statements, closeness)
def test_any_two_statements_have_a_relation_with_a_reason(earlier, later, near):
    found = judge(understand(earlier), understand(later), near)
    assert 0 <= found.score <= 1
    assert found.why
    assert all(isinstance(value, str) for reason in found.why for value in reason.values.values())


@settings(deadline=None)
@given(texts, st.none() | st.dates())
def test_a_statement_never_clashes_with_itself(text, day):
    once = understand(Statement(text, day, "A"))
    again = understand(Statement(text, day, "B"))
    assert judge(once, again, 1.0).relation in (Relation.SAME, Relation.RELATED)


@settings(deadline=None)
@given(texts, texts)
def test_whether_figures_fit_is_the_same_both_ways(text, other):
    for one in figures(text):
        for figure in figures(other):
            if one.kind is figure.kind and one.kind is not Kind.DATE:
                assert fit(one, figure) is fit(figure, one)


@settings(deadline=None)
@given(texts, texts)
def test_whether_names_are_the_same_is_the_same_both_ways(text, other):
    for one in names_of(words_of(text)):
        assert same_name(one, one)
        for name in names_of(words_of(other)):
            assert same_name(one, name) is same_name(name, one)


def test_a_long_statement_is_read_as_far_as_a_claim_goes():
    long = understand(Statement("At least 3 of the 40 people in Kalden died. " * 1000))
    assert len(long.words) <= 120


def test_many_names_and_words_cost_no_more_than_their_number():
    day = dt.date(2027, 5, 7)

    def one(size: int) -> None:
        text = "Ada Lund beat Bo Holm and never paid 3 crowns " * size
        judge(understand(Statement(text, day)), understand(Statement(text, day)), 0.9)

    assert grows_evenly(one, 10)
