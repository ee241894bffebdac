"""Verification reports: drafts, and published reports."""

from typing import Self

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from claims.choices import Verdict
from claims.models.articles import Article
from claims.models.claims.claim import Claim
from claims.models.claims.decisions import Decision
from claims.renderers.types import INTERNAL_EDITION, PUBLIC_EDITION

EDITIONS = (INTERNAL_EDITION, PUBLIC_EDITION)
"""What of a report is timestamped: each edition has its own digest."""


def claims_address() -> str:
    """Return what the addresses of the claims' own public pages begin with; "" without a public address."""
    if not settings.PUBLIC_URL:
        return ""
    return f"{settings.PUBLIC_URL}{reverse('public-claims')}"


def claim_address(claim: int) -> str:
    """Return the whole address of a claim's own public page; "" without a public address."""
    home = claims_address()
    return f"{home}{claim}/" if home else ""


class ReportQuerySet(models.QuerySet["Report"]):
    """Queries for reports."""

    def published(self) -> Self:
        """Published reports, which are frozen."""
        return self.filter(published_at__isnull=False)

    def drafts(self) -> Self:
        """Drafts."""
        return self.filter(published_at=None)

    def open_to(self, viewer: User) -> Self:
        """Reports that a person may see: published ones, their own drafts, and all drafts for those who may publish."""
        if viewer.has_perm("claims.publish_report"):
            return self
        return self.filter(Q(published_at__isnull=False) | Q(made_by=viewer))

    def public(self) -> Self:
        """Reports that everyone may read, newest first."""
        return self.filter(public=True).order_by("-published_at", "-pk")

    def withdrawn(self) -> Self:
        """Reports that were public and have been withdrawn, the last one first."""
        return self.filter(withdrawn_at__isnull=False).order_by("-withdrawn_at", "-pk")


class Report(models.Model):
    """A verification report. A draft shows its claims in their current state; a published report is frozen.

    Only its creator and people who may publish can see a draft; every query uses `ReportQuerySet.open_to`.

    `claim_ids` has the ids of its claims. It is empty for a report on a whole article, which has all of the article's
    claims. `left_out` has those of its claims that a chief left out because their second check was under way.

    Who drafted, approved and published it are three facts. An approval is of the draft with the digest
    `approved_digest`; it lapses when anything in the draft changes.
    """

    title = models.CharField(_("title"), max_length=300)
    scope = models.TextField(
        _("scope"), blank=True, help_text=_("Which claims the report contains, in words.")
    )
    query = models.CharField(
        _("filter"), max_length=2000, blank=True, help_text=_("As in the list of claims.")
    )
    article = models.ForeignKey(
        Article,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="reports",
        verbose_name=_("article"),
    )
    claim_ids = models.JSONField(_("claims"), default=list, editable=False)
    left_out = models.JSONField(_("claims left out"), default=list, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("drafted by"),
    )
    made_by_name = models.CharField(_("name"), max_length=301)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("approved by"),
    )
    approved_by_name = models.CharField(_("name"), max_length=301, blank=True)
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    approved_digest = models.CharField(_("SHA-256"), max_length=64, blank=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("published by"),
    )
    published_by_name = models.CharField(_("name"), max_length=301, blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawal = models.TextField(
        _("withdrawal"), blank=True, help_text=_("Why it was withdrawn, for readers.")
    )
    public = models.BooleanField(
        _("public"), default=False, help_text=_("Anyone can read it, without an account.")
    )
    number_of_claims = models.PositiveIntegerField(_("number of claims"), default=0)

    history = HistoricalRecords(excluded_fields=["claim_ids", "left_out"])
    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["-pk"]
        permissions = [("publish_report", _("Can publish reports"))]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="report_has_title"),
            models.CheckConstraint(
                condition=Q(public=False) | Q(published_at__isnull=False),
                name="report_public_is_published",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawal="")
                | (Q(withdrawn_at__isnull=False, public=False) & ~Q(withdrawal="")),
                name="report_withdrawn_says_why",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-published_at", "-id"], condition=Q(public=True), name="report_public"
            ),
        ]

    def __str__(self) -> str:
        """The title."""
        return self.title

    def get_absolute_url(self) -> str:
        """The report's page."""
        return reverse("report", args=[self.pk])

    @property
    def public_address(self) -> str:
        """The whole address of its public page, ending in "/"; "" while it has none."""
        if not (self.public and settings.PUBLIC_URL):
            return ""
        return self.future_address

    @property
    def future_address(self) -> str:
        """The same whether it is public or not; "" without a public address of the newsroom."""
        if not settings.PUBLIC_URL:
            return ""
        return f"{settings.PUBLIC_URL}{reverse('public-report', args=[self.pk])}"

    @property
    def is_draft(self) -> bool:
        """Whether it is a draft."""
        return self.published_at is None


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
