"""Second checks: who asked for one, of whom, who answered, and whether the two agree."""

from collections.abc import Iterable, Mapping
from typing import Any, Self

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from claims.choices import Verdict
from claims.models.claims.claim import Claim
from claims.models.claims.decisions import Decision

LOGGED = "second-check/"
"""What begins the name of a second check among the fields of its claim, in the log of changes; its id ends it."""


class SecondCheckQuerySet(models.QuerySet["SecondCheck"]):
    """Queries for second checks."""

    def not_withdrawn(self) -> Self:
        """All but those whose request was withdrawn: by whoever asked, or by a new verdict."""
        return self.filter(withdrawn_at=None)

    def waiting(self) -> Self:
        """Those that nobody has answered yet."""
        return self.not_withdrawn().filter(answered_at=None)

    def answered(self) -> Self:
        """Those that somebody has answered."""
        return self.not_withdrawn().filter(answered_at__isnull=False)

    def agreed(self) -> Self:
        """Those answered with the verdict that was checked."""
        return self.answered().filter(verdict=F("decision__verdict"))

    def waiting_by_claim(self, claim_ids: Iterable[int]) -> dict[int, "SecondCheck"]:
        """Return the check that each claim is waiting for, by the claim's id, in one query."""
        return {one.claim_id: one for one in self.waiting().filter(claim__in=list(claim_ids))}


class SecondCheck(models.Model):
    """A request that somebody else check a verdict, and the answer.

    The row stays when the request is withdrawn, and when it is answered, so that both can be undone.
    """

    claim = models.ForeignKey(
        Claim, on_delete=models.PROTECT, related_name="second_checks", verbose_name=_("claim")
    )
    decision = models.ForeignKey(
        Decision,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("decision"),
        help_text=_("The decision that is to be checked."),
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("requested by"),
    )
    asked_by_name = models.CharField(_("name of who requested it"), max_length=301)
    asked_of = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("requested of"),
        help_text=_("Empty if anyone else may do it."),
    )
    asked_of_name = models.CharField(_("name of who was asked"), max_length=301, blank=True)
    asked_at = models.DateTimeField(_("requested"), default=timezone.now)
    note = models.TextField(_("note"), blank=True)
    blind = models.BooleanField(_("blind"), default=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("answered by"),
    )
    answered_by_name = models.CharField(_("name of who answered"), max_length=301, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    verdict = models.CharField(
        _("verdict"),
        max_length=10,
        choices=Verdict,
        blank=True,
        help_text=_("The second checker's own. Empty until then."),
    )
    reason = models.TextField(_("reason"), blank=True)

    objects = SecondCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("second check")
        verbose_name_plural = _("second checks")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["claim"],
                condition=Q(withdrawn_at=None, answered_at=None),
                name="second_check_waits_once",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None, verdict="")
                | (
                    Q(answered_at__isnull=False, answered_by__isnull=False)
                    & Q(verdict__in=Verdict.values)
                ),
                name="second_check_answer_is_whole",
            ),
        ]
        indexes = [
            # What one person is asked for.
            models.Index(
                fields=["asked_of"],
                condition=Q(withdrawn_at=None, answered_at=None),
                name="second_check_asked_of",
            )
        ]

    def __str__(self) -> str:
        """Who asked. The verdicts are left out: pages name checks to people who must not know them yet."""
        return self.asked_by_name

    @property
    def agrees(self) -> bool | None:
        """Whether the second verdict is the first one; None until there is a second one."""
        return self.verdict == self.decision.verdict if self.verdict else None

    def in_log(self) -> dict[str, Any] | None:
        """Return what a change may set, for the log of changes, or None if the request has been withdrawn."""
        if self.withdrawn_at is not None:
            return None
        return {
            "asked_of": self.asked_of_name,
            "answered_by": self.answered_by_id,
            "answered_by_name": self.answered_by_name,
            "answered_at": self.answered_at and self.answered_at.isoformat(),
            "verdict": self.verdict,
            "reason": self.reason,
        }

    def answered_in_log(self, by: User, name: str, verdict: Verdict, reason: str) -> dict[str, Any]:
        """Return what the log of changes says of it once a person has answered now. This changes nothing."""
        return {
            "asked_of": self.asked_of_name,
            "answered_by": by.pk,
            "answered_by_name": name,
            "answered_at": timezone.now().isoformat(),
            "verdict": verdict.value,
            "reason": reason,
        }

    def take_from_log(self, kept: Mapping[str, Any] | None) -> None:
        """Restore the values that `in_log` returned. This does not save."""
        if kept is None:
            self.withdrawn_at = timezone.now()
            return
        self.withdrawn_at = None
        self.answered_by_id = kept["answered_by"]
        self.answered_by_name = kept["answered_by_name"]
        self.answered_at = parse_datetime(kept["answered_at"]) if kept["answered_at"] else None
        self.verdict = kept["verdict"]
        self.reason = kept["reason"]
