"""What readers of published reports are told afterwards: corrections and updates."""

from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.choices import Verdict
from claims.models.claims.blind import hidden_from
from claims.models.claims.claim import Claim
from claims.models.claims.decisions import Decision
from claims.models.reports.published import ReportedClaim
from claims.models.reports.reports import Report


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

    def updates(self) -> Self:
        """Those that tell what a claim was found to be that was published as pending."""
        return self.filter(previous_verdict=Verdict.PENDING)

    def corrections(self) -> Self:
        """Those that tell that a published verdict or fact was wrong."""
        return self.exclude(previous_verdict=Verdict.PENDING)

    def published(self) -> Self:
        """Published corrections, newest first."""
        return self.filter(published_at__isnull=False).order_by("-published_at", "-pk")

    def newest_published(self) -> "models.QuerySet[Correction, Any]":
        """When readers were last told something, for a subquery: a notice, or a correction of one."""
        told = self.published().annotate(last_told=Coalesce("notice_changed_at", "published_at"))
        return told.order_by("-last_told").values("last_told")[:1]


class Correction(models.Model):
    """What readers are, or are to be, told of a claim of a published report: a drafted or published notice.

    It is an update if the claim was published as pending and has been checked since, and otherwise a correction: a
    published verdict or fact was wrong. While it is open, it follows the claim: it refers to the current decision, and
    is deleted if the verdict is the published one again. Once it is published, it stays. A notice that was wrong itself
    gets new words; what it said before is kept as an `EarlierNotice`.

    `changed_at` is when the claim became other than published: later than its decision if the decision became known
    only then. `data` is the claim as it was when the notice was published, in the form that a report keeps it in. `language`
    is that of a published notice.
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
    changed_at = models.DateTimeField(_("changed"), null=True, blank=True)
    data = models.TextField(_("data"), blank=True, editable=False)
    notice_changed_at = models.DateTimeField(_("notice corrected"), null=True, blank=True)
    notice = models.TextField(_("notice"), blank=True)
    language = models.CharField(_("language of the notice"), max_length=35, default="en")
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

    @property
    def is_update(self) -> bool:
        """Whether the claim was published as pending."""
        return self.previous_verdict == Verdict.PENDING

    @property
    def told_at(self) -> datetime | None:
        """When readers were last told: when it was published or, if it was corrected itself, when that was."""
        return self.notice_changed_at or self.published_at


class EarlierNotice(models.Model):
    """What a published notice said before it was corrected itself. It is never changed."""

    correction = models.ForeignKey(
        Correction,
        on_delete=models.PROTECT,
        related_name="earlier_notices",
        verbose_name=_("correction"),
    )
    notice = models.TextField(_("notice"))
    published_at = models.DateTimeField(_("published"))
    replaced_at = models.DateTimeField(_("replaced"), default=timezone.now)
    replaced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("replaced by"),
    )
    replaced_by_name = models.CharField(_("name"), max_length=301)

    class Meta:
        verbose_name = _("earlier notice")
        verbose_name_plural = _("earlier notices")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(notice=""), name="earlier_notice_tells"),
        ]

    def __str__(self) -> str:
        """Its words."""
        return self.notice
