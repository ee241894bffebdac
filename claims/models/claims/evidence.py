"""Evidence: documents for or against a claim, or context."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from claims.choices import Stance
from claims.models.claims.claim import Claim
from claims.models.newsroom import WEB_ADDRESS

LOGGED = "evidence/"
"""What begins the name of a piece of evidence among the fields of its claim, in the log of changes; its id ends it."""

NO_DOCUMENT = _("evidence needs a link or a file.")


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    """Queries for evidence."""

    def not_removed(self) -> Self:
        """Evidence that has not been removed; all lists of evidence use this."""
        return self.filter(removed_at=None)


class Evidence(models.Model):
    """A document that supports or contradicts a claim, or gives context: a link, a file, or both.

    A file is stored under the SHA-256 of its bytes, once for all evidence that uses it. It is never deleted,
    because decisions refer to it by that digest. The row stays too when someone removes the evidence, so that
    this can be undone.
    """

    claim = models.ForeignKey(
        Claim, on_delete=models.PROTECT, related_name="evidence", verbose_name=_("claim")
    )
    stance = models.CharField(_("stance"), max_length=7, choices=Stance, default=Stance.FOR)
    title = models.CharField(_("title"), max_length=300)
    url = models.CharField(_("link"), max_length=2000, blank=True, validators=[WEB_ADDRESS])
    file = models.FileField(_("file"), blank=True, editable=False)
    file_name = models.CharField(
        _("file name"),
        max_length=255,
        blank=True,
        editable=False,
        help_text=_("As uploaded. The file is downloaded under this name."),
    )
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True, editable=False)
    content_type = models.CharField(
        _("file type"), max_length=200, blank=True, editable=False, help_text=_("A MIME type.")
    )
    size = models.PositiveBigIntegerField(
        _("size"), default=0, editable=False, help_text=_("In bytes.")
    )
    archive_url = models.CharField(
        _("archived copy"), max_length=2000, blank=True, validators=[WEB_ADDRESS]
    )
    excerpt = models.TextField(_("excerpt"), blank=True, help_text=_("The words that matter."))
    primary = models.BooleanField(
        _("primary source"),
        default=False,
        help_text=_("First-hand material, not a report about it."),
    )
    interest = models.CharField(
        _("known interest"),
        max_length=300,
        blank=True,
        help_text=_("What stake the document's author or publisher has in the matter, if any."),
    )
    confidential = models.BooleanField(
        _("confidential"),
        default=False,
        help_text=_(
            "Left out of everything public, to protect someone. Everyone with an account here sees it."
        ),
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
    removed_at = models.DateTimeField(
        _("removed"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("Empty unless the evidence has been removed."),
    )

    objects = EvidenceQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = pgettext_lazy("plural", "evidence")
        ordering = ["claim", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(url="") | ~Q(file=""),
                name="evidence_has_document",
                violation_error_message=NO_DOCUMENT,
            ),
            models.CheckConstraint(
                condition=Q(file="", sha256="", size=0) | (~Q(file="") & ~Q(sha256="")),
                name="evidence_file_has_digest",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="evidence_has_title"),
            models.CheckConstraint(
                condition=Q(stance__in=Stance.values), name="evidence_stance_known"
            ),
        ]

    def __str__(self) -> str:
        """The title."""
        return self.title

    def as_kept(self) -> dict[str, Any]:
        """Return a copy for a decision, which later edits do not change."""
        return {
            "id": self.pk,
            "stance": self.stance,
            "title": self.title,
            "url": self.url,
            "sha256": self.sha256,
            "archive_url": self.archive_url,
            "excerpt": self.excerpt,
            "primary": self.primary,
            "interest": self.interest,
            "confidential": self.confidential,
            "looked_up": self.looked_up.isoformat(),
        }

    def in_log(self) -> dict[str, Any] | None:
        """Return all of it for the log of changes, or None if it has been removed."""
        if self.removed_at is not None:
            return None
        of_file = {"file_name": self.file_name, "size": self.size}
        return self.as_kept() | of_file | {"content_type": self.content_type}

    def take_from_log(self, kept: Mapping[str, Any] | None) -> None:
        """Restore the values that `in_log` returned. This does not save."""
        if kept is None:
            self.removed_at = timezone.now()
            return
        self.removed_at = None
        for name in kept.keys() - {"id", "looked_up"}:
            setattr(self, name, kept[name])
        self.file = kept["sha256"]
        self.looked_up = date.fromisoformat(kept["looked_up"])
