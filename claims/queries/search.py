"""Search over everything: the claims, articles and sources that fit best what was typed."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User

from claims.models import Article, Claim, Source
from claims.queries.claims.rows import ClaimRow, as_seen_by, with_columns

_CLAIMS, _OTHERS = 20, 8
"""How many of the best are found."""


@dataclass(frozen=True)
class SearchResults:
    """What fits best, of each kind, the best first."""

    claims: Sequence[ClaimRow]
    articles: Sequence[Article]
    sources: Sequence[Source]


def best_matches(
    typed: str, viewer: User, *, claims: int = _CLAIMS, others: int = _OTHERS
) -> SearchResults:
    """What fits best what was typed: words, "phrases", begin*. Claims as a person may see them.

    Args:
        typed: what was typed.
        viewer: who searches.
        claims: how many claims are wanted at the most.
        others: how many articles and sources.
    """
    shown = with_columns(Claim.objects.not_dismissed(), ("source", "outlet", "published"))
    return SearchResults(
        claims=as_seen_by(viewer, shown.best(typed, claims)),
        articles=Article.objects.select_related("outlet").best(typed, others),
        sources=Source.objects.filter(merged_into=None).best(typed, others),
    )
