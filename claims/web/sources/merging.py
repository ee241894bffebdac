"""Merging sources: possible duplicates, the merge, and undoing it."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from claims.access import signed_in
from claims.actions import merge_sources, unmerge_sources
from claims.errors import NotPossibleError
from claims.messages import message_of
from claims.models import Source
from claims.models.base.ids import id_of
from claims.queries.sources.merges import choices_for, preview_of


@require_http_methods(["GET", "POST"])
def merge_source(request: HttpRequest, pk: int) -> HttpResponse:
    """Merge a source into another: choose that one, preview the merge, then do it."""
    found = get_object_or_404(Source.objects.select_related("article", "merged_into"), pk=pk)
    into = _chosen(request.POST.get("into") or request.GET.get("into", ""))
    context: dict[str, Any] = {
        "source": found,
        "into": into,
        "typed": " ".join(request.GET.get("name", "").split()),
    }
    status = HTTPStatus.OK
    if request.method == "POST" and into:
        try:
            bulk_change = merge_sources(actor=signed_in(request.user), source=found, into=into)
        except NotPossibleError as error:
            status = HTTPStatus(error.status)
            context["problem"] = message_of(error)
        else:
            said = _("“%(source)s” has been merged into “%(into)s”.")
            messages.success(request, said % {"source": found.name, "into": into.name})
            if not bulk_change.ended:
                messages.info(request, _("Its claims are being moved in the background."))
            return redirect(into)
    if into:
        context["preview"] = preview_of(found, into)
    else:
        context["choices"] = choices_for(found, context["typed"])
    return render(request, "sources/merge.html", context, status=status)


def _chosen(typed: str) -> Source | None:
    """Return the source with that id; None if the address names none."""
    pk = id_of(typed)
    if pk is None:
        return None
    return Source.objects.select_related("article", "merged_into").filter(pk=pk).first()


@require_POST
def unmerge_source(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo a merge."""
    found = get_object_or_404(Source.objects.select_related("merged_into"), pk=pk)
    bulk_change = unmerge_sources(actor=signed_in(request.user), source=found)
    if bulk_change.ended:
        said = ngettext(
            "“%(source)s” is a separate source again, with %(number)d claim.",
            "“%(source)s” is a separate source again, with %(number)d claims.",
            bulk_change.changed,
        )
    else:
        said = _(
            "“%(source)s” is a separate source again. Its claims are being moved back in the background."
        )
    messages.success(request, said % {"source": found.name, "number": bulk_change.changed})
    return redirect(found)
