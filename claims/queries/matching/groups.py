"""A group of confirmed repeats: who said it when, in which words, in which outlets, and what the verdicts are."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import Q

from claims.choices import ChangeAction, Verdict
from claims.models import ChangedClaim, Claim, ClaimGroup, ClaimMatch, Decision
from claims.models.claims.blind import seen_by
from claims.models.claims.decisions import in_force
from claims.models.claims.matches import CANONICAL
from claims.queries.claims.rows import ClaimRow, as_seen_by

MOST = 500
"""How many claims of a group its page shows, the first ones."""

_ACTIONS = (
    ChangeAction.TAKE_OVER,
    ChangeAction.CONFIRM_MATCH,
    ChangeAction.DISMISS_MATCH,
    ChangeAction.MERGE_GROUPS,
    ChangeAction.LEAVE_GROUP,
    ChangeAction.SET_CANONICAL,
)
"""What changes groups."""


@dataclass(frozen=True, slots=True)
class Repeat:
    """One claim of a group, as a person may see it, and the decision behind its verdict, if they may know it."""

    row: ClaimRow
    decision: Decision | None


@dataclass(frozen=True)
class GroupRecord:
    """A group as its page shows it to one person.

    Attributes:
        group: the group.
        canonical: its main claim; None for a group that has no claims any more.
        repeats: its claims in the order of publication, at most `MOST`.
        number: how many there are.
    """

    group: ClaimGroup
    canonical: Claim | None
    repeats: Sequence[Repeat]
    number: int

    @property
    def verdicts(self) -> list[str]:
        """The verdicts that were set, each once, in the order of verdicts."""
        found = {one.row.verdict for one in self.repeats}
        return [
            verdict.value for verdict in Verdict if verdict in found and verdict != Verdict.PENDING
        ]

    @property
    def differs(self) -> bool:
        """Whether claims that say the same have different verdicts."""
        return len(self.verdicts) > 1


def group_record(group: ClaimGroup, viewer: User) -> GroupRecord:
    """Return a group as a person may see it, in at most five queries however many claims it has."""
    claims = group.claims.not_dismissed()
    shown = list(
        claims.select_related("source", "outlet", "revision__article")
        .defer("revision__body")
        .order_by("listed_at", "pk")[:MOST]
    )
    decisions = Decision.objects.defer("evidence").by_claim(claim.pk for claim in shown)
    rows = as_seen_by(viewer, shown)
    return GroupRecord(
        group=group,
        canonical=_canonical(group, shown),
        repeats=[
            Repeat(
                row,
                None if row.is_hidden else in_force(decisions[row.pk], version=row.claim.version),
            )
            for row in rows
        ],
        number=claims.count() if len(shown) == MOST else len(shown),
    )


def _canonical(group: ClaimGroup, shown: Sequence[Claim]) -> Claim | None:
    """Return the main claim or, if it has been taken out, the earliest."""
    chosen = next((claim for claim in shown if claim.pk == group.canonical_id), None)
    return chosen or next(iter(shown), None)


def changes_of_group(group: ClaimGroup, viewer: User) -> Sequence[ChangedClaim]:
    """Return the log entries by which a group changed, newest first: also of claims that have been taken out."""
    inside = group.claims.values_list("pk", flat=True)[:MOST]
    settled = ClaimMatch.objects.of_claims(inside).filter(settled_at__isnull=False)
    claims = {pk for pair in settled.values_list("earlier", "later") for pk in pair}
    rows = ChangedClaim.objects.filter(
        Q(after__group_id=group.pk)
        | Q(before__group_id=group.pk)
        | Q(after__has_key=f"{CANONICAL}{group.pk}"),
        claim__in=claims.union(inside),
        change__action__in=_ACTIONS,
    )
    return list(seen_by(viewer, rows).select_related("change", "claim").order_by("-pk")[:MOST])
