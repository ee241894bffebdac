"""What a preview says of the archive, and the order in which an accepted article's claims come."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from claims.actions import add_to_inbox, ask_second_check, decide_claim
from claims.actions.matching.index import index_some
from claims.choices import Verdict
from claims.ingest.types import ArticleDraft
from claims.models import Article, Claim, IntakeItem
from claims.web.intake import preview
from tests.actions.matching.conftest import claim_of
from tests.conftest import proposed, version_of
from tests.models import match_rows
from tests.web.intake.test_intake import keep, words_of

BODY = "Ostrey has nine bridges, the mayor said.\n\nThe ferry sails on Sundays, the mayor said."


@pytest.fixture
def intake(editor) -> IntakeItem:
    draft = ArticleDraft(headline="Bridges", body=BODY, published=datetime(2026, 9, 1, tzinfo=UTC))
    return add_to_inbox(actor=editor, draft=draft)


@pytest.fixture
def checked(editor, chief) -> Claim:
    """A claim of March that says what the second one of the preview says."""
    claim = claim_of(editor, 3, proposed(BODY)[1].statement)
    decide_claim(actor=chief, verdict=Verdict.VERIFIED, **version_of(claim))
    index_some()
    return claim


def _page(desk, intake):
    return desk.get(reverse("intake", args=[intake.pk]))


def test_how_many_were_checked_before_with_the_list(desk, intake, checked):
    page = _page(desk, intake)
    words = words_of(page)
    assert "Checked before: 1 of 2 claims" in words
    assert "Only the first" not in words
    assert f"Verified · {checked.revision.article.headline}" in words
    assert checked.get_absolute_url() in page.content.decode()


def test_of_a_long_article_it_says_how_many_were_compared(desk, editor, chief, monkeypatch):
    monkeypatch.setattr(preview, "COMPARED", 1)
    draft = ArticleDraft(headline="Bridges", body=BODY)
    claim = claim_of(editor, 3, proposed(BODY)[0].statement)
    decide_claim(actor=chief, verdict=Verdict.VERIFIED, **version_of(claim))
    index_some()
    words = words_of(_page(desk, add_to_inbox(actor=editor, draft=draft)))
    assert "Checked before: 1 of 1 claim" in words
    assert "Only the first claim has been compared with the archive." in words


def test_without_any_it_says_nothing(desk, intake):
    page = _page(desk, intake).content.decode()
    assert "Checked before" not in page
    assert 'name="order"' not in page


def test_a_verdict_that_somebody_is_to_find_alone_does_not_count(desk, chief, intake, checked):
    ask_second_check(actor=chief, blind=True, **version_of(checked))
    assert "Checked before" not in _page(desk, intake).content.decode()


def test_accepted_they_come_first_and_the_queue_remembers(desk, intake, checked):
    answer = keep(desk, intake, order="seen-first")
    article = Article.objects.latest("pk")
    assert answer["Location"] == f"{article.get_absolute_url()}?order=seen-first"
    first, second = Claim.objects.of_article(article).in_reading_order()
    match_rows.match(checked, second)
    desk.get(answer["Location"])
    for address in (answer["Location"], article.get_absolute_url()):
        page = desk.get(address)
        assert [one.pk for one in page.context["queue"].listed] == [second.pk, first.pk]
        assert page.context["claim"].pk == second.pk


@pytest.mark.parametrize("order", ["", "by-magic"])
def test_without_an_order_it_is_that_of_the_text(desk, intake, checked, order):
    answer = keep(desk, intake, order=order)
    assert answer["Location"] == Article.objects.latest("pk").get_absolute_url()
