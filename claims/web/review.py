"""The review page and its answers: what stands on it, and what a change of a claim sends back."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from claims.actions import add_evidence, decide, signed_in, undo
from claims.errors import (
    ChangedSinceError,
    InvalidValueError,
    NothingToUndoError,
    ReasonRequiredError,
    StaleVersionError,
    WorkbenchError,
)
from claims.exports import FORMATS
from claims.models import Change, Claim, Decision
from claims.web.forms import DecisionForm, EvidenceForm
from claims.web.marking import paragraphs
from claims.web.problems import message_of
from claims.web.queue import Queue, with_record

Context = dict[str, Any]


def panel(
    queue: Queue,
    claim: Claim | None,
    *,
    decision: DecisionForm | None = None,
    evidence: EvidenceForm | None = None,
    error: WorkbenchError | None = None,
) -> Context:
    """What the panel of a claim shows.

    Args:
        queue: where the claim stands.
        claim: the claim, or None where the filter shows none.
        decision: the form with what was typed, if it comes back; else it holds the reason in force.
        evidence: likewise.
        error: what went wrong, if anything.
    """
    if claim is None:
        return {"queue": queue, "claim": None}
    claim = with_record(claim)
    decisions = list(claim.decisions.all())
    last = claim.changed.select_related("change").order_by("-pk").first()
    reason = decisions[0].reason if decisions else ""
    return {
        "queue": queue,
        "claim": claim,
        "position": queue.position(claim),
        "before": queue.before(claim),
        "after": queue.after(claim),
        "decisions": decisions,
        "last_change": last.change if last else None,
        "form": decision or DecisionForm(initial={"reason": reason}),
        "evidence_form": evidence or EvidenceForm(),
        "message": message_of(error) if error else "",
        "reason_missing": isinstance(error, ReasonRequiredError),
        "conflict": isinstance(error, StaleVersionError),
    }


def review_page(
    request: HttpRequest, queue: Queue, panel: Context, *, status: int = 200
) -> HttpResponse:
    """The whole page."""
    context = {
        **panel,
        "article": queue.article,
        "paragraphs": paragraphs(queue.revision.body, queue.claims),
        "formats": FORMATS.values(),
    }
    return render(request, "articles/review.html", context, status=status)


class Review:
    """One change of one claim, as the forms of the panel send it."""

    def __init__(self, request: HttpRequest, claim_id: int) -> None:
        self.request = request
        self.claim = get_object_or_404(
            Claim.objects.select_related("revision__article"), pk=claim_id
        )
        self.queue = Queue.of(request, self.claim.revision.article)
        self.decision = DecisionForm(request.POST)
        self.evidence = EvidenceForm(request.POST)

    def decide(self) -> HttpResponse:
        """Set the verdict, with the evidence that was typed, and move on to the next claim."""
        if not (self.decision.is_valid() and self.evidence.is_valid()):
            return self._back(status=400)
        try:
            made = decide(
                actor=signed_in(self.request.user),
                claim_id=self.claim.pk,
                version=self.decision.cleaned_data["version"],
                verdict=self.decision.cleaned_data["verdict"],
                reason=self.decision.cleaned_data["reason"],
                evidence=self.evidence.draft(),
            )
        except (ReasonRequiredError, InvalidValueError, StaleVersionError) as error:
            return self._back(status=error.status, error=error)
        return self._done(self.queue.after(self.claim) or self.claim, made=made)

    def add_evidence(self) -> HttpResponse:
        """Add the document that was typed, and stay with the claim. The reason as typed stays too."""
        self.decision.fields["verdict"].required = False
        valid = self.decision.is_valid() and self.evidence.is_valid()
        draft = self.evidence.draft() if valid else None
        if draft is None:
            return self._back(status=400, error=self._no_link())
        try:
            add_evidence(
                actor=signed_in(self.request.user),
                claim_id=self.claim.pk,
                version=self.decision.cleaned_data["version"],
                evidence=draft,
            )
        except (InvalidValueError, StaleVersionError) as error:
            return self._back(status=error.status, error=error)
        reason = self.decision.cleaned_data["reason"]
        return self._done(self.claim, decision=DecisionForm(initial={"reason": reason}))

    def _no_link(self) -> WorkbenchError | None:
        """What to say where nothing was typed at all; the fields speak for themselves where something was."""
        nothing = _("The link is empty: paste the address of the document.")
        return None if self.evidence.errors else InvalidValueError(why=nothing)

    def undo(self, change: Change) -> HttpResponse:
        """Take a change back, and stay with its claim."""
        try:
            undo(actor=signed_in(self.request.user), change_id=change.pk)
        except (NothingToUndoError, ChangedSinceError) as error:
            return self._back(status=error.status, error=error)
        return self._done(self.claim)

    def _done(
        self, shown: Claim, *, made: Decision | None = None, decision: DecisionForm | None = None
    ) -> HttpResponse:
        """The panel of the claim to show now."""
        address = self.queue.url(shown)
        if not self.request.htmx:  # type: ignore[attr-defined]
            return redirect(address)
        response = self._parts(panel(self.queue, shown, decision=decision), made=made)
        response["HX-Push-Url"] = address
        return response

    def _back(self, *, status: int, error: WorkbenchError | None = None) -> HttpResponse:
        """The panel again, with what was typed and what is wrong with it. Nothing was changed."""
        context = panel(
            self.queue, self.claim, decision=self.decision, evidence=self.evidence, error=error
        )
        if not self.request.htmx:  # type: ignore[attr-defined]
            return review_page(self.request, self.queue, context, status=status)
        return self._parts(context, status=status)

    def _parts(
        self, panel: Context, *, made: Decision | None = None, status: int = 200
    ) -> HttpResponse:
        """The panel, and every other part of the page that shows the claim, as it stands now."""
        current = next(claim for claim in self.queue.claims if claim.pk == self.claim.pk)
        cut = paragraphs(self.queue.revision.body, self.queue.claims)
        stale = [part for part in cut if current.pk in part.claim_ids]
        last = current.changed.select_related("change").order_by("-pk").first() if made else None
        context = {
            **panel,
            "changed": current,
            "made": made,
            "change": last.change if last else None,
            "stale_paragraphs": stale,
        }
        return render(self.request, "articles/changed.html", context, status=status)
