"""The review page and its fragments: what it shows, and what is sent back when a claim changes."""

from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from claims.choices import ReviewStatus, Verdict
from claims.errors import (
    ReasonRequiredError,
    WorkbenchError,
)
from claims.messages import message_of
from claims.models import Change, Presence
from claims.queries import history
from claims.queries.claims.records import record_of, record_of_source
from claims.queries.claims.statements import is_of_earlier_text
from claims.queries.matching.external import other_newsrooms
from claims.queries.matching.matches import seen_before
from claims.queries.reasons import offered_templates
from claims.queries.review.rows import Placed, QueuedClaim
from claims.queries.review.scopes import scopes_of
from claims.renderers import FORMATS
from claims.web.components.marked_text import around, paragraphs, unclaimed
from claims.web.components.passages import passage_of
from claims.web.review.base_form import ClaimActionForm
from claims.web.review.conflict import conflict_of
from claims.web.review.decision_forms import (
    DecisionForm,
    EvidenceEdit,
    EvidenceForm,
)
from claims.web.review.edit_forms import scope_choices
from claims.web.review.ending import Ending
from claims.web.review.evidence import documents
from claims.web.review.forms import ClaimActionForms
from claims.web.review.links import CountedLinks, LinkedQueue

Context = dict[str, Any]

_UNDER_WAY = timedelta(seconds=10)
"""How long a change may take from its date until it can be read. What is sent twice does no harm."""

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
    if claim.revision_id == queue.revision.pk:
        claim.revision = queue.revision
    own = record.decider_id == queue.viewer.pk
    decided = record.decision
    review_by = None if record.is_hidden else claim.review_by
    words = {"reason": decided.reason, "note": decided.note} if decided else {}
    shown = {**words, "review_by": review_by}
    row = queue.row(claim.pk)
    checking = claim.review_status == ReviewStatus.WAITING and not own
    past = None if record.is_log_closed else history.of_claim(claim, _NEWEST)
    scopes = scopes_of(claim, queue.claims)
    return {
        "queue": queue,
        "claim": claim,
        "record": record,
        "here": queue.url(placed),
        "checking": checking,
        "own": own,
        "position": queue.position(claim),
        # Before the answer to a second check, its row must not tell whether the verdicts agree.
        "keeps": queue.keeps(row) if row and not checking else list(Verdict),
        "before": queue.before(claim),
        "after": queue.after(claim),
        "next_pending": queue.next_pending(claim),
        "follower": queue.follower(claim),
        "decided": decided is not None,
        "history": past.entries if past else [],
        "older": past.older if past else False,
        "proposed": past.proposed if past else "",
        "overruled": record.overruled if not claim.anchor_status else None,
        "statement_is_earlier": is_of_earlier_text(claim),
        "is_typed": bool(decision or evidence or forms),
        "shown": shown,
        "form": decision or SimpleLazyObject(lambda: DecisionForm(initial=shown)),
        "review_by": review_by,
        "documents": documents(record, edited),
        "siblings": scopes.sentence,
        "evidence_form": evidence or SimpleLazyObject(EvidenceForm),
        "forms": ClaimActionForms(claim, forms or {}),
        "open": {word.replace("-", "_") for word in forms or {}},
        "source_scopes": scope_choices(claim, scopes),
        "source_switch": queue.source_switch(claim),
        "passage": passage_of(claim.revision.body, claim.spans) if claim.spans else None,
        "source_record": record_of_source(claim, queue.viewer),
        "seen": seen_before(record, queue.viewer),
        "other_newsrooms": other_newsrooms(record),
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
        "steps": queue.steps,
        "reason_templates": offered_templates(get_language() or ""),
        "formats": [one for one in FORMATS.values() if not one.public],
    }
    return render(request, "review/page.html", context, status=status)


def visited(request: HttpRequest, queue: LinkedQueue, placed: Placed | None) -> HttpResponse:
    """Return the panel of a claim, or of the queue's end, and everything the page shows about the claim elsewhere.

    Someone else may have changed it since the page was loaded. The notice of the last change stays.
    """
    context = {**panel(queue, placed), "whole": False, "paragraphs": [], **_changed(queue, None)}
    one = queue.row(placed.pk) if placed else None
    if one:
        context |= {**text(queue, changed=one), **_changed(queue, one)}
    return render(request, "review/visited.html", context)


def ahead(request: HttpRequest, queue: LinkedQueue, placed: Placed) -> HttpResponse:
    """Return the panel of a claim alone, for a page that will show it later."""
    return render(request, "review/panel.html", panel(queue, placed))


def _changed(queue: LinkedQueue, row: QueuedClaim | None) -> Context:
    """What the row of a claim shows, and whether the queue's filter hides the claim now."""
    gone = row is not None and not queue.shows(row)
    return {"changed": row, "changed_rows": [row] if row else [], "gone": gone}


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
    one = queue.row(changed)
    context = {
        **panel,
        **text(queue, changed=one),
        **_changed(queue, one),
        "whole": changed is None,
        "steps": queue.steps,
    }
    return render(request, "review/changed.html", context, status=status)


def settled(
    request: HttpRequest,
    queue: LinkedQueue,
    claim_id: int,
    *,
    made: Change | None,
    agreed: str,
) -> HttpResponse:
    """Return what a verdict changed on a page that shows the next claim already, and nothing else.

    Args:
        request: the request.
        queue: the queue, read after the change.
        claim_id: the claim that was decided.
        made: the change that the request made; None if there was nothing left to save.
        agreed: who had already decided the same, in words.
    """
    context = {
        "queue": queue,
        **_changed(queue, queue.row(claim_id)),
        # What was changed last is undone first, and nothing is left to redo.
        "steps": (made, None) if made else queue.steps,
        "saved": made,
        "agreed": agreed,
    }
    return render(request, "review/queue/settled.html", context)


def changed_since(
    request: HttpRequest,
    queue: CountedLinks,
    others: list[Presence],
    since: datetime | None,
) -> HttpResponse:
    """Return who else has the article open, and what was changed of its claims since a page was last answered.

    Args:
        request: the request.
        queue: the queue that the page shows.
        others: the people who have the article open.
        since: when the page was last answered. Without it, only the people are told.
    """
    now = timezone.now()
    rows = queue.changed_since(since - _UNDER_WAY) if since else []
    shown = queue.shown_among(rows) if rows else set()
    changed = [{"claim": row, "alone": [row], "gone": row.pk not in shown} for row in rows]
    context = {"queue": queue, "others": others, "since": now, "changed": changed}
    return render(request, "review/presence.html", context)
