"""Importing articles: completely, anchored in their text, and once."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from claims.actions import import_article
from claims.choices import Quotation, SourceKind, Verdict
from claims.ingest.types import ArticleDraft
from claims.models import Article, Claim, Revision
from claims.models.claims.claim import CONTEXT

PARTS = [
    "Rain will fall on Ostrey, the transport minister, Ada Venn, said.",
    "“Nobody was hurt,” officials said. “We counted.”",
    "🌉 The bridge at Ölm was built in 1931.",
    "Bo Tarn told Radio Ostrey the e\u0301lite bridge had “two cracks” and would close.",
    "سعر الخبز ارتفع.",
    "!!!",
]
"""Paragraphs with emoji, combining marks and a right-to-left script, and one without a word."""


def _words(revision: Revision, spans: list[list[int]]) -> str:
    """The words at some places, with " … " for the words left out between them."""
    words = ""
    for number, (start, end) in enumerate(spans):
        if number:
            words += " … " if revision.body[spans[number - 1][1] : start].strip() else " "
        words += revision.body[start:end]
    return words


def _claims_are_anchored(article: Article) -> None:
    revision = article.current_revision()
    for claim in Claim.objects.of_article(article):
        start, end = claim.spans[0][0], claim.spans[-1][1]
        assert claim.start == start
        assert claim.quote == _words(revision, claim.spans)
        assert claim.quote == claim.quote.strip() != ""
        assert claim.prefix == revision.body[:start][-CONTEXT:]
        assert claim.suffix == revision.body[end:][:CONTEXT]
        assert sorted(claim.spans) == claim.spans
        for spans in (claim.spans, claim.source_spans, claim.cue_spans):
            assert all(0 <= first < last <= len(revision.body) for first, last in spans)
        if claim.source:
            assert claim.cue_spans


class TestAnyText(TestCase):
    @settings(max_examples=12, deadline=None, derandomize=True)
    @given(
        st.lists(st.sampled_from(PARTS), min_size=1, max_size=5),
        st.sampled_from(["\n\n", "\n", " "]),
    )
    def test_every_claim_is_found_where_it_says(self, parts, between):
        actor, _created = User.objects.get_or_create(username="root", is_superuser=True)
        draft = ArticleDraft(headline="Rain", body=between.join(parts))
        article = import_article(actor=actor, draft=draft).article
        assert article.current_revision().body == draft.body
        _claims_are_anchored(article)


class TestWhatIsKept:
    def test_the_article_as_it_came_in(self, editor):
        start = timezone.now()
        draft = ArticleDraft(
            headline="Rain",
            body="It rained.",
            outlet="The Ostrey Courier (fiction)",
            byline="Bo Tarn",
            url="https://courier.example.org/rain",
            published=datetime(2026, 3, 4, 5, 6, tzinfo=UTC),
            language="en-GB",
        )
        imported = import_article(actor=editor, draft=draft)
        assert imported.created
        article = Article.objects.get()
        assert article == imported.article
        assert (article.headline, str(article.outlet), article.byline) == (
            draft.headline,
            draft.outlet,
            draft.byline,
        )
        assert (article.url, article.published_at, article.language) == (
            draft.url,
            draft.published,
            draft.language,
        )
        assert article.imported_by == editor
        assert start <= article.imported_at <= timezone.now()
        revision = Revision.objects.get()
        assert (revision.article, revision.number, revision.body) == (article, 1, draft.body)
        assert revision.digest == Revision.digest_of(draft.body)

    def test_claims_are_the_splitters_until_somebody_touches_them(self, article):
        claims = Claim.objects.of_article(article)
        assert claims.count() >= 5
        assert set(claims.untouched()) == set(claims)
        assert {(claim.verdict, claim.version) for claim in claims} == {(Verdict.PENDING, 1)}

    def test_claims_are_anchored(self, article):
        _claims_are_anchored(article)

    def test_narration_has_no_source_and_the_rest_has_one(self, article):
        claims = Claim.objects.of_article(article)
        narration = claims.filter(quotation=Quotation.NARRATION)
        assert "The bridge over the Olm was built in 1931" in {one.statement for one in narration}
        for claim in narration:
            assert (claim.source, claim.mention, claim.cue_spans) == (None, "", [])
        assert not claims.exclude(quotation=Quotation.NARRATION).filter(source=None)

    def test_claims_cut_from_one_statement_share_number_source_and_cue(self, article):
        boats, piers = Claim.objects.of_article(article).filter(mention="officials")
        assert boats.attribution == piers.attribution
        assert boats.source == piers.source
        assert boats.cue_spans == piers.cue_spans
        assert (boats.source.name, boats.source.kind) == ("officials", SourceKind.OFFICIAL)

    def test_the_words_for_the_source_are_kept_where_they_stand(self, article):
        revision = article.current_revision()
        claim = Claim.objects.of_article(article).filter(mention="she").first()
        assert _words(revision, claim.source_spans) == "she"
        assert _words(revision, claim.cue_spans) == "said"

    def test_a_text_without_a_claim_is_an_article_all_the_same(self, editor):
        article = import_article(actor=editor, draft=ArticleDraft(headline="?", body="...")).article
        assert article.current_revision().body == "..."
        assert not Claim.objects.exists()


class TestOnce:
    def test_the_same_draft_again_is_the_same_article(self, editor, chief, draft):
        first = import_article(actor=editor, draft=draft)
        counts = (Revision.objects.count(), Claim.objects.count())
        second = import_article(actor=chief, draft=draft)
        assert (first.article, first.created) == (second.article, True)
        assert not second.created
        assert Article.objects.get().imported_by == editor
        assert (Revision.objects.count(), Claim.objects.count()) == counts

    @pytest.mark.parametrize(
        "other",
        [
            {"headline": "The Olm bridge"},
            {"outlet": "Another Courier (fiction)"},
            {"url": "https://courier.example.org/2"},
            {"body": "Another text."},
        ],
        ids=str,
    )
    def test_what_differs_is_another_article(self, editor, draft, other):
        first = import_article(actor=editor, draft=draft).article
        second = import_article(actor=editor, draft=replace(draft, **other))
        assert second.created
        assert second.article != first
        assert second.article.current_revision() != first.current_revision()

    @pytest.mark.parametrize(
        "same", [{"byline": "Bo Tarn"}, {"published": datetime(2026, 3, 4, tzinfo=UTC)}]
    )
    def test_a_byline_mended_later_makes_no_second_article(self, editor, draft, same):
        import_article(actor=editor, draft=draft)
        assert not import_article(actor=editor, draft=replace(draft, **same)).created

    @pytest.mark.parametrize("other", [{"headline": "Olm bridge closed"}, {"outlet": "Courier"}])
    def test_the_same_text_at_the_same_address_is_the_same_article(self, editor, draft, other):
        draft = replace(draft, url="https://courier.example.org/bridge")
        first = import_article(actor=editor, draft=draft).article
        second = import_article(actor=editor, draft=replace(draft, **other))
        assert (second.article, second.created) == (first, False)
        assert second.article.headline == draft.headline


LONG = " and ".join(f"bridges of district {number}" for number in range(24))
FAR = "very " * 110 + "remote"
LONG_OUTLET = " ".join(["Radio", *["Ostrey"] * 120])


class TestWordsTooLongForTheirColumn:
    """They are cut and kept in the text: no article fails because of them."""

    @pytest.mark.parametrize(
        ("body", "field"),
        [
            (f"Rain will fall, said Ada Venn, the minister for {LONG}.", "mention"),
            (f"Rain will fall, Ada Venn told {LONG_OUTLET}.", "told_to"),
            (f"The minister for {FAR} bridges said rain will fall.", "mention"),
        ],
        ids=["mention with name", "told_to", "mention"],
    )
    def test_the_claim_keeps_their_beginning(self, editor, body, field):
        article = import_article(
            actor=editor, draft=ArticleDraft(headline="Rain", body=body)
        ).article
        claim = Claim.objects.of_article(article).exclude(source=None).get()
        assert len(getattr(claim, field)) == Claim._meta.get_field(field).max_length == 500
        assert getattr(claim, field) in body.replace("The minister", "the minister") + body

    def test_a_source_keeps_the_beginning_of_its_name(self, editor):
        body = f"The minister for {FAR} bridges said rain will fall."
        import_article(actor=editor, draft=ArticleDraft(headline="Rain", body=body))
        claim = Claim.objects.exclude(source=None).get()
        assert len(claim.source.name) == 300
        assert claim.source.name in body


def test_now_and_then_the_database_looks_at_how_its_rows_are_spread(
    editor, draft, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr("claims.actions.articles.saving.EVERY", 1)
    with django_capture_on_commit_callbacks(execute=True):
        import_article(actor=editor, draft=draft)
    known = {
        "sqlite": "SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'claims_claim'",
        "postgresql": "SELECT count(*) FROM pg_stats WHERE tablename = 'claims_claim'",
    }
    with connection.cursor() as cursor:
        cursor.execute(known[connection.vendor])
        assert cursor.fetchone()[0] > 0
