"""Which claims of an article that is yet to come in have been checked before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.utils import timezone

from claims.choices import Verdict
from claims.extraction.types import Claim as ProposedClaim
from claims.matching.types import Judgement, Relation
from claims.models import Claim, Source
from claims.queries.claims.rows import ClaimRow, as_seen_by
from claims.queries.matching.candidates import candidates_of
from claims.queries.matching.judging import judge_pairs, statement_of


@dataclass(frozen=True, slots=True)
class SeenProposal:
    """What the archive knows about a claim that the splitter proposes.

    Attributes:
        check: a claim that says the same and has a verdict that the person may know; the surest, or None.
        repeat: one that says the same, decided or not; the surest, or None.
        contradiction: one that it contradicts; the surest, or None.
        is_hidden: whether one that says the same has a verdict that the person must not know yet.
    """

    check: ClaimRow | None
    repeat: ClaimRow | None
    contradiction: ClaimRow | None
    is_hidden: bool = False


def seen_proposals(
    proposed: Sequence[ProposedClaim], published: datetime | None, viewer: User
) -> list[SeenProposal]:
    """Return what the archive knows about each of an article's proposed claims. Nothing is saved."""
    drafts = _unsaved(proposed, published or timezone.now())
    candidates = candidates_of(list(drafts.values()))
    ids = {one.pk for some in candidates.values() for one in some}
    archive = {
        row.pk: row
        for row in as_seen_by(
            viewer,
            Claim.objects.active()
            .filter(pk__in=ids)
            .select_related("source", "outlet", "revision__article")
            .defer("revision__body"),
        )
    }
    statements = {pk: statement_of(row.claim) for pk, row in archive.items()}
    pairs = [
        (pk, one.pk, one.closeness)
        for pk, some in candidates.items()
        for one in some
        if one.pk in archive
    ]
    judged = judge_pairs(
        [(statements[other], statement_of(drafts[pk]), close) for pk, other, close in pairs]
    )
    found: dict[int, list[tuple[Judgement, ClaimRow]]] = {pk: [] for pk in drafts}
    for (pk, other, _close), judgement in zip(pairs, judged, strict=True):
        found[pk].append((judgement, archive[other]))
    return [_seen(some) for some in found.values()]


def _unsaved(proposed: Sequence[ProposedClaim], published: datetime) -> Mapping[int, Claim]:
    """Return the claims that would be made, in memory, by ids that no saved claim has."""
    return {
        -place: Claim(
            pk=-place,
            statement=one.statement,
            listed_at=published,
            source=Source(name=one.speaker.name) if one.speaker else None,
        )
        for place, one in enumerate(proposed, 1)
    }


def _seen(found: Sequence[tuple[Judgement, ClaimRow]]) -> SeenProposal:
    surest = sorted(found, key=lambda one: -one[0].score)
    same = [row for judgement, row in surest if judgement.relation == Relation.SAME]
    against = [row for judgement, row in surest if judgement.relation == Relation.CONTRADICTS]
    return SeenProposal(
        check=next((row for row in same if row.verdict != Verdict.PENDING), None),
        repeat=next(iter(same), None),
        contradiction=next(iter(against), None),
        is_hidden=any(row.is_hidden for row in same),
    )
