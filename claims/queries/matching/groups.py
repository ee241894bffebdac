"""A group of confirmed repeats: who said it when, in which words, in which outlets, and what the verdicts are."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.contrib.auth.models import User
from django.db.models import Q

from claims.choices import ChangeAction, MatchRelation, Verdict
from claims.models import ChangedClaim, Claim, ClaimGroup, ClaimMatch, Decision
from claims.models.claims.blind import log_seen_by
from claims.models.claims.decisions import in_force
from claims.models.claims.matches import CANONICAL
from claims.queries.claims.rows import ClaimRow, as_seen_by
from claims.queries.claims.verdict_counts import VerdictCounts

MOST = 500
"""How many claims of a group its page shows, the first ones."""

_ALIKE = 10
"""How many other groups are proposed for a merge."""

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
        is_hidden: whether the person is to check one of them blind. They learn no verdict on the others then, for
            all say the same.
    """

    group: ClaimGroup
    canonical: Claim | None
    repeats: Sequence[Repeat]
    number: int
    is_hidden: bool

    @property
    def sources(self) -> int:
        """How many sources said it."""
        return len({one.row.claim.source_id for one in self.repeats} - {None})

    @property
    def outlets(self) -> int:
        """In how many outlets it was said."""
        return len({one.row.claim.outlet_id for one in self.repeats} - {None})

    @property
    def counts(self) -> VerdictCounts:
        """How many have which verdict."""
        return VerdictCounts.of(Counter(one.row.verdict for one in self.repeats))

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


class Step(NamedTuple):
    """A step by which a group changed: the log entry of one claim, and how many others moved with it."""

    row: ChangedClaim
    others: int


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
    is_hidden = any(row.is_hidden for row in rows)
    if is_hidden:
        rows = [ClaimRow(row.claim, Verdict.PENDING, is_hidden=True) for row in rows]
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
        is_hidden=is_hidden,
    )


def _canonical(group: ClaimGroup, shown: Sequence[Claim]) -> Claim | None:
    """Return the main claim or, if it has been taken out, the earliest."""
    chosen = next((claim for claim in shown if claim.pk == group.canonical_id), None)
    return chosen or next(iter(shown), None)


def changes_of_group(group: ClaimGroup, viewer: User) -> list[Step]:
    """Return the steps by which a group changed, newest first: also of claims that have been taken out."""
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
    seen = log_seen_by(viewer, rows).select_related("change__bulk_change", "claim")
    steps: dict[tuple[str, int], list[ChangedClaim]] = defaultdict(list)
    for row in seen.order_by("-pk")[:MOST]:
        merge = row.change.group_merge
        steps[("merge", merge.pk) if merge else ("change", row.change_id)].append(row)
    return [
        # Claims move along behind what was done to one of them.
        Step(min(some, key=lambda row: row.pk), others=len(some) - 1)
        for some in steps.values()
    ]


def alike_groups(group: ClaimGroup) -> Sequence[ClaimGroup]:
    """Return other groups with a claim that may say the same as one of this group, with their main claims."""
    inside = group.claims.values("pk")
    same = ClaimMatch.objects.not_dismissed().filter(relation=MatchRelation.SAME)
    later = same.filter(earlier__in=inside).exclude(later__group=None)
    earlier = same.filter(later__in=inside).exclude(earlier__group=None)
    found = {
        *later.order_by().values_list("later__group", flat=True).distinct()[: _ALIKE + 1],
        *earlier.order_by().values_list("earlier__group", flat=True).distinct()[: _ALIKE + 1],
    } - {group.pk}
    others = ClaimGroup.objects.filter(pk__in=found).select_related("canonical")
    return list(others.order_by("pk")[:_ALIKE])
