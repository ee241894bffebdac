"""Archives that are imported in the browser: looked at, started, stopped, continued and discarded."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import Any, BinaryIO, cast

from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.auth.models import User
from django.core.files import File
from django.core.files.storage import Storage, storages
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django_tasks import TaskContext, task

from claims import extraction
from claims.actions.articles.arrival import (
    COMMAND,
    ArrivalResult,
    Decision,
    decide_arrival,
    receive_articles,
)
from claims.actions.articles.saving import SplitArticle
from claims.actions.base import action
from claims.choices import JobStatus
from claims.errors import (
    NotForUseError,
    NotPossibleError,
    Phrase,
    ReadingFailedError,
    TooLargeError,
    WorkbenchError,
    as_data,
    place_of,
)
from claims.ingest import sandbox
from claims.ingest.types import ArticleDraft, Entry
from claims.models import ArchiveImport, ArchiveProblem
from claims.queries.articles.duplicates import KnownArticle, KnownArticles

MAX_BYTES = 90_000_000
"""Of one archive. The configurations of nginx and Caddy in the manual let 100 MB through; the command takes any size."""

SHOWN = 5
"""How many records are shown before anything is imported."""

AT_ONCE = 20
"""How many records are imported together. Splitting so many takes some seconds."""

_MAY = "claims.add_article"
_WHAT = gettext_noop("import articles")
_log = logging.getLogger(__name__)


def _files() -> Storage:
    # Like an export, its file serves one person for a while.
    return storages["exports"]


@action(_MAY, what=_WHAT)
def add_archive(*, actor: User, file: File[bytes], name: str) -> ArchiveImport:
    """Keep an archive, and look at its first records. Nothing is imported yet.

    Args:
        actor: who it belongs to.
        file: the archive.
        name: the file's name; its extension selects the format.

    Raises:
        TooLargeError: it has more than `MAX_BYTES`.
        WorkbenchError: it cannot be read, as in `claims.ingest.archives.articles`.
    """
    if file.size > MAX_BYTES:
        raise TooLargeError(limit=MAX_BYTES // 1_000_000, unit=gettext_noop("MB"))
    first = list(islice(sandbox.articles(cast("BinaryIO", file), name, names=True), SHOWN))
    archive = ArchiveImport.objects.create(
        actor=actor, name=name[:300], size=file.size, preview=_preview(first)
    )
    file.seek(0)
    archive.file = _files().save(f"archive-{archive.pk}", file)
    archive.save(update_fields=["file"])
    return archive


def _preview(first: Sequence[Entry]) -> dict[str, Any]:
    """Return what the first records are called, and what is read from them."""
    columns = dict.fromkeys(name for entry in first for name in entry.names)
    records = [
        {"line": entry.number, "error": as_data(entry.found)}
        if isinstance(entry.found, WorkbenchError)
        else {
            "line": entry.number,
            "headline": entry.found.headline,
            "outlet": entry.found.outlet,
            "published": entry.found.published and entry.found.published.isoformat(),
            "text": entry.found.body[:200],
        }
        for entry in first
    ]
    return {"columns": list(columns), "records": records}


@action(_MAY, what=_WHAT)
def start_archive(*, actor: User, archive_id: int) -> ArchiveImport:
    """Have the worker import an archive, or continue where it ended. A second click does nothing.

    Raises:
        NotPossibleError: it belongs to someone else.
    """
    archive = _own(actor, archive_id)
    if archive.can_go_on:
        archive.status, archive.error = JobStatus.WAITING, ""
        archive.touched_at = timezone.now()
        archive.save(update_fields=["status", "error", "touched_at"])
        import_archive.enqueue(archive.pk)
    return archive


@action(_MAY, what=_WHAT)
def stop_archive(*, actor: User, archive_id: int) -> ArchiveImport:
    """Stop an import. What has been imported stays, and it can be continued.

    Raises:
        NotPossibleError: it belongs to someone else.
    """
    archive = _own(actor, archive_id)
    if archive.is_under_way:
        archive.status = JobStatus.STOPPED
        archive.save(update_fields=["status"])
    return archive


@action(_MAY, what=_WHAT)
def discard_archive(*, actor: User, archive_id: int) -> None:
    """Delete an archive and the list of what was not imported. Its articles stay. A second click does nothing.

    Raises:
        NotPossibleError: it belongs to someone else.
    """
    if not ArchiveImport.objects.filter(pk=archive_id).exists():
        return
    archive = _own(actor, archive_id)
    LogEntry.objects.log_actions(actor.pk, [archive], DELETION, single_object=True)
    delete_archives([archive.pk])


def delete_archives(ids: Iterable[int]) -> None:
    """Delete archives, and their files once that is certain."""
    gone = list(ArchiveImport.objects.filter(pk__in=ids))
    for archive in gone:
        _delete_file(archive)
    ArchiveImport.objects.filter(pk__in=[archive.pk for archive in gone]).delete()


def _delete_file(archive: ArchiveImport) -> None:
    if archive.file:
        transaction.on_commit(partial(_files().delete, archive.file))


def _own(actor: User, archive_id: int) -> ArchiveImport:
    archive = ArchiveImport.objects.select_for_update(of=("self",)).get(pk=archive_id)
    if archive.actor_id != actor.pk:
        raise NotPossibleError(why=_("this archive belongs to someone else."))
    return archive


@task(takes_context=True)
def import_archive(context: TaskContext, archive_id: int) -> dict[str, object] | None:
    """Import an archive from its last line on, a few records at a time, until its end or until somebody stops it.

    Returns:
        The error, as from `claims.errors.base.as_data`.
    """
    states = [JobStatus.WAITING, *([JobStatus.RUNNING] if context.attempt > 1 else [])]
    taken = ArchiveImport.objects.filter(pk=archive_id, status__in=states)
    if not taken.update(status=JobStatus.RUNNING):
        return None
    archive = ArchiveImport.objects.select_related("actor").get(pk=archive_id)
    try:
        with _files().open(archive.file) as file:
            _import(archive, sandbox.articles(cast("BinaryIO", file), archive.name))
    except (WorkbenchError, OSError) as error:
        told = str(error) if isinstance(error, WorkbenchError) else _("The file is gone.")
        _note(archive, status=JobStatus.FAILED, error=told)
        return {"template": told, "params": {}}
    return None


def _import(archive: ArchiveImport, entries: Iterator[Entry]) -> None:
    new = (entry for entry in entries if entry.number > archive.line)
    while batch := list(islice(new, AT_ONCE)):
        if not _imported(archive, batch):
            return
    if _note(archive, status=JobStatus.DONE):
        _delete_file(archive)


def _imported(archive: ArchiveImport, batch: Sequence[Entry]) -> bool:
    """Import some records, and note how far that is. Returns False if somebody stopped it."""
    created = here = 0
    problems = []
    for entry, result in zip(batch, _results(archive.actor, batch), strict=True):
        if isinstance(result, WorkbenchError):
            problems.append(
                ArchiveProblem(archive=archive, line=entry.number, error=as_data(result))
            )
        elif result.created:
            created += 1
        else:
            here += 1
    last = batch[-1]
    with transaction.atomic():
        goes_on = _note(
            archive,
            line=last.number,
            reached=max(archive.reached, last.reached),
            created=F("created") + created,
            here=F("here") + here,
            failed=F("failed") + len(problems),
        )
        # Another worker that took this one for dead may have done the same.
        if goes_on:
            ArchiveProblem.objects.bulk_create(problems)
    archive.line, archive.reached = last.number, max(archive.reached, last.reached)
    return goes_on


def _results(actor: User, batch: Sequence[Entry]) -> list[ArrivalResult | WorkbenchError]:
    """Do with each record what the commands do: what is here already is neither split nor changed."""
    drafts = [entry.found for entry in batch if isinstance(entry.found, ArticleDraft)]
    known = KnownArticles(drafts)
    looked_at = [_looked_at(entry.found, known) for entry in batch]
    split = [each for each in looked_at if isinstance(each, SplitArticle)]
    received = iter(receive_articles(actor=actor, articles=split, policy=COMMAND) if split else ())
    return [_told(next(received)) if isinstance(each, SplitArticle) else each for each in looked_at]


def _looked_at(
    found: ArticleDraft | WorkbenchError, known: KnownArticles
) -> SplitArticle | ArrivalResult | WorkbenchError:
    if isinstance(found, WorkbenchError):
        return found
    here = known.find(found)
    decision = decide_arrival(here, found, COMMAND)
    if here is not None and decision in {Decision.SKIP, Decision.LEAVE}:
        return _left(decision, here)
    try:
        return SplitArticle(found, extraction.extract(found.body, headline=found.headline))
    except WorkbenchError as error:
        return error
    except Exception as error:  # noqa: BLE001 - one record must not keep out all that come after it
        _log.error("A record of an archive could not be split", exc_info=error)
        return ReadingFailedError(where=place_of(error))


def _left(decision: Decision, here: KnownArticle) -> ArrivalResult | WorkbenchError:
    return _told(ArrivalResult(decision, here.article))


def _told(result: ArrivalResult | WorkbenchError) -> ArrivalResult | WorkbenchError:
    """Return the result; what was left for its text differs is a problem that somebody may want to look at."""
    if isinstance(result, WorkbenchError) or result.decision != Decision.LEAVE:
        return result
    return NotForUseError(
        why=Phrase(
            "article %(number)s has the same address but a different text. Compare them on its page, under “New version”",
            number=result.article.pk,
        )
    )


def _note(archive: ArchiveImport, **fields: object) -> bool:
    """Save the progress. Returns False if it should not go on: it was stopped, or another worker has gone further."""
    mine = ArchiveImport.objects.filter(pk=archive.pk, status=JobStatus.RUNNING, line=archive.line)
    return bool(mine.update(touched_at=timezone.now(), **fields))
