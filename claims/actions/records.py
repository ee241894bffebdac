"""Data entry: what the admin adds, changes and deletes, with the same checks and log as everything else."""

import functools
from collections.abc import Collection
from typing import Any, TypeVar, cast

from django.contrib.auth.models import User
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_noop

from claims.actions.base import action, locked, save_as, touch
from claims.actions.changes import change_what_differs
from claims.choices import Deed
from claims.models import Alias, Article, Claim, Desk, Evidence, Outlet, Source, Tag

Kept = Article | Source | Alias | Evidence | Outlet | Desk | Tag
"""The models whose entries people may add, change and delete, each with a history of its own."""

Record = Kept | Claim
"""The models whose entries people may edit. The rest is written by its own actions alone."""

K = TypeVar("K", bound=Kept)
R = TypeVar("R", bound=Record)


def _may(verb: str, record: models.Model) -> str:
    return f"{record._meta.app_label}.{verb}_{record._meta.model_name}"


def _to_enter(*, record: Record, **_: Any) -> str:
    return _may("add" if record._state.adding else "change", record)


def _to_delete(*, record: Kept, **_: Any) -> str:
    return _may("delete", record)


@action(_to_enter, what=gettext_noop("enter or change this"))
def enter_record(*, actor: User, record: R, fields: Collection[str] = ()) -> R:
    """Save a record that a person filled in. Its history gets an entry in the actor's name.

    A claim's entry is a step in the log of changes, which can be undone; claims are made on the desk alone. The
    claim of evidence counts as touched by a person, so that nobody decides on a stale view.

    Args:
        actor: who filled it in.
        record: the record, new or changed.
        fields: for a changed record, the fields that the person changed: nothing else is written, so that
            what others changed meanwhile stays.
    """
    if isinstance(record, Claim):
        _enter_claim(actor, record, fields)
    elif record._state.adding:
        if isinstance(record, Evidence):
            record.added_by = actor
        save_as(actor, record)
        _mark_changed(record)
    elif fields:
        current = _current(record)
        for field in fields:
            setattr(current, field, getattr(record, field))
        save_as(actor, current, fields=fields)
        _mark_changed(record)
    return record


def _enter_claim(actor: User, claim: Claim, fields: Collection[str]) -> None:
    columns = [field.attname for field in Claim._meta.concrete_fields if field.name in fields]
    entered = {column: getattr(claim, column) for column in columns}
    change_what_differs(actor, Deed.ENTER, dict.fromkeys(locked([claim.pk]), entered))


@action(_to_delete, what=gettext_noop("delete this"))
def delete_record(*, actor: User, record: Kept) -> None:
    """Delete a record. Its history stays, with a last entry in the actor's name.

    Raises:
        django.db.models.ProtectedError: if an entry of a log rests on it.
    """
    record._history_user = actor  # type: ignore[union-attr]
    _mark_changed(record)
    record.delete()


def _current(record: K) -> K:
    """The record as it stands now, locked: the history shows what was, not what a form showed a while ago."""
    found = type(record)._default_manager.select_for_update().get(pk=record.pk)
    return cast("K", found)


@functools.singledispatch
def _mark_changed(record: Kept) -> None:
    """Tell whatever rests on the record that a person changed it. Most records have nothing resting on them."""


@_mark_changed.register
def _(record: Evidence) -> None:
    touch({claim: {} for claim in locked([record.claim_id])})


@_mark_changed.register
def _(record: Article) -> None:
    Article.objects.filter(pk=record.pk).update(changed_at=timezone.now())
    if record.pk:
        copied = {
            "listed_at": record.published_at or record.imported_at,
            "outlet": record.outlet_id,
        }
        Claim.objects.of_article(record).exclude(**copied).update(**copied)


@_mark_changed.register
def _(record: Source) -> None:
    Claim.objects.filter(source=record).exclude(source_kind=record.kind).update(
        source_kind=record.kind
    )
