"""Evidence: documents for or against a claim, or context."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from claims.choices import Stance
from claims.models.article import WEB_ADDRESS
from claims.models.claim import Claim


class Evidence(models.Model):
    """A document that speaks for or against a claim, or gives context."""

    claim = models.ForeignKey(
        Claim, on_delete=models.PROTECT, related_name="evidence", verbose_name=_("claim")
    )
    stance = models.CharField(_("stance"), max_length=7, choices=Stance, default=Stance.FOR)
    title = models.CharField(_("title"), max_length=300)
    url = models.CharField(_("link"), max_length=2000, validators=[WEB_ADDRESS])
    archive_url = models.CharField(
        _("archived copy"), max_length=2000, blank=True, validators=[WEB_ADDRESS]
    )
    excerpt = models.TextField(_("excerpt"), blank=True, help_text=_("The words that matter."))
    primary = models.BooleanField(
        _("primary source"), default=False, help_text=_("First-hand, rather than a report of it.")
    )
    interest = models.CharField(
        _("known interest"),
        max_length=300,
        blank=True,
        help_text=_("Of whoever stands behind the document, if they have one in this matter."),
    )
    looked_up = models.DateField(_("looked up"), default=timezone.localdate)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name=_("added by"),
    )
    added_at = models.DateTimeField(_("added"), default=timezone.now, editable=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["claim", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(url=""), name="evidence_has_link"),
            models.CheckConstraint(condition=~Q(title=""), name="evidence_has_title"),
            models.CheckConstraint(
                condition=Q(stance__in=Stance.values), name="evidence_stance_known"
            ),
        ]

    def __str__(self) -> str:
        """The title."""
        return self.title

    def as_kept(self) -> dict[str, Any]:
        """A copy of it that later edits do not change, as a decision keeps it."""
        return {
            "id": self.pk,
            "stance": self.stance,
            "title": self.title,
            "url": self.url,
            "archive_url": self.archive_url,
            "excerpt": self.excerpt,
            "primary": self.primary,
            "interest": self.interest,
            "looked_up": self.looked_up.isoformat(),
        }
