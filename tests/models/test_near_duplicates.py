"""Articles with nearly the same text are found by their sketches."""

import pytest

from claims.actions import add_revision, import_article
from claims.extraction import extract
from claims.ingest.types import ArticleDraft
from claims.matching import sketch
from claims.models import Article, Shingle
from claims.queries.articles.revisions import plan_revision
from tests.conftest import BODY

pytestmark = pytest.mark.django_db
NEW = (
    "Rain fell on Ostrey for nine days, the weather office said, and no ferry sailed until Friday."
)


def held(article: Article) -> list[int]:
    return sorted(Shingle.objects.filter(article=article).values_list("value", flat=True))


def test_an_article_is_found_by_much_of_its_text_and_by_nothing_else(article):
    assert Shingle.objects.alike(f"{BODY}\n\n{NEW}", 5) == [article.pk]
    assert Shingle.objects.alike(NEW, 5) == []


def test_those_that_share_most_come_first(article, editor):
    paragraphs = BODY.split("\n\n")
    half = "\n\n".join([*paragraphs[:2], NEW])
    import_article(actor=editor, draft=ArticleDraft(headline="Half of it", body=half))
    assert Shingle.objects.alike(BODY, 1) == [article.pk]


def test_a_new_text_takes_the_place_of_the_old_one(article, editor):
    draft = ArticleDraft(headline="Rain", body=NEW)
    plan = plan_revision(article.current_revision(), draft, extract(NEW))
    add_revision(actor=editor, article=article, draft=draft, seen=plan.seen)
    assert held(article) == sketch(NEW)
