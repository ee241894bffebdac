"""A form of the panel that was sent from a claim as it no longer is: what is saved, and what the form would save."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User

from claims.choices import Verdict
from claims.errors import StaleVersionError, WorkbenchError
from claims.models import ChangedClaim, Claim
from claims.web.review.base_form import DeedForm
from claims.web.review.decision_forms import DecisionForm, EvidenceEdit, EvidenceForm

_DECIDES = "check"
"""The deed that is sent from the form of the verdict."""


@dataclass(frozen=True)
class Conflict:
    """Two versions of a claim, between which the editor chooses.

    Attributes:
        own: whether it was the editor, in another tab, who changed the claim.
        form: the id of the panel's form that holds what was typed; "" where nothing was, and there is nothing to
            save over the other version.
        verdict: the verdict that was pressed, if one was.
        reason: what was typed with it.
        evidence: whether evidence was to be added, without a verdict.
        over: the version that the answer saves over, where the form stays at the one that was looked at.
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
    deeds: dict[str, DeedForm],
) -> Conflict | None:
    """The conflict that an error tells of, or None where it is another error, or none.

    Args:
        error: what went wrong, if anything.
        claim: the claim as it stands.
        viewer: who sent the form.
        decision: the form of the verdict, if that one was sent.
        evidence: the form of new evidence, if something was typed into it.
        edited: the form of evidence that is there, if that one was sent.
        deeds: the form of another deed, by its word, if that one was sent.
    """
    if not isinstance(error, StaleVersionError):
        return None
    word, sent = next(iter(deeds.items()), ("", decision))
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
    """Return whether it was the viewer alone who changed the claim since that version."""
    since = ChangedClaim.objects.filter(claim=claim, version__gt=looked_at)
    return set(since.values_list("change__actor", flat=True)) == {viewer.pk}


def _form_of(word: str, sent: DecisionForm | DeedForm | None, evidence: EvidenceForm | None) -> str:
    """The id of the form that holds what was typed, or "" where nothing was."""
    if evidence is None and (sent is None or not sent.visible_fields()):
        return ""
    return "decision" if word in {"", _DECIDES} else f"deed-{word}"
