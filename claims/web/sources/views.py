"""The pages of the registry of sources."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from claims.access import signed_in
from claims.choices import SourceKind
from claims.models import Article, Source
from claims.queries.sources.choices import source_choices
from claims.queries.sources.duplicates import proposals_for
from claims.queries.sources.records import source_rows
from claims.web.components.paging import table_page
from claims.web.sources.forms import SourceFilterForm
from claims.web.sources.page import links_of, record_page
from claims.web.sources.tables import SourceTable

_MERGED = 50
"""How many sources that were merged into one its page names."""


@require_GET
def sources(request: HttpRequest) -> HttpResponse:
    """Show the list of sources."""
    form = SourceFilterForm(request.GET)
    rows = form.sources().select_related("article")
    table = table_page(request, SourceTable, rows, default="name", as_rows=source_rows)
    return render(request, "sources/list.html", {"form": form, "table": table})


@require_GET
def source(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a source: its details, its claims, and its possible duplicates."""
    found = get_object_or_404(
        Source.objects.select_related("article", "merged_into", "merge_job"), pk=pk
    )
    context = {
        "source": found,
        "moving": found.merge_job if found.merge_job and not found.merge_job.ended else None,
        "aliases": found.aliases.select_related("merged_from"),
        "links": links_of(found),
        "merged": found.merged.order_by("name", "pk")[:_MERGED],
        "current": found.current(),
        "record": record_page(request, signed_in(request.user), found),
        "proposals": proposals_for(found),
    }
    return render(request, "sources/page.html", context)


@require_GET
def source_options(request: HttpRequest) -> HttpResponse:
    """Return sources whose name or alias begins as typed, for the source field."""
    typed = " ".join((request.GET.get("name") or request.GET.get("source", "")).split())
    found = Source.objects.beginning(typed)[:12] if typed else []
    return render(request, "sources/options.html", {"sources": found})


@require_GET
def choices_of_article(request: HttpRequest, pk: int) -> HttpResponse:
    """Return the options of the field for a claim's source: known sources, and the kinds that a new name can have."""
    article = get_object_or_404(Article, pk=pk)
    typed = " ".join(request.GET.get("name", "").split())
    choices = source_choices(article, typed)
    is_known = any(choice.source.name_key == typed.casefold() for choice in choices)
    # Nothing is known of a new name: of what is not chosen, the kind is "other".
    ordered = sorted(SourceKind.choices, key=lambda kind: kind[0] != SourceKind.OTHER)
    kinds = ordered if typed and not is_known else []
    context = {"choices": choices, "typed": typed, "kinds": kinds}
    return render(request, "sources/choices.html", context)
