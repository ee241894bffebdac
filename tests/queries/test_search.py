"""What a search over everything finds of each kind."""

from claims.queries.search import best_matches
from tests.models import rows


def test_claims_in_no_queue_and_merged_sources_are_not_found(editor):
    revision = rows.revision(editor)
    shown = rows.claim(revision, 0)
    rows.claim(revision, 5, dismissed=True)
    uncheckable = rows.claim(revision, 10, checkable=False)
    kept = rows.source("Bridges Authority")
    rows.source("Bridges Office", merged_into=kept)
    found = best_matches("bridges", editor)
    assert {row.pk for row in found.claims} == {shown.pk, uncheckable.pk}
    assert list(found.articles) == [revision.article]
    assert list(found.sources) == [kept]


def test_it_finds_no_more_than_is_wanted(editor):
    for number in range(3):
        rows.claim(rows.revision(editor))
        rows.source(f"Bridges {number}")
    found = best_matches("bridges", editor, claims=2, others=1)
    assert [len(part) for part in (found.claims, found.articles, found.sources)] == [2, 1, 1]
