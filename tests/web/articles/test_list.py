"""The list of articles, without a browser."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from claims.actions import decide_claim, import_article
from claims.choices import Verdict
from claims.ingest.types import ArticleDraft
from claims.models import Article, Claim
from claims.web.components import paging
from tests.models import rows


class TestArticles:
    def test_the_list_shows_headline_outlet_and_counts(self, desk, article):
        text = desk.get(reverse("articles")).content.decode()
        assert "Bridge over the Olm closed" in text
        assert "The Ostrey Courier (fiction)" in text

    def test_an_empty_list_says_what_to_do(self, desk):
        assert "Add the first article" in desk.get(reverse("articles")).content.decode()

    def test_only_articles_with_pending_claims(self, desk, editor, article):
        for claim in Claim.objects.of_article(article):
            decide_claim(actor=editor, claim_id=claim.pk, version=1, verdict=Verdict.VERIFIED)
        text = desk.get(reverse("articles"), {"waiting": 1}).content.decode()
        assert "Bridge over the Olm" not in text
        assert "Nothing is pending" in text

    @pytest.mark.parametrize(
        "sort", ["headline", "-headline", "published", "-published", "-changed"]
    )
    def test_every_article_is_on_exactly_one_page(self, desk, editor, monkeypatch, sort):
        monkeypatch.setattr(paging, "PER_PAGE", 3)
        headlines = [f"Headline {number // 2}" for number in range(10)]
        for number, headline in enumerate(headlines):
            draft = ArticleDraft(headline=headline, body=f"Rain fell on day {number}.")
            import_article(actor=editor, draft=draft)
        seen, there, back = _walk(desk, sort)
        assert len(seen) == 10
        assert sorted(seen) == sorted(Article.objects.values_list("pk", flat=True))
        assert back == there[-2::-1]

    @pytest.mark.parametrize(
        ("sort", "listed"),
        [
            ("", "BCA"),
            ("-changed", "BCA"),
            ("changed", "ACB"),
            ("headline", "ABC"),
            ("-headline", "CBA"),
            ("published", "CAB"),
            ("-published", "BAC"),
        ],
    )
    def test_by_what_they_are_sorted(self, desk, editor, sort, listed):
        for headline, day in (("B", 3), ("A", 2), ("C", 1)):
            at = datetime(2026, 3, day, tzinfo=UTC)
            revision = rows.revision(
                editor, article=rows.article(editor, headline=headline, published_at=at)
            )
            rows.claim(revision)
        for claim in Claim.objects.filter(revision__article__headline__in="CB").order_by("-pk"):
            decide_claim(actor=editor, claim_id=claim.pk, version=1, verdict=Verdict.VERIFIED)
        table = desk.get(reverse("articles"), {"sort": sort}).context["table"]
        assert "".join(row.record.article.headline for row in table.rows) == listed

    @pytest.mark.parametrize(
        "query",
        [
            "sort=nothing",
            "sort=claims",
            "sort=-",
            "page=",
        ],
    )
    def test_a_mistyped_address_shows_the_list(self, desk, article, query):
        page = desk.get(f"{reverse('articles')}?{query}")
        assert page.status_code == 200
        assert "Bridge over the Olm closed" in page.content.decode()


def _walk(client: Client, sort: str) -> tuple[list[int], list[list[int]], list[list[int]]]:
    """The articles of all pages in a row, page by page there, and page by page back."""

    def page(place: str | None):
        query = {"sort": sort} | ({"page": place} if place else {})
        table = client.get(reverse("articles"), query).context["table"]
        return table.keyset, [row.record.pk for row in table.rows]

    keyset, rows = page(None)
    there, back = [rows], []
    while (following := keyset.next) and len(there) < 10:
        keyset, rows = page(following)
        there.append(rows)
    while (previous := keyset.previous) and len(back) < 10:
        keyset, rows = page(previous)
        back.append(rows)
    return [pk for rows in there for pk in rows], there, back
