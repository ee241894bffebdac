"""Evidence for, against or around a claim."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from claims.actions.base import action, claim_for_change, save_as, touch
from claims.actions.files import digest_of, keep_file
from claims.choices import Stance
from claims.errors import InvalidValueError, StaleVersionError
from claims.models import Claim, Evidence

LARGEST_FILE = 20 * 1000 * 1000
"""Bytes that a file may have."""


@dataclass(frozen=True, slots=True)
class EvidenceDraft:
    """A document as an editor describes it, not yet kept. It has a link, a file, or both."""

    title: str
    url: str = ""
    stance: Stance = Stance.FOR
    excerpt: str = ""
    archive_url: str = ""
    primary: bool = False
    interest: str = ""
    confidential: bool = False
    looked_up: date = field(default_factory=timezone.localdate)
    file: File[bytes] | None = None

    def told(self) -> dict[str, Any]:
        """What it says of itself, by the fields of `Evidence`: all but the file, and that one's digest."""
        told = {each.name: getattr(self, each.name) for each in fields(self) if each.name != "file"}
        return told | {"sha256": digest_of(self.file) if self.file is not None else ""}


@action("claims.add_evidence", what=gettext_noop("add evidence"))
def add_evidence(*, actor: User, claim_id: int, version: int, evidence: EvidenceDraft) -> Evidence:
    """Add a document to a claim.

    Returns:
        The evidence. A second click on the same button gives the first one's evidence again.

    Raises:
        StaleVersionError: if somebody changed the claim since `version`.
        InvalidValueError: if there is neither link nor file, the link is no web address, the file is empty or
            larger than 20 MB, or a field does not fit.
    """
    try:
        claim = claim_for_change(claim_id=claim_id, version=version)
    except StaleVersionError:
        repeated = kept_from(actor, claim_id, evidence, claim__version=version + 1)
        if repeated:
            return repeated
        raise
    added = attach(actor, claim, evidence)
    touch({claim: {}})
    return added


def kept_from(actor: User, claim_id: int, evidence: EvidenceDraft, **where: Any) -> Evidence | None:
    """The evidence that the actor added to the claim with just these words, if any."""
    return Evidence.objects.filter(
        claim_id=claim_id, added_by=actor, **evidence.told(), **where
    ).last()


def attach(actor: User, claim: Claim, evidence: EvidenceDraft) -> Evidence:
    """Keep a document on a locked claim. The caller touches the claim."""
    size = _fitting_size(evidence.file) if evidence.file is not None else 0
    added = Evidence(claim=claim, added_by=actor, size=size, **evidence.told())
    if evidence.file is not None:
        added.content_type = _content_type(evidence.file)
        added.file = added.sha256
    try:
        added.full_clean()
    except ValidationError as error:
        raise InvalidValueError(why=" ".join(error.messages)) from error
    if evidence.file is not None:
        added.file = keep_file(evidence.file, added.file.storage, added.sha256)
    save_as(actor, added)
    return added


def _fitting_size(file: File[bytes]) -> int:
    if not file.size:
        raise InvalidValueError(why=_("the file is empty."))
    if file.size > LARGEST_FILE:
        raise InvalidValueError(why=_("the file is larger than 20 MB."))
    return file.size


def _content_type(file: File[bytes]) -> str:
    """What the name says of the kind: what a browser says comes from the name as well."""
    guessed, packed = mimetypes.guess_type(file.name or "")
    return guessed if guessed and not packed else "application/octet-stream"
