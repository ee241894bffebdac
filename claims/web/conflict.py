"""A form of the panel that was sent from a claim as it no longer is: what is saved, and what the form would save."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User

from claims.choices import Verdict
from claims.errors import StaleVersionError, WorkbenchError
from claims.models import ChangedClaim, Claim
from claims.web.deeds import DeedForm
from claims.web.forms import DecisionForm

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
    """

    own: bool
    form: str
    verdict: Verdict | None
    reason: str
    evidence: bool


def conflict_of(
    error: WorkbenchError | None,
    claim: Claim,
    viewer: User,
    decision: DecisionForm | None,
    deeds: dict[str, DeedForm],
) -> Conflict | None:
    """The conflict that an error tells of, or None where it is another error, or none.

    Args:
        error: what went wrong, if anything.
        claim: the claim as it stands.
        viewer: who sent the form.
        decision: the form of the verdict, if that one was sent.
        deeds: the form of another deed, by its word, if that one was sent.
    """
    if not isinstance(error, StaleVersionError):
        return None
    word, sent = next(iter(deeds.items()), ("", decision))
    typed: dict[str, Any] = sent.cleaned_data if sent is not None else {}
    decides = not word or word == _DECIDES
    verdict = (typed.get("verdict") or None) if decides else None
    return Conflict(
        own=_is_own(claim, typed.get("version"), viewer),
        form=("decision" if decides else f"deed-{word}") if _holds_words(sent) else "",
        verdict=verdict,
        reason=typed.get("reason", "") if verdict else "",
        evidence=decides and sent is not None and verdict is None,
    )


def _is_own(claim: Claim, looked_at: int | None, viewer: User) -> bool:
    """Whether it was the viewer alone who changed the claim since that version."""
    since = ChangedClaim.objects.filter(claim=claim, version__gt=looked_at or claim.version)
    return set(since.values_list("change__actor", flat=True)) == {viewer.pk}


def _holds_words(sent: DecisionForm | DeedForm | None) -> bool:
    return sent is not None and bool(sent.visible_fields())
