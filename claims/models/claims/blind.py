"""What a person may know of a claim that waits for a blind second check.

The rule: **nobody but the person whose verdict it has knows what that verdict is.** It does not matter who will check
it, nor what role they have. To everyone else the claim is, until someone checked it, as if it were undecided:

- its verdict is pending, alone, in every count and every drawing; - its reason, the steps of its history, its comments,
and for or against what its evidence speaks show nowhere; the documents themselves do, and so do its words, its source,
who is to work on it, and that it waits; - nothing finds it by its verdict, for not to be found by one would tell it,
too: not even its decider finds it so; - nobody takes back what someone else did that its verdict rests on, changes or
removes its evidence, makes its check an open one, sends it back or merges it.

What an undo of a decision gave back is the word of whoever gave it first. What a published report or correction says is
said to everyone already, and stays.

Whatever shows, counts, lists or changes claims asks here: `hidden_from` and `hidden_among` say which claims it is of
a list, `seen_by` leaves their rows out of a log, `open_to_all` leaves them out of what is found by verdict.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol, TypeVar

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import QuerySet

from claims.choices import Process
from claims.models.claims.claim import Claim, ClaimQuerySet
from claims.models.claims.decisions import Decision, behind

Rows = TypeVar("Rows", bound=QuerySet[Any])


class Checked(Protocol):
    """A claim, or a line that shows one, as it was read."""

    pk: int
    version: int
    blind: bool
    process: str


def deciders_of(versions: Mapping[int, int]) -> dict[int, int]:
    """For each claim's id the account whose word its verdict is.

    Args:
        versions: the claims' ids, each with its claim's version. No query for none.
    """
    if not versions:
        return {}
    decisions = Decision.objects.defer("evidence", "reason").by_claim(versions)
    words = {pk: behind(decisions[pk], version=version) for pk, version in versions.items()}
    return {pk: word.actor_id for pk, word in words.items() if word}


def hidden_from(viewer: User | AnonymousUser, claims: ClaimQuerySet) -> set[int]:
    """Those of some claims whose verdict a person must not know yet, by their ids. Two queries at most."""
    waiting = claims.filter(blind=True, process=Process.WAITING)
    return _not_of(viewer, dict(waiting.order_by().values_list("pk", "version")))


def hidden_among(viewer: User | AnonymousUser, claims: Iterable[Checked]) -> set[int]:
    """The same for claims that were read already; no query where none of them waits for a blind check."""
    return _not_of(
        viewer,
        {one.pk: one.version for one in claims if one.blind and one.process == Process.WAITING},
    )


def _not_of(viewer: User | AnonymousUser, versions: Mapping[int, int]) -> set[int]:
    if viewer.pk is None:
        return set(versions)
    deciders = deciders_of(versions)
    return {pk for pk in versions if deciders.get(pk) != viewer.pk}


def seen_by(viewer: User | AnonymousUser, rows: Rows, claim: str = "claim") -> Rows:
    """Rows of a log without those that tell of a claim whose verdict a person must not know yet.

    Args:
        viewer: the person.
        rows: the rows.
        claim: the way from a row to its claim, or to its claims.
    """
    hidden = hidden_from(viewer, Claim.objects.all())
    return rows.exclude(**{f"{claim}__in": hidden}) if hidden else rows


def open_to_all(claims: ClaimQuerySet) -> ClaimQuerySet:
    """Those whose verdict anyone may see: filters and counts by verdict know no others.

    Not even for who decided one: asking for that at each of a million claims took longer than the rest of the list.
    """
    return claims.exclude(blind=True, process=Process.WAITING)
