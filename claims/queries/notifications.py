"""What a person is notified of, and how much of it is unread."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db.models import QuerySet

from claims.models import Notification
from claims.models.base.prepared import Prepared
from claims.models.notifications import NotificationQuerySet

MOST = 99
"""Up to how many unread notifications are counted."""


@dataclass(frozen=True)
class Unread:
    """What a person has not read.

    Attributes:
        number: how many notifications, `MOST` at the most; `more` means that there are more than that.
        claims: the claims that the counted ones are about, where each is about one.
        reports: the reports that they are about.
        version: changes whenever any of this does.
    """

    number: int
    more: bool
    claims: Sequence[int]
    reports: Sequence[int]
    version: str


def unread_of(person: User) -> Unread:
    """Return what a person has not read, in one query, which reads no more than is counted."""
    rows = _UNREAD.all(person.pk)
    counted = rows[:MOST]
    newest = counted[0][3].timestamp() if counted else 0
    return Unread(
        len(counted),
        len(rows) > MOST,
        [claim for _pk, claim, _report, _at in counted if claim],
        [report for _pk, _claim, report, _at in counted if report],
        f"{person.pk}-{len(rows)}-{newest}-{sum(pk for pk, *_rest in counted)}",
    )


def notifications_of(person: User) -> NotificationQuerySet:
    """Return all that a person is notified of, newest first, with what each is about."""
    rows = Notification.objects.to(person).select_related("claim__source", "article", "report")
    return rows.defer("report__claim_ids")


def _unread(person: int) -> "QuerySet[Notification, tuple[int, int | None, int | None, datetime]]":
    unread = Notification.objects.to(User(pk=person)).unread()
    return unread.values_list("pk", "claim", "report", "created_at")[: MOST + 1]


_UNREAD = Prepared(_unread)
