"""The table of all claims: filtered, sorted, counted, kept under a name."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_tables2 import Table

from claims.access import signed_in
from claims.actions import delete_filter, save_filter
from claims.choices import Fate
from claims.errors import FilterNotUnderstoodError, InvalidValueError
from claims.messages import message_of
from claims.models import Article, Claim, Revision, SavedFilter
from claims.models.blind import hide, open_to_all
from claims.models.claims import ClaimQuerySet
from claims.queries.claims.filters import COLUMNS, LIST, ClaimFilter
from claims.queries.claims.names import untracked
from claims.queries.claims.verdict_counts import Number, tally
from claims.web.cells import cells
from claims.web.deeds import RENDERER
from claims.web.paging import table_page
from claims.web.tables import USUAL_COLUMNS, ClaimTable


@dataclass(frozen=True)
class VerdictCount:
    """How many listed claims have a verdict, and the address of those alone, or of all again."""

    verdict: str
    count: Number
    url: str
    current: bool


@dataclass(frozen=True)
class Column:
    """A column to choose."""

    name: str
    label: str
    shown: bool


@require_GET
def claims(request: HttpRequest) -> HttpResponse:
    """The claims of all articles, under the filter in the address."""
    viewer = signed_in(request.user)
    chosen = _chosen(request)
    shown = _columns(request)
    table = claims_table(request, chosen.qs, shown, chosen.query, request.GET.get("q", ""))
    table.picks = any(map(viewer.has_perm, ("claims.change_claim", "claims.export_report")))
    context = {
        "filter": chosen,
        "table": table,
        "counts": list(_counts(chosen)),
        "columns": [
            Column(name, str(column.verbose_name), name in shown)
            for name, column in ClaimTable.base_columns.items()
        ],
        "saved": SavedFilter.objects.seen_by(viewer).select_related("owner"),
    }
    return render(request, "claims/list.html", context)


def _chosen(request: HttpRequest) -> ClaimFilter:
    """The filter in the address, whose fields are drawn as the panel's are."""
    chosen = ClaimFilter(
        untracked(request.GET), Claim.objects.all(), viewer=signed_in(request.user)
    )
    chosen.form.renderer = RENDERER
    return chosen


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
        _rows(claims, columns),
        default="-published",
        exclude=[name for name in ClaimTable.base_columns if name not in columns],
    )
    table.picks = False
    _link(table.keyset.object_list, query)
    hide(table.keyset.object_list, request.user)
    for claim in table.keyset.object_list:
        claim.cells = cells(claim, columns, words)
    return table


@require_GET
def claims_filter(request: HttpRequest) -> HttpResponse:
    """The fields of the filter, with what holds now: the part for htmx, for anybody else a page."""
    chosen = _chosen(request)
    part = request.htmx  # type: ignore[attr-defined]
    template = "claims/filter.html" if part else "claims/filter_page.html"
    return render(request, template, {"filter": chosen})


@require_POST
def save_claims_filter(request: HttpRequest) -> HttpResponse:
    """Keep the filter under a name, and show it."""
    query, viewer = request.POST.get("query", ""), signed_in(request.user)
    back = f"{reverse('claims')}?{query}"
    try:
        ClaimFilter.of_query(query, viewer).understood()
        kept = save_filter(
            actor=viewer,
            name=request.POST.get("name", ""),
            query=query,
            shared="shared" in request.POST,
        )
    except (FilterNotUnderstoodError, InvalidValueError) as error:
        messages.error(request, message_of(error))
        return redirect(back)
    messages.success(request, _("Saved as “%(name)s”.") % {"name": kept.name})
    return redirect(kept)


@require_POST
def delete_claims_filter(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a filter that was kept."""
    delete_filter(actor=signed_in(request.user), filter_id=pk)
    messages.success(request, _("The filter is deleted. Its claims are not."))
    return redirect("claims")


def _columns(request: HttpRequest) -> Sequence[str]:
    """The columns to show: those of the address, or those that this person chose last, or the usual ones."""
    chosen = [name for name in request.GET.getlist(COLUMNS) if name in ClaimTable.base_columns]
    if chosen:
        request.session[COLUMNS] = chosen
        return chosen
    kept: Sequence[str] = request.session.get(COLUMNS, USUAL_COLUMNS)
    return kept


def _rows(claims: ClaimQuerySet, columns: Collection[str]) -> ClaimQuerySet:
    """Claims with what their lines show, and no text of an article; in a query for each table that they show."""
    # Read apart and not joined: a database that may begin with another table sometimes does.
    articles = Article.objects.order_by().only("headline")
    revisions = Revision.objects.order_by().only("article")
    read: dict[str, Any] = {
        "source": "source",
        "outlet": "outlet",
        "article": Prefetch("revision__article", articles),
        "assigned": "assigned_to",
        "tags": "tags",
    }
    wanted = [what for column, what in read.items() if column in columns]
    unseen = ("spans", "source_spans", "cue_spans", "prefix", "suffix", "quote", "reasons")
    return claims.defer(*unseen).prefetch_related(Prefetch("revision", revisions), *wanted)


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


def _counts(chosen: ClaimFilter) -> Iterator[VerdictCount]:
    """How many claims have which verdict under the other filters."""
    if not chosen.is_valid():
        return
    current = chosen.form.cleaned_data["verdict"]
    for verdict, count in tally(open_to_all(chosen.without("verdict"))).items():
        query = chosen.query_with(verdict="" if verdict == current else verdict)
        yield VerdictCount(verdict, count, f"{reverse('claims')}?{query}", verdict == current)
