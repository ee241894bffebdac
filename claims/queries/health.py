"""Whether the workbench can work: what the health checks and the status page tell."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from math import ceil, isinf
from operator import attrgetter

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Case, Count, Min, When
from django.utils import timezone

from claims.errors import SigningError
from claims.messages import message_of
from claims.models import Task, Worker
from claims.queries import replica
from claims.renderers.signatures.certificates import SigningCertificate, read_certificate

LATE = timedelta(minutes=10)
"""How long a task may wait: workers that are not overworked begin each within seconds."""


@dataclass(frozen=True, slots=True)
class Check:
    """The state of one thing that the workbench needs.

    Attributes:
        name: what was checked.
        fault: what is wrong, in a few words for programs; "" if nothing is.
        figures: the numbers behind it, by name.
    """

    name: str
    fault: str = ""
    figures: dict[str, int] = field(default_factory=dict)


def disk() -> Check:
    """Whether the disks have room on which anything is written: bytes free, and in all, of the fullest one."""
    usage = min(map(shutil.disk_usage, settings.DISKS), key=attrgetter("free"))
    fault = "disk full" if usage.free < settings.DISK_RESERVE else ""
    return Check("disk", fault, {"free": usage.free, "total": usage.total})


def files() -> Check:
    """Whether the storage of files answers."""
    try:
        default_storage.exists("answers")
    except OSError:
        return Check("files", "no file storage")
    return Check("files")


def migrations() -> Check:
    """Whether the database answers and every migration is applied: the number of those that are not."""
    try:
        executor = MigrationExecutor(connection)
        waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except (DatabaseError, InterfaceError):
        return Check("database", "no database")
    return Check("database", "migrations waiting" if waiting else "", {"number": waiting})


def replicas() -> Iterator[Check]:
    """Whether the replica is read from, if there is one: for how many seconds what is in it may be outdated."""
    if replica.is_set():
        seen = replica.watch.look()
        figures = {} if isinf(seen.lag) else {"seconds": ceil(seen.lag)}
        yield Check("replica", seen.fault, figures)


def workers() -> Check:
    """Whether any worker is running: their number."""
    number = Worker.objects.alive().count()
    return Check("workers", "" if number else "no worker", {"number": number})


def queue() -> Check:
    """Whether tasks are begun in time: how many are due, and for how many seconds the oldest has been."""
    now = timezone.now()
    # A task that was put off is due since then; the others have the end of time there.
    since = Case(When(run_after__lte=now, then="run_after"), default="enqueued_at")
    due = Task.objects.ready().aggregate(number=Count("pk"), since=Min(since))
    waited = max(now - due["since"], timedelta()) if due["number"] else timedelta()
    fault = "tasks are late" if waited > LATE else ""
    figures = {"number": due["number"], "seconds": int(waited.total_seconds())}
    return Check("queue", fault, figures)


def signing_certificate() -> SigningCertificate | None:
    """Return the certificate that is set, valid or not; None without one."""
    if not settings.SIGNING_CERTIFICATE:
        return None
    return _read(settings.SIGNING_CERTIFICATE, settings.SIGNING_PASSWORD)


def signing_problem() -> str:
    """Say why nothing is signed today although a certificate is set; "" if nothing stands in the way."""
    certificate = signing_certificate()
    try:
        if certificate is not None:
            certificate.require_valid(timezone.now())
    except SigningError as error:
        return message_of(error)
    return ""


def signing() -> Iterator[Check]:
    """Whether PDFs are signed, where a certificate is set: for how many days it is valid."""
    certificate = signing_certificate()
    if certificate is not None:
        left = (certificate.valid_until - timezone.now()).days
        yield Check(
            "signing", "certificate not valid" if signing_problem() else "", {"days": max(left, 0)}
        )


_read = cache(read_certificate)

_NEED_DATABASE: tuple[Callable[[], Check], ...] = (workers, queue)


def checks() -> Iterator[Check]:
    """Check everything. Without a database, the rest cannot be told."""
    yield disk()
    yield files()
    database = migrations()
    yield database
    yield from replicas()
    if not database.fault:
        for check in _NEED_DATABASE:
            yield check()
