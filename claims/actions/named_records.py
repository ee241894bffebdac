"""Finding records by their name, or creating them."""

from collections.abc import Iterable
from typing import TypeVar

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from simple_history.utils import bulk_create_with_history

from claims.actions.locking import save_as
from claims.models import Outlet
from claims.models.base.named import NamedModel

N = TypeVar("N", bound=NamedModel)


def get_or_save(actor: User, record: N, **alike: object) -> N:
    """Return the record with the same name as a new one, or save the new one in the actor's name.

    Args:
        actor: in whose name it is created.
        record: the new one.
        alike: what else the existing record must match.
    """
    same = type(record)._default_manager.filter(name_key=record.name.casefold(), **alike)
    existing = same.first()
    if existing:
        return existing
    try:
        with transaction.atomic():
            save_as(actor, record)
    except IntegrityError:
        # Someone else has saved the same a moment ago.
        existing = same.first()
        if existing is None:
            raise
        return existing
    return record


def outlets_named(actor: User, names: Iterable[str]) -> dict[str, Outlet]:
    """Return the outlets with those names, in any case, by normalized name; missing ones are created.

    Raises:
        django.db.IntegrityError: if someone else creates one of them at the same moment.
    """
    wanted = {name.casefold(): name for name in reversed(list(names)) if name}
    found = (
        {each.name_key: each for each in Outlet.objects.filter(name_key__in=wanted)}
        if wanted
        else {}
    )
    # In the order in which they arrived.
    new = [Outlet(name=name) for key, name in reversed(wanted.items()) if key not in found]
    for outlet in new:
        outlet.fold()
    bulk_create_with_history(new, Outlet, default_user=actor)
    return found | {outlet.name_key: outlet for outlet in new}
