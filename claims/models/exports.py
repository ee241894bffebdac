"""Exports of many claims, which the worker writes."""

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.choices import JobStatus


def kept_for() -> timedelta:
    """Return how long a file can be downloaded."""
    return timedelta(days=settings.KEEP_DAYS["exports"])


class ExportQuerySet(models.QuerySet["Export"]):
    """Queries for exports."""

    def open_to(self, person: User) -> Self:
        """A person's own, as long as their files are kept."""
        return self.filter(actor=person).exclude(pk__in=Export.objects.expired())

    def expired(self) -> Self:
        """Exports whose files are due for deletion."""
        return self.filter(created_at__lt=timezone.now() - kept_for())


class Export(models.Model):
    """A file of the claims that match a filter, in progress or complete. Only its owner can see it."""

    query = models.CharField(_("filter"), max_length=2000, blank=True)
    format = models.CharField(_("format"), max_length=20)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="exports",
        verbose_name=_("created by"),
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    status = models.CharField(
        _("status"), max_length=10, choices=JobStatus, default=JobStatus.WAITING
    )
    total = models.PositiveIntegerField(_("claims"), default=0)
    done = models.PositiveIntegerField(_("claims written"), default=0)
    size = models.PositiveBigIntegerField(_("size"), default=0, help_text=_("In bytes."))
    error = models.TextField(_("error"), blank=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=JobStatus.values), name="export_status_known"
            ),
        ]
        indexes = [models.Index(fields=["actor", "-id"], name="export_by_person")]

    def __str__(self) -> str:
        """The format."""
        return self.format

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen."""
        return self.status in {JobStatus.DONE, JobStatus.STOPPED, JobStatus.FAILED}

    @property
    def expires_at(self) -> datetime:
        """When its file is deleted."""
        return self.created_at + kept_for()

    @property
    def percent(self) -> int:
        """The progress in whole percent, rounded down."""
        return 100 * self.done // self.total if self.total else 100
