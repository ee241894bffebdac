"""Claims as rows of lists: as a person may know them, and with what their columns show."""

import pytest
from django.utils import timezone

from claims.choices import ReviewStatus, Verdict
from claims.models import Claim, Outlet
from claims.queries.claims.rows import as_seen_by, with_columns
from tests.models import rows


def test_a_row_says_what_is_known_of_its_claim(editor, chief):
    text = rows.revision(editor)
    untouched, touched, verified, blind = (rows.claim(text, start) for start in (0, 5, 10, 15))
    rows.become([touched], touched_at=timezone.now())
    for claim in (verified, blind):
        rows.become(claim, verdict=Verdict.VERIFIED, touched_at=timezone.now())
    rows.become(blind, blind=True, review_status=ReviewStatus.WAITING)
    seen = as_seen_by(chief, Claim.objects.order_by("pk"))
    assert [row.pk for row in seen] == [untouched.pk, touched.pk, verified.pk, blind.pk]
    assert [row.state for row in seen] == ["proposed", "pending", "verified", "pending"]
    assert [row.is_hidden for row in seen] == [False, False, False, True]


@pytest.mark.parametrize(
    ("columns", "queries"),
    [
        ([], 2),
        (["source"], 3),
        (["assigned"], 3),
        (["article"], 3),
        (["published"], 3),
        (["article", "published", "source", "outlet", "assigned", "tags"], 7),
    ],
)
def test_only_what_columns_show_is_read(editor, django_assert_num_queries, columns, queries):
    outlet = Outlet.objects.create(name="Courier")
    article = rows.article(editor, outlet=outlet)
    claim = rows.claim(rows.revision(editor, article=article), source=rows.source())
    rows.become([claim], assigned_to=editor, outlet=outlet)
    with django_assert_num_queries(queries):
        (found,) = with_columns(Claim.objects.all(), columns)
        if "article" in columns:
            assert found.revision.article.headline == article.headline
        if "published" in columns:
            assert found.revision.article.published_at == article.published_at
        if "source" in columns:
            assert found.source == claim.source
