"""What people may know about a claim that is waiting for a blind second check.

The rule: **only the person who set the verdict knows what it is.** It does not matter who will check the claim, or what
role they have. To everyone else the claim looks undecided until someone has checked it:

- its verdict is pending, in every count and every chart;
- its reason, the entries of its history, its comments, and whether its evidence supports or contradicts it are shown
  nowhere; the documents themselves are shown, and so are its words, its source, its assignee, and that it is waiting;
- no search or filter finds it by its verdict, not even for its decider, because not being found would reveal it too;
- nobody can undo someone else's change that its verdict is based on, change or remove its evidence, make its check an
  open one, send it back or merge it;
- the log of a claim that took over its verdict is closed with its own, because it would tell it.

Undoing a decision restores the verdict of the person who first set it. Anything in a published report or correction is
known to everyone already, and stays.

All code that shows, counts, lists or changes claims uses this module: `hidden_from` and `hidden_among` say which claims
of a list are hidden, `seen_by` leaves their rows out of what is counted, `closed_to` and `log_seen_by` out of a log, and
`open_to_all` leaves them out of what is found by verdict.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol, TypeVar

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Q, QuerySet

from claims.choices import ReviewStatus
from claims.models.claims.claim import Claim
from claims.models.claims.decisions import Decision, in_force
from claims.models.claims.querysets import ClaimQuerySet

Rows = TypeVar("Rows", bound=QuerySet[Any])


class Checked(Protocol):
    """A claim, or a row that represents one."""

    pk: int
    version: int
    blind: bool
    review_status: str


def deciders_of(versions: Mapping[int, int]) -> dict[int, int]:
    """Return the account whose verdict each claim has, by claim id.

    Args:
        versions: the claims' ids, each with its claim's version. An empty mapping runs no query.
    """
    if not versions:
        return {}
    decisions = Decision.objects.defer("evidence", "reason").by_claim(versions)
    words = {pk: in_force(decisions[pk], version=version) for pk, version in versions.items()}
    return {pk: word.actor_id for pk, word in words.items() if word}


def hidden_from(viewer: User | AnonymousUser, claims: ClaimQuerySet) -> set[int]:
    """Return the ids of those claims whose verdict a person must not know yet, in at most two queries."""
    waiting = waiting_blind(claims).order_by()
    return hidden_of(viewer, dict(waiting.values_list("pk", "version")))


def hidden_among(viewer: User | AnonymousUser, claims: Iterable[Checked]) -> set[int]:
    """The same for claims already loaded; it runs no query if none of them is waiting for a blind check."""
    return hidden_of(
        viewer,
        {
            one.pk: one.version
            for one in claims
            if one.blind and one.review_status == ReviewStatus.WAITING
        },
    )


def hidden_of(viewer: User | AnonymousUser, versions: Mapping[int, int]) -> set[int]:
    """Return the ids of those claims waiting for a blind check, given with their versions, whose verdict is not a person's own."""
    if viewer.pk is None:
        return set(versions)
    deciding = deciders_of(versions)
    return {pk for pk in versions if deciding.get(pk) != viewer.pk}


def seen_by(viewer: User | AnonymousUser, rows: Rows, claim: str = "claim") -> Rows:
    """Return rows without those about claims whose verdict a person must not know yet.

    Args:
        viewer: the person.
        rows: the rows.
        claim: the lookup from a row to its claim, or to its claims.
    """
    hidden = hidden_from(viewer, Claim.objects.all())
    return rows.exclude(**{f"{claim}__in": hidden}) if hidden else rows


def closed_to(viewer: User | AnonymousUser, claims: ClaimQuerySet) -> set[int]:
    """Return the ids of those claims whose log a person must not read yet, in at most three queries.

    That are those whose verdict they must not know, and those for which somebody else took over such a verdict.
    """
    hidden = hidden_from(viewer, Claim.objects.all())
    if not hidden:
        return hidden
    took_over = Decision.objects.filter(origin__claim__in=hidden).exclude(actor=viewer.pk)
    closed = claims.filter(Q(pk__in=hidden) | Q(pk__in=took_over.values("claim")))
    return set(closed.order_by().values_list("pk", flat=True))


def log_seen_by(viewer: User | AnonymousUser, rows: Rows, claim: str = "claim") -> Rows:
    """Return the rows of a log without those that a person must not read yet. Arguments are as in `seen_by`."""
    closed = closed_to(viewer, Claim.objects.all())
    return rows.exclude(**{f"{claim}__in": closed}) if closed else rows


def waiting_blind(claims: ClaimQuerySet) -> ClaimQuerySet:
    """Return the claims waiting for a blind check. Everyone may know which and how many they are."""
    return claims.filter(blind=True, review_status=ReviewStatus.WAITING)


def open_to_all(claims: ClaimQuerySet) -> ClaimQuerySet:
    """Return the claims whose verdict anyone may see; filters and counts by verdict use only these.

    They even leave out a viewer's own verdicts: checking that for each of a million claims took longer than the
    rest of the list.
    """
    return claims.exclude(blind=True, review_status=ReviewStatus.WAITING)
