"""What is known about a claim, and its source's record."""

from collections.abc import Mapping, Sequence
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
        is_log_closed: whether the person must not read its history: that would tell its verdict, or one that it took
            over.
    """

    decision: Decision | None
    decider_id: int | None
    overruled: Decision | None
    origin: Decision | None
    origin_evidence: Sequence[Evidence]
    is_log_closed: bool


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
    origins = _known_origins(decisions, viewer)
    origin = None if row.is_hidden or decision is None else origins.get(decision.origin_id)
    tells = any(
        one.origin_id not in {None, *origins} and one.actor_id != viewer.pk for one in decisions
    )
    return ClaimRecord(
        found,
        row.verdict,
        row.is_hidden,
        decision=None if row.is_hidden else decision,
        decider_id=deciders_of({found.pk: found.version}).get(found.pk),
        overruled=None if row.is_hidden else _overruled(decisions, viewer),
        origin=origin,
        origin_evidence=_evidence_of_others(decision) if decision and origin else [],
        is_log_closed=row.is_hidden or tells,
    )


def _known_origins(decisions: Sequence[Decision], viewer: User) -> Mapping[int | None, Decision]:
    """Return the decisions that others take over, by id, with their claims; without those to be found blind."""
    ids = {one.origin_id for one in decisions if one.origin_id is not None}
    if not ids:
        return {}
    read = Decision.objects.select_related(
        "claim__source", "claim__outlet", "claim__revision__article"
    )
    origins = list(read.defer("evidence", "claim__revision__body").filter(pk__in=ids))
    hidden = hidden_among(viewer, [one.claim for one in origins])
    return {one.pk: one for one in origins if one.claim_id not in hidden}


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
