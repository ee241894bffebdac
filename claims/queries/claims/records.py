"""What is known about a claim, and its source's record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import QuerySet

from claims.choices import ReviewStatus
from claims.models import Change, Claim, Comment, Decision, Evidence, SecondCheck
from claims.models.base.prepared import Prepared, keep_related
from claims.models.claims.blind import deciders_of, hidden_among, hidden_of, seen_by, waiting_blind
from claims.models.claims.decisions import in_force
from claims.models.claims.querysets import ClaimQuerySet
from claims.models.links.checks import with_broken_links
from claims.queries.claims.rows import ClaimRow, as_seen_by
from claims.queries.claims.verdict_counts import VerdictCounts, by_verdict, counted

_DECISIONS = 20
"""How many of a claim's newest decisions are searched for a person's own."""


def record_of_source(claim: Claim, viewer: User) -> VerdictCounts | None:
    """Return how many active claims of a claim's source have which verdict, as a person may know; None without a source.

    In at most four queries. What the person must not know counts as pending, as on the source's own page: otherwise it
    could be inferred.
    """
    if claim.source_id is None:
        return None
    hidden = hidden_of(viewer, dict(_WAITING.all(claim.source_id)))
    if hidden:
        return counted(_of_source(claim.source_id), hidden)
    return VerdictCounts.of(dict(_NUMBERS.all(claim.source_id)))


def _of_source(source: int) -> ClaimQuerySet:
    return Claim.objects.active().filter(source=source)


def _waiting(source: int) -> "QuerySet[Claim, tuple[int, int]]":
    waiting = waiting_blind(_of_source(source)).order_by()
    return waiting.values_list("pk", "version")


_WAITING = Prepared(_waiting)
_NUMBERS = Prepared(lambda source: by_verdict(_of_source(source)))


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
        check: the second check that it is waiting for, or that confirmed its verdict; None without one.
        assignment: the change that assigned it to the person whose it is, which may have a note; None where that must
            not be read.
    """

    decision: Decision | None
    decider_id: int | None
    overruled: Decision | None
    origin: Decision | None
    origin_evidence: Sequence[Evidence]
    is_log_closed: bool
    check: SecondCheck | None
    assignment: Change | None


def record_of(claim_id: int, viewer: User) -> ClaimRecord:
    """A claim read anew with what its panel shows: source, evidence, comments, and its newest decision. Not its text."""
    found = _CLAIM.first(claim_id)
    if found is None:
        raise Claim.DoesNotExist
    keep_related(found, "evidence", _DOCUMENTS.all(claim_id))
    keep_related(found, "comments", _COMMENTS.all(claim_id))
    decisions = _NEWEST.all(claim_id)
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
        decider_id=_decider_of(found, decisions),
        overruled=None if row.is_hidden else _overruled(decisions, viewer),
        origin=origin,
        origin_evidence=_evidence_of_others(decision, viewer) if decision and origin else [],
        is_log_closed=row.is_hidden or tells,
        check=_check_of(found),
        assignment=None if row.is_hidden or tells else _assignment_of(found),
    )


_CLAIM = Prepared(lambda pk: Claim.objects.select_related("source", "assigned_to").filter(pk=pk))
_DOCUMENTS = Prepared(
    lambda claim: with_broken_links(
        Evidence.objects.filter(claim=claim).not_removed().with_secrecy().in_order()
    )
)
# In their model's order they would be joined with claims, texts and articles.
_COMMENTS = Prepared(lambda claim: Comment.objects.filter(claim=claim).order_by("pk"))
_NEWEST = Prepared(lambda claim: Decision.objects.filter(claim=claim).newest_first()[:_DECISIONS])


def _decider_of(claim: Claim, newest: Sequence[Decision]) -> int | None:
    """Return the account whose word a claim's verdict is, or None; without a query where `newest` are all its decisions."""
    if len(newest) == _DECISIONS:
        return deciders_of({claim.pk: claim.version}).get(claim.pk)
    found = in_force(sorted(newest, key=lambda one: one.version), version=claim.version)
    return found.actor_id if found else None


def _check_of(claim: Claim) -> SecondCheck | None:
    """Return the second check that a claim waits for, or that confirmed its verdict."""
    checks = claim.second_checks.not_withdrawn()
    if claim.review_status == ReviewStatus.WAITING:
        return checks.waiting().first()
    return checks.answered().first() if claim.review_status == ReviewStatus.CHECKED else None


def _assignment_of(claim: Claim) -> Change | None:
    """Return the change that assigned a claim to the person whose it is."""
    if claim.assigned_to_id is None:
        return None
    rows = claim.changed.filter(after__has_key="assigned_to_id").select_related("change")
    found = rows.order_by("-version").first()
    return found.change if found else None


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


def _evidence_of_others(decision: Decision, viewer: User) -> list[Evidence]:
    """Return the documents of other claims to which a decision refers, as they are now and a person may know them.

    The verdict may have been passed on several times: documents of a claim before its origin are among them.
    """
    documents = Evidence.objects.not_removed().filter(
        pk__in=[one["id"] for one in decision.evidence]
    )
    others = with_broken_links(documents.exclude(claim=decision.claim_id).order_by("pk"))
    return list(seen_by(viewer, others))


def _overruled(decisions: Sequence[Decision], viewer: User) -> Decision | None:
    """Return a person's own last decision among a claim's newest, if someone else has since set another verdict."""
    own = next((one for one in decisions if one.actor_id == viewer.pk), None)
    return own if own and own.verdict != decisions[0].verdict else None
