"""Other newsrooms' fact-checks, and which of the desk's claims they are about. They are never verdicts of the desk."""

import hashlib
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.choices import MatchState
from claims.fetching.addresses import of_page
from claims.matching.types import Reason
from claims.models.base.outlines import BaseOutlinePage, BaseStemFrequency
from claims.models.claims.claim import Claim
from claims.models.external.sources import ExternalSource

LOGGED = "external/"
"""What begins the name of an external match among the fields of its claim, in the log of changes; its id ends it."""


def check_key(url: str, statement: str) -> str:
    """Return a key that a fact-check keeps while its page and the claim that it reviews are the same: SHA-256 in hex."""
    told = f"{of_page(url)}\0{' '.join(statement.split()).casefold()}"
    return hashlib.sha256(told.encode(errors="replace")).hexdigest()


def main_language(tag: str) -> str:
    """Return the language of a tag without its region or script: "pt" for "pt-BR"."""
    return tag.partition("-")[0].lower()


class ExternalCheckQuerySet(models.QuerySet["ExternalCheck"]):
    """Queries for other newsrooms' fact-checks."""

    def offered(self) -> Self:
        """Those that their publishers have not withdrawn."""
        return self.filter(withdrawn_at=None)

    def waiting(self) -> Self:
        """Those that have not been compared with the desk's claims as they are now, the newest first."""
        return self.offered().filter(vector=None).order_by("-pk")


class ExternalCheck(models.Model):
    """What another newsroom found of a claim, as its ClaimReview says.

    Its vector is made when it is compared with the desk's claims; it is None until then, and again when the claim that
    it reviews is worded anew.
    """

    MATCHED: ClassVar = ("statement",)

    key = models.CharField(_("key"), max_length=64, unique=True, editable=False)
    source = models.ForeignKey(
        ExternalSource,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="checks",
        verbose_name=_("source of fact-checks"),
        help_text=_("Empty for those that were imported from a file."),
    )
    publisher = models.CharField(_("publisher"), max_length=300)
    statement = models.TextField(_("claim reviewed"))
    claimant = models.CharField(_("claimant"), max_length=300, blank=True)
    rating = models.CharField(_("rating"), max_length=500, help_text=_("In the publisher’s words."))
    rating_value = models.FloatField(
        _("rating value"), null=True, blank=True, help_text=_("On the publisher’s own scale.")
    )
    url = models.CharField(_("address of the review"), max_length=2000)
    reviewed_on = models.DateField(_("reviewed on"), null=True, blank=True)
    claimed_on = models.DateField(_("claimed on"), null=True, blank=True)
    appearance = models.CharField(_("claim appeared at"), max_length=2000, blank=True)
    language = models.CharField(_("language"), max_length=10)
    fetched_at = models.DateTimeField(_("last read"), default=timezone.now)
    withdrawn_at = models.DateTimeField(
        _("withdrawn"),
        null=True,
        blank=True,
        help_text=_("When its source no longer named it. It is not offered any more."),
    )
    vector = models.BinaryField(_("vector"), null=True)

    objects = ExternalCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("fact-check of another newsroom")
        verbose_name_plural = _("fact-checks of other newsrooms")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(publisher="") & ~Q(statement="") & ~Q(rating="") & ~Q(url=""),
                name="external_check_is_whole",
            )
        ]
        indexes = [
            models.Index(
                fields=["id"],
                condition=Q(vector=None, withdrawn_at=None),
                name="external_check_to_compare",
            ),
            models.Index(fields=["source", "fetched_at"], name="external_check_of_source"),
        ]

    def __str__(self) -> str:
        """The publisher and the claim reviewed."""
        return f"{self.publisher}: {self.statement}"


class ExternalMatchQuerySet(models.QuerySet["ExternalMatch"]):
    """Queries for matches with other newsrooms' fact-checks."""

    def offered(self) -> Self:
        """Those that pages show: neither dismissed nor withdrawn, the surest first."""
        standing = self.exclude(state=MatchState.DISMISSED).filter(external__withdrawn_at=None)
        return standing.order_by("-score", F("external__reviewed_on").desc(nulls_last=True), "-pk")


class ExternalMatch(models.Model):
    """That another newsroom has checked what a claim says: proposed by the worker, cited or dismissed by people."""

    claim = models.ForeignKey(
        Claim,
        on_delete=models.CASCADE,
        db_index=False,
        related_name="external_matches",
        verbose_name=_("claim"),
    )
    external = models.ForeignKey(
        ExternalCheck,
        on_delete=models.CASCADE,
        related_name="matches",
        verbose_name=_("fact-check of another newsroom"),
    )
    score = models.FloatField(
        _("score"), help_text=_("How sure it is that both say the same, from 0 to 1.")
    )
    why = models.JSONField(_("why"), default=list)
    state = models.CharField(
        _("state"), max_length=9, choices=MatchState, default=MatchState.PROPOSED
    )
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
        verbose_name=_("settled by"),
    )
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)

    objects = ExternalMatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("match with another newsroom")
        verbose_name_plural = _("matches with other newsrooms")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["claim", "external"], name="external_match_once"),
            models.CheckConstraint(
                condition=Q(score__gte=0.0, score__lte=1.0), name="external_match_score_is_a_share"
            ),
            models.CheckConstraint(
                condition=Q(state=MatchState.PROPOSED, settled_by=None, settled_at=None)
                | Q(state=MatchState.DISMISSED, settled_by__isnull=False, settled_at__isnull=False),
                name="external_match_settled_by_a_person",
            ),
        ]

    def __str__(self) -> str:
        """The fact-check."""
        return str(self.external)

    @property
    def reasons(self) -> list[Reason]:
        """Why both say the same, the weightiest reason first."""
        return [Reason(code, values) for code, values in self.why]


class ExternalOutlinePage(BaseOutlinePage):
    """The outlines of the vectors of other newsrooms' fact-checks."""


class ExternalStemFrequency(BaseStemFrequency):
    """How many of other newsrooms' fact-checks hold a stem."""
