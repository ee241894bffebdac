"""Blind second checks: who is to check a claim without its first verdict sees that nowhere until then."""

from collections.abc import Sequence

from django.contrib.auth.models import User

from claims.choices import Process, Verdict
from claims.models import Claim, Decision
from claims.models.claim import ClaimQuerySet


def deciders_of(claims: Sequence[int]) -> dict[int, int]:
    """For each claim's id the account whose decision is in force. No query for no claims."""
    if not claims:
        return {}
    newest = Decision.objects.filter(claim__in=claims).newest_of_each_claim()
    return dict(newest.values_list("claim_id", "actor_id"))


def hidden_from(viewer: User, claims: ClaimQuerySet) -> set[int]:
    """Those claims that a person is to check blind: their verdict shows nowhere until then."""
    waiting = claims.filter(blind=True, process=Process.WAITING)
    blind = list(waiting.order_by().values_list("pk", flat=True))
    deciders = deciders_of(blind)
    return {claim for claim in blind if deciders.get(claim) != viewer.pk}


def open_to_all(claims: ClaimQuerySet) -> ClaimQuerySet:
    """Those whose verdict anybody may see: filters and counts by verdict know no others.

    Not even for who decided one: asking for that at each of a million claims took longer than the rest of the list.
    """
    return claims.exclude(blind=True, process=Process.WAITING)


def hide_verdict(claim: Claim, viewer: User, decider: int | None) -> None:
    """Take the verdict from what a blind checker sees of a claim. The claim itself does not change."""
    claim.hidden = decider != viewer.pk  # type: ignore[attr-defined]
    if claim.hidden:  # type: ignore[attr-defined]
        claim.verdict = Verdict.PENDING
