"""Who else has an article open, and what an open page learns of what others decide."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from claims.actions import ask_second_check, decide_claim
from claims.choices import Verdict
from claims.models import Presence
from tests.conftest import claims_of


@pytest.fixture
def ask(desk, article):
    """Ask as the editor's open page does, and return the answer."""

    def ask(query: str = "", **told: object) -> str:
        address = reverse("presence", args=[article.pk]) + query
        answer = desk.post(address, told, headers={"HX-Request": "true"})
        assert answer.status_code == 200
        return answer.content.decode()

    return ask


@pytest.fixture
def other(chief) -> Client:
    """The chief's browser."""
    client = Client()
    client.force_login(chief)
    return client


def test_who_else_is_here_and_at_which_claim(ask, other, article):
    _first, second, *_ = claims_of(article)
    assert "data-person" not in ask()
    assert (
        'data-person="Edda'
        in other.post(reverse("presence", args=[article.pk]), {"claim": second.pk}).content.decode()
    )
    answer = ask()
    assert 'data-person="Carl' in answer
    assert f'data-at="{second.pk}"' in answer
    assert Presence.objects.count() == 2


def test_a_claim_of_another_article_is_none_of_this_one(ask, other, article, editor):
    other.post(reverse("presence", args=[article.pk]), {"claim": 10**9})
    assert 'data-at=""' in ask()


def test_what_others_changed_since_the_last_answer(ask, article, chief):
    first, second, third, *_ = claims_of(article)
    before = timezone.now()
    decide_claim(actor=chief, claim_id=second.pk, version=1, verdict=Verdict.VERIFIED)
    answer = ask(since=before.isoformat())
    assert f'id="row{second.pk}"' in answer
    assert 'data-state="verified"' in answer
    assert f'<template data-sign="{second.pk}">' in answer
    assert 'id="verdict-counts"' in answer
    assert f'id="row{first.pk}"' not in answer
    assert f'id="row{third.pk}"' not in answer
    later = ask(since=(timezone.now() + timedelta(minutes=1)).isoformat())
    assert "row" not in later
    for told in ({}, {"since": "yesterday", "claim": "x"}):
        assert "row" not in ask(**told)


def test_a_row_that_the_filter_hides_now_says_so(ask, article, chief):
    second = claims_of(article)[1]
    before = timezone.now().isoformat()
    decide_claim(actor=chief, claim_id=second.pk, version=1, verdict=Verdict.VERIFIED)
    assert "data-gone" in ask("?show=pending", since=before)
    assert "data-gone" in ask("?list=verdict%3Dpending", since=before)
    assert "data-gone" not in ask("?show=verified", since=before)
    assert "data-gone" not in ask("?list=verdict%3Dverified", since=before)


def test_a_blind_checker_does_not_learn_the_verdict(ask, article, chief):
    second = claims_of(article)[1]
    before = timezone.now().isoformat()
    decide_claim(
        actor=chief, claim_id=second.pk, version=1, verdict=Verdict.DISPUTED, reason="Not so"
    )
    second.refresh_from_db()
    ask_second_check(actor=chief, claim_id=second.pk, version=second.version, blind=True)
    answer = ask(since=before)
    assert f'id="row{second.pk}"' in answer
    assert 'data-state="disputed"' not in answer
    assert "mark__end--disputed" not in answer


def test_it_takes_few_queries_however_much_was_changed(
    ask, article, chief, django_assert_max_num_queries
):
    ask()
    before = timezone.now().isoformat()
    with django_assert_max_num_queries(12):
        ask(since=(timezone.now() + timedelta(minutes=1)).isoformat())
    for claim in claims_of(article):
        decide_claim(actor=chief, claim_id=claim.pk, version=1, verdict=Verdict.VERIFIED)
    for query in ("", "?list=verdict%3Dverified"):
        with django_assert_max_num_queries(20):
            ask(query, since=before)
