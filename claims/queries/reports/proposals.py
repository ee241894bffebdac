"""What the archive proposes about the claims of a draft, and nobody has confirmed or dismissed yet."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Q

from claims.choices import MatchRelation, MatchState, ReviewStatus
from claims.models import Claim, ClaimMatch
from claims.models.claims.matches import CHALLENGING

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
    """Return what a report on some claims would tell as well if people confirmed it, in two queries.

    Nothing of claims that are waiting for a blind check.
    """
    known = (
        Q(relation=MatchRelation.SAME, later__in=claim_ids) & _decided("earlier")
        | Q(relation=MatchRelation.SAME, earlier__in=claim_ids) & _decided("later")
        | Q(relation__in=CHALLENGING, earlier__in=claim_ids, later__in=claim_ids)
    )
    matches = ClaimMatch.objects.not_dismissed().filter(known, state=MatchState.PROPOSED)
    for side in ("earlier", "later"):
        matches = matches.exclude(
            **{f"{side}__blind": True, f"{side}__review_status": ReviewStatus.WAITING}
        )
    first = matches.select_related("earlier", "later").order_by("-score", "-pk")[:MOST]
    return Proposals([_proposal(match, claim_ids) for match in first], matches.count())


def _decided(side: str) -> Q:
    return Q(**{f"{side}__decided_at__isnull": False})


def _proposal(match: ClaimMatch, claim_ids: Collection[int]) -> Proposal:
    both = (match.later, match.earlier)
    claim, other = both if match.later_id in claim_ids else both[::-1]
    return Proposal(claim, str(match), other)
