"""Data entry: the admin's additions, changes and deletions, with the same checks and log as everything else."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from django.contrib.auth.models import User
from django.db import models
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_noop
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from claims.actions.base import action
from claims.actions.claims.changes import change_what_differs
from claims.actions.claims.evidence.entry import enter, remove
from claims.actions.locking import delete_as, locked, save_as
from claims.choices import ChangeAction
from claims.models import (
    Alias,
    Article,
    Claim,
    Desk,
    Evidence,
    ExternalSource,
    Feed,
    Outlet,
    PublicLanguage,
    ReasonTemplate,
    Revision,
    Source,
    Tag,
)

Kept = (
    Article
    | Source
    | Alias
    | Outlet
    | Desk
    | Tag
    | Feed
    | ExternalSource
    | ReasonTemplate
    | PublicLanguage
)
"""The models whose entries people may add, change and delete, each with a history of its own."""

Listed = Article | Source | Alias | Outlet | Desk | Tag
"""Those of which many are entered at once."""

Record = Kept | Claim | Evidence
"""The models whose entries people may edit. The rest is written by its own actions alone."""

K = TypeVar("K", bound=Kept)
R = TypeVar("R", bound=Record)

BATCH = 500
"""How many records one query writes."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A record as a person entered it.

    Attributes:
        record: the record, new or changed.
        fields: for a changed record, the fields that the person changed; nothing else is written.
    """

    record: Listed | Claim
    fields: Collection[str] = ()


def _may(verb: str, record: models.Model) -> str:
    return f"{record._meta.app_label}.{verb}_{record._meta.model_name}"


def _to_enter(*, record: Record, **_: Any) -> str:
    return _may("add" if record._state.adding else "change", record)


def _to_enter_all(*, entries: Iterable[Entry], **_: Any) -> Collection[str]:
    return dict.fromkeys(_to_enter(record=entry.record) for entry in entries)


def _to_delete(*, record: Kept | Evidence, **_: Any) -> str:
    return _may("delete", record)


@action(_to_enter, what=gettext_noop("add or change this"))
def enter_record(*, actor: User, record: R, fields: Collection[str] = ()) -> R:
    """Save a record that a person entered. Its history gets an entry in the actor's name.

    Changes to a claim or its evidence are also recorded in the log of changes, and can be undone. Claims are
    created only on the review page.

    Args:
        actor: who entered it.
        record: the record, new or changed.
        fields: for a changed record, the fields that the person changed; nothing else is written, so that other
            people's changes in the meantime are kept.
    """
    if isinstance(record, Claim):
        _enter_claim(actor, record, fields)
    elif isinstance(record, Evidence):
        enter(actor, record, fields)
    elif record._state.adding:
        save_as(actor, record)
        _mark_changed([record])
    elif fields:
        current = _current(record)
        for field in fields:
            setattr(current, field, getattr(record, field))
        save_as(actor, current, fields=fields)
        _mark_changed([record])
    return record


@action(_to_enter_all, what=gettext_noop("add or change this"))
def enter_records(*, actor: User, entries: Sequence[Entry], note: str = "") -> None:
    """Save many records that people entered, all or none, each like `enter_record`.

    Each history gets an entry in the actor's name. Changes to the claims of one article are one entry in
    the log of changes. A new record may refer to another new one that comes before it.

    Args:
        actor: who entered them.
        entries: the records, each once; a changed one with the fields that the person changed.
        note: where they come from, such as a file name, for histories and the log.

    Raises:
        django.db.IntegrityError: if one violates a constraint of the database, such as a name that already
            exists.
        django.core.exceptions.ObjectDoesNotExist: if one of the changed records no longer exists.
    """
    alike: dict[tuple[type[models.Model], bool], list[Entry]] = defaultdict(list)
    for entry in entries:
        alike[type(entry.record), entry.record._state.adding].append(entry)
    for (model, adding), group in alike.items():
        if model is Claim:
            _enter_claims(actor, group, note)
        elif adding:
            _add_all(actor, [cast("Listed", entry.record) for entry in group], note)
        else:
            _change_all(actor, [entry for entry in group if entry.fields], note)


def _add_all(actor: User, records: Sequence[Listed], note: str) -> None:
    for record in records:
        record.clean()
    bulk_create_with_history(
        records,
        type(records[0]),
        batch_size=BATCH,
        default_user=actor,
        default_change_reason=_as_reason(note),
    )
    _mark_changed(records)


def _change_all(actor: User, entries: Sequence[Entry], note: str) -> None:
    """Write each record's changed fields onto its current state."""
    if not entries:
        return
    model = type(entries[0].record)
    wanted = {entry.record.pk: entry for entry in entries}
    found = model._default_manager.select_for_update().filter(pk__in=wanted).order_by("pk")
    standing = cast("list[Listed]", list(found))
    if len(standing) != len(wanted):
        raise model.DoesNotExist
    for current in standing:
        for field in wanted[current.pk].fields:
            setattr(current, field, getattr(wanted[current.pk].record, field))
        current.clean()
    fields = {field for entry in entries for field in entry.fields}
    bulk_update_with_history(
        standing,
        model,
        # Columns derived from a name are saved with it.
        sorted(fields | (set(getattr(model, "of_name", ())) if "name" in fields else set())),
        batch_size=BATCH,
        default_user=actor,
        default_change_reason=_as_reason(note),
    )
    _mark_changed(standing)


def _as_reason(note: str) -> str | None:
    """Return a note, shortened to what histories store."""
    return note[:100] or None


def _enter_claims(actor: User, entries: Sequence[Entry], note: str) -> None:
    entered = {
        entry.record.pk: _columns(cast("Claim", entry.record), entry.fields) for entry in entries
    }
    of_article: dict[int, list[int]] = defaultdict(list)
    homes = Claim.objects.filter(pk__in=entered).order_by("revision__article_id")
    for pk, article in homes.values_list("pk", "revision__article_id"):
        of_article[article].append(pk)
    if sum(map(len, of_article.values())) != len(entered):
        raise Claim.DoesNotExist
    for claims in of_article.values():
        wanted = {claim: entered[claim.pk] for claim in locked(claims)}
        change_what_differs(actor, ChangeAction.DATA_ENTRY, wanted, note=note)


def _enter_claim(actor: User, claim: Claim, fields: Collection[str]) -> None:
    entered = _columns(claim, fields)
    change_what_differs(actor, ChangeAction.DATA_ENTRY, dict.fromkeys(locked([claim.pk]), entered))


def _columns(claim: Claim, fields: Collection[str]) -> dict[str, Any]:
    """Return a claim's fields by column name."""
    columns = [field.attname for field in Claim._meta.concrete_fields if field.name in fields]
    return {column: getattr(claim, column) for column in columns}


@action(_to_delete, what=gettext_noop("delete this"))
def delete_record(*, actor: User, record: Kept | Evidence) -> None:
    """Delete a record. Its history stays, with a final entry in the actor's name.

    Evidence is not deleted but removed from its claim, with an entry in the log of changes that can be
    undone.

    Raises:
        django.db.models.ProtectedError: if an entry of a log depends on it.
    """
    if isinstance(record, Evidence):
        remove(actor, record)
        return
    _mark_changed([record])
    delete_as(actor, record)


def _current(record: K) -> K:
    """Return the record in its current state, locked: the history must not show what a form showed earlier."""
    found = type(record)._default_manager.select_for_update().get(pk=record.pk)
    return cast("K", found)


def _mark_changed(records: Sequence[Kept]) -> None:
    """Mark whatever depends on records of one model as changed by a person. Nothing depends on most models."""
    mark = _MARKS.get(type(records[0]))
    if mark:
        mark([record.pk for record in records if record.pk])


def _mark_articles(changed: Collection[int]) -> None:
    Article.objects.filter(pk__in=changed).update(changed_at=timezone.now())
    article = Revision.objects.filter(pk=OuterRef("revision")).annotate(
        listed_at=Coalesce("article__published_at", "article__imported_at")
    )
    Claim.objects.with_stale_copies().filter(revision__article__in=changed).update(
        listed_at=Subquery(article.values("listed_at")),
        outlet=Subquery(article.values("article__outlet")),
    )


def _mark_sources(changed: Collection[int]) -> None:
    kind = Source.objects.filter(pk=OuterRef("source")).values("kind")
    Claim.objects.filter(source__in=changed).exclude(source_kind=F("source__kind")).update(
        source_kind=Subquery(kind)
    )


_MARKS: dict[type[models.Model], Callable[[Collection[int]], None]] = {
    Article: _mark_articles,
    Source: _mark_sources,
}
