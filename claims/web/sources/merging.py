"""Merging sources: possible duplicates, the merge, and undoing it."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from claims.access import signed_in
from claims.actions import mark_distinct, merge_sources, unmerge_sources
from claims.errors import NotPossibleError
from claims.messages import message_of
from claims.models import Source
from claims.queries.sources.duplicates import proposal_page
from claims.queries.sources.merges import choices_for, preview_of


@require_GET
def sources_alike(request: HttpRequest) -> HttpResponse:
    """Show possible duplicates, for an editor to decide."""
    before = request.GET.get("before", "")
    page = proposal_page(int(before) if before.isdecimal() and len(before) < 19 else None)
    return render(request, "sources/duplicates.html", {"page": page})


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
    if not typed.isdecimal() or len(typed) > 18:
        return None
    return Source.objects.select_related("article", "merged_into").filter(pk=typed).first()


@require_POST
def part_source(request: HttpRequest, pk: int) -> HttpResponse:
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


@require_POST
def apart(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """Mark two sources as different, and return to the page where that was done."""
    first, second = (get_object_or_404(Source, pk=one) for one in (pk, other))
    mark_distinct(actor=signed_in(request.user), source=first, other=second)
    said = _(
        "“%(source)s” and “%(other)s” are marked as different. They will not be suggested again."
    )
    messages.success(request, said % {"source": first.name, "other": second.name})
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = reverse("sources-alike")
    return redirect(back)
