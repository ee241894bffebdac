"""What is kept of a published report: its data, its claims, and what an authority confirmed of it."""

from typing import Self

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.choices import Verdict
from claims.models.claims.claim import Claim
from claims.models.claims.decisions import Decision
from claims.models.reports.reports import EDITIONS, Report


class Snapshot(models.Model):
    """The content of a published report, byte for byte. It is never changed or deleted."""

    report = models.OneToOneField(
        Report, on_delete=models.PROTECT, related_name="snapshot", verbose_name=_("report")
    )
    data = models.TextField(_("data"), help_text=_("The report's data in canonical form."))
    digest = models.CharField(_("SHA-256"), max_length=64)

    class Meta:
        verbose_name = _("snapshot")
        verbose_name_plural = _("snapshots")
        ordering = ["-pk"]
        constraints = [models.CheckConstraint(condition=~Q(digest=""), name="snapshot_has_digest")]

    def __str__(self) -> str:
        """The digest."""
        return self.digest


class ReportedClaimQuerySet(models.QuerySet["ReportedClaim"]):
    """Queries for reported claims."""

    def newest_public(self) -> Self:
        """Of each claim in public reports, the row of the newest of them."""
        newer = self.filter(report__public=True, claim=OuterRef("claim")).order_by(
            "-report__published_at", "-report_id"
        )
        return self.filter(report__public=True, pk=Subquery(newer.values("pk")[:1]))


class ReportedClaim(models.Model):
    """A claim in a published report, and the decision that the report is based on. It is never changed or deleted."""

    report = models.ForeignKey(
        Report, on_delete=models.PROTECT, related_name="claims", verbose_name=_("report")
    )
    claim = models.ForeignKey(
        Claim, on_delete=models.PROTECT, related_name="reported", verbose_name=_("claim")
    )
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict)
    decision = models.ForeignKey(
        Decision,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("decision"),
    )

    objects = ReportedClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("reported claim")
        verbose_name_plural = _("reported claims")
        ordering = ["report", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "claim"], name="reported_claim_once"),
            models.CheckConstraint(
                condition=Q(verdict__in=Verdict.values), name="reported_verdict_known"
            ),
        ]

    def __str__(self) -> str:
        """The published verdict."""
        return str(self.get_verdict_display())


class ReportTimestampQuerySet(models.QuerySet["ReportTimestamp"]):
    """Queries for timestamps."""

    def given(self) -> Self:
        """Those that the authority has confirmed."""
        return self.filter(stamped_at__isnull=False)


class ReportTimestamp(models.Model):
    """That one edition of a published report existed at a time, as an authority signed it (RFC 3161).

    Until the authority has answered, `problem` says what went wrong at the last attempt.
    """

    report = models.ForeignKey(
        Report, on_delete=models.PROTECT, related_name="timestamps", verbose_name=_("report")
    )
    edition = models.CharField(_("edition"), max_length=8)
    digest = models.CharField(_("SHA-256"), max_length=64)
    authority = models.CharField(_("authority"), max_length=2000)
    response = models.BinaryField(
        _("response"), default=b"", help_text=_("The authority's response, in DER.")
    )
    stamped_at = models.DateTimeField(_("confirmed time"), null=True, blank=True)
    tried_at = models.DateTimeField(_("last attempt"), default=timezone.now)
    problem = models.TextField(_("problem"), blank=True)

    objects = ReportTimestampQuerySet.as_manager()

    class Meta:
        verbose_name = _("timestamp")
        verbose_name_plural = _("timestamps")
        ordering = ["report", "edition"]
        constraints = [
            models.UniqueConstraint(fields=["report", "edition"], name="timestamp_once_an_edition"),
            models.CheckConstraint(
                condition=Q(edition__in=EDITIONS), name="timestamp_edition_known"
            ),
            models.CheckConstraint(
                condition=Q(stamped_at=None) | Q(problem=""), name="timestamp_given_has_no_problem"
            ),
        ]

    def __str__(self) -> str:
        """The digest."""
        return self.digest
