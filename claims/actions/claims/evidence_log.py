"""Evidence in the log of changes: each piece is a field of its claim, named by its id.

The field's value is the whole piece, or nothing while the claim does not have it. So adding, changing and removing
evidence is undone and redone like everything else, and pieces that others have added in the meantime stay.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth.models import User

from claims.actions.locking import save_as
from claims.models import Claim, Evidence
from claims.models.claims.evidence import LOGGED


def field_of(piece: Evidence) -> str:
    """Return the name of a piece of evidence as a field in the log."""
    return f"{LOGGED}{piece.pk}"


def value_of(claim: Claim, name: str) -> Any:
    """Return a field of a claim as the log records it: from the claim, or for evidence from its current state."""
    pk = _piece_of(name)
    if pk is None:
        return getattr(claim, name)
    # All of the claim's evidence is little, and whoever looks at many claims has fetched it with them.
    piece = next((one for one in claim.evidence.all() if one.pk == pk), None)
    return piece.in_log() if piece else None


def columns_of(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return those of a claim's fields that are not evidence."""
    return {name: value for name, value in fields.items() if _piece_of(name) is None}


def put_evidence(actor: User, fields: Iterable[Mapping[str, Any]]) -> None:
    """Set the evidence of locked claims to what their fields say, with a history entry in the actor's name."""
    wanted = {pk: value for one in fields for name, value in one.items() if (pk := _piece_of(name))}
    if not wanted:
        return
    for piece in Evidence.objects.filter(pk__in=wanted).order_by("pk"):
        if piece.in_log() != wanted[piece.pk]:
            piece.take_from_log(wanted[piece.pk])
            save_as(actor, piece)


def _piece_of(name: str) -> int | None:
    return int(name.removeprefix(LOGGED)) if name.startswith(LOGGED) else None
