"""Adding evidence for, against or about a claim."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib.auth.models import User
from django.utils.translation import gettext_noop

from claims.actions.base import action
from claims.actions.claims.evidence.documents import (
    EvidenceDraft,
    attach,
    copies_for,
    kept_from,
    log_added,
    was_removed,
)
from claims.actions.locking import locked
from claims.choices import ChangeAction, Stance
from claims.errors import StaleVersionError
from claims.models import Change, ChangedClaim, Claim, Evidence


@action("claims.add_evidence", what=gettext_noop("add evidence"))
def add_evidence(
    *,
    actor: User,
    claim_id: int,
    version: int,
    evidence: EvidenceDraft,
    also: Collection[int] = (),
    also_as: Stance = Stance.CONTEXT,
) -> Evidence:
    """Add a document to a claim, with a log entry.

    Args:
        actor: who adds it.
        claim_id: the claim.
        version: the claim's version that the actor saw.
        evidence: the document.
        also: the ids of other claims of the same article to which it is added too. They may have changed since:
            nothing of theirs is overwritten.
        also_as: what it is to those. What it is to this claim may tell a verdict that is hidden from whoever checks them.

    Returns:
        The evidence. A second click on the same button returns the first evidence again.

    Raises:
        StaleVersionError: if someone has changed the claim since `version`.
        InvalidValueError: if there is neither link nor file, the link is not a web address, the file is empty
            or larger than 20 MB, or a field is not valid.
    """
    try:
        claim, others = _claims_for_adding(claim_id, version, also)
    except StaleVersionError:
        repeated = kept_from(actor, claim_id, evidence, claim__version=version + 1)
        if repeated:
            return repeated
        raise
    added = attach(actor, claim, evidence)
    log_added(actor, [added, *copies_for(actor, added, others, also_as)])
    return added


@action("claims.add_evidence", what=gettext_noop("add evidence"))
def attach_evidence(
    *,
    actor: User,
    evidence_id: int,
    claim_id: int,
    version: int,
    stance: Stance,
    also: Collection[int] = (),
    also_as: Stance = Stance.CONTEXT,
) -> Change | None:
    """Add a document that some claim has to another one, or to several of one article, as one log entry.

    Args:
        actor: who adds it.
        evidence_id: the document, as any claim has it.
        claim_id: the claim.
        version: the claim's version that the actor saw.
        stance: what the document is to the claim.
        also: as in `add_evidence`.
        also_as: as in `add_evidence`.

    Returns:
        The change, or None if all of these claims have the document already. A second click returns the first
        change again.

    Raises:
        StaleVersionError: if someone has changed the claim since `version`.
        NotPossibleError: if the document has been removed.
    """
    piece = Evidence.objects.get(pk=evidence_id)
    try:
        claim, others = _claims_for_adding(claim_id, version, also)
    except StaleVersionError:
        repeated = _attached_from(actor, claim_id, version, piece)
        if repeated:
            return repeated
        raise
    if piece.removed_at is not None:
        raise was_removed()
    copies = copies_for(actor, piece, [claim], stance) + copies_for(actor, piece, others, also_as)
    return log_added(actor, copies)


def _claims_for_adding(
    claim_id: int, version: int, also: Collection[int]
) -> tuple[Claim, list[Claim]]:
    """Return a claim in the version that the actor saw, and others of its article, all locked."""
    found = {claim.pk: claim for claim in locked({claim_id, *also})}
    claim = found.pop(claim_id)
    if claim.version != version:
        raise StaleVersionError(claim=claim, looked_at=version)
    return claim, list(found.values())


def _attached_from(actor: User, claim_id: int, version: int, piece: Evidence) -> Change | None:
    """Return the change by which the actor added a document to a claim in this version, if there is one."""
    step = ChangedClaim.objects.filter(
        claim=claim_id,
        version=version + 1,
        change__actor=actor,
        change__action=ChangeAction.ATTACH,
        claim__evidence__in=Evidence.objects.not_removed().identical_to(piece),
    )
    found = step.select_related("change").first()
    return found.change if found else None
