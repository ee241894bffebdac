"""The kinds of steps about what the archive knows of a claim. Their arguments are as in `step_kinds`.

A step names the claim that its person works on, and the other claim by the article that it is in and its words.
"""

from django.contrib.auth.models import User
from django.utils import timezone

from claims import actions
from claims.actions.external.comparing import compare_fact_checks
from claims.actions.matching.index import index_some
from claims.actions.matching.proposals import match_next
from claims.ingest.fact_checks.types import CheckDraft, CheckEntry
from claims.models import Claim, ClaimMatch
from workbench.demo.desk import Desk, NotFoundError


def compare_with_archive() -> None:
    """The worker compares what came in with the archive, as it does within seconds."""
    while index_some() or match_next() or compare_fact_checks():
        pass


def take_over(
    desk: Desk, actor: User, *, article: str, claim: str, other_article: str, other: str
) -> None:
    """Take over the verdict of a claim that says the same."""
    found = desk.claim(article, claim)
    actions.take_over_verdict(
        actor=actor,
        claim_id=found.pk,
        version=found.version,
        match_id=_match(found, desk.claim(other_article, other)),
    )


def confirm(
    desk: Desk, actor: User, *, article: str, claim: str, other_article: str, other: str
) -> None:
    """Confirm that two claims say the same, or do not agree."""
    found = desk.claim(article, claim)
    actions.confirm_match(
        actor=actor,
        claim_id=found.pk,
        version=found.version,
        match_id=_match(found, desk.claim(other_article, other)),
    )


def dismiss_match(
    desk: Desk, actor: User, *, article: str, claim: str, other_article: str, other: str
) -> None:
    """Say that two claims have nothing to do with each other."""
    found = desk.claim(article, claim)
    actions.dismiss_match(
        actor=actor,
        claim_id=found.pk,
        version=found.version,
        match_id=_match(found, desk.claim(other_article, other)),
    )


def read_fact_check(
    _desk: Desk,
    _actor: User,
    *,
    publisher: str,
    statement: str,
    rating: str,
    url: str,
    claimant: str = "",
) -> None:
    """Another newsroom has published a fact-check, which is read on the same day."""
    draft = CheckDraft(
        publisher, statement, rating, url, claimant, reviewed_on=timezone.localdate()
    )
    actions.save_fact_checks([CheckEntry(1, draft)], language="en")
    compare_with_archive()


def _match(claim: Claim, other: Claim) -> int:
    """Return the id of what the worker proposed for two claims."""
    both = [claim.pk, other.pk]
    proposed = ClaimMatch.objects.filter(earlier__in=both, later__in=both)
    if (found := proposed.first()) is None:
        raise NotFoundError(f"nothing was proposed for “{claim}” and “{other}”")
    return found.pk
