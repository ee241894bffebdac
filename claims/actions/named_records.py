"""Records that are found by their name, or made."""

from collections.abc import Iterable
from typing import TypeVar

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from simple_history.utils import bulk_create_with_history

from claims.actions.locking import save_as
from claims.models import Outlet
from claims.models.base.named import Named

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
        # Someone else brought the same in a moment ago.
        existing = same.first()
        if existing is None:
            raise
        return existing
    return record


def outlets_named(actor: User, names: Iterable[str]) -> dict[str, Outlet]:
    """The outlets of those names, whatever their case, by the folded name; those that are new are made.

    Raises:
        django.db.IntegrityError: if someone else makes one of them in the same moment.
    """
    wanted = {name.casefold(): name for name in reversed(list(names)) if name}
    found = (
        {each.folded: each for each in Outlet.objects.filter(folded__in=wanted)} if wanted else {}
    )
    # In the order in which they came in.
    new = [Outlet(name=name) for key, name in reversed(wanted.items()) if key not in found]
    for outlet in new:
        outlet.fold()
    bulk_create_with_history(new, Outlet, default_user=actor)
    return found | {outlet.folded: outlet for outlet in new}
