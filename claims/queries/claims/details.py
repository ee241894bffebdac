"""Evidence and decisions of several claims at once, as one person may know them."""

from collections import defaultdict
from collections.abc import Collection

from django.contrib.auth.models import User

from claims.models import Claim, Decision, Evidence
from claims.models.base.expressions import Among
from claims.models.claims.blind import closed_to


def evidence_of(claim_ids: Collection[int]) -> dict[int, list[Evidence]]:
    """Return the claims' evidence by claim id, in the editors' order. One query.

    What a document is to a claim whose verdict is hidden must not be told: the caller leaves it out.
    """
    found: dict[int, list[Evidence]] = defaultdict(list)
    pieces = Evidence.objects.not_removed().filter(Among("claim", sorted(claim_ids)))
    for piece in pieces.in_order():
        found[piece.claim_id].append(piece)
    return found


def decisions_of(claim_ids: Collection[int], viewer: User) -> dict[int, list[Decision]]:
    """Return the decisions of those claims whose log a person may read, by claim id, oldest first. At most four queries."""
    chosen = sorted(claim_ids)
    closed = closed_to(viewer, Claim.objects.filter(Among("pk", chosen)))
    return Decision.objects.by_claim(pk for pk in chosen if pk not in closed)
