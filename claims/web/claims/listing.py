"""The table of claims, as several pages show it."""

from collections.abc import Collection, Sequence
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django_tables2 import Table

from claims.choices import Fate
from claims.models import Claim
from claims.models.claims.blind import hide
from claims.models.claims.claim import ClaimQuerySet
from claims.queries.claims.filters import LIST
from claims.queries.claims.rows import with_columns
from claims.web.claims.cells import cells
from claims.web.claims.tables import ClaimTable
from claims.web.components.paging import table_page


def claims_table(
    request: HttpRequest,
    claims: ClaimQuerySet,
    columns: Collection[str],
    query: str,
    words: str = "",
) -> Table:
    """One page of a table of claims, sorted and found by the address.

    Args:
        request: whose list it is.
        claims: what is listed.
        columns: which columns show.
        query: the filter that lists the same, which the review queue goes through.
        words: what was searched for, to be marked.
    """
    table = table_page(
        request,
        ClaimTable,
        with_columns(claims, columns),
        default="-published",
        exclude=[name for name in ClaimTable.base_columns if name not in columns],
    )
    table.picks = False
    _link(table.keyset.object_list, query)
    hide(table.keyset.object_list, request.user)
    for claim in table.keyset.object_list:
        claim.cells = cells(claim, columns, words)
    return table


def _link(claims: Sequence[Claim], query: str) -> None:
    """Give each claim its `queue_url`, its place in the review queue that goes through this list, and its `source_url`."""
    address, listed = reverse("article", args=[0]), urlencode({LIST: query})
    source = reverse("source", args=[0])
    for claim in claims:
        article = address.replace("0", str(claim.revision.article_id))
        claim.source_url = source.replace("0", str(claim.source_id))  # type: ignore[attr-defined]
        claim.queue_url = (  # type: ignore[attr-defined]
            reverse("find-claim", args=[claim.pk])
            if claim.fate in {Fate.ORPHAN, Fate.WITHDRAWN}
            else f"{article}?claim={claim.pk}&{listed}"
        )
