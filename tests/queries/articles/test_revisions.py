"""What would happen to an article's claims in a new text."""

import pytest

from claims.ingest.types import ArticleDraft
from claims.models import Revision
from claims.queries.articles.revisions import candidate_places, plan_revision
from tests.models import rows


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


SHUT = "The nine bridges are shut."
TOWN = "The nine bridges of the town are shut until May."


@pytest.mark.parametrize(
    ("old", "quote", "new", "places"),
    [
        (SHUT, "nine", "nine and nine", [(0, 4), (9, 13)]),
        (SHUT, "nine", "nine " * 12, [(5 * at, 5 * at + 4) for at in range(10)]),
        (SHUT, "nine bridges are shut", "The nine bridges are shut!", [(4, 25)]),
        (SHUT, SHUT, "The nine bridges are shut!?", [(0, 25)]),
        (SHUT, SHUT, f"So. {SHUT}", [(4, 30)]),
        (TOWN, TOWN, "The nine old bridges of the town are shut until May!?", [(0, 51)]),
        (TOWN, TOWN, "The nine old bridges of the town are shut until May.", [(0, 52)]),
        (SHUT, SHUT, "Nobody was hurt.", []),
    ],
)
def test_where_a_claim_that_is_kept_apart_may_stand_in_the_newest_text(
    editor, old, quote, new, places
):
    first = rows.revision(editor, body=old, digest=Revision.digest_of(old))
    start = old.index(quote)
    claim = rows.claim(first, start, spans=[[start, start + len(quote)]], quote=quote)
    digest = Revision.digest_of(new)
    rows.revision(editor, article=first.article, number=2, body=new, digest=digest)
    assert candidate_places(claim) == [(place,) for place in places]
