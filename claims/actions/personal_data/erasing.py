"""Removing the names of a person: of an editor who left, or of a source."""

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Any
from urllib.parse import quote_plus

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import CASCADE, Field, Model, QuerySet
from django.utils.translation import gettext_noop

from claims.actions.accounts.managing import WORKBENCH
from claims.actions.base import action, at_the_end
from claims.actions.exports import delete_exports
from claims.actions.intake.archives import delete_archives
from claims.actions.locking import delete_as, save_as
from claims.choices import PersonKind, Verdict
from claims.errors import NotPossibleError
from claims.models import (
    UNCHANGEABLE,
    Alias,
    ArchiveImport,
    Claim,
    Comment,
    Erasure,
    Export,
    LogLink,
    SavedFilter,
    Source,
)
from claims.models.accounts.erasures import fields_of, tables
from claims.models.base.append_only import lifted
from claims.queries.accounts import display_name
from claims.queries.personal_data.kept import LOGINS, rows_of_account, rows_of_source, with_merged

NOTHING = "—"
"""What stands in the place of an emptied comment."""

_MAY = "claims.add_erasure"
_WHAT = gettext_noop("remove the names of persons")
_DETAILS = ("organisation", "country", "wikidata", "links", "note")
"""What else a source's record says of a person."""


@action(_MAY, what=_WHAT)
def erase_account(*, actor: User, account: User, empty_comments: bool = False) -> Erasure:
    """Replace the name of somebody who left by "Former editor" and the account's number, wherever the workbench keeps it.

    The e-mail address, the password, the logins, the inbox, the exports and the notifications are deleted, as are filters
    that were not shared. Decisions, changes and comments stay under the new name, and what was published as it is.

    Args:
        actor: who does it.
        account: the account, which must be closed.
        empty_comments: whether the comments lose their text, too.

    Raises:
        NotPossibleError: if the account is the command line's, is open, was erased before, or has claims to decide.
    """
    pseudonym = f"Former editor {account.pk}"
    _require_left(account)
    _require_first(PersonKind.ACCOUNT, account.pk)
    kept = rows_of_account(account)
    names = {account.get_username(), display_name(account)}
    delete_exports(Export.objects.filter(actor=account))
    delete_archives(ArchiveImport.objects.filter(actor=account).values_list("pk", flat=True))
    _delete_own(account)
    for model in LOGINS:
        kept[model].delete()
    for model in tables():
        for field, beside in fields_of(model):
            if beside:
                _rewrite(model._default_manager.filter(**{field: account}), {beside: pseudonym})
    if empty_comments:
        _rewrite(Comment.objects.filter(author=account), {"text": NOTHING})
    kept[LogEntry].filter(object_repr__in=names).update(object_repr=pseudonym)
    account.username = f"former-editor-{account.pk}"
    account.first_name, account.last_name, account.email = pseudonym, "", ""
    account.last_login, account.is_staff, account.is_superuser = None, False, False
    account.set_unusable_password()
    account.save()
    account.groups.clear()
    account.user_permissions.clear()
    return _log(
        actor, PersonKind.ACCOUNT, account.pk, pseudonym=pseudonym, comments_emptied=empty_comments
    )


@action(_MAY, what=_WHAT)
def erase_source(*, actor: User, source: Source) -> Erasure:
    """Replace the name of a source by "Former source" and its number, in the registry and its history.

    Its other names, and all that its record says of the person, are deleted; so it is with the sources that were merged
    into it. What articles say stays, and with it the words and statements of claims; and what was published as it is.

    Args:
        actor: who does it.
        source: the source.

    Raises:
        NotPossibleError: if it was merged into another one, or was erased before.
    """
    if source.merged_into is not None:
        raise NotPossibleError(
            why=f"this source was merged into {source.current().pk}. Erase that one."
        )
    _require_first(PersonKind.SOURCE, source.pk)
    sources, kept = with_merged(source), rows_of_source(source)
    aliases = list(Alias.objects.filter(source__in=sources))
    entries = kept[LogEntry].values_list("pk", flat=True)
    LogEntry.objects.filter(pk__in=list(entries)).update(
        object_repr=_former(source), change_message=""
    )
    for name in {one.name for one in (*sources, *aliases)}:
        _forget_filters(name, source)
    for alias in aliases:
        delete_as(actor, alias)
    empty = dict.fromkeys(_DETAILS, "")
    for one in sources:
        one.name = _former(one)
        for field in _DETAILS:
            setattr(one, field, "")
        save_as(actor, one)
        Source.history.filter(id=one.pk).update(name=one.name, **empty)
    kept[Alias.history.model].update(name=_former(source))
    return _log(actor, PersonKind.SOURCE, source.pk, pseudonym=_former(source))


def _former(source: Source) -> str:
    return f"Former source {source.pk}"


def _require_left(account: User) -> None:
    if account.username == WORKBENCH:
        raise NotPossibleError(why="this account is reserved for the command line.")
    if account.is_active:
        raise NotPossibleError(why="this account is open. Close it first.")
    waiting = Claim.objects.not_dismissed().filter(assigned_to=account, verdict=Verdict.PENDING)
    if number := waiting.count():
        raise NotPossibleError(
            why=f"{number:,} pending claims are assigned to it. Assign them to somebody else first."
        )


def _require_first(kind: PersonKind, number: int) -> None:
    if Erasure.objects.of(kind, number):
        raise NotPossibleError(why="this was done before.")


def _delete_own(account: User) -> None:
    """Delete what is for this person alone: whatever the database would delete together with the account."""
    for model in tables():
        own = [
            field.name
            for field in model._meta.concrete_fields
            if field.related_model is User and _goes_along(field)
        ]
        for field in own if model is not LogEntry else ():
            rows = model._default_manager.filter(**{field: account})
            (rows.filter(shared=False) if model is SavedFilter else rows).delete()


def _goes_along(field: Field[Any, Any]) -> bool:
    return field.remote_field is not None and field.remote_field.on_delete is CASCADE


def _rewrite(rows: QuerySet[Any], fields: Mapping[str, str]) -> None:
    """Write fields of rows, also of those that the database refuses to change."""
    if rows.exists():
        with _unguarded(rows.model):
            rows.update(**fields)


def _unguarded(model: type[Model]) -> AbstractContextManager[None]:
    only: Iterable[str] = getattr(model, "UNCHANGED", ())
    if only or model in UNCHANGEABLE:
        return lifted(connection, model, tuple(only))
    return nullcontext()


def _forget_filters(name: str, source: Source) -> None:
    """Let saved filters and exports find the source by its number where they did so by one of its names."""
    typed, wanted = f"source={quote_plus(name)}", f"source={source.pk}"
    saved = ContentType.objects.get_for_model(SavedFilter)
    for rows, field in (
        (SavedFilter.objects.all(), "query"),
        (Export.objects.all(), "query"),
        (LogEntry.objects.filter(content_type=saved), "change_message"),
    ):
        for row in rows.filter(**{f"{field}__contains": typed}):
            parts = getattr(row, field).split("&")
            setattr(row, field, "&".join(wanted if part == typed else part for part in parts))
            row.save(update_fields=[field])


def _log(actor: User, kind: PersonKind, number: int, **fields: Any) -> Erasure:
    erasure = Erasure.objects.create(actor=actor, kind=kind, number=number, **fields)
    at_the_end(lambda: LogLink.objects.add([erasure]))
    return erasure
