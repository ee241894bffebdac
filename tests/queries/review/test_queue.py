"""The review queue asks for an article and a person, and needs no request."""

from datetime import UTC, datetime

import pytest

from claims.actions import decide_claim
from claims.choices import Verdict
from claims.errors import FilterNotUnderstoodError
from claims.models import Article, Claim
from claims.queries.review.queue import Queue
from tests.models import rows


@pytest.fixture
def decided(editor, article):
    """The first claim of an article, verified."""
    first = Queue.of(article, editor).claims[0]
    decide_claim(actor=editor, claim_id=first.pk, version=1, verdict=Verdict.VERIFIED)
    return first


def test_a_filter_lists_what_it_holds_and_every_filter_says_how_many(editor, article, decided):
    queue = Queue.of(article, editor, "verified")
    assert [claim.pk for claim in queue.listed] == [decided.pk]
    counts = {one.word: (one.number, one.current) for one in queue.filter_counts}
    assert counts["verified"] == (1, True)
    assert counts[""] == (len(queue.active), False)


def test_a_list_is_gone_through_in_a_filters_place(editor, article, decided):
    queue = Queue.of(article, editor, list_query="verdict=pending&state=all")
    assert decided.pk not in [claim.pk for claim in queue.listed]
    first = next(queue.filter_counts)
    assert (first.word, first.number, first.current) == (None, len(queue.listed), True)


def test_a_list_goes_on_at_a_claim_of_another_article_and_ends_with_the_last(editor, article):
    older = rows.claim(rows.revision(editor))
    Claim.objects.filter(pk=older.pk).update(listed_at=datetime(2001, 1, 1, tzinfo=UTC))
    assert Queue.of(article, editor, list_query="").next_article == (
        older.revision.article_id,
        older.pk,
    )
    Claim.objects.filter(pk=older.pk).update(dismissed=True)
    assert Queue.of(article, editor, list_query="").next_article is None
    assert Queue.of(article, editor).next_article is None


def test_a_list_goes_on_by_publication_and_not_by_what_came_in_last(editor, article):
    newest, middle, oldest = (rows.claim(rows.revision(editor)) for _each in range(3))
    for claim, year in ((newest, 2003), (middle, 2002), (oldest, 2001)):
        published = datetime(year, 1, 1, tzinfo=UTC)
        Claim.objects.filter(pk=claim.pk).update(listed_at=published)
        Article.objects.filter(pk=claim.revision.article_id).update(published_at=published)
    at = Article.objects.get(pk=middle.revision.article_id)
    assert Queue.of(at, editor, list_query="").next_article == (
        oldest.revision.article_id,
        oldest.pk,
    )


@pytest.mark.parametrize(("show", "list_query"), [("verifed", None), ("", "verdct=pending")])
def test_what_is_not_a_filter_lists_nothing(editor, article, show, list_query):
    with pytest.raises(FilterNotUnderstoodError):
        Queue.of(article, editor, show, list_query)
