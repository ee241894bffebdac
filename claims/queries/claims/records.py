"""What is known about a claim, and its source's record."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import Prefetch

from claims.models import Claim, Decision, Evidence
from claims.models.claims.blind import deciders_of, hidden_among, hidden_from
from claims.queries.claims.rows import ClaimRow, as_seen_by
from claims.queries.claims.verdict_counts import VerdictCounts, counted

_DECISIONS = 20
"""How many of a claim's newest decisions are searched for a person's own."""


def record_of_source(claim: Claim, viewer: User) -> VerdictCounts | None:
    """Return how many active claims of a claim's source have which verdict, as a person may know; None without a source.

    In at most four queries. What the person must not know counts as pending, as on the source's own page: otherwise it
    could be inferred.
    """
    if claim.source_id is None:
        return None
    of_source = Claim.objects.active().filter(source=claim.source_id)
    return counted(of_source, hidden_from(viewer, of_source))


@dataclass(frozen=True, slots=True)
class ClaimRecord(ClaimRow):
    """A claim as its panel shows it to one person.

    Attributes:
        decision: its newest decision, which undoing it may have left behind; None where the person must not know it.
        decider_id: the account whose word its verdict is, or None.
        overruled: the person's own last decision, if someone else has set another verdict since.
        origin: the decision on another claim that its newest one takes over; None if the person must not know that.
        origin_evidence: the documents of other claims to which the newest decision refers.
    """

    decision: Decision | None
    decider_id: int | None
    overruled: Decision | None
    origin: Decision | None
    origin_evidence: Sequence[Evidence]


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
    origin = None if row.is_hidden or decision is None else _origin(decision, viewer)
    return ClaimRecord(
        found,
        row.verdict,
        row.is_hidden,
        decision=None if row.is_hidden else decision,
        decider_id=deciders_of({found.pk: found.version}).get(found.pk),
        overruled=None if row.is_hidden else _overruled(decisions, viewer),
        origin=origin,
        origin_evidence=_evidence_of_others(decision) if decision and origin else [],
    )


def _origin(decision: Decision, viewer: User) -> Decision | None:
    """Return the decision that another one takes over, with its claim; None where its verdict is to be found blind."""
    if decision.origin_id is None:
        return None
    read = Decision.objects.select_related(
        "claim__source", "claim__outlet", "claim__revision__article"
    )
    origin = read.defer("evidence", "claim__revision__body").get(pk=decision.origin_id)
    return None if hidden_among(viewer, [origin.claim]) else origin


def _evidence_of_others(decision: Decision) -> list[Evidence]:
    """Return the documents of other claims to which a decision refers, as they are now."""
    documents = Evidence.objects.not_removed().filter(
        pk__in=[one["id"] for one in decision.evidence]
    )
    return list(documents.exclude(claim=decision.claim_id).order_by("pk"))


def _overruled(decisions: Sequence[Decision], viewer: User) -> Decision | None:
    """Return a person's own last decision among a claim's newest, if someone else has since set another verdict."""
    own = next((one for one in decisions if one.actor_id == viewer.pk), None)
    return own if own and own.verdict != decisions[0].verdict else None
