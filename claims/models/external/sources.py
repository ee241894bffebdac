"""Where other newsrooms' fact-checks are read: pages, data feeds and tables on the web."""

import hashlib
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from claims.choices import ExternalSourceKind
from claims.models.newsroom import WEB_ADDRESS


class ExternalSourceQuerySet(models.QuerySet["ExternalSource"]):
    """Queries for sources of fact-checks."""

    def due(self) -> Self:
        """Those that are to be read now."""
        return self.filter(active=True, next_check_at__lte=timezone.now())


class ExternalSource(models.Model):
    """An address at which other newsrooms publish fact-checks. The worker reads it again and again.

    What it no longer names counts as withdrawn.
    """

    address = models.CharField(_("address"), max_length=2000, validators=[WEB_ADDRESS])
    name = models.CharField(_("name"), max_length=300, blank=True)
    kind = models.CharField(_("kind"), max_length=5, choices=ExternalSourceKind)
    language = models.CharField(
        _("language"),
        max_length=10,
        default="en",
        help_text=_("Of the fact-checks that do not name their own, such as “en”."),
    )
    interval_minutes = models.PositiveIntegerField(
        _("minutes between checks"),
        default=1440,
        validators=[MinValueValidator(10), MaxValueValidator(43_200)],
    )
    active = models.BooleanField(_("active"), default=True)
    checked_at = models.DateTimeField(_("last check"), null=True, blank=True, editable=False)
    next_check_at = models.DateTimeField(_("next check"), default=timezone.now, editable=False)
    failures = models.PositiveIntegerField(_("consecutive failures"), default=0, editable=False)
    error = models.JSONField(_("error"), null=True, blank=True, editable=False)
    etag = models.CharField(_("ETag"), max_length=500, blank=True, editable=False)
    modified = models.CharField(_("Last-Modified"), max_length=500, blank=True, editable=False)

    read_as = models.CharField(
        _("read as"),
        max_length=64,
        blank=True,
        editable=False,
        help_text=_("A digest of its address, kind and language when its last answer was read."),
    )

    history = HistoricalRecords(
        excluded_fields=[
            "checked_at",
            "next_check_at",
            "failures",
            "error",
            "etag",
            "modified",
            "read_as",
        ]
    )

    objects = ExternalSourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("source of fact-checks")
        verbose_name_plural = _("sources of fact-checks")
        ordering = ["name", "address", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(address=""), name="external_source_has_address"),
            models.CheckConstraint(
                condition=Q(kind__in=ExternalSourceKind.values), name="external_source_kind_known"
            ),
            models.UniqueConstraint(
                fields=["address"],
                name="external_source_once",
                violation_error_message=_("This address has already been added."),
            ),
        ]

    def __str__(self) -> str:
        """Its name or its address."""
        return self.name or self.address

    @property
    def reads(self) -> str:
        """What `read_as` is when an answer is read now. An answer that was read otherwise is no answer to go by."""
        told = f"{self.kind}\0{self.language}\0{self.address}"
        return hashlib.sha256(told.encode(errors="replace")).hexdigest()
