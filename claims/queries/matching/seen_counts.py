"""What lists say of claims: how often each was seen, with which verdict, and whether it is contradicted."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.db.models import Case, Count, F, Max, QuerySet, Value, When

from claims.choices import MatchRelation, ReviewStatus, Verdict
from claims.models import Claim, ClaimMatch
from claims.models.base.expressions import Among
from claims.models.base.prepared import Prepared
from claims.models.claims.blind import hidden_from
from claims.models.claims.matches import STANDING
from claims.queries.claims.rows import ClaimRow

_NEVER = datetime.min.replace(tzinfo=UTC)


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


NOTHING = SeenCounts()
"""What a line says of a claim without a match."""


class _Group(NamedTuple):
    """Some matches of a claim that are alike, in numbers.

    Attributes:
        relation: their relation.
        side: which of the two the other claims are, "earlier" or "later".
        verdict: the verdict of the other claims, as the person may see it.
        is_blind, review_status: how far the checks of the other claims are.
        number: how many they are.
        decided_at: when the newest of the verdicts was set.
    """

    relation: str
    side: str
    verdict: str
    is_blind: bool
    review_status: str
    number: int
    decided_at: datetime | None

    @property
    def waits_blind(self) -> bool:
        """Whether the other claims wait for a blind check."""
        return self.is_blind and self.review_status == ReviewStatus.WAITING


def seen_counts(rows: Collection[ClaimRow], viewer: User) -> dict[int, SeenCounts]:
    """Return what a list's lines say of some claims, by claim id; nothing for those without a match.

    In one query, and in three more where an other claim waits for a blind check; none for no claims. The database
    counts, because a claim that is repeated every day has thousands of matches. Who is to check a claim blind learns no
    verdict on its repeats.
    """
    ids = [row.pk for row in rows]
    if not ids:
        return {}
    found = _groups(ids, ())
    if any(one.waits_blind for some in found.values() for one in some):
        found = _groups(ids, hidden_from(viewer, Claim.objects.all()))
    in_blind = {row.pk for row in rows if row.is_hidden}
    return {pk: _counted(some, in_blind=pk in in_blind) for pk, some in found.items()}


def _groups(claim_ids: Collection[int], hidden: Collection[int]) -> dict[int, list[_Group]]:
    """Return the matches of claims in groups, by claim id.

    Args:
        claim_ids: the claims.
        hidden: the claims whose verdict counts as pending.
    """
    rows = _of_both_sides(claim_ids, hidden) if hidden else _NONE_HIDDEN.all(claim_ids)
    found: dict[int, list[_Group]] = defaultdict(list)
    for pk, *group in rows:
        found[pk].append(_Group(*group))
    return found


def _of_both_sides(
    claim_ids: Collection[int], hidden: Collection[int]
) -> QuerySet[ClaimMatch, tuple[Any, ...]]:
    first, second = (
        _grouped(claim_ids, own, other, hidden)
        for own, other in (("earlier", "later"), ("later", "earlier"))
    )
    both: QuerySet[ClaimMatch, tuple[Any, ...]] = first.union(second, all=True)
    return both


def _grouped(
    claim_ids: Collection[int], own: str, other: str, hidden: Collection[int]
) -> QuerySet[ClaimMatch, tuple[Any, ...]]:
    unknown = When(**{f"{other}__in": hidden}, then=Value(Verdict.PENDING.value))
    verdict = F(f"{other}__verdict")
    active = {f"{other}__dismissed": False, f"{other}__checkable": True}
    return (
        ClaimMatch.objects.filter(Among(own, list(claim_ids)), state__in=STANDING, **active)
        .order_by()
        .annotate(side=Value(other), shown=Case(unknown, default=verdict) if hidden else verdict)
        .values_list(own, "relation", "side", "shown", f"{other}__blind", f"{other}__review_status")
        .annotate(number=Count("pk"), last=Max(f"{other}__decided_at"))
    )


_NONE_HIDDEN = Prepared(lambda claims: _of_both_sides([claims], ()))


def _counted(groups: Collection[_Group], *, in_blind: bool) -> SeenCounts:
    same = [one for one in groups if one.relation == MatchRelation.SAME]
    decided = [one for one in same if one.verdict != Verdict.PENDING and not in_blind]
    newest = max(decided, key=lambda one: one.decided_at or _NEVER, default=None)
    return SeenCounts(
        times=sum(one.number for one in same),
        verdict=newest.verdict if newest else "",
        decided_at=newest.decided_at if newest else None,
        contradicted=sum(one.number for one in groups if one.relation == MatchRelation.CONTRADICTS),
        superseded=sum(
            one.number
            for one in groups
            if one.relation == MatchRelation.SUPERSEDES and one.side == "later"
        ),
    )
