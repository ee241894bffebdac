"""Records that are found by their name, or made."""

from typing import TypeVar

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from claims.actions.base import save_as
from claims.models import Outlet
from claims.models.named import Named

N = TypeVar("N", bound=Named)


def find_or_save(actor: User, record: N, **alike: object) -> N:
    """The record that has a new one's name, or the new one, saved in the actor's name.

    Args:
        actor: in whose name it is made.
        record: the new one.
        alike: what the one with its name must have besides.
    """
    same = type(record)._default_manager.filter(folded=record.name.casefold(), **alike)
    existing = same.first()
    if existing:
        return existing
    try:
        with transaction.atomic():
            save_as(actor, record)
    except IntegrityError:
        # Somebody else brought the same in a moment ago.
        existing = same.first()
        if existing is None:
            raise
        return existing
    return record


def outlet_named(actor: User, name: str) -> Outlet | None:
    """The outlet of that name, whatever its case; a new one if there is none. None for no name."""
    return find_or_save(actor, Outlet(name=name)) if name else None
