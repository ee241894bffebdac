"""The preview of an inbox item, before it is accepted."""

from collections.abc import Iterator, Sequence
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from claims import extraction
from claims.access import signed_in
from claims.actions import accept_item, discard_item, edit_item, retry_item
from claims.choices import JobStatus
from claims.errors import WorkbenchError
from claims.extraction.types import Claim as ProposedClaim
from claims.ingest.types import ArticleDraft
from claims.messages import message_of
from claims.models import Article, Claim, IntakeItem
from claims.models.articles import standing
from claims.models.claims.blind import hidden_from
from claims.queries.articles.duplicates import Duplicate, duplicates
from claims.queries.articles.rows import article_rows
from claims.queries.claims.verdict_counts import VerdictCounts, with_verdict_counts
from claims.queries.matching.preview import seen_proposals
from claims.queries.review.orders import ORDER, ORDERS, SEEN_FIRST, SEEN_LAST
from claims.queries.review.rows import QueuedClaim
from claims.web.components.marked_text import paragraphs
from claims.web.intake.forms import PasteForm
from claims.web.intake.views import in_inbox, line_of
from claims.web.site.requests import asks_part

COMPARED = 200
"""How many claims are compared with the archive while somebody waits; a worker compares the rest once they are accepted."""


@require_http_methods(["GET", "POST"])
def intake(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an inbox item before it is accepted. For htmx, its line in the inbox if it has changed."""
    actor = signed_in(request.user)
    found = get_object_or_404(in_inbox(actor), pk=pk)
    if asks_part(request):
        if request.GET.get("seen") == found.stage:
            # A line that is replaced is read aloud again by screen readers.
            return HttpResponse(status=HTTPStatus.NO_CONTENT)
        return render(request, "intake/inbox_lines.html", {"lines": [line_of(found)]})
    if found.status == JobStatus.DONE and found.article:
        return redirect(found.article)
    if found.status != JobStatus.PREVIEW:
        return redirect("new-article")
    draft, status = found.read(), HTTPStatus.OK
    form = PasteForm(request.POST or None, initial=_as_typed(draft))
    if request.method == "POST":
        status = HTTPStatus.BAD_REQUEST
        if form.is_valid():
            try:
                draft = edit_item(actor=actor, item_id=pk, draft=form.draft()).read()
                if request.POST.get("step") == "keep":
                    return _kept(request, pk)
                status = HTTPStatus.OK
            except WorkbenchError as error:
                form.add_error("text", message_of(error))
                status = HTTPStatus(error.status)
    context = {"intake": found, "draft": draft, "form": form, **_preview(actor, draft)}
    context["embargo"] = standing(draft.embargoed_until)
    return render(request, "intake/preview.html", context, status=status)


def _as_typed(draft: ArticleDraft) -> dict[str, Any]:
    return {
        "text": draft.body,
        "headline": draft.headline,
        "outlet": draft.outlet,
        "byline": draft.byline,
        "url": draft.url,
        "published_at": draft.published,
        "embargoed_until": draft.embargoed_until,
        "language": draft.language,
    }


def _preview(viewer: User, draft: ArticleDraft) -> dict[str, Any]:
    """Return the text with the claims that the splitter finds in it, and its possible duplicates."""
    proposed = extraction.extract(draft.body, headline=draft.headline)
    claims = list(_as_queued(proposed))
    # Others are neither matched nor checked.
    checkable = [
        (queued, claim) for queued, claim in zip(claims, proposed, strict=True) if claim.checkable
    ]
    compared = checkable[:COMPARED]
    known = seen_proposals([claim for _queued, claim in compared], draft.published, viewer)
    seen = [(queued, one) for (queued, _claim), one in zip(compared, known, strict=True)]
    return {
        "checked": [(queued, one.check) for queued, one in seen if one.check],
        "contradicted": [(queued, one.contradiction) for queued, one in seen if one.contradiction],
        "to_check": len(compared),
        "not_compared": len(checkable) - len(compared),
        "orders": {SEEN_FIRST: _("First"), "": ORDERS[""].label, SEEN_LAST: _("Last")},
        "claims": claims,
        "uncheckable": sum(not claim.checkable for claim in claims),
        "sources": len({claim.source_name for claim in claims if claim.source_name}),
        "paragraphs": paragraphs(draft.body, claims),
        "duplicates": list(_with_counts(viewer, duplicates(draft))),
    }


def _with_counts(
    viewer: User, found: Sequence[Duplicate]
) -> Iterator[tuple[Duplicate, VerdictCounts]]:
    """Add each article's verdict counts, as far as the viewer may know them."""
    if not found:
        return
    articles = Article.objects.filter(pk__in=[one.article.pk for one in found])
    hidden = hidden_from(viewer, Claim.objects.filter(revision__article__in=articles))
    counts = {row.pk: row.counts for row in article_rows(with_verdict_counts(articles, hidden))}
    for one in found:
        yield one, counts[one.article.pk]


def _as_queued(proposed: Sequence[ProposedClaim]) -> Iterator[QueuedClaim]:
    for number, claim in enumerate(proposed, start=1):
        yield QueuedClaim(
            pk=number,
            start=claim.content[0][0],
            version=0,
            statement=claim.statement,
            quotation=claim.quotation,
            verdict="",
            review_status="",
            checkable=claim.checkable,
            dismissed=False,
            anchor_status=None,
            blind=False,
            assigned_to_id=None,
            due_on=None,
            touched_at=None,
            source_id=None,
            source_name=claim.speaker.name if claim.speaker else None,
            source_kind=claim.speaker.kind if claim.speaker else None,
            seen=False,
            contradicted=False,
            spans=[list(span) for span in claim.content],
            source_spans=[list(span) for span in claim.source],
        )


def _kept(request: HttpRequest, pk: int) -> HttpResponse:
    result = accept_item(actor=signed_in(request.user), item_id=pk)
    if not result.created:
        messages.info(request, _("This article is already here. Nothing was added."))
    order = request.POST.get(ORDER, "")
    # The queue remembers the order that its address names.
    chosen = f"?{urlencode({ORDER: order})}" if order in ORDERS and order else ""
    return redirect(result.article.get_absolute_url() + chosen)


@require_POST
def act_on_item(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """Accept an inbox item as it was read, discard it, or retry it. For htmx, return its new line."""
    actor = signed_in(request.user)
    get_object_or_404(IntakeItem.objects.filter(actor=actor), pk=pk)
    if action == "accept":
        accept_item(actor=actor, item_id=pk)
    elif action == "retry":
        retry_item(actor=actor, item_id=pk)
    else:
        discard_item(actor=actor, item_id=pk)
    if asks_part(request):
        lines = [line_of(one) for one in in_inbox(actor).filter(pk=pk)]
        return render(request, "intake/inbox_lines.html", {"lines": lines})
    return redirect("new-article")
