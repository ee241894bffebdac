"""The rows of a list of claims: what their lines show, and each claim as its reader may see it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypedDict

from django.contrib.auth.models import User
from django.db.models import Case, F, Prefetch, QuerySet, Value, When
from django_stubs_ext import WithAnnotations

from claims.choices import Verdict
from claims.models import Article, Claim, Revision
from claims.models.claims.blind import hidden_among, hidden_from
from claims.models.claims.querysets import ClaimQuerySet


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim as one person may see it. Pages show this verdict, and never the claim's own.

    Attributes:
        claim: the claim.
        verdict: its verdict; pending where the person must not know it yet.
        is_hidden: whether the person must not know it.
    """

    claim: Claim
    verdict: str
    is_hidden: bool

    @property
    def pk(self) -> int:
        """The claim's id."""
        return self.claim.pk

    @property
    def touched_at(self) -> datetime | None:
        """When a person last changed it."""
        return self.claim.touched_at

    @property
    def state(self) -> str:
        """The verdict, or "proposed" while nobody has touched the claim."""
        return self.verdict if self.touched_at else "proposed"


def as_seen_by(viewer: User, claims: Iterable[Claim]) -> list[ClaimRow]:
    """Claims as a person may see them. No query where none of them waits for a blind check, else one."""
    claims = list(claims)
    hidden = hidden_among(viewer, claims)
    return [
        ClaimRow(
            claim,
            verdict=Verdict.PENDING if claim.pk in hidden else claim.verdict,
            is_hidden=claim.pk in hidden,
        )
        for claim in claims
    ]


class ShownVerdict(TypedDict):
    """What `with_shown_verdict` adds to a claim: its verdict, or "" if the reader must not know it."""

    shown_verdict: str


def with_shown_verdict(
    viewer: User, claims: QuerySet[Claim]
) -> "QuerySet[WithAnnotations[Claim, ShownVerdict]]":
    """Claims as records rather than rows, each with the verdict that a person is allowed to know."""
    hidden = hidden_from(viewer, Claim.objects.all())
    known = Case(When(pk__in=hidden, then=Value("")), default=F("verdict"))
    return claims.annotate(shown_verdict=known)


def with_columns(claims: ClaimQuerySet, columns: Collection[str]) -> ClaimQuerySet:
    """Claims with what their lines show, and no text of an article; in a query for each table that they show."""
    # Read apart and not joined: a database that may begin with another table sometimes does.
    needed = {"article": "headline", "published": "published_at"}
    fields = [field for column, field in needed.items() if column in columns]
    articles = Article.objects.order_by().only(*fields)
    revisions = Revision.objects.order_by().only("article")
    read: dict[str, Any] = {
        "source": "source",
        "outlet": "outlet",
        "assigned": "assigned_to",
        "tags": "tags",
    }
    wanted = [what for column, what in read.items() if column in columns]
    if fields:
        wanted.append(Prefetch("revision__article", articles))
    unseen = ("spans", "source_spans", "cue_spans", "prefix", "suffix", "quote", "reasons")
    return claims.defer(*unseen).prefetch_related(Prefetch("revision", revisions), *wanted)
