"""Setting verdicts."""

from datetime import date

from django.contrib.auth.models import User
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from claims.actions.base import action
from claims.actions.claims.changes import apply_change, change_what_differs, require_known
from claims.actions.claims.decision_log import Why
from claims.actions.claims.evidence.documents import EvidenceDraft, as_field, attach, kept_from
from claims.actions.locking import claim_for_change, locked
from claims.choices import ChangeAction, ReviewStatus, Verdict
from claims.errors import (
    InvalidValueError,
    NotPossibleError,
    ReasonRequiredError,
    StaleVersionError,
)
from claims.models import Change, Claim, Decision
from claims.models.base.prepared import Prepared
from claims.models.claims.second_checks import LOGGED as CHECKED
from claims.queries.reasons import unfilled

_OF_DECIDING = ("verdict", "review_status", "blind", "assigned_to_id", "due_on", CHECKED)
"""What begins the names of fields that say how far the work on a claim is, and nothing of what the claim says."""
_NEWEST = Prepared(lambda claim: Decision.objects.filter(claim=claim).order_by("-pk")[:1])


@action("claims.decide_claim", what=gettext_noop("decide claims"))
def decide_claim(
    *,
    actor: User,
    claim_id: int,
    version: int,
    verdict: Verdict,
    reason: str = "",
    evidence: EvidenceDraft | None = None,
    review_by: date | None = None,
    note: str = "",
) -> Decision:
    """Set a claim's verdict.

    Args:
        actor: who decides.
        claim_id: the claim.
        version: the claim's version that the actor saw.
        verdict: pending, verified or disputed.
        reason: why; required for disputed claims.
        evidence: a document to add at the same time; an undo reverses both.
        review_by: the day from which the verdict is to be looked at again, if any; pending ones have none.
        note: what only the desk is to know.

    Returns:
        The decision. A second click on the same button returns the first decision again. So does the current
        verdict with the same reason and note, whoever set it in the meantime, because the log only records changes.

    Raises:
        ReasonRequiredError: if the claim would be disputed without a reason.
        StaleVersionError: if someone else has changed the claim since `version`, other than by deciding the
            same.
        InvalidValueError: if the evidence is not valid, or a place of a template is not filled in.
    """
    why = Why(reason.strip(), note.strip())
    try:
        # Before the reason is required: the form that comes back for it shows the claim's current state.
        claim = claim_for_change(claim_id=claim_id, version=version)
    except StaleVersionError:
        same = _repeated(actor, claim_id, version, verdict, why, evidence)
        if same is None and evidence is None and review_by is None:
            same = _agreed(claim_id, version, verdict, why)
        if same is None:
            raise
        return same
    if verdict == Verdict.DISPUTED and not why.reason:
        raise ReasonRequiredError
    require_filled_in(why.reason)
    day = None if verdict == Verdict.PENDING else review_by
    added = {}
    if evidence:
        added = as_field(attach(actor, claim, evidence))
    elif (claim.verdict, claim.review_by) == (verdict, day) and (
        unchanged := _in_force(claim, verdict, why)
    ):
        return unchanged
    fields = {"verdict": verdict.value, **added}
    if day:
        fields["review_by"] = day.isoformat()
    apply_change(
        actor,
        ChangeAction.DECIDE,
        {claim: fields},
        note=why,
        new=added,
    )
    (made,) = _NEWEST.all(claim.pk)
    made.claim = claim
    return made


@action("claims.decide_claim", what=gettext_noop("decide claims"))
def set_review_date(*, actor: User, claim_id: int, version: int, day: date | None) -> Change | None:
    """Set the day from which a claim's verdict is to be looked at again, or take it away. A new verdict does so, too.

    Returns:
        The change, or None if it is that day already.

    Raises:
        StaleVersionError: if someone has changed the claim since `version`.
        BlindCheckError: if the actor must not know the verdict yet.
        NotPossibleError: if the claim has no verdict.
    """
    claim = claim_for_change(claim_id=claim_id, version=version)
    require_known(actor, [claim])
    if day and claim.verdict == Verdict.PENDING:
        raise NotPossibleError(why=_("the claim has no verdict yet."))
    fields = {"review_by": day.isoformat() if day else None}
    return change_what_differs(actor, ChangeAction.SET_REVIEW_DATE, {claim: fields})


def require_filled_in(reason: str) -> None:
    """Raise `InvalidValueError` for a reason with a place of a template that nobody has filled in."""
    left = unfilled(reason)
    if left:
        raise InvalidValueError(
            why=_("the reason still has placeholders to fill in: %(places)s.")
            % {"places": ", ".join(left)}
        )


def _repeated(
    actor: User,
    claim_id: int,
    version: int,
    verdict: Verdict,
    why: Why,
    evidence: EvidenceDraft | None,
) -> Decision | None:
    """Return the decision that the same actor made from the same version with the same words, if any."""
    if evidence and not kept_from(actor, claim_id, evidence):
        return None
    return Decision.objects.filter(
        claim_id=claim_id,
        version=version + 1,
        actor=actor,
        verdict=verdict,
        reason=why.reason,
        note=why.note,
    ).first()


def _agreed(claim_id: int, version: int, verdict: Verdict, why: Why) -> Decision | None:
    """Return a decision that says the same, if the claim itself has not changed since `version`.

    While a claim is waiting for a second check there is none, because a blind checker would learn of it.
    """
    (claim,) = locked([claim_id])
    since = claim.changed.filter(version__gt=version).values_list("after", flat=True)
    if claim.review_status == ReviewStatus.WAITING or any(
        not name.startswith(_OF_DECIDING) for fields in since for name in fields
    ):
        return None
    newest = claim.decisions.newest_first().first()
    agrees = newest and (newest.verdict, newest.reason) == (verdict, why.reason)
    is_told = newest and why.note in {"", newest.note}
    return newest if agrees and is_told and claim.verdict == verdict else None


def _in_force(claim: Claim, verdict: Verdict, why: Why) -> Decision | None:
    """Return the claim's latest decision, if it says the same and nothing else about the claim has changed since."""
    return claim.decisions.filter(
        version=claim.version, verdict=verdict, reason=why.reason, note=why.note
    ).first()
