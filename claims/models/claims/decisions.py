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
    """Queries for decisions."""

    def newest_first(self) -> Self:
        """Sorted with the newest first; a claim's newest decision is its verdict."""
        return self.order_by("-pk")

    def newest_of_each_claim(self) -> Self:
        """Only the current decision of each claim."""
        newer = Decision.objects.filter(
            claim=models.OuterRef("claim"), pk__gt=models.OuterRef("pk")
        )
        return self.filter(~models.Exists(newer))

    def by_claim(self, claim_ids: Iterable[int]) -> dict[int, list["Decision"]]:
        """Return the decisions of each claim by its id, oldest first, in one query."""
        found: dict[int, list[Decision]] = {pk: [] for pk in claim_ids}
        for decision in self.filter(claim__in=found).order_by("version"):
            found[decision.claim_id].append(decision)
        return found

    def in_force(self, claim: Claim) -> "Decision | None":
        """Return the decision behind a claim's current verdict, or None if there is none."""
        return in_force(self.by_claim([claim.pk])[claim.pk], version=claim.version)


def in_force(decisions: Sequence["Decision"], *, version: int) -> "Decision | None":
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
    """Who set which verdict when, why, and on what evidence. It is never changed or deleted.

    `evidence` is a copy of the claim's evidence at that time, and `actor_name` of the actor's name,
    so that the basis of a decision stays readable whatever happens to the rest. A decision that takes over
    another claim's verdict names that claim's decision as its `origin`, and refers to its evidence by `id`.
    """

    claim = models.ForeignKey(
        Claim, on_delete=models.PROTECT, related_name="decisions", verbose_name=_("claim")
    )
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict)
    previous_verdict = models.CharField(_("previous verdict"), max_length=10, choices=Verdict)
    reason = models.TextField(_("reason"), blank=True)
    note = models.TextField(
        _("internal note"),
        blank=True,
        help_text=_("For the desk alone: shown in no report and no export."),
    )
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

    origin = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="taken_over_by",
        verbose_name=_("taken over from"),
        help_text=_("The decision on another claim whose verdict this one takes over."),
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
                condition=Q(verdict__in=Verdict.values, previous_verdict__in=Verdict.values),
                name="decision_verdict_known",
            ),
        ]
        indexes = [models.Index(fields=["decided_at", "verdict"], name="decision_by_day")]

    def __str__(self) -> str:
        """Whose decision it is. The verdict is left out: pages name decisions to people who must not know it yet."""
        return self.actor_name
