"""Matches are proposed in the background: for each claim that came in or changed, from a few dozen candidates.

What is yet to be matched is a table, and a claim leaves it when its matches are saved: whatever stops the work, it goes
on where it was.
"""

import logging
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import DatabaseError, transaction
from django.db.models import Q
from django_tasks import task

from claims.actions.external.comparing import compare_claims, compare_fact_checks
from claims.actions.matching.index import index_some
from claims.actions.webhooks.events import record_contradictions
from claims.choices import MatchRelation, MatchState, Verdict
from claims.matching.types import Judgement, Statement
from claims.models import Claim, ClaimMatch, ClaimVector, ExternalCheck, Task, UnmatchedClaim
from claims.models.claims.matches import CHALLENGING
from claims.queries.matching.candidates import candidates_of
from claims.queries.matching.judging import digest_of, judge_pairs, statement_of

logger = logging.getLogger(__name__)

SLICE = 40
"""How many claims are matched at once: those of an article."""

_SLICES = 5
"""How many slices one task does, so that other tasks need not wait for a whole archive."""

_AT_ONCE = 500
"""How many rows one query writes."""

_KEPT = frozenset(MatchRelation.values)
"""The relations that are saved; a pair with another one has no match."""

Pair = tuple[int, int]
"""The ids of an earlier and a later claim."""


def enqueue_matching() -> None:
    """Have claims matched that are waiting for it, unless they are being matched already."""
    waiting = (
        UnmatchedClaim.objects.exists()
        or ClaimVector.objects.waiting().exists()
        or ExternalCheck.objects.waiting().exists()
    )
    if waiting and not Task.under_way(match_waiting).exists():
        match_waiting.enqueue()


@task(priority=-10)
def match_waiting() -> None:
    """Index and match some of the waiting claims, and enqueue the rest behind whatever else is to be done.

    Claims that came in together may match each other: all are indexed before the first one is matched. Other newsrooms'
    fact-checks come last.
    """
    for _slice in range(_SLICES):
        if not (index_some() or match_next() or compare_fact_checks()):
            return
    match_waiting.enqueue()


def match_next() -> int:
    """Match the next waiting claims, at most `SLICE` of them. Returns how many they were.

    The newest come first: an article that comes in while a whole archive waits is checked today. A claim that the matcher fails on is logged, and passed over.
    """
    waiting = dict(UnmatchedClaim.objects.order_by("-pk").values_list("pk", "changed_at")[:SLICE])
    try:
        propose_matches(waiting)
    except DatabaseError:
        raise
    except Exception:
        logger.exception("claims could not be matched together: %s", sorted(waiting))
        for pk in waiting:
            _propose_alone(pk)
    # Not those that have changed again in the meantime.
    done = Q()
    for pk, changed_at in waiting.items():
        done |= Q(pk=pk, changed_at=changed_at)
    if waiting:
        UnmatchedClaim.objects.filter(done).delete()
    return len(waiting)


def _propose_alone(claim_id: int) -> None:
    try:
        propose_matches([claim_id])
    except DatabaseError:
        raise
    except Exception:
        logger.exception("claim %s could not be matched", claim_id)


def queue_archive(after: int = 0) -> Iterable[int]:
    """Note that all claims are to be matched again, piece by piece. Yields how many have been noted so far."""
    noted = 0
    while ids := list(
        Claim.objects.active()
        .filter(pk__gt=after)
        .order_by("pk")
        .values_list("pk", flat=True)[: 10 * _AT_ONCE]
    ):
        UnmatchedClaim.objects.add_claims(ids)
        after, noted = ids[-1], noted + len(ids)
        yield noted


def propose_matches(claim_ids: Iterable[int]) -> None:
    """Propose matches for claims, also with other newsrooms' fact-checks, and make those anew whose claims have changed.

    What people have settled stays as it is, and so does what would be made from the same words. Everything slow
    happens before the transaction.
    """
    claims = list(_matchable(claim_ids))
    if not claims:
        return
    found = _Archive.around(claims)
    new = [pair for pair in found.closeness if not found.is_current(pair)]
    judged = judge_pairs([found.to_judge(pair) for pair in new])
    told = {
        pair: judgement
        for pair, judgement in zip(new, judged, strict=True)
        if judgement.relation in _KEPT
    }
    gone = [found.known[pair].pk for pair in new if pair in found.known and pair not in told]
    with transaction.atomic():
        ClaimMatch.objects.filter(pk__in=gone, state=MatchState.PROPOSED).delete()
        ClaimMatch.objects.bulk_create(
            [found.match(pair, judgement) for pair, judgement in told.items()],
            batch_size=_AT_ONCE,
            update_conflicts=True,
            unique_fields=["earlier", "later"],
            update_fields=["relation", "score", "why", "made_from", "proposed_at", "challenges"],
        )
        record_contradictions(
            pair for pair, one in told.items() if found.is_new_contradiction(pair, one)
        )
    compare_claims([claim.pk for claim in claims])


def _matchable(claim_ids: Iterable[int]) -> Iterable[Claim]:
    claims = Claim.objects.active().filter(pk__in=list(claim_ids)).select_related("source")
    return claims.only("statement", "listed_at", "verdict", "source__name").order_by("pk")


@dataclass(frozen=True)
class _Archive:
    """Pairs of claims that are to be compared, and what is known of them.

    Attributes:
        statements: the claims by id.
        decided: the ids of those that have a verdict.
        closeness: the pairs, each with how close its candidates are, if that is known.
        known: the matches that there are.
    """

    statements: Mapping[int, Statement]
    decided: Collection[int]
    closeness: Mapping[Pair, float | None]
    known: Mapping[Pair, ClaimMatch]

    @classmethod
    def around(cls, claims: Sequence[Claim]) -> "_Archive":
        """Return the pairs of some claims with their candidates, and with what they were matched with before."""
        candidates = candidates_of(claims)
        matches = list(ClaimMatch.objects.of_claims(claim.pk for claim in claims))
        settled = {
            frozenset((one.earlier_id, one.later_id))
            for one in matches
            if one.state != MatchState.PROPOSED
        }
        near: dict[frozenset[int], float | None] = {
            frozenset((one.earlier_id, one.later_id)): None for one in matches
        }
        near |= {
            frozenset((pk, one.pk)): one.closeness
            for pk, some in candidates.items()
            for one in some
            if one.pk != pk
        }
        others = set().union(*near) if near else set()
        at = {one.pk: one for one in _matchable(others)}
        place = {pk: (one.listed_at, pk) for pk, one in at.items()}
        closeness: dict[Pair, float | None] = {}
        for both, close in near.items():
            if both not in settled and both <= at.keys():
                earlier, later = sorted(both, key=place.__getitem__)
                closeness[earlier, later] = close
        return cls(
            statements={pk: statement_of(one) for pk, one in at.items()},
            decided={pk for pk, one in at.items() if one.verdict != Verdict.PENDING},
            closeness=closeness,
            known={(one.earlier_id, one.later_id): one for one in matches},
        )

    def is_current(self, pair: Pair) -> bool:
        """Return whether the pair's match is made from what its claims say now."""
        return pair in self.known and self.known[pair].made_from == self._digest(pair)

    def to_judge(self, pair: Pair) -> tuple[Statement, Statement, float | None]:
        """Return what the matcher is asked about a pair."""
        earlier, later = pair
        return self.statements[earlier], self.statements[later], self.closeness[pair]

    def match(self, pair: Pair, judgement: Judgement) -> ClaimMatch:
        """Return the match of a pair as it is saved. One that says what it said before was proposed then."""
        earlier, later = pair
        match = ClaimMatch(
            earlier_id=earlier,
            later_id=later,
            relation=judgement.relation.value,
            score=judgement.score,
            why=[[reason.code, dict(reason.values)] for reason in judgement.why],
            made_from=self._digest(pair),
            challenges=judgement.relation.value in CHALLENGING and earlier in self.decided,
        )
        before = self.known.get(pair)
        if before is not None and before.relation == judgement.relation:
            match.proposed_at, match.challenges = before.proposed_at, before.challenges
        return match

    def is_new_contradiction(self, pair: Pair, judgement: Judgement) -> bool:
        """Return whether a pair contradicts each other, and was not known to."""
        before = self.known.get(pair)
        contradicts = judgement.relation == MatchRelation.CONTRADICTS.value
        return contradicts and (before is None or before.relation != judgement.relation)

    def _digest(self, pair: Pair) -> str:
        earlier, later = pair
        return digest_of(self.statements[earlier], self.statements[later])
