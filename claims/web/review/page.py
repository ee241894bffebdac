"""The review page and its fragments: what it shows, and what is sent back when a claim changes."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from claims.choices import ReviewStatus
from claims.errors import (
    ReasonRequiredError,
    WorkbenchError,
)
from claims.messages import message_of
from claims.queries import history
from claims.queries.claims.records import record_of, record_of_source
from claims.queries.claims.statements import is_of_earlier_text
from claims.queries.matching.matches import seen_before
from claims.queries.review.rows import Placed, QueuedClaim
from claims.renderers import FORMATS
from claims.web.components.marked_text import around, paragraphs, unclaimed
from claims.web.review.base_form import ClaimActionForm
from claims.web.review.conflict import conflict_of
from claims.web.review.decision_forms import (
    DecisionForm,
    EvidenceEdit,
    EvidenceForm,
)
from claims.web.review.ending import Ending
from claims.web.review.evidence import documents
from claims.web.review.forms import ClaimActionForms
from claims.web.review.links import LinkedQueue

Context = dict[str, Any]

_NEWEST = 8
"""How many entries of its history the panel of a claim shows; the others have a page."""


def panel(
    queue: LinkedQueue,
    placed: Placed | None,
    *,
    decision: DecisionForm | None = None,
    evidence: EvidenceForm | None = None,
    edited: EvidenceEdit | None = None,
    forms: dict[str, ClaimActionForm] | None = None,
    error: WorkbenchError | None = None,
) -> Context:
    """Return what the panel of a claim shows.

    Args:
        queue: the claim's queue.
        placed: the claim, or None if the filter shows none.
        decision: the form with what was typed, if it is shown again; else it has the current
            reason.
        evidence: the same for new evidence.
        edited: the same for existing evidence.
        forms: the same for other actions, by name.
        error: the error, if any.
    """
    if placed is None:
        return {"queue": queue, "claim": None, "here": queue.end, "ending": Ending(queue)}
    record = record_of(placed.pk, queue.viewer)
    claim = record.claim
    own = record.decider_id == queue.viewer.pk
    reason = record.decision.reason if record.decision else ""
    review_by = None if record.is_hidden else claim.review_by
    past = None if record.is_log_closed else history.of_claim(claim, _NEWEST)
    return {
        "queue": queue,
        "claim": claim,
        "record": record,
        "here": queue.url(placed),
        "checking": claim.review_status == ReviewStatus.WAITING and not own,
        "own": own,
        "position": queue.position(claim),
        "before": queue.before(claim),
        "after": queue.after(claim),
        "next_pending": queue.next_pending(claim),
        "follower": queue.follower(claim),
        "decided": record.decision is not None,
        "history": past.entries if past else [],
        "older": past.older if past else False,
        "proposed": past.proposed if past else "",
        "overruled": record.overruled if not claim.anchor_status else None,
        "statement_is_earlier": is_of_earlier_text(claim),
        "form": decision or DecisionForm(initial={"reason": reason, "review_by": review_by}),
        "review_by": review_by,
        "documents": documents(record, edited),
        "evidence_form": evidence or EvidenceForm(),
        "forms": ClaimActionForms(claim, forms or {}),
        "open": {word.replace("-", "_") for word in forms or {}},
        "source_record": record_of_source(claim, queue.viewer),
        "seen": seen_before(record, queue.viewer),
        "message": message_of(error) if error else "",
        "reason_missing": isinstance(error, ReasonRequiredError),
        "conflict": conflict_of(
            error,
            claim,
            queue.viewer,
            decision=decision,
            evidence=evidence,
            edited=edited,
            forms=forms or {},
        ),
    }


def text(queue: LinkedQueue, *, changed: QueuedClaim | None = None) -> Context:
    """What the article's column shows: all of the text, or only the paragraphs of a claim that changed."""
    body = queue.revision.body
    within = around(body, changed) if changed is not None else None
    details = unclaimed(body, queue.claims, queue.article.language, within)
    return {
        "article": queue.article,
        "unclaimed": details,
        "paragraphs": paragraphs(body, queue.not_dismissed, details, within),
    }


def review_page(
    request: HttpRequest, queue: LinkedQueue, panel: Context, *, status: int = 200
) -> HttpResponse:
    """Return the whole page."""
    context = {
        **panel,
        **text(queue),
        "formats": [one for one in FORMATS.values() if not one.public],
    }
    return render(request, "review/page.html", context, status=status)


def visited(request: HttpRequest, queue: LinkedQueue, placed: Placed | None) -> HttpResponse:
    """Return the panel of a claim, or of the queue's end, and everything the page shows about the claim elsewhere.

    Someone else may have changed it since the page was loaded. The notice of the last change stays.
    """
    context = {**panel(queue, placed), "whole": False, "paragraphs": [], "changed_rows": []}
    one = _queued(queue, placed.pk) if placed else None
    if one:
        context |= {**text(queue, changed=one), "changed_rows": [one]}
    return render(request, "review/visited.html", context)


def _queued(queue: LinkedQueue, claim_id: int | None) -> QueuedClaim | None:
    """Return the claim with that id in a queue's text, if there is one."""
    return next((claim for claim in queue.claims if claim.pk == claim_id), None)


def parts(
    request: HttpRequest,
    queue: LinkedQueue,
    panel: Context,
    *,
    changed: int | None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    """Return the panel, and all other parts of the page that show the change.

    Args:
        request: the request.
        queue: the queue, read after the change.
        panel: what the panel shows.
        changed: the only claim that looks different, or None if the whole text does.
        status: the HTTP status.
    """
    one = _queued(queue, changed)
    context = {
        **panel,
        **text(queue, changed=one),
        "whole": changed is None,
        "changed": one,
        "changed_rows": [one],
    }
    return render(request, "review/changed.html", context, status=status)
