"""The append-only log of verdicts."""

from collections.abc import Iterable, Sequence
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.choices import Verdict
from claims.models.claims.claim import Claim


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Questions asked of the log."""

    def newest_first(self) -> Self:
        """The newest decision of a claim is its verdict."""
        return self.order_by("-pk")

    def newest_of_each_claim(self) -> Self:
        """Only the decisions that are in force."""
        newer = Decision.objects.filter(
            claim=models.OuterRef("claim"), pk__gt=models.OuterRef("pk")
        )
        return self.filter(~models.Exists(newer))

    def by_claim(self, claim_ids: Iterable[int]) -> dict[int, list["Decision"]]:
        """For each claim's id its decisions, the first one first. One query."""
        found: dict[int, list[Decision]] = {pk: [] for pk in claim_ids}
        for decision in self.filter(claim__in=found).order_by("version"):
            found[decision.claim_id].append(decision)
        return found

    def behind(self, claim: Claim) -> "Decision | None":
        """Whose word a claim's verdict is, or None where it is nobody's."""
        return behind(self.by_claim([claim.pk])[claim.pk], version=claim.version)


def behind(decisions: Sequence["Decision"], *, version: int) -> "Decision | None":
    """Whose word a claim's verdict was at a version, or None where it was nobody's.

    That is the newest decision until then, or for one that undoes another, the one whose verdict it gave back.

    Args:
        decisions: the claim's, the first one first.
        version: the claim's.
    """
    versions = {one.pk: one.version for one in decisions}
    found = next((one for one in reversed(decisions) if one.version <= version), None)
    while found and found.undoes_id:
        until = versions[found.undoes_id]
        found = next((one for one in reversed(decisions) if one.version < until), None)
    return found


class Decision(models.Model):
    """Who set which verdict when, why, and on what evidence. Never changed, never deleted.

    `evidence` is a copy of the claim's evidence at that moment, and `actor_name` of the actor's name:
    what a decision rested on stays readable whatever happens to the rest.
    """

    claim = models.ForeignKey(
        Claim, on_delete=models.PROTECT, related_name="decisions", verbose_name=_("claim")
    )
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict)
    previous = models.CharField(_("verdict before"), max_length=10, choices=Verdict)
    reason = models.TextField(_("reason"), blank=True)
    evidence = models.JSONField(_("evidence"), default=list)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="decisions",
        verbose_name=_("decided by"),
    )
    actor_name = models.CharField(_("name"), max_length=301)
    decided_at = models.DateTimeField(_("decided"), default=timezone.now)
    version = models.PositiveIntegerField(
        _("version"), help_text=_("The claim's version number after this decision.")
    )
    undoes = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="undone_by",
        verbose_name=_("undoes"),
    )

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["claim", "version"], name="decision_once_a_version"),
            models.CheckConstraint(
                condition=~Q(verdict=Verdict.DISPUTED) | ~Q(reason=""),
                name="decision_disputed_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(verdict__in=Verdict.values, previous__in=Verdict.values),
                name="decision_verdict_known",
            ),
        ]
        indexes = [models.Index(fields=["decided_at", "verdict"], name="decision_by_day")]

    def __str__(self) -> str:
        """Whose it is. Not what it says: pages name decisions to people who must not know that yet."""
        return self.actor_name
