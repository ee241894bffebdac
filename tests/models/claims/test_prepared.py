"""Queries that are put into SQL once find what Django finds, for whatever ids."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.sessions.models import Session
from django.db import connection

from claims.models import Claim, Comment, Decision
from claims.models.base.expressions import Among
from claims.models.base.prepared import Prepared, keep_related
from tests.models import rows


@pytest.fixture
def claims(editor):
    """Claims of two texts."""
    texts = [rows.revision(editor) for _text in range(2)]
    return [rows.claim(text, start) for text in texts for start in (0, 10, 20)]


def test_models_come_with_what_was_selected_beside_them(claims, django_assert_num_queries):
    one = Prepared(lambda pk: Claim.objects.select_related("revision__article").filter(pk=pk))
    for claim in claims:
        with django_assert_num_queries(1):
            found = one.first(claim.pk)
            assert (found, found.revision.article) == (claim, claim.revision.article)
            assert [found.spans, found.listed_at] == [claim.spans, claim.listed_at]
    assert one.first(claims[-1].pk + 1) is None


def test_each_id_is_put_into_its_place(claims):
    both = Prepared(
        lambda revision, pk: Claim.objects.filter(revision=revision).exclude(pk=pk).order_by("pk")
    )
    for claim in claims:
        others = [one for one in claims if one.revision_id == claim.revision_id and one != claim]
        assert both.all(claim.revision_id, claim.pk) == others
        assert both.all(claim.pk + 100, claim.revision_id) == []


def test_many_ids_can_stand_in_one_place_or_none(claims):
    many = Prepared(
        lambda ids: (
            Claim.objects.filter(Among("pk", [ids])).order_by("pk").values_list("pk", "start")
        )
    )
    for some in ([], claims[:1], claims[1:4]):
        assert many.all({one.pk for one in some}) == [(one.pk, one.start) for one in some]


def test_unions_and_flat_lists_are_queries_too(claims):
    of_both = Prepared(
        lambda one, other: (
            Claim.objects.filter(pk=one)
            .values_list("pk", flat=True)
            .order_by()
            .union(Claim.objects.filter(pk=other).values_list("pk", flat=True).order_by())
        )
    )
    first, *_others, last = claims
    assert {*of_both.all(first.pk, last.pk)} == {first.pk, last.pk}


@pytest.mark.django_db(transaction=True)
def test_threads_have_their_own_connections(claims):
    one = Prepared(lambda pk: Claim.objects.filter(pk=pk))

    def ask(claim):
        try:
            return one.first(claim.pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(ask, claims)) == claims


def test_what_is_kept_with_a_record_is_not_asked_for_again(claims, django_assert_num_queries):
    claim = claims[0]
    comment = Comment(claim=claim, text="Look", author_name="Ada")
    keep_related(claim, "comments", [comment])
    keep_related(claim, "decisions", [])
    with django_assert_num_queries(0):
        assert list(claim.comments.all()) == [comment]
        assert comment.claim is claim
        assert not claim.decisions.all()
    assert Decision.objects.count() == 0


def test_a_row_with_a_text_for_its_key_is_found_by_it(desk, django_assert_num_queries):
    key = desk.session.session_key
    one = Prepared(lambda key: Session.objects.filter(session_key=key))
    with django_assert_num_queries(2):
        assert one.first(key).get_decoded()["_auth_user_id"]
        assert one.first(key[::-1]) is None
