"""Claims with their evidence, decisions and matches."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.contrib.auth.models import User
from django.urls import reverse
from ninja import Field, Schema

from claims.actions.claims.spans import LONGEST_STATEMENT
from claims.api.schemas.base import Key, NamedRecord, Person, Sent, VerdictCode
from claims.api.schemas.evidence import EvidenceOut, NewEvidence
from claims.api.schemas.external import OtherCheckOut
from claims.api.schemas.sources import SourceSummary
from claims.models import Decision
from claims.queries.claims.details import details_of


class DecisionOut(Schema):
    """A verdict that somebody set."""

    id: int
    claim_id: int
    version: int = Field(description="The claim's version after it.")
    verdict: VerdictCode
    previous_verdict: VerdictCode
    reason: str
    note: str = Field(description="For the desk alone.")
    decided_by: str
    decided_at: datetime
    undoes: int | None = Field(description="The decision that this one undid.")
    evidence: list[dict[str, Any]] = Field(description="The evidence as it was then.")


class MatchOut(Schema):
    """Another claim of the archive, and what it has to do with this one."""

    id: int = Field(description="The other claim's id.")
    relation: Literal["same", "contradicts", "supersedes"]
    score: float
    confirmed: bool
    statement: str
    source: str
    outlet: str
    published_at: datetime
    verdict: VerdictCode
    decided_at: datetime | None
    url: str


class ClaimOut(Schema):
    """A claim as the token's account may see it."""

    id: int
    version: int = Field(description="Also the ETag; send it as If-Match with a change.")
    url: str = Field(description="Its page on the desk.")
    article_id: int
    headline: str
    outlet: NamedRecord | None
    published_at: datetime
    statement: str
    quote: str
    spans: list[list[int]] = Field(
        description="The places of its words in the text: [start, end) in code points."
    )
    prefix: str
    suffix: str
    quotation: str
    mood: str
    source: SourceSummary | None
    role: str
    told_to: str
    verdict: VerdictCode
    verdict_hidden: bool = Field(
        description="Whether the account must not know it yet; then `verdict` is pending."
    )
    review_status: str
    checkable: bool
    dismissed: bool
    anchor_status: str | None
    checkworthiness: float
    reasons: list[str]
    assigned_to: Person | None
    due_on: date | None
    review_by: date | None
    decided_at: datetime | None
    touched_at: datetime | None
    tags: list[NamedRecord]
    group_id: int | None
    evidence: list[EvidenceOut] | None = Field(None, description="Only if expanded.")
    decisions: list[DecisionOut] | None = Field(
        None, description="Only if expanded, and not while the verdict must not be known."
    )


class ClaimPage(Schema):
    """Some claims of a list."""

    items: list[ClaimOut]
    next: str | None = Field(description="The cursor of the next page; null at the end.")


class Decisions(Schema):
    """A claim's decisions, oldest first."""

    items: list[DecisionOut]


class Matches(Schema):
    """What the archive knows about a claim."""

    items: list[MatchOut]
    other_newsrooms: list[OtherCheckOut] = Field(
        description="What other newsrooms found of the same, the surest first."
    )


Words = Annotated[str, Field(min_length=1, max_length=LONGEST_STATEMENT)]


class NewDecision(Sent):
    """A verdict to set."""

    verdict: VerdictCode
    reason: str = Field("", max_length=100_000, description="Required for disputed claims.")
    note: str = Field("", max_length=100_000, description="For the desk alone.")
    review_by: date | None = None
    evidence: NewEvidence | None = Field(None, description="Added together with the verdict.")


class ClaimChange(Sent):
    """What to change about a claim. What is left out stays as it is."""

    statement: Words | None = None
    source_id: Key | None = Field(None, description="Null for the article's own voice.")
    role: str | None = Field(None, max_length=500)
    told_to: str | None = Field(None, max_length=500)
    checkable: bool | None = None
    dismissed: bool | None = None
    assigned_to: str | None = Field(
        None, max_length=150, description="A user name; empty for nobody."
    )


_EXAMPLE = 987_654_321
"""An id that stands nowhere else in an address."""

_ALIKE = (
    "id",
    "version",
    "article_id",
    "headline",
    "published_at",
    "statement",
    "quote",
    "spans",
    "prefix",
    "suffix",
    "quotation",
    "mood",
    "role",
    "told_to",
    "verdict",
    "review_status",
    "checkable",
    "dismissed",
    "anchor_status",
    "checkworthiness",
    "reasons",
    "due_on",
    "review_by",
    "decided_at",
    "touched_at",
    "tags",
    "group_id",
)
"""What is told of a claim as it is read."""


def claim_data(claim_ids: Sequence[int], viewer: User) -> list[dict[str, Any]]:
    """Return claims as a person may see them, by the fields of `ClaimOut`."""
    # One for all: making each would take as long as reading the claims.
    address = reverse("claim", args=[_EXAMPLE]).replace(str(_EXAMPLE), "{}")
    return [_claim(one, address) for one in details_of(claim_ids, viewer)]


def _claim(one: dict[str, Any], address: str) -> dict[str, Any]:
    outlet, source, person = one["outlet_id"], one["source_id"], one["assigned_to_id"]
    name = f"{one['first_name']} {one['last_name']}".strip() or one["assigned_to"]
    return {key: one[key] for key in _ALIKE} | {
        "url": address.format(one["id"]),
        "outlet": {"id": outlet, "name": one["outlet"]} if outlet else None,
        "source": {"id": source, "name": one["source"], "kind": one["source_kind"]}
        if source
        else None,
        "verdict_hidden": one["is_hidden"],
        "assigned_to": {"id": person, "username": one["assigned_to"], "name": name}
        if person
        else None,
    }


def decision_data(decision: Decision) -> dict[str, Any]:
    """Return a decision, by the fields of `DecisionOut`."""
    return {
        "id": decision.pk,
        "claim_id": decision.claim_id,
        "version": decision.version,
        "verdict": decision.verdict,
        "previous_verdict": decision.previous_verdict,
        "reason": decision.reason,
        "note": decision.note,
        "decided_by": decision.actor_name,
        "decided_at": decision.decided_at,
        "undoes": decision.undoes_id,
        "evidence": decision.evidence,
    }


def expand(
    items: Sequence[dict[str, Any]],
    evidence: Mapping[int, list[dict[str, Any]]] | None,
    decisions: Mapping[int, list[dict[str, Any]]] | None,
) -> None:
    """Add to claims what was asked for with them, by the claims' ids; None for what was not."""
    for item in items:
        if evidence is not None:
            item["evidence"] = evidence.get(item["id"], [])
        if decisions is not None:
            item["decisions"] = decisions.get(item["id"])
