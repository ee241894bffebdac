"""Verification reports: drafts, published reports and their corrections."""

from typing import Any, Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from claims.choices import Verdict
from claims.models.articles import Article
from claims.models.claims.blind import hidden_from
from claims.models.claims.claim import Claim
from claims.models.claims.decisions import Decision


class ReportQuerySet(models.QuerySet["Report"]):
    """Queries for reports."""

    def published(self) -> Self:
        """Published reports, which are frozen."""
        return self.filter(published_at__isnull=False)

    def open_to(self, viewer: User) -> Self:
        """Reports that a person may see: published ones, their own drafts, and all drafts for those who may publish."""
        if viewer.has_perm("claims.publish_report"):
            return self
        return self.filter(Q(published_at__isnull=False) | Q(made_by=viewer))

    def public(self) -> Self:
        """Reports that everyone may read, newest first."""
        return self.filter(public=True).order_by("-published_at", "-pk")

    def with_changed_at(self) -> Self:
        """Add `changed_at`: when the newest correction was published or, without one, the report itself."""
        told = Correction.objects.filter(reported__report=OuterRef("pk"))
        return self.annotate(
            changed_at=Coalesce(Subquery(told.newest_published()), F("published_at"))
        )


class Report(models.Model):
    """A verification report. A draft shows its claims in their current state; a published report is frozen.

    Only its creator and people who may publish can see a draft; every query uses `ReportQuerySet.open_to`.

    `claim_ids` has the ids of its claims. It is empty for a report on a whole article, which has all of the article's
    claims.
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
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("created by"),
    )
    made_by_name = models.CharField(_("name"), max_length=301)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
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
    public = models.BooleanField(
        _("public"), default=False, help_text=_("Anyone can read it, without an account.")
    )
    number_of_claims = models.PositiveIntegerField(_("number of claims"), default=0)

    history = HistoricalRecords(excluded_fields=["claim_ids"])
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

    def with_changed_at(self) -> Self:
        """Add `changed_at`: when the claim's newest correction was published or, without one, its report."""
        told = Correction.objects.filter(reported=OuterRef("pk"))
        return self.annotate(
            changed_at=Coalesce(Subquery(told.newest_published()), F("report__published_at"))
        )


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


class CorrectionQuerySet(models.QuerySet["Correction"]):
    """Queries for corrections."""

    def open(self) -> Self:
        """Corrections that have not been published."""
        return self.filter(published_at=None)

    def known_to(self, viewer: User | AnonymousUser) -> Self:
        """Leave out unpublished ones that would show a person a verdict that they must not know yet."""
        hidden = hidden_from(viewer, Claim.objects.all())
        return self.exclude(published_at=None, reported__claim__in=hidden) if hidden else self

    def of_report(self, report: Report) -> Self:
        """A report's corrections, oldest first."""
        return self.filter(reported__report=report).order_by("pk")

    def published(self) -> Self:
        """Published corrections, newest first."""
        return self.filter(published_at__isnull=False).order_by("-published_at", "-pk")

    def newest_published(self) -> "models.QuerySet[Correction, Any]":
        """When the newest correction was published, for a subquery."""
        return self.published().values("published_at")[:1]


class Correction(models.Model):
    """A correction of a published report whose claim has been decided again: a drafted or published notice.

    While it is open, it follows the claim: it refers to the current decision, and is deleted if the verdict is the
    published one again. Once it is published, it stays.
    """

    reported = models.ForeignKey(
        ReportedClaim,
        on_delete=models.PROTECT,
        related_name="corrections",
        verbose_name=_("reported claim"),
    )
    previous_verdict = models.CharField(_("previous verdict"), max_length=10, choices=Verdict)
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, related_name="+", verbose_name=_("decision")
    )
    notice = models.TextField(_("notice"), blank=True)
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

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["reported"], condition=Q(published_at=None), name="correction_open_once"
            ),
            models.CheckConstraint(
                condition=Q(published_at=None) | ~Q(notice=""), name="correction_published_tells"
            ),
            models.CheckConstraint(
                condition=Q(previous_verdict__in=Verdict.values), name="correction_verdict_known"
            ),
        ]
        indexes = [
            models.Index(F("id").desc(), condition=Q(published_at=None), name="correction_open"),
        ]

    def __str__(self) -> str:
        """The old and the new verdict."""
        return f"{self.get_previous_verdict_display()} – {self.decision.get_verdict_display()}"
