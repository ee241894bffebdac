"""Search over everything: the claims, articles and sources that fit best what was typed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from claims.access import signed_in
from claims.queries.search import best_matches


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """What fits best, of each kind, and the way to all claims that match."""
    typed = request.GET.get("q", "").strip()
    context = {
        "typed": typed,
        "found": best_matches(typed, signed_in(request.user)),
        "listed": urlencode({"q": typed, "state": "all"}),
    }
    return render(request, "search/page.html", context)
