"""Many claims as a file, which the worker writes; and saved filters."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from ninja import Router, Status

from claims import renderers
from claims.actions import begin_export
from claims.actions.exports import open_export, write_in_background
from claims.api.endpoints import endpoint, viewer_of
from claims.api.idempotency import once
from claims.api.routes.claims import filter_of
from claims.api.schemas import base as schemas
from claims.api.schemas.base import Id
from claims.choices import JobStatus
from claims.models import Export, SavedFilter
from claims.queries.accounts import display_name
from claims.queries.claims.names import parsed

router = Router(tags=["exports"])


def _export(export: Export) -> dict[str, Any]:
    names = ("format", "query", "status", "total", "done", "size", "error")
    return {name: getattr(export, name) for name in names} | {
        "id": export.pk,
        "created_at": export.created_at,
        "expires_at": export.expires_at,
    }


@endpoint(router, "POST", "/exports", schemas.Export, status=202, once=once)
def create_export(request: HttpRequest, export: schemas.NewExport) -> Status[dict[str, Any]]:
    """Have the worker write all claims that a filter lists into a file, which is kept for a day."""
    actor = viewer_of(request)
    listed = filter_of(parsed(export.query), actor, beside={"sort"})
    made = begin_export(actor=actor, query=listed.query, key=export.format, total=listed.qs.count())
    write_in_background.enqueue(made.pk)
    return Status(202, _export(made))


@endpoint(router, "GET", "/exports/{pk}", schemas.Export)
def get_export(request: HttpRequest, pk: Id) -> dict[str, Any]:
    """Return how far an export is."""
    return _export(_own(request, pk))


@endpoint(router, "GET", "/exports/{pk}/file", bytes)
def get_export_file(request: HttpRequest, pk: Id) -> HttpResponseBase:
    """Download the file of a complete export."""
    found = _own(request, pk)
    if found.status != JobStatus.DONE:
        raise Http404
    try:
        file = open_export(found)
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(file, content_type=renderers.get(found.format).content_type)


def _own(request: HttpRequest, pk: int) -> Export:
    return get_object_or_404(Export.objects.open_to(viewer_of(request)), pk=pk)


@endpoint(router, "GET", "/filters", schemas.SavedFilters)
def list_saved_filters(request: HttpRequest) -> dict[str, Any]:
    """List the account's saved filters, and those shared with the newsroom."""
    seen = SavedFilter.objects.seen_by(viewer_of(request)).select_related("owner")
    return {
        "items": [
            {
                "id": one.pk,
                "name": one.name,
                "query": one.query,
                "owner": display_name(one.owner),
                "shared": one.shared,
            }
            for one in seen
        ]
    }
