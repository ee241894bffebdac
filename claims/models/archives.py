"""Archives of articles that are imported in the browser, and which of their records could not be."""

from datetime import timedelta
from typing import Self

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.choices import JobStatus


class ArchiveQuerySet(models.QuerySet["ArchiveImport"]):
    """Queries for imports of archives."""

    def of(self, person: User) -> Self:
        """A person's own, the newest first."""
        return self.filter(actor=person).order_by("-pk")

    def expired(self) -> Self:
        """Imports that are due for deletion: nothing happened to them for as long as the inbox is kept."""
        kept_for = timedelta(days=settings.KEEP_DAYS["inbox"])
        return self.filter(touched_at__lt=timezone.now() - kept_for)


class ArchiveImport(models.Model):
    """An archive whose articles the worker imports, one after another. Only its owner can see it."""

    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="archives",
        verbose_name=_("added by"),
    )
    created_at = models.DateTimeField(_("added"), default=timezone.now)
    touched_at = models.DateTimeField(_("last change"), default=timezone.now)
    name = models.CharField(_("file name"), max_length=300)
    size = models.PositiveBigIntegerField(_("size"), default=0, help_text=_("In bytes."))
    file = models.CharField(_("stored as"), max_length=100, blank=True, editable=False)
    preview = models.JSONField(
        _("preview"), default=dict, help_text=_("The columns, and the first records.")
    )
    status = models.CharField(
        _("status"), max_length=10, choices=JobStatus, default=JobStatus.PREVIEW
    )
    line = models.PositiveBigIntegerField(_("last line"), default=0)
    reached = models.PositiveBigIntegerField(_("bytes read"), default=0)
    created = models.PositiveIntegerField(_("imported"), default=0)
    here = models.PositiveIntegerField(_("already here"), default=0)
    failed = models.PositiveIntegerField(_("not imported"), default=0)
    error = models.TextField(_("error"), blank=True)

    objects = ArchiveQuerySet.as_manager()

    class Meta:
        verbose_name = _("import of an archive")
        verbose_name_plural = _("imports of archives")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=JobStatus.values), name="archive_status_known"
            ),
        ]
        indexes = [models.Index(fields=["actor", "-id"], name="archive_by_person")]

    def __str__(self) -> str:
        """The file name."""
        return self.name

    @property
    def is_under_way(self) -> bool:
        """Whether the worker is importing it or about to."""
        return self.status in {JobStatus.WAITING, JobStatus.RUNNING}

    @property
    def can_go_on(self) -> bool:
        """Whether it can be started, or continued where it ended."""
        return self.status in {JobStatus.PREVIEW, JobStatus.STOPPED, JobStatus.FAILED}

    @property
    def done(self) -> int:
        """How many records have been looked at."""
        return self.created + self.here + self.failed

    @property
    def percent(self) -> int:
        """How much of the file has been read, in whole percent, rounded down."""
        if self.status == JobStatus.DONE:
            return 100
        return min(99, 100 * self.reached // self.size) if self.size else 0


class ArchiveProblem(models.Model):
    """A record of an archive that was not imported, and why."""

    archive = models.ForeignKey(
        ArchiveImport,
        on_delete=models.CASCADE,
        related_name="problems",
        verbose_name=_("import of an archive"),
    )
    line = models.PositiveBigIntegerField(_("line"))
    error = models.JSONField(_("error"))

    class Meta:
        verbose_name = _("record that was not imported")
        verbose_name_plural = _("records that were not imported")
        ordering = ["pk"]

    def __str__(self) -> str:
        """Its line."""
        return str(self.line)
