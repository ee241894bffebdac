"""The responses to changes of a claim."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from claims.access import signed_in
from claims.actions import (
    add_evidence,
    create_claim,
    decide_claim,
    edit_evidence,
    remove_evidence,
    require_known,
    undo_change,
)
from claims.choices import ChangeAction, Stance, Verdict
from claims.errors import (
    ChangedSinceError,
    InvalidValueError,
    NothingToUndoError,
    NotPossibleError,
    ReasonRequiredError,
    StaleVersionError,
    WorkbenchError,
)
from claims.models import Article, Change, Claim, Decision, Evidence
from claims.models.base.prepared import Prepared
from claims.queries.claims.rows import as_seen_by
from claims.queries.review.scopes import scopes_of
from claims.web.components.ago import ago
from claims.web.review.decision_forms import (
    AnswerForm,
    DecisionForm,
    EvidenceEdit,
    EvidenceForm,
    VersionForm,
)
from claims.web.review.edit_forms import NewClaimForm
from claims.web.review.forms import CLAIM_ACTION_FORMS
from claims.web.review.links import CountedLinks, LinkedQueue, queue_of
from claims.web.review.page import panel, parts, review_page, settled
from claims.web.review.undone import Undone
from claims.web.site.requests import CHANGES, asks, asks_part

TOLD_IN_PLACE = (
    ChangedSinceError,
    InvalidValueError,
    NothingToUndoError,
    NotPossibleError,
    ReasonRequiredError,
    StaleVersionError,
)
"""Errors that the panel shows beside what was typed."""


_CLAIM = Prepared(
    lambda pk: Claim.objects.select_related("revision__article", "source").filter(pk=pk)
)


_NEWEST = Prepared(
    lambda claim, actor: Change.objects.filter(actor=actor, claims__claim=claim).newest_first()[:1]
)


class Review:
    """A request to change one claim, from a form on the panel."""

    def __init__(self, request: HttpRequest, claim_id: int) -> None:
        self.request = request
        claim = _CLAIM.first(claim_id)
        if claim is None:
            raise Http404
        self.claim = claim
        self.begun = timezone.now()
        self.is_ahead = asks(request, CHANGES)
        kind: type[LinkedQueue] = CountedLinks if self.is_ahead else LinkedQueue
        self.queue = queue_of(request, self.claim.revision.article, kind)
        self.actor = signed_in(request.user)

    def decide(self) -> HttpResponse:
        """Set the verdict, with any evidence that was typed, and move on to the next claim."""
        decision, evidence = self._typed()
        if not (decision.is_valid() and evidence.is_valid()):
            return self._back(decision=decision, evidence=evidence)
        try:
            decided = decide_claim(
                actor=self.actor,
                claim_id=self.claim.pk,
                version=decision.cleaned_data["version"],
                verdict=decision.cleaned_data["verdict"],
                reason=decision.cleaned_data["reason"],
                evidence=evidence.draft(decision.cleaned_data["verdict"]),
                review_by=decision.cleaned_data["review_by"],
                note=decision.cleaned_data["note"],
            )
        except TOLD_IN_PLACE as error:
            return self._back(error, decision=decision, evidence=evidence)
        # If someone else has decided the same, their decision is returned.
        return self.done(
            self.claim,
            move=True,
            agreed=_agreed(decided) if decided.actor_id != self.actor.pk else "",
        )

    def add_evidence(self) -> HttpResponse:
        """Add the document that was typed, and stay on the claim. The typed reason also stays."""
        decision, evidence = self._typed()
        decision.fields["verdict"].required = False
        valid = decision.is_valid() and evidence.is_valid()
        draft = evidence.draft(self._shown_verdict()) if valid else None
        if draft is None:
            nothing = (
                None
                if evidence.errors
                else InvalidValueError(
                    why=_("the document is missing. Paste its address, or choose a file.")
                )
            )
            return self._back(nothing, decision=decision, evidence=evidence)
        try:
            add_evidence(
                actor=self.actor,
                claim_id=self.claim.pk,
                version=decision.cleaned_data["version"],
                evidence=draft,
                also=self._others_of_sentence() if "everywhere" in self.request.POST else (),
                also_as=Stance(evidence.cleaned_data["stance"] or Stance.CONTEXT),
            )
        except TOLD_IN_PLACE as error:
            return self._back(error, decision=decision, evidence=evidence)
        typed = ("reason", "note", "review_by")
        kept = DecisionForm(initial={name: decision.cleaned_data[name] for name in typed})
        return self.done(self.claim, decision=kept)

    def edit_evidence(self, piece: Evidence) -> HttpResponse:
        """Change the description of a document, and stay."""
        form = EvidenceEdit(self.request.POST, self.request.FILES, instance=piece)
        try:
            # The form's errors, and whether it changes anything, may reveal the evidence's description.
            require_known(self.actor, [self.claim])
            if form.version is None or not form.is_valid():
                return self._back(edited=form)
            draft = form.draft()
            changed = draft and edit_evidence(
                actor=self.actor, evidence_id=piece.pk, version=form.version, evidence=draft
            )
        except TOLD_IN_PLACE as error:
            if Evidence.objects.not_removed().filter(pk=piece.pk).exists():
                return self._back(error, edited=form)
            return self._back(error, evidence=form.as_new())
        return self.done(self.claim, saved=changed is not None)

    def remove_evidence(self, piece: Evidence) -> HttpResponse:
        """Remove a document from the claim, and stay."""
        looked_at = VersionForm(self.request.POST)
        if not looked_at.is_valid():
            return self._back()
        try:
            remove_evidence(
                actor=self.actor,
                evidence_id=piece.pk,
                version=looked_at.cleaned_data["version"],
            )
        except TOLD_IN_PLACE as error:
            return self._back(error)
        return self.done(self.claim)

    def do(self, word: str) -> HttpResponse:
        """Do one of the panel's actions."""
        form = CLAIM_ACTION_FORMS[word](self.request.POST, claim=self.claim)
        if not form.is_valid():
            wrong = " ".join(str(one) for each in form.errors.values() for one in each)
            return self._back(InvalidValueError(why=wrong), forms={word: form}, **self._beside())
        try:
            other = form.act(self.actor)
        except TOLD_IN_PLACE as error:
            return self._back(error, forms={word: form}, **self._beside())
        return self.done(
            other or self.claim,
            move=form.next,
            whole=form.alters_text,
            saved=word != "comment",
        )

    def undo(self, change: Change) -> HttpResponse:
        """Undo or redo a change, and show its claim."""
        try:
            made = undo_change(actor=self.actor, change_id=change.pk)
        except TOLD_IN_PLACE as error:
            response = self._back(error)
            # The refused change may belong to a claim other than the one shown.
            response["HX-Push-Url"] = self.queue.url(self.claim)
            return response
        return self.done(self.claim, whole=True, undone=made)

    def _shown_verdict(self) -> str:
        """Return the claim's verdict as the actor may know it."""
        (row,) = as_seen_by(self.actor, [self.claim])
        return row.verdict

    def _others_of_sentence(self) -> list[int]:
        """Return the ids of the other claims that the article makes in the claim's sentence."""
        return [*scopes_of(self.claim, self.queue.claims).sentence]

    def _overtaken(self) -> StaleVersionError | None:
        """Return the error for a form sent for an outdated version of the claim."""
        sent = AnswerForm(self.request.POST)
        if not sent.is_valid():
            return None
        looked_at = sent.cleaned_data["over"] or sent.cleaned_data["version"]
        current = looked_at == self.claim.version
        return None if current else StaleVersionError(claim=self.claim, looked_at=looked_at)

    def _typed(self) -> tuple[DecisionForm, EvidenceForm]:
        post, files = self.request.POST, self.request.FILES
        return DecisionForm(post), EvidenceForm(post, files)

    def _beside(self) -> dict[str, EvidenceForm]:
        """Return the evidence typed along with a second check's verdict, which does not save it."""
        evidence = EvidenceForm(self.request.POST, self.request.FILES)
        return {"evidence": evidence} if evidence.has_changed() else {}

    def done(
        self,
        claim: Claim,
        *,
        move: bool = False,
        whole: bool = False,
        saved: bool = True,
        undone: Change | None = None,
        decision: DecisionForm | None = None,
        agreed: str = "",
    ) -> HttpResponse:
        """Return the panel of a claim, or of the next one in the queue, and the other changed parts of the page.

        Args:
            claim: the claim.
            move: whether the queue moves on: to the next claim, or to its end.
            whole: whether more of the text changed than that claim.
            saved: whether a change was saved that can be undone.
            undone: the change that undid another one, if that is what was done.
            decision: the form with what was typed, if it is shown again.
            agreed: who had already decided the same, in words; nothing was saved then.
        """
        # The queue loads its claims on first use, which is here, after the change.
        queue = self.queue
        if move and self.is_ahead:
            return settled(self.request, queue, claim.pk, made=self._made(claim), agreed=agreed)
        shown = queue.after(claim) if move else claim
        address = queue.url(shown) if shown else queue.end
        context = panel(queue, shown, decision=decision)
        told = Undone.of(undone, hidden=context["record"].is_hidden) if undone else None
        last = queue.steps[0] if saved and not told else None
        if not asks_part(self.request):
            if agreed:
                messages.info(self.request, agreed)
            elif told:
                messages.success(self.request, told.words)
            elif last:
                messages.success(self.request, _saved(last))
            return redirect(address)
        context["undone"] = told
        context["saved"] = last
        context["agreed"] = agreed
        response = parts(self.request, queue, context, changed=None if whole else self.claim.pk)
        response["HX-Push-Url"] = address
        return response

    def _made(self, claim: Claim) -> Change | None:
        """Return the change that this request made to a claim, or None if it made none: a second click, or agreement."""
        made = _NEWEST.first(claim.pk, self.actor.pk)
        return made if made and made.created_at >= self.begun else None

    def _back(self, error: WorkbenchError | None = None, **typed: Any) -> HttpResponse:
        """Return the panel again, with what was typed and the errors. Nothing was changed.

        A change by someone else takes precedence over all other errors: the panel shows the claim's current
        state, so the next click would overwrite the other version unseen.
        """
        error = self._overtaken() or error
        for form in typed.values():
            if isinstance(form, EvidenceForm):
                form.ask_for_file_again()
        status = error.status if error else HTTPStatus.BAD_REQUEST
        context = panel(self.queue, self.claim, error=error, **typed)
        if not asks_part(self.request):
            return review_page(self.request, self.queue, context, status=status)
        return parts(self.request, self.queue, context, changed=self.claim.pk, status=status)


def _saved(change: Change) -> str:
    """Return what was saved, and when."""
    return _("Saved at %(time)s: %(action)s") % {
        "time": time_format(localtime(change.created_at), "H:i"),
        "action": ChangeAction(change.action).label,
    }


def _agreed(decision: Decision) -> str:
    """Return who decided the same, and when."""
    return _(
        "%(name)s set the same verdict (%(verdict)s) %(ago)s, so there was nothing left to save."
    ) % {
        "name": decision.actor_name,
        "verdict": Verdict(decision.verdict).label,
        "ago": ago(decision.decided_at),
    }


def new_claim(request: HttpRequest, article: Article) -> HttpResponse:
    """Create a claim from the selected words, and show it."""
    form = NewClaimForm(request.POST)
    if not form.is_valid():
        raise InvalidValueError(why=_("select at least one word in the article."))
    made = create_claim(
        actor=signed_in(request.user),
        article=article,
        revision_id=form.cleaned_data["revision"],
        spans=form.cleaned_data["spans"],
    )
    return Review(request, made.pk).done(made, whole=True)
