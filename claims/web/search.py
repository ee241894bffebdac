"""Search over everything: the best matching claims, articles and sources, on a page or in the palette."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from claims.access import signed_in
from claims.queries.search import best_matches
from claims.web.access import is_met, need_of


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


_FEW_CLAIMS, _FEW_OTHERS = 6, 4
"""How many of the best the palette shows."""


@require_GET
def palette(request: HttpRequest) -> HttpResponse:
    """Return what the palette offers: without `q` the places, else the few best matches of each kind.

    The last word may be only a beginning. Who may not search finds nothing.
    """
    viewer, typed = signed_in(request.user), request.GET.get("q", "").strip()
    found = None
    if typed and is_met(need_of("search", {}), viewer):
        begun = f"{typed}*" if typed[-1].isalnum() else typed
        found = best_matches(begun, viewer, claims=_FEW_CLAIMS, others=_FEW_OTHERS)
    return render(request, "search/palette.html", {"typed": typed, "found": found})
