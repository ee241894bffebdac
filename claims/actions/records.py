"""Data entry: what the admin adds, changes and deletes, with the same checks and log as everything else."""

import functools
from collections.abc import Collection
from typing import Any, TypeVar, cast

from django.contrib.auth.models import User
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_noop

from claims.actions.base import action, save_as, touch
from claims.models import Alias, Article, Claim, Evidence, Source

Record = Article | Source | Alias | Claim | Evidence
"""The models whose entries people may edit. The rest is written by its own actions alone."""

R = TypeVar("R", bound=Record)


def _may(verb: str, record: models.Model) -> str:
    return f"{record._meta.app_label}.{verb}_{record._meta.model_name}"


def _to_enter(*, record: Record, **_: Any) -> str:
    return _may("add" if record._state.adding else "change", record)


def _to_delete(*, record: Record, **_: Any) -> str:
    return _may("delete", record)


@action(_to_enter, what=gettext_noop("enter or change this"))
def enter_record(*, actor: User, record: R, fields: Collection[str] = ()) -> R:
    """Save a record that a person filled in. Its history gets an entry in the actor's name.

    A claim, or the claim of evidence, counts as touched by a person, so that nobody decides on a stale view.

    Args:
        actor: who filled it in.
        record: the record, new or changed.
        fields: for a changed record, the fields that the person changed: nothing else is written, so that
            what others changed meanwhile stays.
    """
    if record._state.adding:
        if isinstance(record, Evidence):
            record.added_by = actor
        save_as(actor, record)
    elif not fields:
        return record
    else:
        current = _current(record)
        _keep_what_was(current)
        for field in fields:
            setattr(current, field, getattr(record, field))
        save_as(actor, current, fields=fields)
    _mark_changed(record)
    return record


@action(_to_delete, what=gettext_noop("delete this"))
def delete_record(*, actor: User, record: Record) -> None:
    """Delete a record. Its history stays, with a last entry in the actor's name.

    Raises:
        django.db.models.ProtectedError: if a decision rests on it.
    """
    record._history_user = actor  # type: ignore[union-attr]
    _mark_changed(record)
    record.delete()


def _current(record: R) -> R:
    """The record as it stands now, locked: the history shows what was, not what a form showed a while ago."""
    found = type(record)._default_manager.select_for_update().get(pk=record.pk)
    return cast("R", found)


def _keep_what_was(current: Record) -> None:
    """Give a record that came in by bulk its first history entry, before the first change overwrites it."""
    if not current.history.exists():
        type(current).history.bulk_history_create([current])


@functools.singledispatch
def _mark_changed(record: Record) -> None:
    """Tell whatever rests on the record that a person changed it. Most records have nothing resting on them."""


@_mark_changed.register
def _(record: Claim) -> None:
    touch(Claim.objects.select_for_update().get(pk=record.pk))


@_mark_changed.register
def _(record: Evidence) -> None:
    _mark_changed(record.claim)


@_mark_changed.register
def _(record: Article) -> None:
    Article.objects.filter(pk=record.pk).update(changed_at=timezone.now())
