"""The history pages of an article, a claim or a source."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from claims.access import signed_in
from claims.models import Article, ChangedClaim, Claim, Source
from claims.models.claims.blind import closed_to
from claims.queries.history import of_rows, of_source
from claims.web.components.paging import page_of


@require_GET
def article_history(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the changes to an article's claims, newest first, except those that the reader must not know yet."""
    found = get_object_or_404(Article, pk=pk)
    return _history(
        request,
        ChangedClaim.objects.filter(change__article=found),
        closed_to(signed_in(request.user), Claim.objects.of_article(found)),
        heading=found.headline,
        back=found.get_absolute_url(),
    )


@require_GET
def claim_history(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the changes to one claim, newest first; none to a reader who must not know its verdict yet."""
    found = get_object_or_404(Claim, pk=pk)
    return _history(
        request,
        ChangedClaim.objects.filter(claim=found),
        closed_to(signed_in(request.user), Claim.objects.filter(pk=pk)),
        heading=found.statement,
        back=found.get_absolute_url(),
        with_claim=False,
    )


@require_GET
def source_history(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the changes to a source's record and to its claims in all articles, newest first."""
    found = get_object_or_404(Source, pk=pk)
    return _history(
        request,
        ChangedClaim.objects.filter(claim__source=found),
        closed_to(signed_in(request.user), Claim.objects.filter(source=found)),
        heading=found.name,
        record=of_source(found),
    )


def _history(
    request: HttpRequest,
    rows: QuerySet[ChangedClaim],
    hidden: set[int],
    *,
    with_claim: bool = True,
    **shown: Any,
) -> HttpResponse:
    page = page_of(request, rows.select_related("change", "claim"), by="-id")
    entries = of_rows(page.object_list, hidden, with_claim=with_claim)
    context = {**shown, "history": entries, "hidden": hidden, "page": page}
    return render(request, "history/page.html", context)
