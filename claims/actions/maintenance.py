"""Regular maintenance: the database stays fast, the daily counts up to date, and the logs provable."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from django.db import connection, transaction
from django.utils import timezone
from django_tasks import task

from claims.models import DailyCount, LogLink, StaleDay
from claims.models.base.expressions import Among
from claims.models.statistics import note_all_days
from claims.queries.statistics.kept import count_days

EVERY = 1000
"""After how many new articles the database looks at how its rows are spread."""

DAYS_AT_ONCE = 50
"""How many days a worker counts each time it looks: a second's work if each has a thousand claims."""


@task()
def analyze_tables() -> None:
    """Update the database's statistics, by which it chooses indexes.

    PostgreSQL also does this by itself; SQLite never does. Without it, SQLite chose an index for lists that made it
    read half of a million claims. It takes some seconds there, in the background.
    """
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def count_stale_days(most: int = DAYS_AT_ONCE) -> int:
    """Count the newest of the days again on which something has changed. Any worker may do it.

    Returns:
        How many days were counted.
    """
    stale = StaleDay.objects.order_by("-day", "what").values_list("what", "day").distinct()
    found = list(stale[:most])
    for what, day in found:
        _count(what, day)
    return len(found)


def count_all_days() -> Iterator[tuple[int, int]]:
    """Count all days again. It can be stopped, and a worker then does the rest.

    Yields:
        How many days have been counted, and of how many, every so often.
    """
    note_all_days(connection)
    total = StaleDay.objects.values("what", "day").distinct().count()
    done = 0
    while some := count_stale_days():
        done += some
        yield done, max(done, total)


def _count(what: str, day: date) -> None:
    with transaction.atomic():
        # Locked before its notes are read, so that of two workers the later one counts what the earlier one missed.
        kept, _created = DailyCount.objects.select_for_update().get_or_create(what=what, day=day)
        notes = list(StaleDay.objects.filter(what=what, day=day).values_list("pk", flat=True))
        kept.data = count_days(what, [day])
        kept.save()
        StaleDay.objects.filter(Among("pk", notes)).delete()


def note_head(path: Path) -> None:
    """Note in a file, once a day in UTC, the hash by which all entries of the logs until then can be proven.

    A line has the time, the position of the last link and its hash in hex. On another machine than the database, it proves
    that nobody has written the log anew since.

    Raises:
        OSError: the file cannot be written.
    """
    now, head = timezone.now(), LogLink.objects.head()
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    if head is None or (lines and lines[-1][:10] == f"{now:%Y-%m-%d}"):
        return
    with path.open("a", encoding="utf-8") as file:
        file.write(f"{now:%Y-%m-%dT%H:%M:%S+00:00} {head.position} {bytes(head.hash).hex()}\n")
