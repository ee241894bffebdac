"""Verdicts. Every change of one makes a decision, and an undo is a decision too."""

from django.contrib.auth.models import User
from django.utils.translation import gettext_noop

from claims.actions.base import action, claim_for_change, name_of, touch
from claims.actions.evidence import EvidenceDraft, as_kept, attach, kept_from
from claims.choices import Verdict
from claims.errors import NothingToUndoError, ReasonRequiredError, StaleVersionError
from claims.models import Claim, Decision


@action("claims.decide_claim", what=gettext_noop("decide claims"))
def decide(
    *,
    actor: User,
    claim_id: int,
    version: int,
    verdict: Verdict,
    reason: str = "",
    evidence: EvidenceDraft | None = None,
) -> Decision:
    """Set a claim's verdict.

    Args:
        actor: who decides.
        claim_id: the claim.
        version: the claim's version that the actor looked at.
        verdict: pending, verified or disputed.
        reason: why; needed for disputed.
        evidence: a document to add first.

    Returns:
        The decision. A second click on the same button gives the first one's decision again, and so does a
        verdict that is in force already with the same reason: the log holds changes.

    Raises:
        ReasonRequiredError: if the claim is to be disputed without a reason.
        StaleVersionError: if somebody else changed the claim since `version`.
        InvalidValueError: if the evidence cannot be kept.
    """
    reason = reason.strip()
    if verdict == Verdict.DISPUTED and not reason:
        raise ReasonRequiredError
    try:
        claim = claim_for_change(claim_id=claim_id, version=version)
    except StaleVersionError:
        repeated = _repeated(actor, claim_id, version, verdict, reason, evidence)
        if repeated:
            return repeated
        raise
    if evidence:
        attach(actor, claim, evidence)
    elif unchanged := _in_force(claim, verdict, reason):
        return unchanged
    return _record(actor, claim, verdict, reason)


@action("claims.decide_claim", what=gettext_noop("decide claims"))
def undo_decision(*, actor: User, claim_id: int, version: int) -> Decision:
    """Take the claim's newest decision back: a new decision with the verdict and reason before it.

    Raises:
        StaleVersionError: if somebody changed the claim since `version`.
        NothingToUndoError: if nothing was decided, or the newest decision is an undo.
    """
    claim = claim_for_change(claim_id=claim_id, version=version)
    newest = claim.decisions.newest_first().first()
    if newest is None or newest.undoes_id is not None:
        raise NothingToUndoError
    before = claim.decisions.newest_first().filter(pk__lt=newest.pk).first()
    reason = before.reason if before else ""
    return _record(actor, claim, Verdict(newest.previous), reason, undoes=newest)


def _repeated(
    actor: User,
    claim_id: int,
    version: int,
    verdict: Verdict,
    reason: str,
    evidence: EvidenceDraft | None,
) -> Decision | None:
    """The decision that the same actor made from the same version with the same words, if any."""
    if evidence and not kept_from(actor, claim_id, evidence):
        return None
    return Decision.objects.filter(
        claim_id=claim_id, version=version + 1, actor=actor, verdict=verdict, reason=reason
    ).first()


def _in_force(claim: Claim, verdict: Verdict, reason: str) -> Decision | None:
    """The claim's newest decision, if it says just that and nothing of the claim changed since."""
    return claim.decisions.filter(version=claim.version, verdict=verdict, reason=reason).first()


def _record(
    actor: User,
    claim: Claim,
    verdict: Verdict,
    reason: str,
    undoes: Decision | None = None,
) -> Decision:
    """Make the decision and the claim's verdict, in the caller's transaction."""
    previous = claim.verdict
    touch(claim, verdict=verdict)
    return Decision.objects.create(
        claim=claim,
        verdict=verdict,
        previous=previous,
        reason=reason,
        evidence=as_kept(claim),
        actor=actor,
        actor_name=name_of(actor),
        version=claim.version,
        undoes=undoes,
    )
