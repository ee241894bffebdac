"""Actions on lists of claims: bulk changes, filters and exports."""

from typing import Any

from django.contrib.auth.models import User

from claims.access import Role
from claims.actions import start_bulk_change
from claims.choices import ChangeAction as LoggedAction
from claims.errors import InvalidValueError, NotPossibleError, ReasonRequiredError
from claims.models import BulkChange, BulkChangeItem, Claim, Export, SavedFilter
from tests.actions.driven.driving import UNSPEAKABLE, Driven, on_claims, somebody, with_fields
from tests.models import rows


def _to_list(claim: Claim) -> dict[str, Any]:
    claims = Claim.objects.filter(pk=claim.pk)
    return {"action": LoggedAction.DECIDE, "fields": {"verdict": "verified"}, "claims": claims}


def _listed(claim: Claim, actor: str, **fields: Any) -> BulkChange:
    """A batch of a person's that is to verify the claim."""
    bulk_change = rows.bulk_change(
        User.objects.get_or_create(username=actor)[0],
        fields={"verdict": "verified"},
        total=1,
        **fields,
    )
    version = Claim.objects.get(pk=claim.pk).version
    BulkChangeItem.objects.create(bulk_change=bulk_change, claim=claim, version=version)
    return bulk_change


def _kept(actor: str) -> SavedFilter:
    """A filter that a person keeps."""
    return rows.saved_filter(User.objects.get_or_create(username=actor)[0])


def _exported(actor: str) -> Export:
    """A person's export that waits."""
    return rows.export(User.objects.get_or_create(username=actor)[0])


def _to_begin(claim: Claim) -> dict[str, Any]:
    return {"bulk_change_id": _listed(claim, "actor").pk}


def _to_undo_all(claim: Claim) -> dict[str, Any]:
    if BulkChange.objects.exists():
        return {"bulk_change_id": BulkChange.objects.get().pk}
    bulk_change = _listed(claim, somebody().username)
    start_bulk_change(actor=somebody(), bulk_change_id=bulk_change.pk)
    return {"bulk_change_id": bulk_change.pk}


LISTS = {
    "preview_bulk_change": Driven(
        role=Role.EDITOR,
        keywords=_to_list,
        breaks=with_fields(_to_list, fields={"verdict": "disputed"}),
        failure=ReasonRequiredError,
        log="BulkChange",
        actor_field="actor_id",
    ),
    "start_bulk_change": on_claims(_to_begin),
    "stop_bulk_change": Driven(
        role=Role.EDITOR,
        keywords=lambda claim: {"bulk_change_id": _listed(claim, "actor", status="running").pk},
        breaks=lambda claim: {"bulk_change_id": _listed(claim, "somebody").pk},
        failure=NotPossibleError,
        log="BulkChange",
        actor_field="actor_id",
    ),
    "undo_bulk_change": on_claims(_to_undo_all),
    "save_filter": Driven(
        role=Role.READER,
        keywords=lambda _: {"name": "To do", "query": "verdict=pending", "shared": True},
        breaks=lambda _: {"name": "To do", "query": UNSPEAKABLE, "shared": True},
        failure=UnicodeError,
        log="LogEntry",
        actor_field="user_id",
        without=None,
    ),
    "delete_filter": Driven(
        role=Role.READER,
        keywords=lambda _: {"filter_id": _kept("actor").pk},
        breaks=lambda _: {"filter_id": _kept("somebody").pk},
        failure=NotPossibleError,
        log="LogEntry",
        actor_field="user_id",
        without=None,
    ),
    "begin_export": Driven(
        role=Role.READER,
        keywords=lambda _: {"query": "verdict=pending", "key": "csv", "total": 20_000},
        breaks=lambda _: {"query": "q" * 2001, "key": "csv", "total": 20_000},
        failure=InvalidValueError,
        log="Export",
        actor_field="actor_id",
        without=None,
    ),
    "stop_export": Driven(
        role=Role.READER,
        keywords=lambda _: {"export_id": _exported("actor").pk},
        breaks=lambda _: {"export_id": _exported("somebody").pk},
        failure=NotPossibleError,
        log="Export",
        actor_field="actor_id",
        without=None,
    ),
}
