"""Pieces of evidence that an outside archive is to keep."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.models.claims.evidence import Evidence


class ArchiveRequestQuerySet(models.QuerySet["ArchiveRequest"]):
    """Queries for requests to an archive."""

    def ready(self) -> "ArchiveRequestQuerySet":
        """Those with which a worker is to go on now, the longest due first."""
        return self.filter(due_at__lte=timezone.now()).order_by("due_at", "pk")


class ArchiveRequest(models.Model):
    """A piece of evidence that an outside archive is to keep, and who asked for that.

    The row goes when the evidence has its archived copy. If the archive did not keep the page, `error` says why, and
    `due_at` is empty.
    """

    evidence = models.OneToOneField(
        Evidence,
        on_delete=models.PROTECT,
        related_name="archive_request",
        verbose_name=_("evidence"),
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("asked for by"),
    )
    asked_at = models.DateTimeField(_("asked for"), default=timezone.now)
    job = models.CharField(
        _("job"), max_length=200, blank=True, help_text=_("The archive's id of its work.")
    )
    url = models.CharField(
        _("address"), max_length=2000, blank=True, help_text=_("Of the page that the job is about.")
    )
    attempts = models.PositiveSmallIntegerField(
        _("attempts"), default=0, help_text=_("How often the archive was asked for a copy.")
    )
    looks = models.PositiveSmallIntegerField(
        _("looks"), default=0, help_text=_("How often it was asked what became of the job.")
    )
    due_at = models.DateTimeField(_("due"), null=True, blank=True, default=timezone.now)
    error = models.JSONField(_("error"), null=True, blank=True)

    objects = ArchiveRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request to an archive")
        verbose_name_plural = _("requests to an archive")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(due_at__isnull=False) | models.Q(error__isnull=False),
                name="archive_request_due_or_failed",
            )
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=models.Q(due_at__isnull=False),
                name="archive_request_is_due",
            )
        ]

    def __str__(self) -> str:
        """The evidence's title."""
        return str(self.evidence)

    @property
    def is_waiting(self) -> bool:
        """Whether a worker is to go on with it."""
        return self.due_at is not None
