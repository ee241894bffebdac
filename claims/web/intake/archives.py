"""Archives in the browser: uploaded, looked at, imported by the worker with their progress, stopped and continued."""

import csv
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from claims.access import signed_in
from claims.actions import add_archive, discard_archive, start_archive, stop_archive
from claims.errors import WorkbenchError, from_data
from claims.ingest import archives as formats
from claims.ingest.archive_records import field
from claims.messages import message_of
from claims.models import ArchiveImport
from claims.queries.tasks import wait_in_vain
from claims.renderers.data.guard import guarded
from claims.web.site.requests import asks_part

ACTIONS = {"start": start_archive, "stop": stop_archive, "discard": discard_archive}
"""What a button does, by the word in its address."""

KINDS = ", ".join(f".{extension}" for extension in formats.ARCHIVES)

_LATEST = 20
_FIELDS = {
    "headline": gettext_lazy("Headline"),
    "body": gettext_lazy("Text"),
    "outlet": gettext_lazy("Outlet"),
    "byline": gettext_lazy("Byline"),
    "url": gettext_lazy("Address"),
    "published": gettext_lazy("Published"),
    "embargoed_until": gettext_lazy("Embargoed until"),
    "language": gettext_lazy("Language"),
}


@require_http_methods(["GET", "POST"])
def archives(request: HttpRequest) -> HttpResponse:
    """List a person's imports, and take a new archive."""
    actor = signed_in(request.user)
    message, status = "", HTTPStatus.OK
    if request.method == "POST":
        file = request.FILES.get("file")
        try:
            if file:
                made = add_archive(actor=actor, file=file, name=file.name or "")
                return redirect("archive", made.pk)
            message = _("Choose a file.")
            status = HTTPStatus.BAD_REQUEST
        except WorkbenchError as error:
            message, status = message_of(error), HTTPStatus(error.status)
    shown = ArchiveImport.objects.of(actor)[:_LATEST]
    context = {"imports": shown, "kinds": KINDS, "message": message}
    return render(request, "intake/archives.html", context, status=status)


@require_GET
def archive(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what an archive holds before it is imported, and its progress after that."""
    found = _own(request, pk)
    part = asks_part(request)
    context = {
        "archive": found,
        "columns": [(name, _FIELDS.get(field(name), "")) for name in found.preview["columns"]],
        "records": [_record(record) for record in found.preview["records"]],
        "no_worker": wait_in_vain(found.status),
        "announce": part,
    }
    return render(request, "intake/archive_status.html" if part else "intake/archive.html", context)


def _record(told: dict[str, Any]) -> dict[str, Any]:
    """Return a record of the preview as the page shows it."""
    error, published = told.get("error"), told.get("published")
    return {
        "line": told["line"],
        "problem": message_of(from_data(error)) if error else "",
        "headline": told.get("headline", ""),
        "outlet": told.get("outlet", ""),
        "text": told.get("text", ""),
        "published": parse_datetime(published) if published else None,
    }


@require_POST
def act(request: HttpRequest, pk: int, word: str) -> HttpResponse:
    """Start or continue an import, stop it, or discard it."""
    ACTIONS[word](actor=signed_in(request.user), archive_id=_own(request, pk).pk)
    return redirect("archives") if word == "discard" else redirect("archive", pk)


class _Line:
    """What `csv.writer` writes to: it gives back each line."""

    def write(self, line: str) -> str:
        """Return the line."""
        return line


@require_GET
def problems(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Download the list of the records that were not imported."""
    found = _own(request, pk)
    response = StreamingHttpResponse(_lines(found), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=f"not-imported-{found.pk}.csv"
    )
    return response


def _lines(archive: ArchiveImport) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield "\N{BYTE ORDER MARK}" + writer.writerow([_("Line"), _("Reason")])
    rows = archive.problems.values_list("line", "error")
    for line, error in rows.iterator(chunk_size=1_000):
        yield writer.writerow([line, guarded(message_of(from_data(error)))])


def _own(request: HttpRequest, pk: int) -> ArchiveImport:
    return get_object_or_404(ArchiveImport.objects.of(signed_in(request.user)), pk=pk)
