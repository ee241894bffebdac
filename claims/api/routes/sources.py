"""Sources: listed, read, found or created."""

from typing import Annotated, Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Status

from claims.actions import create_source as create
from claims.api.endpoints import endpoint, page, viewer_of
from claims.api.idempotency import once
from claims.api.schemas.base import Cursor, Id, Limit
from claims.api.schemas.sources import NewSource, SourceOut, SourcePage, SourceRecord, source_data
from claims.models import Article, Claim, Source
from claims.models.claims.blind import hidden_from
from claims.queries.claims.verdict_counts import counted

router = Router(tags=["sources"])

Beginning = Annotated[
    str, Query(max_length=300, description="Only those of which a name or a word begins like this.")
]


@endpoint(router, "GET", "/sources", SourcePage)
def list_sources(
    request: HttpRequest, q: Beginning = "", cursor: Cursor = "", limit: Limit = 100
) -> dict[str, Any]:
    """List sources, the newest first."""
    chosen = Source.objects.filter(merged_into=None)
    if q.strip():
        chosen = chosen.filter(pk__in=Source.objects.beginning(q.strip()).order_by().values("pk"))
    return page(chosen, "-id", cursor, limit, lambda found: map(source_data, found))


@endpoint(router, "GET", "/sources/{pk}", SourceRecord)
def get_source(request: HttpRequest, pk: Id) -> dict[str, Any]:
    """Return a source with how many of its active claims have which verdict. For a merged one, the one that it is now."""
    found = get_object_or_404(Source, pk=pk).current()
    claims = Claim.objects.active().filter(source=found)
    counts = counted(claims, hidden_from(viewer_of(request), claims))
    return source_data(found) | {"verdicts": counts.by_verdict()}


@endpoint(router, "POST", "/sources", SourceOut, status=201, once=once)
def create_source(request: HttpRequest, source: NewSource) -> Status[dict[str, Any]]:
    """Find the source with that name and kind, or create it."""
    article = get_object_or_404(Article, pk=source.article_id) if source.article_id else None
    made = create(actor=viewer_of(request), name=source.name, kind=source.kind, article=article)
    return Status(201, source_data(made))
