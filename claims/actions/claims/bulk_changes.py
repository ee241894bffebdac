"""Bulk changes to any number of articles: previewed first, then done, and undone as one.

Few claims change at once, in one transaction. Many change in the background, a few hundred per transaction: on a
database with one writer at a time, a single long transaction would keep everyone else from saving. Whatever has
been done so far is recorded in the bulk change and is undone with it.
"""

from datetime import timedelta
from time import sleep
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import Count, Value
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django_tasks import task

from claims.actions.base import action
from claims.actions.claims import bulk_steps
from claims.actions.claims.derived_fields import Fields
from claims.actions.claims.undo import require_undoable
from claims.choices import ChangeAction, JobStatus, Verdict
from claims.errors import (
    NothingToUndoError,
    NotPossibleError,
    ReasonRequiredError,
    WorkbenchError,
    as_data,
)
from claims.models import BulkChange, BulkChangeItem
from claims.models.claims.querysets import ClaimQuerySet
from claims.queries.accounts import display_name
from claims.queries.claims.bulk_changes import skipped

KEPT_UNBEGUN = timedelta(days=2)
"""How long a list that nobody began stays: it may be on screen in another tab."""

_LET_OTHERS = 0.15
"""Seconds between two pieces on SQLite. Who waits there to write tries again every 0.1 s at the most, and in no order:
without a pause, an editor's decision waited for twenty seconds and was refused."""

_WHAT = gettext_noop("change claims")


_NEEDED = {
    ChangeAction.DECIDE: "claims.decide_claim",
    ChangeAction.TAKE_OVER: "claims.decide_claim",
    ChangeAction.ASSIGN: "claims.decide_claim",
    ChangeAction.MERGE_SOURCES: "claims.change_source",
}
"""What else than changing claims a person must be allowed to do: just what it takes for one claim."""


def _needed(action: ChangeAction) -> str:
    return _NEEDED.get(action, "claims.change_claim")


def _to_list(*, action: ChangeAction, **_keywords: Any) -> str:
    return _needed(action)


def _to_go_on(*, bulk_change_id: int, **_keywords: Any) -> str:
    return _needed(ChangeAction(BulkChange.objects.get(pk=bulk_change_id).action))


@action(_to_list, what=_WHAT)
def preview_bulk_change(
    *,
    actor: User,
    action: ChangeAction,
    fields: Fields,
    claims: ClaimQuerySet,
    note: str = "",
    replace: bool = False,
) -> BulkChange:
    """Preview a bulk change. Nothing changes until `start_bulk_change`.

    Previews that nobody started within two days are deleted, whoever made them.

    Args:
        actor: who requests it.
        action: the action's name in the history.
        fields: the claims' new columns; `add_tag` and `remove_tag` name a tag by its id. None for `TAKE_OVER`, by
            which each claim takes over the verdict of an earlier one with the same words.
        claims: which claims.
        note: why; required for disputed claims.
        replace: whether existing verdicts are replaced.

    Returns:
        The bulk change, with how many claims it changes, and how many it skips, and why.

    Raises:
        ReasonRequiredError: if it would dispute claims without a reason.
    """
    note = note.strip()
    if fields.get("verdict") == Verdict.DISPUTED and not note:
        raise ReasonRequiredError
    old = timezone.now() - KEPT_UNBEGUN
    BulkChange.objects.filter(status=JobStatus.PREVIEW, created_at__lt=old).delete()
    bulk_change = BulkChange.objects.create(
        action=action, fields=fields, note=note, actor=actor, actor_name=display_name(actor)
    )
    kept = skipped(action, fields, replace=replace)
    counts = claims.order_by().aggregate(
        **{why: Count("pk", filter=which) for why, which in kept.items()}
    )
    for which in kept.values():
        claims = claims.exclude(which)
    bulk_change.total = _list(bulk_change, claims)
    bulk_change.skipped = {why: number for why, number in counts.items() if number}
    bulk_change.save(update_fields=["total", "skipped"])
    return bulk_change


def _list(bulk_change: BulkChange, claims: ClaimQuerySet) -> int:
    """Save each claim and its version, within the database because there may be a million. Returns how many."""
    rows = (
        claims.order_by("revision", "start", "pk")
        .annotate(listed_by=Value(bulk_change.pk))
        .values_list("listed_by", "pk", "version")
    )
    try:
        sql, values = rows.query.sql_with_params()
    except EmptyResultSet:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {BulkChangeItem._meta.db_table} (bulk_change_id, claim_id, version) {sql}",
            values,
        )
    return bulk_change.listed.count()


@action(_to_go_on, what=_WHAT)
def start_bulk_change(*, actor: User, bulk_change_id: int) -> BulkChange:
    """Start a bulk change: at once if it is small, else in the background. A second click does nothing.

    One that was stopped, or failed, continues where it was.

    Raises:
        NotPossibleError: if it belongs to someone else.
    """
    bulk_change = _own(actor, bulk_change_id)
    if bulk_change.status in {JobStatus.PREVIEW, JobStatus.STOPPED, JobStatus.FAILED}:
        run_or_enqueue(bulk_change)
    return bulk_change


@action(_to_go_on, what=_WHAT)
def stop_bulk_change(*, actor: User, bulk_change_id: int) -> BulkChange:
    """Stop a bulk change that is running. What has changed so far stays, and can be undone.

    Raises:
        NotPossibleError: if it belongs to someone else.
    """
    bulk_change = _own(actor, bulk_change_id)
    if not bulk_change.ended:
        bulk_change.status = JobStatus.STOPPED
        bulk_change.save(update_fields=["status"])
    return bulk_change


@action(_to_go_on, what=_WHAT)
def undo_bulk_change(*, actor: User, bulk_change_id: int) -> BulkChange:
    """Undo a bulk change, or undo its undo.

    Claims whose same fields have changed since stay as they are, and so does anything already
    undone.

    Returns:
        The bulk change that undoes it. A second click returns the first one again.

    Raises:
        NothingToUndoError: if someone else has already undone it.
        NotPossibleError: if it is still running, or is a merge of sources, which is undone on the
            source's page.
    """
    undone = BulkChange.objects.select_for_update().get(pk=bulk_change_id)
    taken_back = BulkChange.objects.filter(undoes=undone).first()
    if taken_back and taken_back.actor_id == actor.pk:
        return taken_back
    if taken_back:
        raise NothingToUndoError
    if not undone.ended:
        raise NotPossibleError(why=_("it is still running. Stop it first."))
    require_undoable(undone.action)
    bulk_change = prepare_undo(actor, undone)
    run_or_enqueue(bulk_change)
    return bulk_change


def prepare_undo(actor: User, undone: BulkChange) -> BulkChange:
    """Create the bulk change that will undo another one. `run_or_enqueue` runs it."""
    return BulkChange.objects.create(
        action=undone.action,
        note=undone.note,
        undoes=undone,
        total=undone.changed,
        actor=actor,
        actor_name=display_name(actor),
    )


def _own(actor: User, bulk_change_id: int) -> BulkChange:
    bulk_change = BulkChange.objects.select_for_update().get(pk=bulk_change_id)
    if bulk_change.actor_id != actor.pk:
        raise NotPossibleError(why=_("this bulk change belongs to someone else."))
    return bulk_change


def run_or_enqueue(bulk_change: BulkChange) -> None:
    """Run a bulk change at once if it is small, else have the worker run it."""
    bulk_change.status = JobStatus.WAITING
    bulk_change.error = ""
    bulk_change.save(update_fields=["status", "error"])
    if bulk_change.total - bulk_change.done > bulk_steps.AT_ONCE:
        run_in_background.enqueue(bulk_change.pk)
        return
    while _step(bulk_change):
        pass


@task()
def run_in_background(bulk_change_id: int) -> dict[str, object] | None:
    """Continue a bulk change to its end, a few hundred claims per transaction, unless someone stops it.

    Returns:
        The error, as from `claims.errors.base.as_data`.
    """
    more, wrong = True, None
    while more:
        with transaction.atomic():
            bulk_change = BulkChange.objects.select_for_update().get(pk=bulk_change_id)
            more = bulk_change.status in {JobStatus.WAITING, JobStatus.RUNNING}
            if more:
                try:
                    with transaction.atomic():
                        more = _step(bulk_change)
                except WorkbenchError as error:
                    more, wrong = False, as_data(error)
                    bulk_change.status, bulk_change.error = JobStatus.FAILED, str(error)
                    bulk_change.save(update_fields=["status", "error"])
        if more and connection.vendor == "sqlite":
            sleep(_LET_OTHERS)
    return wrong


def _step(bulk_change: BulkChange) -> bool:
    """Change the next claims of a locked bulk change. Returns whether there are more."""
    gone_through, changed = bulk_steps.step_of(bulk_change)(bulk_change)
    bulk_change.done += gone_through
    bulk_change.changed += changed
    bulk_change.status = JobStatus.RUNNING if gone_through else JobStatus.DONE
    bulk_change.ended_at = None if gone_through else timezone.now()
    bulk_change.save(update_fields=["done", "changed", "status", "ended_at", "undo_cursor"])
    return bool(gone_through)
