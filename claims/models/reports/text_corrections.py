"""Corrections of what a chief wrote in a published report: its lede and its conclusion."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.choices import ReportText
from claims.models.reports.reports import Report


class TextCorrection(models.Model):
    """A correction of the lede or the conclusion of a published report, with its notice to readers. It is never changed.

    `text` is what stands there since, in Markdown. The report has the newest one of each; what it said first is in its
    snapshot.
    """

    report = models.ForeignKey(
        Report,
        on_delete=models.PROTECT,
        related_name="text_corrections",
        verbose_name=_("report"),
    )
    part = models.CharField(_("part"), max_length=10, choices=ReportText)
    text = models.TextField(_("text"), blank=True)
    notice = models.TextField(_("notice"))
    published_at = models.DateTimeField(_("published"), default=timezone.now)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("published by"),
    )
    published_by_name = models.CharField(_("name"), max_length=301)

    UNCHANGED = ("report", "part", "text", "notice", "published_at", "published_by_name")

    class Meta:
        verbose_name = _("correction of a text")
        verbose_name_plural = _("corrections of texts")
        ordering = ["report", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(notice=""), name="text_correction_tells"),
            models.CheckConstraint(
                condition=Q(part__in=ReportText.values), name="text_correction_part_known"
            ),
        ]
        indexes = [models.Index(fields=["-published_at", "-id"], name="text_correction_newest")]

    def __str__(self) -> str:
        """The notice."""
        return self.notice
