"""The rows of a list of claims: what their lines show, and no more."""

from collections.abc import Collection
from typing import Any

from django.db.models import Prefetch

from claims.models import Article, Revision
from claims.models.claims.claim import ClaimQuerySet


def with_columns(claims: ClaimQuerySet, columns: Collection[str]) -> ClaimQuerySet:
    """Claims with what their lines show, and no text of an article; in a query for each table that they show."""
    # Read apart and not joined: a database that may begin with another table sometimes does.
    articles = Article.objects.order_by().only("headline")
    revisions = Revision.objects.order_by().only("article")
    read: dict[str, Any] = {
        "source": "source",
        "outlet": "outlet",
        "article": Prefetch("revision__article", articles),
        "assigned": "assigned_to",
        "tags": "tags",
    }
    wanted = [what for column, what in read.items() if column in columns]
    unseen = ("spans", "source_spans", "cue_spans", "prefix", "suffix", "quote", "reasons")
    return claims.defer(*unseen).prefetch_related(Prefetch("revision", revisions), *wanted)
