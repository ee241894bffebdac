"""What everyone may read of claims, for the lists and the search of the public pages."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.choices import Verdict
from claims.models.claims.claim import Claim
from claims.models.reports.reports import Report
from claims.models.search import Searchable
from claims.models.sources import Source


class PublicClaimQuerySet(Searchable["PublicClaim"]):
    """Queries for public claims."""

    def newest(self) -> "PublicClaimQuerySet":
        """Those of which readers were told last come first."""
        return self.order_by("-changed_at", "-pk")


class PublicClaim(models.Model):
    """A claim with a verdict in a public report, as readers were last told of it: one row each.

    Everything here has been published, and nothing follows the desk until readers are told: public lists and searches
    read these rows, and never the desk's own. They are made anew whenever readers are told something, and can always be
    made again from the reports.

    `review` is the claim as ClaimReview, for search engines; None if the rules do not allow one. `source` is who made it,
    if that has a name of its own.
    """

    claim = models.OneToOneField(
        Claim, on_delete=models.CASCADE, related_name="as_public", verbose_name=_("claim")
    )
    report = models.ForeignKey(
        Report, on_delete=models.CASCADE, related_name="+", verbose_name=_("report")
    )
    source = models.ForeignKey(
        Source,
        on_delete=models.SET_NULL,
        null=True,
        related_name="public_claims",
        verbose_name=_("source"),
    )
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict)
    statement = models.TextField(_("statement"))
    language = models.CharField(_("language"), max_length=35, blank=True)
    source_name = models.CharField(_("name of the source"), max_length=300, blank=True)
    role = models.CharField(_("role"), max_length=500, blank=True)
    headline = models.CharField(_("headline"), max_length=300, blank=True)
    outlet = models.CharField(_("outlet"), max_length=300, blank=True)
    review = models.JSONField(_("ClaimReview"), null=True)
    changed_at = models.DateTimeField(_("readers last told"))

    objects = PublicClaimQuerySet.as_manager()
    SEARCHED = ("statement", "source_name", "headline", "outlet")
    SEARCHED_THROUGH = ()

    class Meta:
        verbose_name = _("public claim")
        verbose_name_plural = _("public claims")
        ordering = ["-changed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict__in=[Verdict.VERIFIED, Verdict.DISPUTED]),
                name="public_claim_has_verdict",
            ),
        ]
        indexes = [
            models.Index(fields=["-changed_at", "-id"], name="public_claim_newest"),
            models.Index(fields=["source", "-changed_at", "-id"], name="public_claim_of_source"),
        ]

    def __str__(self) -> str:
        """The statement."""
        return self.statement
