"""What the archive proposes about the claims of a draft, and nobody has confirmed or dismissed yet."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Q

from claims.choices import MatchRelation, MatchState, ReviewStatus
from claims.models import Claim, ClaimMatch
from claims.models.base.expressions import Among
from claims.models.claims.matches import CHALLENGING, ClaimMatchQuerySet

MOST = 10
"""How many proposals a draft's page shows: those of the surest matches."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A match of a draft's claim: the claim, what the later one of the two is to the earlier one, and the other claim."""

    claim: Claim
    relation: str
    other: Claim


@dataclass(frozen=True, slots=True)
class Proposals:
    """The proposals that a draft's page shows, at most `MOST`, and how many there are."""

    shown: Sequence[Proposal]
    number: int


def proposals_for(claim_ids: Collection[int]) -> Proposals:
    """Return what a report on some claims would tell as well if people confirmed it, in six queries.

    Nothing of claims that are waiting for a blind check. Each kind is asked for alone: one query for all was more
    than twice as slow.
    """
    ids = sorted(claim_ids)
    both = _in_work().filter(Among("earlier", ids), Among("later", ids))
    kinds = [
        matches.filter(state=MatchState.PROPOSED)
        for matches in (
            _repeats_of_decided(ids, "earlier", "later"),
            _repeats_of_decided(ids, "later", "earlier"),
            both.filter(relation__in=CHALLENGING),
        )
    ]
    surest = [
        match
        for kind in kinds
        for match in kind.select_related("earlier", "later").order_by("-score", "-pk")[:MOST]
    ]
    surest.sort(key=lambda match: (-match.score, -match.pk))
    return Proposals(
        [_proposal(match, claim_ids) for match in surest[:MOST]],
        sum(kind.count() for kind in kinds),
    )


def _repeats_of_decided(claim_ids: Sequence[int], other: str, own: str) -> ClaimMatchQuerySet:
    """Return the matches by which claims of a report say the same as one with a verdict that is not in it."""
    same = _in_work().filter(Among(own, claim_ids), relation=MatchRelation.SAME)
    return same.filter(~Q(Among(other, claim_ids)), **{f"{other}__decided_at__isnull": False})


def _in_work() -> ClaimMatchQuerySet:
    matches = ClaimMatch.objects.not_dismissed()
    for side in ("earlier", "later"):
        waiting = {f"{side}__blind": True, f"{side}__review_status": ReviewStatus.WAITING}
        matches = matches.exclude(**waiting)
    return matches


def _proposal(match: ClaimMatch, claim_ids: Collection[int]) -> Proposal:
    both = (match.later, match.earlier)
    claim, other = both if match.later_id in claim_ids else both[::-1]
    return Proposal(claim, str(match), other)
