"""Claims that say the same, or the opposite, as earlier ones: the matches, the groups of repeats, and what is yet to be matched."""

from collections.abc import Iterable
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.choices import MatchRelation, MatchState, ReviewStatus, Verdict
from claims.models.claims.claim import Claim

LOGGED = "match/"
"""What begins the name of a match among the fields of its claims, in the log of changes; its id ends it."""

CANONICAL = "canonical/"
"""The same for the main claim of a group: the group's id ends it, and its value is the id of the claim."""

BY_MATCHER = frozenset({"statement", "source_id", "dismissed", "checkable"})
"""The fields of a claim of which its matches are made."""


CHALLENGING = [MatchRelation.CONTRADICTS, MatchRelation.SUPERSEDES]
"""The relations by which a later claim asks for another look at an earlier verdict."""

STANDING = [MatchState.PROPOSED, MatchState.CONFIRMED]
"""The states of a match that people see."""


class ClaimGroup(models.Model):
    """Claims that people have confirmed to be repeats of each other; `Claim.group` says which they are.

    A group of one claim is not a group yet, or no longer. If its main claim has been taken out, or deleted with its
    article, its earliest claim stands for it.
    """

    canonical = models.ForeignKey(
        Claim,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("main claim"),
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    class Meta:
        verbose_name = _("group of repeats")
        verbose_name_plural = _("groups of repeats")
        ordering = ["-pk"]

    def __str__(self) -> str:
        """The main claim's statement, or the earliest claim's where the main one has been deleted."""
        main = self.canonical or self.claims.order_by("listed_at", "pk").first()
        return str(main) if main else ""


class ClaimMatchQuerySet(models.QuerySet["ClaimMatch"]):
    """Queries for matches."""

    def of_claims(self, claim_ids: Iterable[int]) -> Self:
        """The matches in which one of some claims is the earlier or the later one."""
        ids = list(claim_ids)
        return self.filter(Q(earlier__in=ids) | Q(later__in=ids))

    def with_known_verdict(self, side: str) -> Self:
        """Those whose "earlier" or "later" claim has a verdict that everyone may know."""
        decided = self.filter(**{f"{side}__verdict__in": [Verdict.VERIFIED, Verdict.DISPUTED]})
        waiting = {f"{side}__blind": True, f"{side}__review_status": ReviewStatus.WAITING}
        return decided.exclude(**waiting)

    def repeats_of_decided(self) -> Self:
        """Those whose later claim has the very words of the earlier one, and that has a verdict that everyone may know.

        This is what a bulk change takes over.
        """
        same = self.not_dismissed().filter(
            relation=MatchRelation.SAME, earlier__statement=F("later__statement")
        )
        return same.with_known_verdict("earlier")

    def later_than_verdicts(self) -> Self:
        """Those by which a later claim contradicts or supersedes one whose verdict had been set before it was found."""
        return self.filter(
            challenges=True,
            relation__in=CHALLENGING,
            state__in=STANDING,
            proposed_at__gt=F("earlier__decided_at"),
            later__dismissed=False,
            later__checkable=True,
        )

    def not_dismissed(self) -> Self:
        """The matches that pages show: those that nobody has dismissed, between claims that are in work."""
        active = {
            f"{side}__{name}": value
            for side in ("earlier", "later")
            for name, value in (("dismissed", False), ("checkable", True))
        }
        return self.filter(state__in=STANDING, **active)


class ClaimMatch(models.Model):
    """What a later claim is to an earlier one, by publication: proposed by the worker, settled by people."""

    earlier = models.ForeignKey(
        Claim,
        on_delete=models.CASCADE,
        db_index=False,
        related_name="+",
        verbose_name=_("earlier claim"),
    )
    later = models.ForeignKey(
        Claim,
        on_delete=models.CASCADE,
        db_index=False,
        related_name="+",
        verbose_name=_("later claim"),
    )
    relation = models.CharField(_("relation"), max_length=11, choices=MatchRelation)
    score = models.FloatField(_("score"), help_text=_("How sure the relation is, from 0 to 1."))
    why = models.JSONField(
        _("why"),
        default=list,
        help_text=_("The reasons, the weightiest first: each one's code and values."),
    )
    made_from = models.CharField(
        _("made from"),
        max_length=32,
        help_text=_("A digest of what was compared, and of the matcher's version."),
    )
    proposed_at = models.DateTimeField(_("proposed"), default=timezone.now)
    challenges = models.BooleanField(
        _("challenges a verdict"),
        default=False,
        help_text=_("Whether the earlier claim had a verdict already when this was found."),
    )
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

    objects = ClaimMatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("match")
        verbose_name_plural = _("matches")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["earlier", "later"], name="match_once_a_pair"),
            models.CheckConstraint(condition=~Q(earlier=F("later")), name="match_of_two_claims"),
            models.CheckConstraint(
                condition=Q(relation__in=MatchRelation.values), name="match_relation_known"
            ),
            models.CheckConstraint(
                condition=Q(score__gte=0.0, score__lte=1.0), name="match_score_is_a_share"
            ),
            models.CheckConstraint(
                condition=Q(state=MatchState.PROPOSED, settled_by=None, settled_at=None)
                | Q(
                    state__in=[MatchState.CONFIRMED, MatchState.DISMISSED],
                    settled_by__isnull=False,
                    settled_at__isnull=False,
                ),
                name="match_settled_by_a_person",
            ),
        ]
        indexes = [
            models.Index(fields=["earlier", "relation", "state"], name="match_of_earlier"),
            models.Index(fields=["later", "relation", "state"], name="match_of_later"),
            models.Index(fields=["relation", "state"], name="match_by_relation"),
            models.Index(
                fields=["relation", "state", "earlier"],
                condition=Q(challenges=True),
                name="match_challenging",
            ),
        ]

    def __str__(self) -> str:
        """What the later claim is to the earlier one."""
        return str(self.get_relation_display())

    @property
    def as_seen(self) -> str:
        """What a page tells of it, to be sent back with what is pressed there: people and the worker may change it."""
        return f"{self.relation}/{self.state}"

    def other(self, claim_id: int) -> int:
        """Return the id of the claim that this one was matched with.

        Raises:
            ClaimMatch.DoesNotExist: if the match is not of this claim.
        """
        if claim_id not in {self.earlier_id, self.later_id}:
            raise ClaimMatch.DoesNotExist
        return self.earlier_id if claim_id == self.later_id else self.later_id


class UnmatchedClaimManager(models.Manager["UnmatchedClaim"]):
    """The claims whose matches are yet to be made."""

    def add_claims(self, claim_ids: Iterable[int]) -> None:
        """Note that claims came in or changed, in the caller's transaction. No query for no claims."""
        self.bulk_create(
            [UnmatchedClaim(claim_id=pk) for pk in claim_ids],
            batch_size=500,
            update_conflicts=True,
            unique_fields=["claim"],
            update_fields=["changed_at"],
        )


class UnmatchedClaim(models.Model):
    """A claim that came in, or whose words or source changed, since its matches were made."""

    claim = models.OneToOneField(
        Claim,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="+",
        verbose_name=_("claim"),
    )
    changed_at = models.DateTimeField(_("changed"), default=timezone.now)

    objects = UnmatchedClaimManager()

    class Meta:
        verbose_name = _("claim to be matched")
        verbose_name_plural = _("claims to be matched")
        ordering = ["pk"]

    def __str__(self) -> str:
        """The claim's id."""
        return str(self.claim_id)
