"""What a claim's panel shows of the archive: earlier checks of the same, and who says otherwise."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from django.contrib.auth.models import User
from django.db.models import BooleanField, Count, ExpressionWrapper, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django_stubs_ext import WithAnnotations

from claims.choices import MatchRelation, MatchState, ReviewStatus, Verdict
from claims.matching.types import Reason
from claims.models import Claim, ClaimMatch, Decision
from claims.models.base.prepared import Prepared
from claims.models.claims.decisions import in_force
from claims.models.claims.matches import STANDING
from claims.queries.claims.records import ClaimRecord
from claims.queries.matching.reasons import in_words

SHOWN = 6
"""How many claims of each kind a panel shows at most, those that people confirmed first, then the surest."""

_READ = (
    "statement",
    "role",
    "verdict",
    "review_status",
    "blind",
    "version",
    "touched_at",
    "listed_at",
    "group",
    "source__name",
    "source__kind",
    "outlet__name",
    "revision__article__headline",
)
"""The fields that are read of the other claim of a match."""


@dataclass(frozen=True, slots=True)
class MatchedClaim:
    """A claim that says the same as the panel's, or the opposite, as one person may see it.

    Attributes:
        match: what the two have to do with each other, and what people said about that.
        claim: the other claim, with its source, outlet and article.
        verdict: its verdict; pending where the person must not know it.
        decision: the decision behind that; None where there is none, or where the person must not know it.
        is_earlier: whether it was published before the panel's claim.
    """

    match: ClaimMatch
    claim: Claim
    verdict: str
    decision: Decision | None
    is_earlier: bool

    @property
    def is_confirmed(self) -> bool:
        """Whether a person has confirmed the match."""
        return self.match.state == MatchState.CONFIRMED

    @property
    def state(self) -> str:
        """What its icon shows: its verdict, or "proposed" if nobody has edited it."""
        return self.verdict if self.touched_at else "proposed"

    @property
    def touched_at(self) -> datetime | None:
        """When a person last changed it."""
        return self.claim.touched_at

    @property
    def why(self) -> list[Reason]:
        """The reasons, the weightiest first."""
        return [Reason(code, values) for code, values in self.match.why]

    @property
    def reasons(self) -> list[str]:
        """The reasons as sentences in the reader's language."""
        return in_words(self.why)

    @property
    def decided_at(self) -> datetime | None:
        """When its verdict was set."""
        return self.decision.decided_at if self.decision else None


@dataclass(frozen=True)
class SeenBefore:
    """What the archive knows about a claim.

    Attributes:
        checks: claims that say the same and have a verdict, those that people confirmed first, then the surest.
        repeats: claims that say the same and have none, or none that the person may know.
        contradictions: claims that contradict it, or that it contradicts.
        newer: later claims that give a later figure or state.
        older: earlier claims whose figure or state this one replaces.
        repeated: how many other claims people have confirmed to be repeats of it.
        more: how many other claims say the same that are not shown.
    """

    checks: Sequence[MatchedClaim]
    repeats: Sequence[MatchedClaim]
    contradictions: Sequence[MatchedClaim]
    newer: Sequence[MatchedClaim]
    older: Sequence[MatchedClaim]
    repeated: int
    more: int = 0

    @property
    def same(self) -> list[MatchedClaim]:
        """Those shown that say the same."""
        return [*self.checks, *self.repeats]

    @property
    def number_of_same(self) -> int:
        """How many say the same, shown or not."""
        return len(self.same) + self.more

    @property
    def otherwise(self) -> list[MatchedClaim]:
        """All that say something else of the same."""
        return [*self.contradictions, *self.newer, *self.older]

    def __bool__(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.same or self.otherwise or self.repeated)


class _Numbered(TypedDict):
    """What is added to a match: its place among those with the same relation, and how many these are."""

    place: int
    alike: int


def seen_before(record: ClaimRecord, viewer: User) -> SeenBefore:
    """Return what the archive knows about a claim, as a person may see it: one query where that is nothing, else three.

    One more counts the claims of its group. Of a claim with more than `SHOWN` matches, at most as many of each kind are
    returned, in two more; earlier checks come before what nobody has decided.

    Who is to check the claim blind learns no verdict on what says the same or the opposite.
    """
    matches, number = _matches(record.pk), 0
    if len(matches) > SHOWN:
        matches, number = _of_each_kind(record.pk)
    others = _others({match.other(record.pk) for match in matches})
    decisions = _decisions(others)
    seen = [
        _seen(match, others[pk], decisions[pk], record, viewer)
        for match in matches
        if (pk := match.other(record.pk)) in others
    ]
    same = [one for one in seen if one.match.relation == MatchRelation.SAME]
    checks = [one for one in same if one.verdict != Verdict.PENDING][:SHOWN]
    repeats = [one for one in same if one.verdict == Verdict.PENDING][: SHOWN - len(checks)]
    against = [one for one in seen if one.match.relation == MatchRelation.CONTRADICTS]
    later = [one for one in seen if one.match.relation == MatchRelation.SUPERSEDES]
    return SeenBefore(
        checks=checks,
        repeats=repeats,
        contradictions=against[:SHOWN],
        newer=[one for one in later if not one.is_earlier],
        older=[one for one in later if one.is_earlier],
        repeated=_repeated(record.claim),
        more=max(0, number - len(checks) - len(repeats)),
    )


def _repeated(claim: Claim) -> int:
    """Return how many other claims are in a claim's group."""
    if claim.group_id is None:
        return 0
    others = Claim.objects.not_dismissed().filter(group=claim.group_id)
    return others.exclude(pk=claim.pk).order_by().count()


def _matches(claim_id: int) -> list[ClaimMatch]:
    """Return the best of a claim's matches, from one table, and one more than are shown if there are more."""
    return _MATCHES.all(claim_id)


def _best(claim_id: int) -> QuerySet[ClaimMatch]:
    standing = ClaimMatch.objects.of_claims([claim_id]).filter(state__in=STANDING)
    # "confirmed" comes before "proposed".
    return standing.order_by("state", "-score", "-pk")[: SHOWN + 1]


_MATCHES = Prepared(_best)


def _of_each_kind(claim_id: int) -> tuple[list[ClaimMatch], int]:
    """Return the best of a claim's matches with each relation, and how many claims say the same. Two queries.

    A claim that is repeated every day has thousands of matches: those that nobody has decided must not keep an earlier
    check or a contradiction off the page.
    """
    found: list[ClaimMatch] = []
    number = 0
    for own, other in (("earlier", "later"), ("later", "earlier")):
        active = {f"{other}__dismissed": False, f"{other}__checkable": True}
        matches = ClaimMatch.objects.filter(state__in=STANDING, **{own: claim_id}, **active)
        some = list(_numbered(matches, f"{other}__decided_at").filter(place__lte=SHOWN))
        number += next((one.alike for one in some if one.relation == MatchRelation.SAME), 0)
        found += some
    return sorted(found, key=lambda match: (match.state, -match.score, -match.pk)), number


def _numbered(
    matches: QuerySet[ClaimMatch], decided_at: str
) -> "QuerySet[WithAnnotations[ClaimMatch, _Numbered]]":
    """Return matches with their places among those with the same relation: with decided claims first, then the best."""
    undecided = ExpressionWrapper(Q(**{decided_at: None}), BooleanField())
    best_first = (F("state"), F("score").desc(), F("pk").desc())
    return matches.order_by().annotate(
        place=Window(RowNumber(), partition_by="relation", order_by=[undecided.asc(), *best_first]),
        alike=Window(Count("pk"), partition_by="relation"),
    )


def _others(claim_ids: Collection[int]) -> dict[int, Claim]:
    """Return those of the claims that are in work, by id, with their sources, outlets and articles."""
    if not claim_ids:
        return {}
    claims = Claim.objects.active().filter(pk__in=claim_ids).order_by()
    shown = claims.select_related("source", "outlet", "revision__article").only(*_READ)
    return {claim.pk: claim for claim in shown}


def _decisions(claim_ids: Collection[int]) -> dict[int, list[Decision]]:
    if not claim_ids:
        return {}
    read = Decision.objects.select_related("origin__claim").defer("evidence", "origin__evidence")
    return read.by_claim(claim_ids)


def _seen(
    match: ClaimMatch,
    other: Claim,
    decisions: Sequence[Decision],
    record: ClaimRecord,
    viewer: User,
) -> MatchedClaim:
    decision = in_force(decisions, version=other.version)
    waits_blind = other.blind and other.review_status == ReviewStatus.WAITING
    own = decision is not None and decision.actor_id == viewer.pk
    is_hidden = record.is_hidden or (waits_blind and not own)
    return MatchedClaim(
        match=match,
        claim=other,
        verdict=Verdict.PENDING if is_hidden else other.verdict,
        decision=None if is_hidden or other.verdict == Verdict.PENDING else decision,
        is_earlier=match.earlier_id == other.pk,
    )
