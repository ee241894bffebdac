"""Verification reports: drafts, and published reports."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from claims.choices import DraftStage, UndecidedClaims
from claims.models.articles import Article
from claims.models.languages import LanguageField
from claims.renderers.types import INTERNAL_EDITION, PUBLIC_EDITION

EDITIONS = (INTERNAL_EDITION, PUBLIC_EDITION)
"""What of a report is timestamped: each edition has its own digest."""

NOT_LISTED = ("claim_ids", "left_out", "outline", "omitted", "conclusion")
"""Fields that may be long, and that no list of reports needs."""


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

    def due(self, now: datetime) -> Self:
        """Approved drafts whose time to be published has come."""
        return self.drafts().filter(stage=DraftStage.APPROVED, publish_at__lte=now)

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
    claims. `left_out` has those of its claims that a chief left out because their second check was under way, `omitted`
    those that somebody left out by hand. `outline` is the order that somebody gave its claims: ids and, as texts, the
    headings that stand above them; it is empty for the order of the text. `language` is what it is written in. `lede` and `conclusion` are in the Markdown
    that `claims.renderers.documents.prose` reads.

    Who drafted, approved and published it are three facts. An approval is of the draft with the digest
    `approved_digest`; it lapses when anything in the draft changes. At `publish_at`, the worker publishes an approved
    draft in the name of `scheduled_by`, and makes it public if `goes_public`.
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
    outline = models.JSONField(_("order of the claims"), default=list, editable=False)
    omitted = models.JSONField(_("claims left out by hand"), default=list, editable=False)
    undecided = models.CharField(
        _("undecided claims"),
        max_length=10,
        choices=UndecidedClaims,
        default=UndecidedClaims.AT_END,
    )
    language = LanguageField(_("language"), default="en")
    lede = models.TextField(_("lede"), blank=True, help_text=_("What readers see first."))
    conclusion = models.TextField(
        _("conclusion"), blank=True, help_text=_("What stands below the claims.")
    )
    stage = models.CharField(
        _("stage"), max_length=10, choices=DraftStage, default=DraftStage.WRITING
    )
    publish_at = models.DateTimeField(_("to be published"), null=True, blank=True)
    goes_public = models.BooleanField(_("public when published"), default=True)
    scheduled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("scheduled by"),
    )
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
            models.CheckConstraint(
                condition=Q(stage__in=DraftStage.values), name="report_stage_known"
            ),
            models.CheckConstraint(
                condition=Q(undecided__in=UndecidedClaims.values), name="report_undecided_known"
            ),
            models.CheckConstraint(
                condition=Q(publish_at=None) | Q(stage=DraftStage.APPROVED, published_at=None),
                name="report_scheduled_is_approved",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-published_at", "-id"], condition=Q(public=True), name="report_public"
            ),
            models.Index(
                fields=["publish_at"], condition=Q(publish_at__isnull=False), name="report_due"
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
