"""The views of the review page. They are thin: actions make changes, and queues provide what is shown."""

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
)
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_POST

from claims.access import signed_in
from claims.actions import be_present
from claims.models import Article, Change, Claim, Evidence
from claims.web.review.forms import CLAIM_ACTION_FORMS
from claims.web.review.links import CountedLinks, LinkedQueue, queue_of
from claims.web.review.page import ahead, changed_since, panel, review_page, visited
from claims.web.review.responses import Review, new_claim
from claims.web.review.teamwork_forms import PresenceForm
from claims.web.site.requests import PANEL, asks, asks_part


@require_GET
def article(request: HttpRequest, pk: int) -> HttpResponse:
    """An article's text with its claims, and the claim that the address names; for htmx that one's panel alone."""
    found = get_object_or_404(Article.objects.select_related("outlet"), pk=pk)
    queue = queue_of(request, found, LinkedQueue)
    placed = queue.find(request.GET.get("claim"))
    if not asks_part(request):
        return review_page(request, queue, panel(queue, placed))
    response = visited(request, queue, placed)
    response["HX-Push-Url"] = queue.url(placed) if placed else queue.end
    return response


@require_GET
def claim(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the claim's panel for htmx; otherwise the page of its article with the claim."""
    article = get_object_or_404(Article.objects.select_related("outlet"), revisions__claims=pk)
    queue = queue_of(request, article, LinkedQueue)
    # A claim whose words are gone is still in an earlier text.
    found = queue.row(pk) or get_object_or_404(Claim, pk=pk)
    if not asks_part(request):
        return redirect(queue.url(found))
    if asks(request, PANEL):
        return ahead(request, queue, found)
    response = visited(request, queue, found)
    response["HX-Push-Url"] = queue.url(found)
    return response


@require_POST
def decide_claim(request: HttpRequest, pk: int) -> HttpResponse:
    """Set the verdict, with the reason and the evidence that were typed, and move on."""
    return Review(request, pk).decide()


@require_POST
def add_claim_evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """Add the document that was typed, and stay."""
    return Review(request, pk).add_evidence()


@require_POST
def edit_evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the description of a document, and stay on its claim."""
    piece = get_object_or_404(Evidence, pk=pk)
    return Review(request, piece.claim_id).edit_evidence(piece)


@require_POST
def remove_evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a document from its claim, and stay there."""
    piece = get_object_or_404(Evidence, pk=pk)
    return Review(request, piece.claim_id).remove_evidence(piece)


@require_POST
def change_claim(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """Do one of the panel's actions to a claim."""
    if action not in CLAIM_ACTION_FORMS:
        raise Http404
    return Review(request, pk).do(action)


@require_POST
def create_claim(request: HttpRequest, pk: int) -> HttpResponse:
    """Create a claim from words selected in the article."""
    return new_claim(request, get_object_or_404(Article, pk=pk))


@require_POST
def undo_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo or redo a change, and show the first claim that it touched."""
    change = get_object_or_404(Change, pk=pk)
    touched = change.claims.order_by("pk").first()
    if touched is None:
        raise Http404
    return Review(request, touched.claim_id).undo(change)


@require_POST
def presence(request: HttpRequest, pk: int) -> HttpResponse:
    """Record which claim the page shows, and tell who else has the article open and what was changed meanwhile."""
    article = get_object_or_404(Article, pk=pk)
    form = PresenceForm(request.POST)
    told = form.cleaned_data if form.is_valid() else {}
    others = be_present(actor=signed_in(request.user), article=article, claim_id=told.get("claim"))
    return changed_since(
        request, queue_of(request, article, CountedLinks), others, told.get("since")
    )
