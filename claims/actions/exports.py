"""Exports of many claims: started, written by the worker, stopped, and deleted after a day."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from time import monotonic

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.storage import Storage, storages
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django_tasks import TaskContext, task

from claims import renderers
from claims.actions.base import action
from claims.choices import JobStatus
from claims.errors import InvalidValueError, NotPossibleError, WorkbenchError
from claims.models import Export
from claims.queries import replica
from claims.queries.claims.filters import ClaimFilter
from claims.queries.exports import Rows
from claims.renderers.types import Cell, Table

AT_ONCE = 10_000
"""How many claims go out while their reader waits; more are written by the worker."""

_TELL_EVERY = 0.5
"""Seconds between two looks at whether someone stopped it, and two notes of its progress."""

_MAY = "claims.export_report"
_WHAT = gettext_noop("export claims")


def open_export(export: Export) -> File[bytes]:
    """Open the file of a complete export.

    Raises:
        FileNotFoundError: it is gone.
        OSError: the storage does not answer.
    """
    return _files().open(_name(export))


def _files() -> Storage:
    return storages["exports"]


def _name(export: Export) -> str:
    return str(export.pk)


@action(_MAY, what=_WHAT)
def begin_export(*, actor: User, query: str, key: str, total: int) -> Export:
    """Create an export for the worker to write. While it is running, a second click returns the first one.

    Expired files are deleted.

    Args:
        actor: who it belongs to.
        query: the filter, as in the address of the list of claims.
        key: the key of a table format.
        total: how many claims it is expected to have.

    Raises:
        UnknownReportFormatError: if there is no such table format.
        InvalidValueError: if the filter is too long.
    """
    renderers.writer_of_tables(key)
    delete_exports(Export.objects.expired())
    delete_unfinished()
    under_way = Export.objects.filter(
        actor=actor, query=query, format=key, status__in=[JobStatus.WAITING, JobStatus.RUNNING]
    ).first()
    if under_way:
        return under_way
    export = Export(actor=actor, query=query, format=key, total=total)
    try:
        export.clean_fields()
    except ValidationError as error:
        raise InvalidValueError(why=" ".join(error.messages)) from error
    export.save()
    return export


@action(_MAY, what=_WHAT)
def stop_export(*, actor: User, export_id: int) -> Export:
    """Stop a running export; what has been written of it is deleted.

    Raises:
        NotPossibleError: if it belongs to someone else.
    """
    export = Export.objects.select_for_update().get(pk=export_id)
    if export.actor_id != actor.pk:
        raise NotPossibleError(why=_("this export belongs to someone else."))
    if not export.ended:
        export.status = JobStatus.STOPPED
        export.save(update_fields=["status"])
    return export


def write_export(
    export: Export, rows: Callable[[], tuple[int, Table]], *, anew: bool = False
) -> None:
    """Write the file of a waiting export, completely or not at all; on failure, the export says why.

    Args:
        export: the export's id.
        rows: returns the number of claims and their table.
        anew: whether its previous worker died, so that it need not be waiting.
    """
    states = [JobStatus.WAITING, JobStatus.RUNNING] if anew else [JobStatus.WAITING]
    begun = Export.objects.filter(pk=export.pk, status__in=states)
    if not begun.update(status=JobStatus.RUNNING, done=0):
        return
    try:
        total, table = rows()
        _note(export, total=total)
        size = _write(export, Table(table.columns, _counted(export, table.rows)))
        _note(export, done=total, size=size, status=JobStatus.DONE)
    except _Stopped:
        pass
    except (WorkbenchError, OSError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        _note(export, status=JobStatus.FAILED, error=why or str(error))


def _write(export: Export, table: Table) -> int:
    """Store a table as an export's file, once all of it is written. Returns its size in bytes."""
    # Each writer has its own file, because one that was taken for dead may still be writing. A storage that is a folder
    # moves it into its place.
    with TemporaryUploadedFile(_name(export), None, None, None) as unfinished:
        for piece in renderers.writer_of_tables(export.format)(table):
            unfinished.write(piece)
        unfinished.flush()
        size: int = unfinished.tell()
        unfinished.size = size
        _files().save(_name(export), unfinished)
    return size


class _Stopped(Exception):  # noqa: N818 - nothing went wrong
    """Somebody stopped it."""


def _counted(export: Export, rows: Iterable[Sequence[Cell]]) -> Iterator[Sequence[Cell]]:
    """Yield the rows, checking now and then whether they are still wanted."""
    told = monotonic()
    for number, row in enumerate(rows):
        if number % 1_000 == 0 and monotonic() - told > _TELL_EVERY:
            told = monotonic()
            if not _note(export, done=number):
                raise _Stopped
        yield row


def _note(export: Export, **fields: object) -> bool:
    """Save the export's progress. Returns False if it should not continue."""
    return bool(Export.objects.filter(pk=export.pk, status=JobStatus.RUNNING).update(**fields))


def delete_exports(exports: Iterable[Export]) -> int:
    """Delete exports, and their files once that is certain. Returns how many."""
    gone = list(exports)
    for export in gone:
        transaction.on_commit(partial(_files().delete, _name(export)))
    Export.objects.filter(pk__in=[export.pk for export in gone]).delete()
    return len(gone)


def delete_unfinished() -> None:
    """Delete what writers that were killed have left."""
    since = timezone.now() - timedelta(days=1)
    for left in Path(settings.FILE_UPLOAD_TEMP_DIR).glob("tmp*.upload*"):
        if datetime.fromtimestamp(left.stat().st_mtime, since.tzinfo) < since:
            left.unlink(missing_ok=True)


@task(takes_context=True)
def write_in_background(context: TaskContext, export_id: int) -> dict[str, object] | None:
    """Write the file of an export, unless it was stopped or has expired. If its worker died, it is written again.

    Returns:
        The error, as from `claims.errors.base.as_data`.
    """
    export = Export.objects.select_related("actor").filter(pk=export_id).first()
    if export is None:
        return None

    def rows() -> tuple[int, Table]:
        chosen = Rows(ClaimFilter.of_query(export.query, export.actor).qs, export.actor)
        return len(chosen), chosen.table()

    # What the person had seen when they asked for it is in it.
    with replica.reading(seen=replica.position()):
        write_export(export, rows, anew=context.attempt > 1)
    export.refresh_from_db(fields=["error"])
    return {"template": export.error, "params": {}} if export.error else None
