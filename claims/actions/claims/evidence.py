"""Evidence for, against or around a claim."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from claims.actions.base import action
from claims.actions.claims.changes import change, change_what_differs, require_known
from claims.actions.claims.evidence_log import field_of, value_of
from claims.actions.files import digest_of, keep_file, kind_of, name_of_file
from claims.actions.locking import claim_for_change, locked, save_as
from claims.choices import Deed, Stance
from claims.errors import InvalidValueError, NotPossibleError, StaleVersionError
from claims.models import Change, Claim, Evidence

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
        """What it says of itself, by the fields of `Evidence`: all but the file, and that one's name and digest."""
        return self.words() | {
            "file_name": name_of_file(self.file) if self.file is not None else "",
            "sha256": digest_of(self.file) if self.file is not None else "",
        }

    def words(self) -> dict[str, Any]:
        """What it says of itself without its file, by the fields of `Evidence`."""
        return {each.name: getattr(self, each.name) for each in fields(self) if each.name != "file"}


@action("claims.add_evidence", what=gettext_noop("add evidence"))
def add_evidence(*, actor: User, claim_id: int, version: int, evidence: EvidenceDraft) -> Evidence:
    """Add a document to a claim, as a step.

    Returns:
        The evidence. A second click on the same button gives the first one's evidence again.

    Raises:
        StaleVersionError: if someone changed the claim since `version`.
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
    _log_added(actor, claim, added)
    return added


@action("claims.change_evidence", what=gettext_noop("change evidence"))
def edit_evidence(
    *, actor: User, evidence_id: int, version: int, evidence: EvidenceDraft
) -> Change | None:
    """Describe a document otherwise, as a step.

    Args:
        actor: who does it.
        evidence_id: the evidence.
        version: the version of its claim that the actor looked at.
        evidence: what it is to be. Without a file it keeps the one that it has.

    Returns:
        The change, or None where it is so already. A second click gives the first one's change again.

    Raises:
        StaleVersionError: if someone changed the claim since `version`.
        BlindCheckError: if it would tell the actor of a verdict that they must not know yet.
        NotPossibleError: if it was removed.
        InvalidValueError: as `add_evidence` says.
    """
    piece = Evidence.objects.get(pk=evidence_id)
    _describe(piece, evidence)
    changed = _step(actor, piece, version, Deed.AMEND, piece.in_log())
    _keep_file(piece, evidence.file)
    return changed


@action("claims.delete_evidence", what=gettext_noop("remove evidence"))
def remove_evidence(*, actor: User, evidence_id: int, version: int) -> Change | None:
    """Take a document away from its claim, as a step. Nothing is deleted: an undo brings it back.

    Args:
        actor: who does it.
        evidence_id: the evidence.
        version: the version of its claim that the actor looked at.

    Returns:
        The change. A second click gives the first one's change again.

    Raises:
        StaleVersionError: if someone changed the claim since `version`.
        BlindCheckError: as `edit_evidence` says.
        NotPossibleError: if it was removed.
    """
    piece = Evidence.objects.get(pk=evidence_id)
    return _step(actor, piece, version, Deed.DETACH, None)


def _step(
    actor: User, piece: Evidence, version: int, deed: Deed, kept: dict[str, Any] | None
) -> Change | None:
    """Make a standing piece of evidence what the log is to keep of it."""
    name = field_of(piece)
    try:
        claim = claim_for_change(claim_id=piece.claim_id, version=version)
    except StaleVersionError:
        made = Change.objects.made_from(actor.pk, {piece.claim_id: version})
        if made is not None and made.deed == deed and {name: kept} == made.claims.get().after:
            return made
        raise
    require_known(actor, [claim])
    if value_of(claim, name) is None:
        raise _was_removed()
    return change_what_differs(actor, deed, {claim: {name: kept}})


def _was_removed() -> NotPossibleError:
    return NotPossibleError(why=_("this evidence has been removed."))


def enter(actor: User, record: Evidence, entered: Collection[str]) -> None:
    """Keep a document that was filled in by data entry, as a step. The caller has a transaction.

    Args:
        actor: who filled it in.
        record: the document, new or changed.
        entered: for a changed one, the fields that the person changed: nothing else is written.

    Raises:
        BlindCheckError: as `edit_evidence` says, for a changed one.
        NotPossibleError: if that was removed.
    """
    (claim,) = locked([record.claim_id])
    if record._state.adding:
        record.added_by = actor
        save_as(actor, record)
        _log_added(actor, claim, record)
        return
    require_known(actor, [claim])
    current = Evidence.objects.standing().filter(pk=record.pk).first()
    if current is None:
        raise _was_removed()
    for each in entered:
        setattr(current, each, getattr(record, each))
    change_what_differs(actor, Deed.AMEND, {claim: as_field(current)})


def remove(actor: User, record: Evidence) -> None:
    """Take a document away from its claim, as a step. The caller has a transaction.

    Raises:
        BlindCheckError: as `edit_evidence` says.
    """
    (claim,) = locked([record.claim_id])
    require_known(actor, [claim])
    change_what_differs(actor, Deed.DETACH, {claim: {field_of(record): None}})


def as_field(piece: Evidence) -> dict[str, Any]:
    """A piece of evidence as a field of its claim, as the log of changes keeps it."""
    return {field_of(piece): piece.in_log()}


def _log_added(actor: User, claim: Claim, added: Evidence) -> None:
    fields = as_field(added)
    change(actor, Deed.ATTACH, {claim: fields}, new=fields)


def kept_from(actor: User, claim_id: int, evidence: EvidenceDraft, **where: Any) -> Evidence | None:
    """The evidence that the actor added to the claim with just these words, if any."""
    added = Evidence.objects.standing().filter(claim_id=claim_id, added_by=actor)
    return added.filter(**evidence.told(), **where).last()


def attach(actor: User, claim: Claim, evidence: EvidenceDraft) -> Evidence:
    """Keep a document on a locked claim. The caller logs that as a step, or as part of one."""
    added = Evidence(claim=claim, added_by=actor)
    _describe(added, evidence)
    _keep_file(added, evidence.file)
    save_as(actor, added)
    return added


def _describe(piece: Evidence, evidence: EvidenceDraft) -> None:
    """Make a piece of evidence what a person says of it, in memory."""
    if evidence.file is not None:
        require_fitting(evidence.file)
    told = evidence.told() if evidence.file is not None else evidence.words()
    for name, value in told.items():
        setattr(piece, name, value)
    if evidence.file is not None:
        piece.file, piece.size = piece.sha256, evidence.file.size
        piece.content_type = kind_of(piece.file_name)
    try:
        piece.full_clean()
    except ValidationError as error:
        raise InvalidValueError(why=" ".join(error.messages)) from error


def _keep_file(piece: Evidence, file: File[bytes] | None) -> None:
    if file is not None:
        piece.file = keep_file(file, piece.file.storage, piece.sha256)


def require_fitting(file: File[bytes]) -> None:
    """Raise `InvalidValueError` for a file that is empty, or larger than evidence may be."""
    if not file.size:
        raise InvalidValueError(why=_("the file is empty."))
    if file.size > LARGEST_FILE:
        raise InvalidValueError(why=_("the file is larger than 20 MB."))
