"""Which article a text that comes in is, and what it is to it."""

from dataclasses import replace

import pytest

from claims.choices import DuplicateReason
from claims.ingest.types import ArticleDraft
from claims.models import Article, Revision, Shingle
from claims.queries.articles import duplicates as module
from claims.queries.articles.duplicates import (
    Duplicate,
    KnownArticles,
    TextMatch,
    duplicates,
    fingerprint_of,
    has_new_headline,
    known_at_address,
    most_similar,
    new_addresses,
)
from claims.queries.articles.rows import ArticleRow
from claims.queries.claims.verdict_counts import VerdictCounts
from tests.conftest import BODY
from tests.models import rows

URL = "https://courier.example.org/rain"
DRAFT = ArticleDraft(headline="Rain", body="It rains again.", url=URL, outlet="The Courier")


@pytest.fixture
def rain(editor) -> Article:
    """An article whose second text is current."""
    article = rows.article(editor, url=URL, headline="Rain")
    for number, body in enumerate(("It rains.", "It rains again."), start=1):
        digest = Revision.digest_of(body)
        rows.revision(editor, article=article, number=number, body=body, digest=digest)
    return article


def known(draft: ArticleDraft):
    return KnownArticles([draft]).find(draft)


class TestAtItsAddress:
    @pytest.mark.parametrize(
        ("body", "text"),
        [
            ("It rains again.", TextMatch.CURRENT),
            ("It rains.", TextMatch.EARLIER),
            ("It snows.", TextMatch.DIFFERENT),
        ],
    )
    def test_its_text_is_the_current_one_or_an_earlier_one_or_another(self, rain, body, text):
        found = known(replace(DRAFT, body=body))
        assert (found.article, found.text) == (rain, text)
        is_new = text != TextMatch.CURRENT
        assert known_at_address(replace(DRAFT, body=body)) == (rain if is_new else None)

    def test_of_several_the_newest_counts(self, editor, rain):
        newest = rows.article(editor, url=f"{URL}?utm_source=feed")
        rows.revision(editor, article=newest)
        assert known(DRAFT).article == newest

    def test_another_address_is_another_article(self, rain):
        assert known(replace(DRAFT, url="https://courier.example.org/snow")) is None
        assert known(replace(DRAFT, url="")) is None

    def test_a_headline_is_new_that_it_never_had(self, editor, rain):
        rain.headline = "More rain"
        rain.save()
        assert not has_new_headline(known(DRAFT), DRAFT)
        assert not has_new_headline(known(DRAFT), replace(DRAFT, headline="More rain"))
        assert has_new_headline(known(DRAFT), replace(DRAFT, headline="Flood"))
        flood = replace(DRAFT, headline="Flood", body="It snows.")
        assert not has_new_headline(known(flood), flood)

    def test_only_new_addresses_are_left_in_their_order(self, rain):
        new = ["https://z.example.org/", "https://a.example.org/"]
        assert new_addresses([new[0], f"{URL}/?utm_source=x", new[1]]) == new


class TestTheSame:
    def test_it_is_known_by_all_that_makes_it_the_same(self, editor):
        article = rows.article(editor, fingerprint=fingerprint_of(DRAFT))
        rows.revision(editor, article=article)
        found = known(DRAFT)
        assert (found.article, found.text) == (article, TextMatch.CURRENT)
        assert not has_new_headline(found, replace(DRAFT, headline="Flood"))
        for other in ("headline", "body", "url", "outlet"):
            assert known(replace(DRAFT, **{other: "x"})) is None

    def test_what_was_just_made_of_a_draft_is_known_to_the_next(self, editor):
        other = replace(DRAFT, headline="Flood", body="Anew.")
        every = KnownArticles([DRAFT, other])
        assert every.find(DRAFT) is None
        made = rows.article(editor, fingerprint=fingerprint_of(DRAFT), url=URL)
        every.add(DRAFT, made)
        assert every.find(DRAFT).text == TextMatch.CURRENT
        assert (every.find(other).article, every.find(other).text) == (made, TextMatch.DIFFERENT)
        assert has_new_headline(every.find(replace(DRAFT, headline="Flood")), other)


class TestDuplicates:
    def test_the_same_text_comes_first_and_then_the_same_address(self, editor, rain):
        twin = rows.revision(
            editor, body="It snows.", digest=Revision.digest_of("It snows.")
        ).article
        found = duplicates(replace(DRAFT, body="It snows."))
        assert [(one.article, one.reason, one.percent) for one in found] == [
            (twin, DuplicateReason.TEXT, 100),
            (rain, DuplicateReason.ADDRESS, 0),
        ]

    def test_nearly_the_same_are_those_with_most_of_the_text(self, editor):
        digest = Revision.digest_of(BODY)
        near = rows.revision(editor, body=BODY, digest=digest).article
        Shingle.objects.hold([(near, BODY)])
        (found,) = duplicates(ArticleDraft(headline="New", body=f"{BODY} No more."))
        assert (found.article, found.reason) == (near, DuplicateReason.NEAR_DUPLICATE)
        similar = most_similar(ArticleDraft(headline="New", body=f"{BODY} No more."))
        assert (similar.article, similar.text) == (near, TextMatch.SIMILAR)
        other = "Snow fell on the hills for nine days, and no bus went up there until Friday."
        assert most_similar(ArticleDraft(headline="New", body=other)) is None
        assert most_similar(ArticleDraft(headline="New", body=BODY)) is None  # it is the same

    def test_no_more_than_a_few_are_named(self, editor, monkeypatch):
        monkeypatch.setattr(module, "MAX_DUPLICATES", 2)
        made = [rows.revision(editor).article for _each in range(3)]
        found = duplicates(ArticleDraft(headline="New", body=rows.TEXT))
        assert [one.article for one in found] == made[:0:-1]

    def test_a_share_is_rounded_down(self):
        assert Duplicate(Article(), DuplicateReason.TEXT, 0.999).percent == 99


def test_the_parts_of_an_articles_bar_follow_each_other():
    row = ArticleRow(Article(pk=7), VerdictCounts(verified=1, disputed=0, pending=3))
    assert list(row.shares) == [("verified", "0.00", "25.00"), ("pending", "25.00", "75.00")]
    assert row.pk == 7
    assert list(ArticleRow(Article(), VerdictCounts()).shares) == []
