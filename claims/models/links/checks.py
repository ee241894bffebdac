"""What is known of the links of the evidence: whether each still leads to what it led to."""

from typing import Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.choices import LinkState
from claims.models.claims.captures import Capture
from claims.models.claims.evidence import Evidence, EvidenceQuerySet
from claims.models.reports.published import ReportedClaim

BROKEN = (LinkState.CHANGED, LinkState.MOVED, LinkState.GONE, LinkState.UNREACHABLE)
"""What somebody has to look at, the states in the order of the page."""


class LinkCheckQuerySet(models.QuerySet["LinkCheck"]):
    """Queries for links that are checked."""

    def ready(self) -> Self:
        """Those whose time has come, the longest due first."""
        return self.filter(due_at__lte=timezone.now()).order_by("due_at", "pk")

    def in_use(self) -> Self:
        """Those of evidence that has not been removed."""
        there = Evidence.objects.not_removed().filter(address_key=OuterRef("key"))
        return self.filter(Exists(there))

    def not_captured_since(self) -> Self:
        """Without those whose page was captured after the check: somebody has looked at it, and it was there."""
        since = Capture.objects.filter(key=OuterRef("key"), fetched_at__gt=OuterRef("checked_at"))
        return self.exclude(Exists(since.kept()))

    def to_look_at(self, *states: LinkState) -> Self:
        """Those in some states, or in any that somebody has to look at, and that nobody has captured since."""
        return self.filter(state__in=states or BROKEN).in_use().not_captured_since()

    def in_reports(self) -> Self:
        """Those of evidence for claims in published reports."""
        reported = ReportedClaim.objects.filter(
            claim__evidence__address_key=OuterRef("key"), claim__evidence__removed_at=None
        )
        return self.filter(Exists(reported))


Pieces = TypeVar("Pieces", bound=EvidenceQuerySet)


def with_broken_links(pieces: Pieces) -> Pieces:
    """Return evidence with `broken_link` and `link_state`: what somebody has to look at, without a query more."""
    check = LinkCheck.objects.filter(key=OuterRef("address_key"), state__in=BROKEN)
    found = check.not_captured_since().order_by()
    return pieces.annotate(
        broken_link=Subquery(found.values("pk")[:1]),
        link_state=Subquery(found.values("state")[:1]),
    )


class LinkCheck(models.Model):
    """A page that is evidence for any claim, and what was found when it was last looked at.

    A page that does not answer keeps its state until it has failed on several days.
    """

    key = models.CharField(max_length=64, unique=True)
    url = models.CharField(_("address"), max_length=2000)
    host = models.CharField(_("host"), max_length=255)
    state = models.CharField(
        _("state"),
        max_length=11,
        choices=LinkState,
        blank=True,
        help_text=_("Empty until it was checked."),
    )
    since = models.DateTimeField(_("since"), default=timezone.now)
    checked_at = models.DateTimeField(_("checked"), null=True, blank=True)
    due_at = models.DateTimeField(_("due"), default=timezone.now)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("asked for by"),
        help_text=_("Who wants it checked now, until that is done."),
    )
    failures = models.PositiveSmallIntegerField(
        _("failures"), default=0, help_text=_("On how many days in turn it did not answer.")
    )
    failed_on = models.DateField(_("last failure"), null=True, blank=True)
    moved_to = models.CharField(_("new address"), max_length=2000, blank=True)
    text = models.TextField(
        _("text"), blank=True, help_text=_("Its text, if that differs from what was captured.")
    )
    error = models.JSONField(_("error"), null=True, blank=True)

    objects = LinkCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("check of a link")
        verbose_name_plural = _("checks of links")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["", *LinkState.values]), name="link_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state="") | Q(checked_at__isnull=False), name="link_state_was_checked"
            ),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], name="link_is_due"),
            models.Index(fields=["host", "due_at"], name="link_of_host"),
            models.Index(fields=["checked_at"], name="link_checked"),
            models.Index(fields=["state", "since", "id"], name="link_in_state"),
        ]

    def __str__(self) -> str:
        """The address."""
        return self.url

    @property
    def error_code(self) -> str:
        """The code of what failed, as `claims.errors` has it; "" if nothing did."""
        return str((self.error or {}).get("code", ""))
