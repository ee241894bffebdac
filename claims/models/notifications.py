"""Notifications: what others did that concerns a person."""

from typing import Self

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.choices import NotificationKind, ReviewStatus
from claims.models.articles import Article
from claims.models.bulk_changes import BulkChange
from claims.models.claims.changes import Change
from claims.models.claims.claim import Claim
from claims.models.reports.corrections import Correction
from claims.models.reports.reports import Report


class NotificationQuerySet(models.QuerySet["Notification"]):
    """Queries for notifications."""

    def known(self) -> Self:
        """Leave out reports that need no correction, or only one that would show a blind checker a verdict.

        All others say nothing of verdicts.
        """
        waiting = Q(
            reported__claim__blind=True, reported__claim__review_status=ReviewStatus.WAITING
        )
        to_publish = Correction.objects.open().filter(reported__report=OuterRef("report"))
        needed = Exists(to_publish.exclude(waiting))
        return self.filter(~Q(kind=NotificationKind.CORRECTION) | needed)

    def to(self, person: User) -> Self:
        """Those that a person may see, newest first."""
        return self.filter(recipient=person).known().order_by("-created_at", "-pk")

    def unread(self) -> Self:
        """Those that have not been read."""
        return self.filter(read_at=None)


class Notification(models.Model):
    """One thing that others did, and that concerns the recipient. It never names a verdict.

    What one act did to many claims is one notification with their `number`: it has no claim then, and an article only
    if all of them are from that one. A person has one notification of corrections for each report, which is unread again
    when the next is needed.
    """

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="notifications",
        db_index=False,
        verbose_name=_("recipient"),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=NotificationKind)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("caused by"),
    )
    actor_name = models.CharField(_("name"), max_length=301)
    number = models.PositiveIntegerField(_("number of claims"), default=1)
    claim = models.ForeignKey(
        Claim, on_delete=models.CASCADE, null=True, related_name="+", verbose_name=_("claim")
    )
    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, null=True, related_name="+", verbose_name=_("article")
    )
    report = models.ForeignKey(
        Report, on_delete=models.CASCADE, null=True, related_name="+", verbose_name=_("report")
    )
    change = models.ForeignKey(
        Change,
        on_delete=models.CASCADE,
        null=True,
        related_name="+",
        verbose_name=_("change"),
        help_text=_("An undo of the change withdraws the notification."),
    )
    bulk_change = models.ForeignKey(
        BulkChange,
        on_delete=models.CASCADE,
        null=True,
        related_name="+",
        verbose_name=_("bulk change"),
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    read_at = models.DateTimeField(_("read"), null=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=NotificationKind.values), name="notification_kind_known"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="notification_of_something"),
            models.UniqueConstraint(
                fields=["recipient", "report"], name="notification_once_a_report"
            ),
        ]
        indexes = [
            models.Index(fields=["recipient", "-created_at", "-id"], name="notification_listed"),
            models.Index(
                fields=["recipient", "-created_at", "-id"],
                condition=Q(read_at=None),
                name="notification_unread",
            ),
            models.Index(fields=["created_at"], name="notification_by_age"),
        ]

    def __str__(self) -> str:
        """The kind."""
        return str(self.get_kind_display())

    def get_absolute_url(self) -> str:
        """Its address: opening it marks it as read, and leads to what it is about."""
        return reverse("notification", args=[self.pk])
