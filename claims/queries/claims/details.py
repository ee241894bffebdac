"""Several claims at once with all that is told of them, as one person may know it: in few queries, and as plain data."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User

from claims.choices import Verdict
from claims.models import Claim, Decision, Evidence, Tag
from claims.models.base.expressions import Among
from claims.models.claims.blind import closed_to, hidden_among

FIELDS = {
    "id": "pk",
    "version": "version",
    "article_id": "revision__article_id",
    "headline": "revision__article__headline",
    "outlet_id": "outlet_id",
    "outlet": "outlet__name",
    "published_at": "listed_at",
    "statement": "statement",
    "quote": "quote",
    "spans": "spans",
    "prefix": "prefix",
    "suffix": "suffix",
    "quotation": "quotation",
    "mood": "mood",
    "source_id": "source_id",
    "source": "source__name",
    "source_kind": "source_kind",
    "role": "role",
    "told_to": "told_to",
    "verdict": "verdict",
    "review_status": "review_status",
    "blind": "blind",
    "checkable": "checkable",
    "dismissed": "dismissed",
    "anchor_status": "anchor_status",
    "checkworthiness": "checkworthiness",
    "reasons": "reasons",
    "assigned_to_id": "assigned_to_id",
    "assigned_to": "assigned_to__username",
    "first_name": "assigned_to__first_name",
    "last_name": "assigned_to__last_name",
    "due_on": "due_on",
    "review_by": "review_by",
    "decided_at": "decided_at",
    "touched_at": "touched_at",
    "group_id": "group_id",
}
"""What is read of a claim, by its name here."""


@dataclass(slots=True)
class _Checked:
    """What says whether a claim waits for a blind check."""

    pk: int
    version: int
    blind: bool
    review_status: str


def details_of(claim_ids: Sequence[int], viewer: User) -> list[dict[str, Any]]:
    """Return claims by `FIELDS`, in the order of their ids, with `tags` and `is_hidden`. At most four queries.

    Of a claim whose verdict the person must not know yet, it is pending, and nothing is said of when it was decided.
    """
    chosen = Claim.objects.filter(Among("pk", sorted(claim_ids))).order_by()
    rows = chosen.values_list(*FIELDS.values())
    found = {row[0]: dict(zip(FIELDS, row, strict=True)) for row in rows}
    hidden = hidden_among(
        viewer,
        [
            _Checked(pk, one["version"], one["blind"], one["review_status"])
            for pk, one in found.items()
        ],
    )
    tags: dict[int, list[dict[str, Any]]] = defaultdict(list)
    links = Tag.objects.filter(Among("claims", sorted(found))).order_by("name", "pk")
    for claim, pk, name in links.values_list("claims", "pk", "name"):
        tags[claim].append({"id": pk, "name": name})
    for pk, one in found.items():
        one["tags"], one["is_hidden"] = tags.get(pk, []), pk in hidden
        if one["is_hidden"]:
            one |= {"verdict": Verdict.PENDING, "decided_at": None, "review_by": None}
    return [found[pk] for pk in claim_ids if pk in found]


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
