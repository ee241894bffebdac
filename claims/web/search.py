"""Search over everything: the best matching claims, articles and sources."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from claims.access import signed_in
from claims.queries.search import best_matches


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Show the best matches of each kind, with a link to all matching claims."""
    typed = request.GET.get("q", "").strip()
    context = {
        "typed": typed,
        "found": best_matches(typed, signed_in(request.user)),
        "listed": urlencode({"q": typed, "state": "all"}),
    }
    return render(request, "search/page.html", context)
