"""What the workbench keeps of a person: of an account, or of a source."""

from collections.abc import Iterable, Mapping
from functools import reduce
from operator import or_
from typing import Any

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet

from claims.models import Alias, ChangedClaim, Claim, PublicClaim, Source
from claims.models.accounts.erasures import fields_of, tables

Kept = dict[type[Model], QuerySet[Any]]
"""The rows of a person by their models."""

LOGINS = (AccessAttempt, AccessFailureLog, AccessLog)
"""The tables of django-axes, which name accounts by the user name."""


def rows_of_account(account: User) -> Kept:
    """Return all rows of an account: itself, those that name it, what it changed, its logins, and what was done to it."""
    found: Kept = {User: User.objects.filter(pk=account.pk)}
    for model in tables():
        if fields := [Q(**{field: account.pk}) for field, _beside in fields_of(model)]:
            found[model] = _rows(model, reduce(or_, fields))
    found[ChangedClaim] = _rows(ChangedClaim, Q(change__actor=account))
    found[LogEntry] = _rows(LogEntry, Q(user=account) | _entries_about([account]))
    for model in LOGINS:
        found[model] = _rows(model, Q(username=account.username))
    return found


def rows_of_source(source: Source) -> Kept:
    """Return all rows of a source, and of those that were merged into it: its names, its histories and its claims."""
    sources = with_merged(source)
    ids = [one.pk for one in sources]
    aliases = list(Alias.objects.filter(source__in=ids))
    history, alias_history = Source.history.model, Alias.history.model
    found: Kept = {Source: Source.objects.filter(pk__in=ids)}
    for model in tables():
        fields = [
            Q(**{f"{field.name}__in": ids})
            for field in model._meta.concrete_fields
            if field.related_model is Source and model is not Source
        ]
        if fields:
            found[model] = _rows(model, reduce(or_, fields))
    found[history] = _rows(history, Q(id__in=ids))
    found[alias_history] = _rows(alias_history, Q(source__in=ids) | Q(merged_from__in=ids))
    found[PublicClaim] = _rows(PublicClaim, Q(source__in=ids) | Q(claim__source__in=ids))
    found[Claim] = _rows(Claim, Q(source__in=ids))
    found[LogEntry] = _rows(LogEntry, _entries_about([*sources, *aliases]))
    return found


def with_merged(source: Source) -> list[Source]:
    """Return a source and all that were merged into it, directly or through others."""
    found, newest = [source], [source]
    while newest:
        newest = list(Source.objects.filter(merged_into__in=newest).order_by("pk"))
        found += newest
    return found


def counts_of(kept: Mapping[type[Model], QuerySet[Any]]) -> dict[type[Model], int]:
    """Return how many rows there are of each model that has any."""
    counted = {model: rows.count() for model, rows in kept.items()}
    return {model: number for model, number in counted.items() if number}


def _rows(model: type[Model], condition: Q) -> QuerySet[Any]:
    return model._default_manager.filter(condition).order_by("pk")


def _entries_about(records: Iterable[Model]) -> Q:
    """Return the entries in the log of data entry that are about some records."""
    ids: dict[type[Model], list[str]] = {}
    for record in records:
        ids.setdefault(type(record), []).append(str(record.pk))
    types = ContentType.objects.get_for_models(*ids)
    return reduce(
        or_, (Q(content_type=types[model], object_id__in=some) for model, some in ids.items())
    )
