"""Notices: the notifications of a person or a desk, sent by e-mail or to a chat."""

from datetime import datetime, time, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.choices import NoticePace, NoticeWay
from claims.models.base.encryption import decrypted, encrypted
from claims.models.newsroom import Desk
from claims.models.notifications import Notification, NotificationQuerySet

SETTLED_AFTER = timedelta(seconds=30)
"""How old a notification is before it is sent: until then, whoever caused it may take it back."""

STALE_AFTER = timedelta(days=3)
"""How old a notification may be at the most to be sent."""

MORNING = time(7)
"""When the daily ones are sent, in the installation's zone."""

_PURPOSE = "claims.notices"


class NoticeChannelQuerySet(models.QuerySet["NoticeChannel"]):
    """Queries for channels."""

    def due(self, now: datetime) -> Self:
        """Those to which something is to be sent now."""
        ready = self.filter(Q(paused_until=None) | Q(paused_until__lte=now))
        ready = ready.filter(Q(owner=None) | Q(owner__is_active=True))
        before = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
        morning = datetime.combine(before.date(), MORNING, before.tzinfo)
        last = morning if morning <= now else morning - timedelta(days=1)
        due = ready.annotate(sent=Coalesce("last_sent_at", "since"))
        due = due.filter(Q(pace=NoticePace.AT_ONCE) | Q(sent__lt=last))
        return due.filter(
            Exists(
                _unsent(now, OuterRef(OuterRef("pk"))).filter(
                    Q(recipient=OuterRef("owner"), read_at=None)
                    | Q(article__desk=OuterRef("desk")),
                    created_at__gte=OuterRef("since"),
                )
            )
        )


class NoticeChannel(models.Model):
    """Where the notifications of a person are sent besides the desk, or those about the articles of a desk.

    The address of a chat is a secret: whoever knows it can write there.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        related_name="notice_channels",
        verbose_name=_("account"),
    )
    desk = models.ForeignKey(
        Desk,
        on_delete=models.CASCADE,
        null=True,
        related_name="notice_channels",
        verbose_name=_("desk"),
    )
    way = models.CharField(_("way"), max_length=4, choices=NoticeWay)
    pace = models.CharField(_("when"), max_length=7, choices=NoticePace, default=NoticePace.AT_ONCE)
    address = models.TextField(
        _("address"), blank=True, help_text=_("Encrypted. Empty for the account’s own e-mail.")
    )
    shown = models.CharField(_("sent to"), max_length=300, help_text=_("Without anything secret."))
    language = models.CharField(_("language"), max_length=10, default="en")
    since = models.DateTimeField(_("since"), default=timezone.now)
    failures = models.PositiveSmallIntegerField(_("failures"), default=0)
    paused_until = models.DateTimeField(_("left alone until"), null=True)
    problem = models.JSONField(_("error"), null=True)
    last_sent_at = models.DateTimeField(_("last sent"), null=True)

    objects = NoticeChannelQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice channel")
        verbose_name_plural = _("notice channels")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(owner=None, desk__isnull=False) | Q(owner__isnull=False, desk=None),
                name="notice_channel_of_one",
            ),
            models.CheckConstraint(condition=Q(way__in=NoticeWay.values), name="notice_way_known"),
            models.CheckConstraint(
                condition=Q(pace__in=NoticePace.values), name="notice_pace_known"
            ),
        ]

    def __str__(self) -> str:
        """Where it leads, without anything secret."""
        return self.shown

    def keep_address(self, address: str) -> None:
        """Set the address. This does not save."""
        self.address = encrypted(address, _PURPOSE) if address else ""

    def read_address(self) -> str | None:
        """Return the address; None if `SECRET_KEY` is another one now."""
        if self.way == NoticeWay.MAIL and self.owner:
            return self.owner.email
        return decrypted(self.address, _PURPOSE)

    def unsent(self, now: datetime) -> NotificationQuerySet:
        """Return what is to be sent, oldest first."""
        mine = (
            Q(article__desk=self.desk_id)
            if self.desk_id
            else Q(recipient=self.owner_id, read_at=None)
        )
        found = _unsent(now, self.pk).filter(mine, created_at__gte=self.since)
        return found.order_by("created_at", "pk")


def _unsent(now: datetime, channel: Any) -> NotificationQuerySet:
    """Return the notifications that a channel has not sent, among those that are neither new nor stale."""
    sent = SentNotice.objects.filter(
        channel=channel, notification=OuterRef("pk"), at__gte=OuterRef("created_at")
    )
    settled = Notification.objects.known().filter(
        created_at__gte=now - STALE_AFTER, created_at__lte=now - SETTLED_AFTER
    )
    return settled.filter(~Exists(sent))


class SentNotice(models.Model):
    """A notification that a channel has sent."""

    channel = models.ForeignKey(
        NoticeChannel,
        on_delete=models.CASCADE,
        db_index=False,
        related_name="sent_notices",
        verbose_name=_("notice channel"),
    )
    notification = models.ForeignKey(
        Notification, on_delete=models.CASCADE, related_name="+", verbose_name=_("notification")
    )
    at = models.DateTimeField(_("sent"), default=timezone.now)

    class Meta:
        verbose_name = _("sent notice")
        verbose_name_plural = _("sent notices")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "notification"], name="notice_sent_once_a_channel"
            ),
        ]

    def __str__(self) -> str:
        """The notification's id."""
        return str(self.notification_id)
