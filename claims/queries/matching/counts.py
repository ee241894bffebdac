"""What lists say of claims: how often each was seen, with which verdict, and whether it is contradicted."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.contrib.auth.models import User

from claims.choices import MatchRelation, Verdict
from claims.models import Claim, ClaimMatch
from claims.models.claims.blind import hidden_from

_READ = ("pk", "verdict", "decided_at")


@dataclass(frozen=True, slots=True)
class SeenCounts:
    """What a line says of a claim.

    Attributes:
        times: how many other claims say the same.
        verdict: the newest verdict on one of them that the person may know; "" if there is none.
        decided_at: when that was set.
        contradicted: how many claims it contradicts, or is contradicted by.
        superseded: how many later claims give a later figure or state.
    """

    times: int = 0
    verdict: str = ""
    decided_at: datetime | None = None
    contradicted: int = 0
    superseded: int = 0


class _Other(NamedTuple):
    """The other claim of a match, and which of the two it is."""

    relation: str
    side: str
    pk: int
    verdict: str
    decided_at: datetime | None


def seen_counts(claim_ids: Collection[int], viewer: User) -> dict[int, SeenCounts]:
    """Return what a list's lines say of some claims, by claim id; nothing for those without a match.

    In at most three queries. Who is to check a claim blind learns no verdict on its repeats.
    """
    others = _others(claim_ids)
    if not others:
        return {}
    hidden = hidden_from(viewer, Claim.objects.all())
    return {pk: _counted(some, hidden, in_blind=pk in hidden) for pk, some in others.items()}


def _others(claim_ids: Collection[int]) -> Mapping[int, list[_Other]]:
    found: dict[int, list[_Other]] = defaultdict(list)
    if not claim_ids:
        return found
    wanted = set(claim_ids)
    matches = ClaimMatch.objects.of_claims(wanted).not_dismissed().order_by()
    sides = [f"{side}__{field}" for side in ("earlier", "later") for field in _READ]
    for relation, *read in matches.values_list("relation", *sides):
        earlier, later = read[: len(_READ)], read[len(_READ) :]
        if earlier[0] in wanted:
            found[earlier[0]].append(_Other(relation, "later", *later))
        if later[0] in wanted:
            found[later[0]].append(_Other(relation, "earlier", *earlier))
    return found


def _counted(others: list[_Other], hidden: set[int], *, in_blind: bool) -> SeenCounts:
    same = [one for one in others if one.relation == MatchRelation.SAME]
    decided = [
        one
        for one in same
        if one.verdict != Verdict.PENDING and one.pk not in hidden and not in_blind
    ]
    newest = max(decided, key=lambda one: (one.decided_at, one.pk), default=None)
    return SeenCounts(
        times=len(same),
        verdict=newest.verdict if newest else "",
        decided_at=newest.decided_at if newest else None,
        contradicted=sum(one.relation == MatchRelation.CONTRADICTS for one in others),
        superseded=sum(
            one.relation == MatchRelation.SUPERSEDES and one.side == "later" for one in others
        ),
    )
