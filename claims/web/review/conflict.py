"""Conflicts: a form was sent for an outdated version of a claim."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User

from claims.choices import Verdict
from claims.errors import StaleVersionError, WorkbenchError
from claims.models import ChangedClaim, Claim
from claims.web.review.base_form import ClaimActionForm
from claims.web.review.decision_forms import DecisionForm, EvidenceEdit, EvidenceForm

_DECIDES = "check"
"""The action that is sent from the form of the verdict."""


@dataclass(frozen=True)
class Conflict:
    """Two versions of a claim that the editor has to choose between.

    Attributes:
        own: whether the editor changed the claim in another tab.
        form: the id of the panel's form with what was typed; "" if there is nothing to save over the other
            version.
        verdict: the verdict that was pressed, if one was.
        reason: the reason typed with it.
        evidence: whether evidence was being added, without a verdict.
        over: the version to save over, if the form keeps the version that was seen.
    """

    own: bool
    form: str
    verdict: Verdict | None
    reason: str
    evidence: bool
    over: int | None


def conflict_of(
    error: WorkbenchError | None,
    claim: Claim,
    viewer: User,
    *,
    decision: DecisionForm | None,
    evidence: EvidenceForm | None,
    edited: EvidenceEdit | None,
    forms: dict[str, ClaimActionForm],
) -> Conflict | None:
    """Return the conflict behind an error, or None if the error is a different one, or there is none.

    Args:
        error: the error, if any.
        claim: the claim in its current state.
        viewer: who sent the form.
        decision: the form of the verdict, if that one was sent.
        evidence: the form of new evidence, if anything was typed in it.
        edited: the form of existing evidence, if that one was sent.
        forms: the form of another action, by its name, if that one was sent.
    """
    if not isinstance(error, StaleVersionError):
        return None
    word, sent = next(iter(forms.items()), ("", decision))
    typed: dict[str, Any] = sent.cleaned_data if sent is not None else {}
    decides = not word or word == _DECIDES
    verdict = (typed.get("verdict") or None) if decides else None
    return Conflict(
        own=_is_own(error.params["claim"], error.params["looked_at"], viewer),
        form=edited.form_id if edited else _form_of(word, sent, evidence),
        verdict=verdict,
        reason=typed.get("reason", "") if verdict else "",
        evidence=evidence is not None and not word and verdict is None,
        over=claim.version if edited or not decides else None,
    )


def _is_own(claim: Any, looked_at: Any, viewer: User) -> bool:
    """Return whether only the viewer has changed the claim since that version."""
    since = ChangedClaim.objects.filter(claim=claim, version__gt=looked_at)
    return set(since.values_list("change__actor", flat=True)) == {viewer.pk}


def _form_of(
    word: str, sent: DecisionForm | ClaimActionForm | None, evidence: EvidenceForm | None
) -> str:
    """Return the id of the form with what was typed, or "" if there is none."""
    if evidence is None and (sent is None or not sent.visible_fields()):
        return ""
    return "decision" if word in {"", _DECIDES} else f"action-{word}"
