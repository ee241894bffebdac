"""Evidence for, against or around a claim."""

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_noop

from claims.actions.base import action, claim_for_change, save_as, touch
from claims.choices import Stance
from claims.errors import InvalidValueError, StaleVersionError
from claims.models import Claim, Evidence


@dataclass(frozen=True, slots=True)
class EvidenceDraft:
    """A document as an editor describes it, not yet kept."""

    title: str
    url: str
    stance: Stance = Stance.FOR
    excerpt: str = ""
    archive_url: str = ""
    primary: bool = False
    interest: str = ""
    looked_up: date = field(default_factory=timezone.localdate)


@action("claims.add_evidence", what=gettext_noop("add evidence"))
def add_evidence(*, actor: User, claim_id: int, version: int, evidence: EvidenceDraft) -> Evidence:
    """Add a document to a claim.

    Returns:
        The evidence. A second click on the same button gives the first one's evidence again.

    Raises:
        StaleVersionError: if somebody changed the claim since `version`.
        InvalidValueError: if the link is no web address or a field does not fit.
    """
    try:
        claim = claim_for_change(claim_id=claim_id, version=version)
    except StaleVersionError:
        repeated = kept_from(actor, claim_id, evidence, claim__version=version + 1)
        if repeated:
            return repeated
        raise
    added = attach(actor, claim, evidence)
    touch(claim)
    return added


def kept_from(actor: User, claim_id: int, evidence: EvidenceDraft, **where: Any) -> Evidence | None:
    """The evidence that the actor added to the claim with just these words, if any."""
    return Evidence.objects.filter(
        claim_id=claim_id, added_by=actor, **asdict(evidence), **where
    ).last()


def attach(actor: User, claim: Claim, evidence: EvidenceDraft) -> Evidence:
    """Keep a document on a locked claim. The caller touches the claim."""
    added = Evidence(claim=claim, added_by=actor, **asdict(evidence))
    try:
        added.full_clean()
    except ValidationError as error:
        raise InvalidValueError(why=" ".join(error.messages)) from error
    save_as(actor, added)
    return added
