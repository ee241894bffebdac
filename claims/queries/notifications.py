"""What a person is notified of, and how much of it is unread."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.choices import NotificationKind
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


def words_of(one: Notification) -> str:
    """Return what happened, and who did it, to whom it concerns, in the reader's language."""
    if one.kind == NotificationKind.CORRECTION:
        return _("A report of yours needs a correction")
    said = {
        NotificationKind.ASSIGNED: ngettext(
            "%(name)s assigned a claim to you",
            "%(name)s assigned %(number)s claims to you",
            one.number,
        ),
        NotificationKind.SENT_BACK: ngettext(
            "%(name)s sent a claim back to you",
            "%(name)s sent %(number)s claims back to you",
            one.number,
        ),
        NotificationKind.CHECK_REQUESTED: ngettext(
            "%(name)s asked you for a second check",
            "%(name)s asked you for %(number)s second checks",
            one.number,
        ),
        NotificationKind.ANSWERED: ngettext(
            "%(name)s completed a second check",
            "%(name)s completed %(number)s second checks",
            one.number,
        ),
        NotificationKind.MENTIONED: _("%(name)s mentioned you in a comment"),
        NotificationKind.DRAFT_SUBMITTED: _("%(name)s submitted a report for approval"),
        NotificationKind.DRAFT_SENT_BACK: _("%(name)s sent your report back"),
        NotificationKind.DRAFT_APPROVED: _("%(name)s approved your report"),
        NotificationKind.DRAFT_PUBLISHED: _("A report was published at its time"),
        NotificationKind.DRAFT_HELD: _("A report was not published at its time"),
    }
    return said[NotificationKind(one.kind)] % {"name": one.actor_name, "number": one.number}
