"""What became of a source's claims: its verdicts, the roles it spoke in, how many claims it makes."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Count
from django.utils import timezone

from claims.choices import Verdict
from claims.models import Claim, Source
from claims.models.claims.blind import hidden_from
from claims.models.claims.querysets import ClaimQuerySet
from claims.queries.claims.verdict_counts import VerdictCounts, counted

RECENT = 1000
"""Among how many of a source's newest claims its roles and its work by time are looked for."""
_ROLES = 20
"""How many roles are found, the most frequent first."""


@dataclass(frozen=True)
class Role:
    """A role as stated: from when to when, and in how many claims."""

    words: str
    first: date
    last: date
    times: int


@dataclass(frozen=True)
class SourceRecord:
    """What is known of a source's claims.

    Attributes:
        claims: all of them.
        counts: how many of those that the desk checks have which verdict.
        roles: the roles as stated.
        dated: of the newest, when each that the desk checks is listed, and its verdict.
        part: whether roles and dates are of the newest claims only.
    """

    claims: ClaimQuerySet
    counts: VerdictCounts
    roles: Sequence[Role]
    dated: Sequence[tuple[datetime, str]]
    part: bool


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source in a list, and how many claims it makes."""

    source: Source
    claims_made: int

    @property
    def pk(self) -> int:
        """The source's id."""
        return self.source.pk


def source_rows(sources: Sequence[Source]) -> list[SourceRow]:
    """Sources, each with its number of claims to check; one query."""
    claims = Claim.objects.active().filter(source__in=[source.pk for source in sources])
    made = claims.values_list("source")
    numbers = dict(made.annotate(number=Count("*")).order_by())
    return [SourceRow(source, numbers.get(source.pk, 0)) for source in sources]


def record_of(source: Source, viewer: User) -> SourceRecord:
    """A source's record as a person may see it, in five queries however many claims it makes.

    What the person is to check blind counts as pending and shows no verdict.
    """
    claims = Claim.objects.filter(source=source)
    hidden = hidden_from(viewer, claims)
    newest = list(
        claims.not_dismissed()
        .order_by("-listed_at", "-pk")
        .values_list("listed_at", "role", "pk", "verdict", "checkable")[: RECENT + 1]
    )
    return SourceRecord(
        claims=claims,
        counts=counted(claims.active(), hidden),
        roles=_roles(newest[:RECENT]),
        dated=[
            (at, Verdict.PENDING.value if pk in hidden else verdict)
            for at, _role, pk, verdict, checkable in newest[:RECENT]
            if checkable
        ],
        part=len(newest) > RECENT,
    )


def _roles(newest: Sequence[tuple[Any, ...]]) -> list[Role]:
    times: Counter[str] = Counter()
    first: dict[str, datetime] = {}
    last: dict[str, datetime] = {}
    for at, role, *_claim in newest:
        if role:
            times[role] += 1
            last.setdefault(role, at)
            first[role] = at
    return [
        Role(
            role,
            timezone.localtime(first[role]).date(),
            timezone.localtime(last[role]).date(),
            number,
        )
        for role, number in times.most_common(_ROLES)
    ]
