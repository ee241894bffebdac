"""The pages of the registry of sources, and the figures. Thin: what changes anything is an action."""

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
from claims.actions import merge_sources, part_sources, tell_apart
from claims.errors import NotPossibleError
from claims.messages import message_of
from claims.models import Source
from claims.queries.sources.duplicates import proposal_page, proposals_for
from claims.queries.sources.merges import choices_for, preview_of
from claims.web.counts import PERIODS, of_period
from claims.web.paging import table_page
from claims.web.source_forms import PeriodForm, SourceFilterForm
from claims.web.source_page import links_of, record_of, with_claims
from claims.web.source_tables import SourceTable

_MERGED = 50
"""How many sources that were merged into one its page names."""


@require_GET
def sources(request: HttpRequest) -> HttpResponse:
    """The list of sources."""
    form = SourceFilterForm(request.GET)
    rows = form.sources().select_related("article")
    table = with_claims(table_page(request, SourceTable, rows, default="name"))
    return render(request, "sources/list.html", {"form": form, "table": table})


@require_GET
def source(request: HttpRequest, pk: int) -> HttpResponse:
    """One source: who it is, what it said, and whom it may be the same as."""
    found = get_object_or_404(
        Source.objects.select_related("article", "merged_into", "moved_by"), pk=pk
    )
    context = {
        "source": found,
        "moving": found.moved_by if found.moved_by and not found.moved_by.ended else None,
        "aliases": found.aliases.select_related("merged_from"),
        "links": links_of(found),
        "merged": found.merged.order_by("name", "pk")[:_MERGED],
        "current": found.current(),
        "record": record_of(request, signed_in(request.user), found),
        "proposals": proposals_for(found),
    }
    return render(request, "sources/source.html", context)


@require_GET
def sources_alike(request: HttpRequest) -> HttpResponse:
    """Sources that may be the same, for an editor to say."""
    before = request.GET.get("before", "")
    page = proposal_page(int(before) if before.isdecimal() and len(before) < 19 else None)
    return render(request, "sources/alike.html", {"page": page})


@require_GET
def figures(request: HttpRequest) -> HttpResponse:
    """How many claims have which verdict, over some weeks."""
    weeks = PeriodForm(request.GET).chosen()
    context = {
        "figures": of_period(signed_in(request.user), weeks),
        "weeks": weeks,
        "periods": PERIODS,
    }
    return render(request, "figures/page.html", context)


@require_http_methods(["GET", "POST"])
def merge_source(request: HttpRequest, pk: int) -> HttpResponse:
    """Merge a source into another: find that one, look at what would change, then one step."""
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
            batch = merge_sources(actor=signed_in(request.user), source=found, into=into)
        except NotPossibleError as error:
            status = HTTPStatus(error.status)
            context["problem"] = message_of(error)
        else:
            said = _("“%(source)s” is now “%(into)s”.")
            messages.success(request, said % {"source": found.name, "into": into.name})
            if not batch.ended:
                messages.info(request, _("Its claims follow in the background."))
            return redirect(into)
    if into:
        context["preview"] = preview_of(found, into)
    else:
        context["choices"] = choices_for(found, context["typed"])
    return render(request, "sources/merge.html", context, status=status)


def _chosen(typed: str) -> Source | None:
    """The source of that id; None where the address names none."""
    if not typed.isdecimal() or len(typed) > 18:
        return None
    return Source.objects.select_related("article", "merged_into").filter(pk=typed).first()


@require_POST
def part_source(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a merge back."""
    found = get_object_or_404(Source.objects.select_related("merged_into"), pk=pk)
    batch = part_sources(actor=signed_in(request.user), source=found)
    if batch.ended:
        said = ngettext(
            "“%(source)s” is a source of its own again, with %(number)d claim.",
            "“%(source)s” is a source of its own again, with %(number)d claims.",
            batch.changed,
        )
    else:
        said = _("“%(source)s” is a source of its own again. Its claims follow in the background.")
    messages.success(request, said % {"source": found.name, "number": batch.changed})
    return redirect(found)


@require_POST
def apart(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """Keep that two sources are not the same, and go back to where that was said."""
    first, second = (get_object_or_404(Source, pk=one) for one in (pk, other))
    tell_apart(actor=signed_in(request.user), source=first, other=second)
    said = _("“%(source)s” and “%(other)s” stay apart. You will not be asked again.")
    messages.success(request, said % {"source": first.name, "other": second.name})
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = reverse("sources-alike")
    return redirect(back)
