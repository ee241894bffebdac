"""Evidence in the log of changes: there each piece is a field of its claim, by its id.

The field holds the whole of the piece, or nothing while the claim does not have it. So adding, changing and removing
evidence are undone and done again as everything else is, and pieces that others added meanwhile stay.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth.models import User

from claims.actions.locking import save_as
from claims.models import Claim, Evidence
from claims.models.claims.evidence import LOGGED


def field_of(piece: Evidence) -> str:
    """The field that a piece of evidence is in the log."""
    return f"{LOGGED}{piece.pk}"


def value_of(claim: Claim, name: str) -> Any:
    """A field of a claim as the log keeps it: as the claim holds it, or for evidence as it is kept now."""
    pk = _piece_of(name)
    if pk is None:
        return getattr(claim, name)
    piece = Evidence.objects.filter(pk=pk, claim=claim).first()
    return piece.in_log() if piece else None


def columns_of(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Those of a claim's fields that are no evidence."""
    return {name: value for name, value in fields.items() if _piece_of(name) is None}


def put_evidence(actor: User, fields: Iterable[Mapping[str, Any]]) -> None:
    """Make evidence what the fields of locked claims say, with an entry in its history in the actor's name."""
    wanted = {pk: value for one in fields for name, value in one.items() if (pk := _piece_of(name))}
    if not wanted:
        return
    for piece in Evidence.objects.filter(pk__in=wanted).order_by("pk"):
        if piece.in_log() != wanted[piece.pk]:
            piece.take_from_log(wanted[piece.pk])
            save_as(actor, piece)


def _piece_of(name: str) -> int | None:
    return int(name.removeprefix(LOGGED)) if name.startswith(LOGGED) else None
