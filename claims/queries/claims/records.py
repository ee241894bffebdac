"""What is known about a claim and its source: the source's record, and similar claims that have been decided."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import Prefetch
from rapidfuzz import fuzz, process

from claims.models import Claim, Decision, Evidence
from claims.models.claims.blind import deciders_of, hidden_from
from claims.queries.claims.rows import ClaimRow, as_seen_by
from claims.queries.claims.verdict_counts import VerdictCounts, counted

_COMPARED = 200
"""How many of a source's newest decided claims are compared with this one."""
_ALIKE = 75
"""From how many of 100 two statements are called alike (share of words, whatever their order). It suggests,
and decides nothing."""
_SHOWN = 3
_DECISIONS = 20
"""How many of a claim's newest decisions are searched for a person's own."""
_READ = ("statement", "verdict", "review_status", "blind", "version", "touched_at")
"""The fields that are read of them."""


@dataclass(frozen=True)
class Related:
    """What is shown beside a claim.

    Attributes:
        record: the verdict counts of its source's active claims.
        alike: decided claims of the source in other articles, or elsewhere in this one, that say much the same.
    """

    record: VerdictCounts
    alike: Sequence[ClaimRow]


def related(claim: Claim, viewer: User) -> Related | None:
    """Return what a person may know about a claim's source, in at most five queries; None without a source."""
    if claim.source_id is None:
        return None
    of_source = Claim.objects.active().filter(source=claim.source_id)
    # People who must not know a verdict must not be able to infer it from the source's record: it counts as pending,
    # here as on the source's own page.
    hidden = hidden_from(viewer, of_source)
    record = counted(of_source, hidden)
    decided = []
    if record.decided:
        decided = list(
            of_source.decided()
            .exclude(pk__in={claim.pk, *hidden})
            .select_related("revision__article")
            .only(*_READ, "revision__article__headline")
            .order_by("-touched_at", "-pk")[:_COMPARED]
        )
    found = process.extract(
        claim.statement,
        {one.pk: one.statement for one in decided},
        scorer=fuzz.token_set_ratio,
        score_cutoff=_ALIKE,
        limit=_SHOWN,
    )
    by_id = {one.pk: one for one in decided}
    return Related(
        record=record,
        alike=as_seen_by(viewer, [by_id[pk] for _statement, _score, pk in found]),
    )


@dataclass(frozen=True, slots=True)
class ClaimRecord(ClaimRow):
    """A claim as its panel shows it to one person.

    Attributes:
        decision: its newest decision, which undoing it may have left behind; None where the person must not know it.
        decider_id: the account whose word its verdict is, or None.
        overruled: the person's own last decision, if someone else has set another verdict since.
    """

    decision: Decision | None
    decider_id: int | None
    overruled: Decision | None


def record_of(claim_id: int, viewer: User) -> ClaimRecord:
    """A claim read anew with what its panel shows: source, evidence, comments, and its newest decision."""
    found = (
        Claim.objects.select_related("source", "revision__article", "assigned_to")
        .prefetch_related(
            Prefetch("evidence", queryset=Evidence.objects.not_removed().order_by("pk")), "comments"
        )
        .get(pk=claim_id)
    )
    decisions = list(found.decisions.newest_first()[:_DECISIONS])
    decision = decisions[0] if decisions else None
    (row,) = as_seen_by(viewer, [found])
    return ClaimRecord(
        found,
        row.verdict,
        row.is_hidden,
        decision=None if row.is_hidden else decision,
        decider_id=deciders_of({found.pk: found.version}).get(found.pk),
        overruled=None if row.is_hidden else _overruled(decisions, viewer),
    )


def _overruled(decisions: Sequence[Decision], viewer: User) -> Decision | None:
    """Return a person's own last decision among a claim's newest, if someone else has since set another verdict."""
    own = next((one for one in decisions if one.actor_id == viewer.pk), None)
    return own if own and own.verdict != decisions[0].verdict else None
