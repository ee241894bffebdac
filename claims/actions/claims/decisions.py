"""Setting verdicts."""

from datetime import date

from django.contrib.auth.models import User
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from claims.actions.base import action
from claims.actions.claims.changes import apply_change, change_what_differs, require_known
from claims.actions.claims.evidence import EvidenceDraft, as_field, attach, kept_from
from claims.actions.locking import claim_for_change, locked
from claims.choices import ChangeAction, ReviewStatus, Verdict
from claims.errors import NotPossibleError, ReasonRequiredError, StaleVersionError
from claims.models import Change, Claim, Decision

_OF_DECIDING = {"verdict", "review_status", "blind", "assigned_to_id"}
"""Fields that say how far the work on a claim is, and nothing of what the claim says."""


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

    Returns:
        The decision. A second click on the same button returns the first decision again. So does the current
        verdict with the same reason, whoever set it in the meantime, because the log only records changes.

    Raises:
        ReasonRequiredError: if the claim would be disputed without a reason.
        StaleVersionError: if someone else has changed the claim since `version`, other than by deciding the
            same.
        InvalidValueError: if the evidence is not valid.
    """
    reason = reason.strip()
    try:
        # Before the reason is required: the form that comes back for it shows the claim's current state.
        claim = claim_for_change(claim_id=claim_id, version=version)
    except StaleVersionError:
        same = _repeated(actor, claim_id, version, verdict, reason, evidence)
        if same is None and evidence is None and review_by is None:
            same = _agreed(claim_id, version, verdict, reason)
        if same is None:
            raise
        return same
    if verdict == Verdict.DISPUTED and not reason:
        raise ReasonRequiredError
    day = None if verdict == Verdict.PENDING else review_by
    added = {}
    if evidence:
        added = as_field(attach(actor, claim, evidence))
    elif (claim.verdict, claim.review_by) == (verdict, day) and (
        unchanged := _in_force(claim, verdict, reason)
    ):
        return unchanged
    fields = {"verdict": verdict.value, **added}
    if day:
        fields["review_by"] = day.isoformat()
    apply_change(actor, ChangeAction.DECIDE, {claim: fields}, note=reason, new=added)
    return claim.decisions.get(version=claim.version)


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


def _repeated(
    actor: User,
    claim_id: int,
    version: int,
    verdict: Verdict,
    reason: str,
    evidence: EvidenceDraft | None,
) -> Decision | None:
    """Return the decision that the same actor made from the same version with the same words, if any."""
    if evidence and not kept_from(actor, claim_id, evidence):
        return None
    return Decision.objects.filter(
        claim_id=claim_id, version=version + 1, actor=actor, verdict=verdict, reason=reason
    ).first()


def _agreed(claim_id: int, version: int, verdict: Verdict, reason: str) -> Decision | None:
    """Return a decision that says the same, if the claim itself has not changed since `version`.

    While a claim is waiting for a second check there is none, because a blind checker would learn of it.
    """
    (claim,) = locked([claim_id])
    since = claim.changed.filter(version__gt=version).values_list("after", flat=True)
    if claim.review_status == ReviewStatus.WAITING or any(
        fields.keys() - _OF_DECIDING for fields in since
    ):
        return None
    newest = claim.decisions.newest_first().first()
    agrees = newest and (newest.verdict, newest.reason) == (verdict, reason)
    return newest if agrees and claim.verdict == verdict else None


def _in_force(claim: Claim, verdict: Verdict, reason: str) -> Decision | None:
    """Return the claim's latest decision, if it says the same and nothing else about the claim has changed since."""
    return claim.decisions.filter(version=claim.version, verdict=verdict, reason=reason).first()
