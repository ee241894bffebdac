"""The way of a draft: submitted, sent back, approved, and when it is to be published."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.choices import DraftStepKind
from claims.models.reports.reports import Report


class DraftStep(models.Model):
    """One step on the way of a draft, with what was said about it. It is never changed, and goes only with the draft."""

    report = models.ForeignKey(
        Report, on_delete=models.CASCADE, related_name="steps", verbose_name=_("report")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=DraftStepKind)
    note = models.TextField(_("note"), blank=True)
    publish_at = models.DateTimeField(_("to be published"), null=True, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("by"),
    )
    actor_name = models.CharField(_("name"), max_length=301)
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    class Meta:
        verbose_name = _("step of a draft")
        verbose_name_plural = _("steps of drafts")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=DraftStepKind.values), name="draft_step_kind_known"
            ),
            models.CheckConstraint(
                condition=~Q(kind=DraftStepKind.SENT_BACK) | ~Q(note=""),
                name="draft_step_sent_back_says_why",
            ),
        ]

    def __str__(self) -> str:
        """The kind."""
        return str(self.get_kind_display())
