"""What would happen to an article's claims in a new text."""

import pytest

from claims.ingest.types import ArticleDraft
from claims.queries.articles.revisions import plan_revision


@pytest.mark.parametrize(
    ("headline", "byline", "new"),
    [("", "", False), ("{headline}", "{byline}", False), ("Another", "", True), ("", "Bo", True)],
)
def test_the_same_text_is_no_new_version_unless_its_headline_or_byline_is(
    article, headline, byline, new
):
    revision = article.current_revision()
    draft = ArticleDraft(
        headline=headline.format(headline=article.headline),
        byline=byline.format(byline=article.byline),
        body=revision.body,
    )
    assert (plan_revision(revision, draft, []) is not None) == new
