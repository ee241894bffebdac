"""Describing, moving and removing the evidence that a claim has."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.utils.translation import gettext_noop

from claims.actions.base import action
from claims.actions.captures.wanting import want_added
from claims.actions.claims.changes import change_what_differs, require_known
from claims.actions.claims.evidence.documents import (
    EvidenceDraft,
    describe,
    store_file,
    was_removed,
)
from claims.actions.claims.logged_fields import field_of, value_of
from claims.actions.locking import claim_for_change
from claims.choices import ChangeAction
from claims.errors import StaleVersionError
from claims.models import Change, Evidence
from claims.models.claims.captures import keys_of


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
    before = keys_of(piece)
    describe(piece, evidence)
    changed = _step(actor, piece, version, ChangeAction.AMEND, piece.in_log())
    store_file(piece, evidence.file)
    if changed is not None:
        piece.refresh_from_db(fields=["address_key", "sha256"])
        if not set(keys_of(piece)).issubset(before):
            want_added(actor, piece)
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


@action("claims.change_evidence", what=gettext_noop("change evidence"))
def move_evidence(*, actor: User, evidence_id: int, version: int, to: int) -> Change | None:
    """Move a document to another place among its claim's evidence, with a log entry.

    Args:
        actor: who moves it.
        evidence_id: the document.
        version: the version of its claim that the actor saw.
        to: its new place, counting from 0; one behind the last is the last.

    Returns:
        The change, or None if it is in that place. A second click returns the first change again.

    Raises:
        StaleVersionError: if someone has changed the claim since `version`.
        BlindCheckError: as in `edit_evidence`.
        NotPossibleError: if it has been removed.
    """
    piece = Evidence.objects.get(pk=evidence_id)
    try:
        claim = claim_for_change(claim_id=piece.claim_id, version=version)
    except StaleVersionError:
        made = Change.objects.made_from(actor.pk, {piece.claim_id: version})
        if made is not None and _moves(made, piece, to):
            return made
        raise
    require_known(actor, [claim])
    before = list(claim.evidence.not_removed().in_order())
    if piece not in before:
        raise was_removed()
    after = [each for each in before if each != piece]
    after.insert(max(to, 0), piece)
    if after == before:
        return None
    fields = {
        field_of(each): {**(each.in_log() or {}), "position": place}
        for place, each in enumerate(after, start=1)
    }
    return change_what_differs(actor, ChangeAction.AMEND, {claim: fields})


def _moves(made: Change, piece: Evidence, to: int) -> bool:
    """Return whether a change moved a document to a place."""
    kept = made.claims.get().after.get(field_of(piece)) or {}
    return made.action == ChangeAction.AMEND and kept.get("position") == to + 1


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
        raise was_removed()
    return change_what_differs(actor, action, {claim: {name: kept}})
