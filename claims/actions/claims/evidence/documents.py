"""Documents as evidence: what an editor describes, saved with a locked claim. The callers log it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.files import File
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.actions.captures.wanting import want_added
from claims.actions.claims.changes import apply_change
from claims.actions.claims.logged_fields import field_of
from claims.actions.files import digest_of, keep_file, kind_of, name_of_file
from claims.actions.locking import save_as
from claims.actions.thumbnails import want_thumbnail
from claims.choices import ChangeAction, Stance
from claims.errors import InvalidValueError, NotPossibleError
from claims.models import Change, Claim, Evidence

_OF_DOCUMENT = [
    each.name
    for each in Evidence._meta.concrete_fields
    if each.name not in {"id", "claim", "stance", "position", "added_by", "added_at", "removed_at"}
]
"""The fields that a document has for whatever claim."""

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

    @classmethod
    def of(cls, piece: Evidence) -> EvidenceDraft:
        """Return how a document is described now, without its file, which it then keeps."""
        return cls(
            **{each.name: getattr(piece, each.name) for each in fields(cls) if each.name != "file"}
        )

    def told(self) -> dict[str, Any]:
        """Its values, by the fields of `Evidence`: all except the file, whose name and digest are included."""
        return self.words() | {
            "file_name": name_of_file(self.file) if self.file is not None else "",
            "sha256": digest_of(self.file) if self.file is not None else "",
        }

    def words(self) -> dict[str, Any]:
        """Its values without its file, by the fields of `Evidence`."""
        return {each.name: getattr(self, each.name) for each in fields(self) if each.name != "file"}


def attach(actor: User, claim: Claim, evidence: EvidenceDraft) -> Evidence:
    """Save a document for a locked claim, and have it captured. The caller logs it."""
    last = _last_positions([claim])
    added = Evidence(claim=claim, added_by=actor, position=last.get(claim.pk, 0))
    describe(added, evidence)
    store_file(added, evidence.file)
    save_as(actor, added)
    want_added(actor, added)
    return added


def copies_for(
    actor: User, piece: Evidence, claims: Collection[Claim], stance: Stance
) -> list[Evidence]:
    """Save a document for those of some locked claims that do not have it yet. The caller logs it.

    It is confidential if it is so for any claim.
    """
    if not claims:
        return []
    same = Evidence.objects.not_removed().identical_to(piece)
    having = set(same.filter(claim__in=claims).values_list("claim", flat=True))
    confidential = Evidence.objects.of_same_documents([piece]).filter(confidential=True).exists()
    last = _last_positions(claims)
    copies = []
    for claim in claims:
        if claim.pk not in having:
            copy = Evidence(claim=claim, added_by=actor, position=last.get(claim.pk, 0))
            for name in _OF_DOCUMENT:
                setattr(copy, name, getattr(piece, name))
            copy.stance, copy.confidential = stance, confidential
            save_as(actor, copy)
            copies.append(copy)
    return copies


def _last_positions(claims: Collection[Claim]) -> dict[int, int]:
    """Return the position of each claim's last document, by claim id; what is added there comes behind it."""
    pieces = Evidence.objects.not_removed().filter(claim__in=claims).order_by()
    return dict(pieces.values_list("claim").annotate(Max("position")))


def log_added(actor: User, added: Iterable[Evidence]) -> Change | None:
    """Log documents that were added to locked claims, one to each. Returns None if there are none."""
    fields = {piece.claim: as_field(piece) for piece in added}
    new = {name for one in fields.values() for name in one}
    return apply_change(actor, ChangeAction.ATTACH, fields, new=new) if fields else None


def describe(piece: Evidence, evidence: EvidenceDraft) -> None:
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


def store_file(piece: Evidence, file: File[bytes] | None) -> None:
    """Store the file of a piece of evidence, if it has a new one, and have a thumbnail drawn of it."""
    if file is not None:
        piece.file = keep_file(file, piece.file.storage, piece.sha256)
        want_thumbnail(piece.sha256)


def require_fitting(file: File[bytes]) -> None:
    """Raise `InvalidValueError` for a file that is empty, or larger than evidence may be."""
    if not file.size:
        raise InvalidValueError(why=_("the file is empty."))
    if file.size > LARGEST_FILE:
        raise InvalidValueError(why=_("the file is larger than 20 MB."))


def as_field(piece: Evidence) -> dict[str, Any]:
    """Return a piece of evidence as a field of its claim, as the log of changes records it."""
    return {field_of(piece): piece.in_log()}


def kept_from(actor: User, claim_id: int, evidence: EvidenceDraft, **where: Any) -> Evidence | None:
    """Return the evidence that the actor has added to the claim with exactly these words, if any."""
    added = Evidence.objects.not_removed().filter(claim_id=claim_id, added_by=actor)
    return added.filter(**evidence.told(), **where).last()


def was_removed() -> NotPossibleError:
    """Return the error for a document that somebody has removed."""
    return NotPossibleError(why=_("this evidence has been removed."))
