"""The queue in the order of what the archive knows."""

import pytest

from claims.actions import dismiss_match
from claims.choices import MatchRelation
from claims.errors import FilterNotUnderstoodError
from claims.queries.review.queue import Queue
from tests.actions.matching.conftest import claim_of
from tests.conftest import version_of
from tests.models import match_rows


@pytest.fixture
def in_text(claims):
    """The article's claims; the archive has the third one, and contradicts the second."""
    return [claim.pk for claim in claims if claim.checkable]


@pytest.fixture(autouse=True)
def match(editor, claims):
    match_rows.match(claim_of(editor, 2), claims[1], relation=MatchRelation.CONTRADICTS)
    return match_rows.match(claim_of(editor, 1), claims[2])


def _listed(article, viewer, order: str, show: str = "") -> list[int]:
    return [claim.pk for claim in Queue.of(article, viewer, show, order=order).listed]


def test_what_was_seen_before_first_or_last(editor, article, in_text):
    first, second, third, *rest = in_text
    assert _listed(article, editor, "") == in_text
    assert _listed(article, editor, "seen-first") == [third, first, second, *rest]
    assert _listed(article, editor, "seen-last") == [first, second, *rest, third]
    assert _listed(article, editor, "contradicted-first") == [second, first, third, *rest]


def test_next_and_previous_follow_it(editor, article, in_text):
    queue = Queue.of(article, editor, order="seen-first")
    walked = [queue.find(None)]
    while (after := queue.after(walked[-1])) is not None:
        assert queue.before(after) == walked[-1]
        assert queue.next_pending(walked[-1]) == after
        walked.append(after)
    assert [claim.pk for claim in walked] == [claim.pk for claim in queue.listed]
    assert [queue.position(claim) for claim in walked] == list(range(1, len(walked) + 1))


def test_a_claim_that_the_filter_no_longer_shows_keeps_its_place(editor, article, claims, in_text):
    _first, second, third, *_rest = in_text
    queue = Queue.of(article, editor, "contradicted", order="seen-first")
    assert [claim.pk for claim in queue.listed] == [second]
    assert queue.after(queue.find(third)).pk == second
    assert queue.after(queue.find(claims[-1].pk)) is None


def test_a_dismissed_match_moves_no_claim_but_loses_its_mark(
    editor, article, claims, match, in_text
):
    before = _listed(article, editor, "seen-first")
    queue = Queue.of(article, editor)
    assert [one.pk for one in queue.claims if one.seen] == [in_text[2]]
    dismiss_match(actor=editor, match_id=match.pk, **version_of(claims[2]))
    assert _listed(article, editor, "seen-first") == before
    assert not any(one.seen for one in Queue.of(article, editor).claims)


def test_the_filters_of_the_queue(editor, article, in_text):
    assert _listed(article, editor, "", "seen") == [in_text[2]]
    assert _listed(article, editor, "", "contradicted") == [in_text[1]]


def test_a_list_goes_through_the_text(editor, article):
    assert Queue.of(article, editor, list_query="", order="seen-first").order == ""


def test_orders_are_offered_where_they_would_move_a_claim(editor, article):
    words = [(one.word, one.current) for one in Queue.of(article, editor, order="seen-last").orders]
    assert words == [
        ("", False),
        ("by-source", False),
        ("seen-first", False),
        ("seen-last", True),
        ("contradicted-first", False),
    ]
    other = claim_of(editor, 5).revision.article
    assert not list(Queue.of(other, editor).orders)


def test_an_unknown_order_lists_nothing(editor, article):
    with pytest.raises(FilterNotUnderstoodError):
        Queue.of(article, editor, order="seen-frist")


def test_an_order_takes_one_query_more(editor, article, django_assert_num_queries):
    with django_assert_num_queries(3):
        assert Queue.of(article, editor).listed
    with django_assert_num_queries(4):
        assert Queue.of(article, editor, order="seen-first").listed
