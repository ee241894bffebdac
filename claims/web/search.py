"""Search over everything: the claims, articles and sources that fit best what was typed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from claims.models import Article, Claim, Source
from claims.models.claims.blind import hide

_CLAIMS, _OTHERS = 20, 8
"""How many of the best are shown."""


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """What fits best, of each kind, and the way to all claims that match."""
    typed = request.GET.get("q", "").strip()
    listed = urlencode({"q": typed, "state": "all"})
    claims = Claim.objects.standing().select_related("source", "outlet").best(typed, _CLAIMS)
    hide(claims, request.user)
    context = {
        "typed": typed,
        "claims": claims,
        "articles": Article.objects.select_related("outlet").best(typed, _OTHERS),
        "sources": Source.objects.filter(merged_into=None).best(typed, _OTHERS),
        "listed": listed,
    }
    return render(request, "search/page.html", context)
