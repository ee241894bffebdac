"""Matches and groups for tests that need some without matching anything."""

from typing import Any

from claims.choices import MatchRelation
from claims.models import Claim, ClaimGroup, ClaimMatch


def match(earlier: Claim, later: Claim, **fields: Any) -> ClaimMatch:
    """A match as the worker proposes it: the two say the same."""
    values = {"relation": MatchRelation.SAME, "score": 0.9, "made_from": "f" * 32}
    return ClaimMatch.objects.create(earlier=earlier, later=later, **values | fields)


def group(canonical: Claim, *others: Claim) -> ClaimGroup:
    """A group of repeats."""
    made = ClaimGroup.objects.create(canonical=canonical)
    Claim.objects.filter(pk__in=[canonical.pk, *(one.pk for one in others)]).update(group=made)
    return made
