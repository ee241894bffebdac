"""Evidence in data entry."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib.auth.models import User

from claims.actions.claims.changes import change_what_differs, require_known
from claims.actions.claims.evidence.documents import as_field, log_added, was_removed
from claims.actions.claims.logged_fields import field_of
from claims.actions.locking import locked, save_as
from claims.choices import ChangeAction
from claims.models import Evidence


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
        record.claim = claim
        log_added(actor, [record])
        return
    require_known(actor, [claim])
    current = Evidence.objects.not_removed().filter(pk=record.pk).first()
    if current is None:
        raise was_removed()
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
