"""Sources of other newsrooms' fact-checks, which are read automatically."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from claims.actions.external.saving import save_fact_checks
from claims.choices import ExternalSourceKind
from claims.errors import WorkbenchError, as_data
from claims.fetching.articles import ROBOTS
from claims.fetching.fact_checks import fact_checks_at
from claims.models import ExternalSource

LONGEST = timedelta(days=7)
"""How long a source that gives no answer is left alone, at the most."""

EXTENSIONS = {
    ExternalSourceKind.PAGE: "html",
    ExternalSourceKind.FEED: "json",
    ExternalSourceKind.TABLE: "csv",
}
"""How each kind of source is read."""


@task()
def read_external_source(source_id: int) -> dict[str, object] | None:
    """Read a source's fact-checks, unless its answer is the last one's.

    Returns:
        The error, as from `claims.errors.base.as_data`.
    """
    source = ExternalSource.objects.filter(pk=source_id, active=True).first()
    if source is None:
        return None
    if source.read_as != source.reads:
        source.etag = source.modified = ""
    try:
        found = fact_checks_at(
            source.address,
            extension=EXTENSIONS[ExternalSourceKind(source.kind)],
            robots=ROBOTS,
            etag=source.etag,
            modified=source.modified,
            allow=settings.FETCH_ALLOW,
        )
        if found is not None:
            save_fact_checks(found.entries, language=source.language, source=source)
            source.etag, source.modified = found.etag, found.modified
            source.read_as = source.reads
    except WorkbenchError as error:
        _note_failure(source, error)
        return as_data(error)
    ExternalSource.objects.filter(pk=source_id).update(
        checked_at=timezone.now(),
        failures=0,
        error=None,
        etag=source.etag,
        modified=source.modified,
        read_as=source.read_as,
    )
    return None


def _note_failure(source: ExternalSource, error: WorkbenchError) -> None:
    failures = source.failures + 1
    wait = min(LONGEST, timedelta(minutes=source.interval_minutes) * 2 ** min(failures, 20))
    ExternalSource.objects.filter(pk=source.pk).update(
        checked_at=timezone.now(),
        next_check_at=timezone.now() + wait,
        failures=failures,
        error=as_data(error),
    )


def read_due_external_sources() -> None:
    """Have the workers read the sources that are due."""
    for source in list(ExternalSource.objects.due()[:100]):
        with transaction.atomic():
            # If several workers try at the same time, one of them enqueues the task.
            mine = ExternalSource.objects.filter(pk=source.pk, next_check_at=source.next_check_at)
            due = timezone.now() + timedelta(minutes=source.interval_minutes)
            if mine.update(next_check_at=due):
                read_external_source.enqueue(source.pk)
