"""The table of claims, shared by several pages."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django_tables2 import Table

from claims.access import signed_in
from claims.choices import AnchorStatus
from claims.models import Claim
from claims.models.claims.querysets import ClaimQuerySet
from claims.queries.claims.filters import LIST
from claims.queries.claims.rows import ClaimRow, as_seen_by, with_columns
from claims.queries.matching.seen_counts import NOTHING, SeenCounts, seen_counts
from claims.web.claims.cells import Line
from claims.web.claims.tables import ClaimTable
from claims.web.components.paging import table_page
from claims.web.site.numbers import template_of


def claims_table(
    request: HttpRequest,
    claims: ClaimQuerySet,
    columns: Collection[str],
    query: str,
    words: str = "",
    *,
    selectable: bool = False,
) -> Table:
    """Return one page of a table of claims, with sort order and page from the address.

    Args:
        request: whose list it is.
        claims: what is listed.
        columns: which columns show.
        query: the filter for the same list, which the review queue goes through.
        words: the search terms, to be marked.
        selectable: whether its rows can be selected.
    """
    viewer = signed_in(request.user)

    def lines(page: list[Claim]) -> list[Line]:
        rows = as_seen_by(viewer, page)
        seen = seen_counts(rows if "archive" in columns else [], viewer)
        return list(_lines(rows, seen, columns, query, words))

    return table_page(
        request,
        ClaimTable,
        with_columns(claims, columns),
        default="-published",
        as_rows=lines,
        selectable=selectable,
        exclude=[name for name in ClaimTable.base_columns if name not in columns],
    )


def _lines(
    rows: Iterable[ClaimRow],
    seen: Mapping[int, SeenCounts],
    columns: Collection[str],
    query: str,
    words: str,
) -> Iterator[Line]:
    """The lines of a page, each with its place in the review queue that goes through this list, and its source's page."""
    article, source = template_of("article"), template_of("source")
    listed = urlencode({LIST: query})
    for row in rows:
        claim = row.claim
        yield Line(
            row,
            seen=seen.get(row.pk, NOTHING),
            queue_url=reverse("find-claim", args=[claim.pk])
            if claim.anchor_status in {AnchorStatus.ORPHAN, AnchorStatus.WITHDRAWN}
            else f"{article.format(claim.revision.article_id)}?claim={claim.pk}&{listed}",
            source_url=source.format(claim.source_id),
            columns=columns,
            words=words,
        )
