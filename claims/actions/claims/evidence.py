"""Evidence for, against or about a claim."""

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
from claims.actions.claims.changes import apply_change, change_what_differs, require_known
from claims.actions.claims.logged_fields import field_of, value_of
from claims.actions.files import digest_of, keep_file, kind_of, name_of_file
from claims.actions.locking import claim_for_change, locked, save_as
from claims.choices import ChangeAction, Stance
from claims.errors import InvalidValueError, NotPossibleError, StaleVersionError
from claims.models import Change, Claim, Evidence

LARGEST_FILE = 20 * 1000 * 1000
"""Bytes that a file may have."""


@dataclass(frozen=True, slots=True)
class EvidenceDraft:
    """A document as an editor describes it, not yet saved. It has a link, a file, or both."""

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
        """Its values, by the fields of `Evidence`: all except the file, whose name and digest are included."""
        return self.words() | {
            "file_name": name_of_file(self.file) if self.file is not None else "",
            "sha256": digest_of(self.file) if self.file is not None else "",
        }

    def words(self) -> dict[str, Any]:
        """Its values without its file, by the fields of `Evidence`."""
        return {each.name: getattr(self, each.name) for each in fields(self) if each.name != "file"}


@action("claims.add_evidence", what=gettext_noop("add evidence"))
def add_evidence(*, actor: User, claim_id: int, version: int, evidence: EvidenceDraft) -> Evidence:
    """Add a document to a claim, with a log entry.

    Returns:
        The evidence. A second click on the same button returns the first evidence again.

    Raises:
        StaleVersionError: if someone has changed the claim since `version`.
        InvalidValueError: if there is neither link nor file, the link is not a web address, the file is empty
            or larger than 20 MB, or a field is not valid.
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
    """Change the description of a document, with a log entry.

    Args:
        actor: who does it.
        evidence_id: the evidence.
        version: the version of its claim that the actor saw.
        evidence: the new values. Without a file, it keeps the current one.

    Returns:
        The change, or None if nothing would change. A second click returns the first change again.

    Raises:
        StaleVersionError: if someone has changed the claim since `version`.
        BlindCheckError: if it would reveal a verdict that the actor must not know yet.
        NotPossibleError: if it has been removed.
        InvalidValueError: as in `add_evidence`.
    """
    piece = Evidence.objects.get(pk=evidence_id)
    _describe(piece, evidence)
    changed = _step(actor, piece, version, ChangeAction.AMEND, piece.in_log())
    _keep_file(piece, evidence.file)
    return changed


@action("claims.delete_evidence", what=gettext_noop("remove evidence"))
def remove_evidence(*, actor: User, evidence_id: int, version: int) -> Change | None:
    """Remove a document from its claim, with a log entry. Nothing is deleted: an undo restores it.

    Args:
        actor: who does it.
        evidence_id: the evidence.
        version: the version of its claim that the actor saw.

    Returns:
        The change. A second click returns the first change again.

    Raises:
        StaleVersionError: if someone has changed the claim since `version`.
        BlindCheckError: as in `edit_evidence`.
        NotPossibleError: if it has been removed.
    """
    piece = Evidence.objects.get(pk=evidence_id)
    return _step(actor, piece, version, ChangeAction.DETACH, None)


def _step(
    actor: User, piece: Evidence, version: int, action: ChangeAction, kept: dict[str, Any] | None
) -> Change | None:
    """Change a piece of evidence to what the log is about to record."""
    name = field_of(piece)
    try:
        claim = claim_for_change(claim_id=piece.claim_id, version=version)
    except StaleVersionError:
        made = Change.objects.made_from(actor.pk, {piece.claim_id: version})
        if made is not None and made.action == action and {name: kept} == made.claims.get().after:
            return made
        raise
    require_known(actor, [claim])
    if value_of(claim, name) is None:
        raise _was_removed()
    return change_what_differs(actor, action, {claim: {name: kept}})


def _was_removed() -> NotPossibleError:
    return NotPossibleError(why=_("this evidence has been removed."))


def enter(actor: User, record: Evidence, entered: Collection[str]) -> None:
    """Save a document from data entry, with a log entry. The caller has a transaction.

    Args:
        actor: who entered it.
        record: the document, new or changed.
        entered: for a changed one, the fields that the person changed; nothing else is written.

    Raises:
        BlindCheckError: as in `edit_evidence`, for a changed one.
        NotPossibleError: if it has been removed.
    """
    (claim,) = locked([record.claim_id])
    if record._state.adding:
        record.added_by = actor
        save_as(actor, record)
        _log_added(actor, claim, record)
        return
    require_known(actor, [claim])
    current = Evidence.objects.not_removed().filter(pk=record.pk).first()
    if current is None:
        raise _was_removed()
    for each in entered:
        setattr(current, each, getattr(record, each))
    change_what_differs(actor, ChangeAction.AMEND, {claim: as_field(current)})


def remove(actor: User, record: Evidence) -> None:
    """Remove a document from its claim, with a log entry. The caller has a transaction.

    Raises:
        BlindCheckError: as in `edit_evidence`.
    """
    (claim,) = locked([record.claim_id])
    require_known(actor, [claim])
    change_what_differs(actor, ChangeAction.DETACH, {claim: {field_of(record): None}})


def as_field(piece: Evidence) -> dict[str, Any]:
    """Return a piece of evidence as a field of its claim, as the log of changes records it."""
    return {field_of(piece): piece.in_log()}


def _log_added(actor: User, claim: Claim, added: Evidence) -> None:
    fields = as_field(added)
    apply_change(actor, ChangeAction.ATTACH, {claim: fields}, new=fields)


def kept_from(actor: User, claim_id: int, evidence: EvidenceDraft, **where: Any) -> Evidence | None:
    """Return the evidence that the actor has added to the claim with exactly these words, if any."""
    added = Evidence.objects.not_removed().filter(claim_id=claim_id, added_by=actor)
    return added.filter(**evidence.told(), **where).last()


def attach(actor: User, claim: Claim, evidence: EvidenceDraft) -> Evidence:
    """Save a document for a locked claim. The caller logs it."""
    added = Evidence(claim=claim, added_by=actor)
    _describe(added, evidence)
    _keep_file(added, evidence.file)
    save_as(actor, added)
    return added


def _describe(piece: Evidence, evidence: EvidenceDraft) -> None:
    """Set a piece of evidence to what a person entered, in memory."""
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
