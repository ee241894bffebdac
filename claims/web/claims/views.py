"""The list of all claims: filtered, sorted and counted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from claims.access import signed_in
from claims.models import Claim, SavedFilter
from claims.models.claims.blind import open_to_all, waiting_blind
from claims.models.claims.querysets import ClaimQuerySet
from claims.queries.claims.filters import COLUMNS, ClaimFilter
from claims.queries.claims.names import untracked
from claims.queries.claims.verdict_counts import Number, count_verdicts
from claims.web.claims.listing import claims_table
from claims.web.claims.tables import USUAL_COLUMNS, ClaimTable
from claims.web.components.form_fields import RENDERER
from claims.web.site.requests import asks_part


@dataclass(frozen=True)
class VerdictCount:
    """How many listed claims have a verdict, and the address of only those, or of all again."""

    verdict: str
    count: Number
    url: str
    current: bool


@dataclass(frozen=True)
class Column:
    """A column that can be shown or hidden."""

    name: str
    label: str
    shown: bool


@require_GET
def claims(request: HttpRequest) -> HttpResponse:
    """Show the claims of all articles that match the filter in the address."""
    viewer = signed_in(request.user)
    chosen = _chosen(request)
    shown = _columns(request)
    table = claims_table(
        request,
        chosen.qs,
        shown,
        chosen.query,
        request.GET.get("q", ""),
        selectable=any(map(viewer.has_perm, ("claims.change_claim", "claims.export_report"))),
    )
    to_count = chosen.to_count(without="verdict")
    context = {
        "filter": chosen,
        "table": table,
        "counts": list(_counts(chosen, to_count)),
        # What these leave out because it is waiting for a blind check.
        "uncounted": waiting_blind(to_count).count(),
        "with_inactive": _with_inactive(chosen),
        "columns": [
            Column(name, str(column.verbose_name), name in shown)
            for name, column in ClaimTable.base_columns.items()
        ],
        "saved": SavedFilter.objects.seen_by(viewer).select_related("owner"),
    }
    return render(request, "claims/list.html", context)


def _chosen(request: HttpRequest) -> ClaimFilter:
    """Return the filter in the address, with its fields styled like those of the panel."""
    chosen = ClaimFilter(
        untracked(request.GET), Claim.objects.all(), viewer=signed_in(request.user)
    )
    chosen.form.renderer = RENDERER
    return chosen


@require_GET
def claims_filter(request: HttpRequest) -> HttpResponse:
    """Show the filter's fields with their current values: a fragment for htmx, otherwise a page."""
    chosen = _chosen(request)
    part = asks_part(request)
    template = "claims/filter.html" if part else "claims/filter_page.html"
    return render(request, template, {"filter": chosen})


def _columns(request: HttpRequest) -> Sequence[str]:
    """Return the visible columns: those in the address, this person's last choice, or the defaults."""
    chosen = [name for name in request.GET.getlist(COLUMNS) if name in ClaimTable.base_columns]
    if chosen:
        request.session[COLUMNS] = chosen
        return chosen
    kept: Sequence[str] = request.session.get(COLUMNS, USUAL_COLUMNS)
    return kept


def _with_inactive(chosen: ClaimFilter) -> str:
    """Return the address of the same list including the claims left out by default; "" if none are left out."""
    if not chosen.is_valid() or chosen.form.cleaned_data["state"]:
        return ""
    return f"{reverse('claims')}?{chosen.query_with(state='all')}"


def _counts(chosen: ClaimFilter, claims: ClaimQuerySet) -> Iterator[VerdictCount]:
    """Return how many of the claims that all other filters select have which verdict."""
    if not chosen.is_valid():
        return
    current = chosen.form.cleaned_data["verdict"]
    for verdict, count in count_verdicts(open_to_all(claims)).items():
        query = chosen.query_with(verdict="" if verdict == current else verdict)
        yield VerdictCount(verdict, count, f"{reverse('claims')}?{query}", verdict == current)
