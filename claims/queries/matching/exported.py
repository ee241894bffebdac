"""What a table of claims that is exported says of other claims: by their ids, for the table may not have them all."""

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Exists, OuterRef

from claims.choices import MatchRelation
from claims.models import Claim, ClaimMatch
from claims.models.base.expressions import Among

_FROM_EARLIER = {
    MatchRelation.SAME: "same",
    MatchRelation.CONTRADICTS: "contradicted-by",
    MatchRelation.SUPERSEDES: "superseded-by",
}
"""What an earlier claim has to do with the later one. What the later one has to do with it is the relation itself."""


def groups_of(claim_ids: Sequence[int]) -> dict[int, int]:
    """Return the number of the group of repeats that each claim is in, by claim id; none for a claim alone in one."""
    others = Claim.objects.not_dismissed().filter(group=OuterRef("group"))
    grouped = Claim.objects.filter(Among("pk", claim_ids), group__isnull=False).order_by()
    together = grouped.filter(Exists(others.exclude(pk=OuterRef("pk"))))
    return {pk: group for pk, group in together.values_list("pk", "group") if group}


def matches_of(claim_ids: Sequence[int]) -> dict[int, str]:
    """Return what the archive knows of each claim, by claim id, in two queries.

    A line for each other claim: what this one is to it, whether people have confirmed that, and its id, separated by
    " | ".
    """
    found: dict[int, list[str]] = defaultdict(list)
    standing = ClaimMatch.objects.not_dismissed().order_by("pk")
    later = standing.filter(Among("later", claim_ids)).values_list(
        "later", "relation", "state", "earlier"
    )
    for pk, relation, state, other in later:
        found[pk].append(f"{relation} | {state} | #{other}")
    earlier = standing.filter(Among("earlier", claim_ids)).values_list(
        "earlier", "relation", "state", "later"
    )
    for pk, relation, state, other in earlier:
        found[pk].append(f"{_FROM_EARLIER[MatchRelation(relation)]} | {state} | #{other}")
    return {pk: "\n".join(lines) for pk, lines in found.items()}
