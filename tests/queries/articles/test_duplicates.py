"""Which known articles may be the same as a new one."""

import pytest

from claims.actions import import_article
from claims.choices import DuplicateReason
from claims.ingest.types import ArticleDraft
from claims.queries.articles.duplicates import duplicates
from tests.conftest import BODY

pytestmark = pytest.mark.django_db
NEW = (
    "Rain fell on Ostrey for nine days, the weather office said, and no ferry sailed until Friday."
)


def test_the_article_that_shares_most_of_its_text_comes_first(article, editor):
    paragraphs = BODY.split("\n\n")
    less = "\n\n".join([*paragraphs[:-1], NEW])
    other = import_article(actor=editor, draft=ArticleDraft(headline="Less", body=less)).article
    for body, order in (
        (f"{BODY}\n\nNo more.", [article, other]),
        (f"{less} Wet.", [other, article]),
    ):
        found = duplicates(ArticleDraft(headline="New", body=body))
        assert [(one.article, one.reason) for one in found] == [
            (each, DuplicateReason.NEAR_DUPLICATE) for each in order
        ]
        assert found[0].similarity > found[1].similarity
