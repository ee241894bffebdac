"""The order of the queue as a person chooses it, for one article."""

import pytest
from django.urls import reverse

from claims.models import Claim
from tests.actions.matching.conftest import claim_of
from tests.models import match_rows, rows


@pytest.fixture(autouse=True)
def seen(editor, claims) -> Claim:
    """The third claim of the article, which the archive has."""
    match_rows.match(claim_of(editor, 1), claims[2])
    return claims[2]


def _first(client, article, **query) -> int:
    return client.get(article.get_absolute_url(), query).context["queue"].listed[0].pk


def test_it_holds_for_this_article_until_another_one_is_chosen(desk, article, claims, seen):
    assert _first(desk, article) == claims[0].pk
    assert _first(desk, article, order="seen-first") == seen.pk
    assert _first(desk, article) == _first(desk, article, show="pending") == seen.pk
    assert _first(desk, article, order="") == claims[0].pk
    assert _first(desk, article) == claims[0].pk


def test_each_article_has_its_own(desk, editor, article, claims, seen):
    other = rows.claim(rows.revision(editor))
    _first(desk, article, order="seen-first")
    for order in ("seen-last", ""):
        assert _first(desk, other.revision.article, order=order) == other.pk
        assert _first(desk, article) == seen.pk


def test_a_verdict_moves_on_in_it(desk, article, claims, seen):
    desk.get(article.get_absolute_url(), {"order": "seen-first"})
    sent = {"version": seen.version, "verdict": "verified"}
    answer = desk.post(reverse("decide", args=[seen.pk]), sent)
    assert f"claim={claims[0].pk}" in answer["Location"]


def test_each_person_has_their_own(client, desk, chief, article, claims, seen):
    _first(desk, article, order="seen-first")
    client.force_login(chief)
    assert _first(client, article) == claims[0].pk


def test_the_page_offers_the_others_and_marks_what_was_seen(desk, article, seen):
    page = desk.get(article.get_absolute_url(), {"show": "pending"}).content.decode()
    assert f'href="{article.get_absolute_url()}?show=pending&amp;order=seen-first"' in page
    assert page.count("seen before</span>") == 1
    assert 'href="?show=contradicted"' not in page


def test_an_unknown_one_is_refused(desk, article):
    answer = desk.get(article.get_absolute_url(), {"order": "seen-frist"})
    assert answer.status_code == 400
    assert "“seen-frist” is not a filter." in answer.content.decode()
