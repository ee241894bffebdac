"""The page of a source: who it is, in what roles it spoke, what became of its claims."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django_tables2 import Table

from claims.choices import Verdict
from claims.models import Claim, Source
from claims.models.claims.blind import hidden_from
from claims.models.newsroom import WEB_ADDRESS
from claims.queries.claims.verdict_counts import VerdictCounts, counted
from claims.web.claims.listing import claims_table
from claims.web.components.charts import Figure, Row, upright
from claims.web.statistics import verdicts

RECENT = 1000
"""Among how many of a source's newest claims its roles and its work by time are looked for."""
_ROLES = 20
"""How many roles are shown, the most frequent first."""
_MONTHS = 24
"""Over how many months claims are shown by month; over more, by year."""
_YEARS = 40
_COLUMNS = ("statement", "verdict", "role", "article", "published", "decided")
"""Of the claims table, what a source's page shows of its claims."""


@dataclass(frozen=True)
class Role:
    """A role as stated: from when to when, and in how many claims."""

    words: str
    first: date
    last: date
    times: int


@dataclass(frozen=True)
class Link:
    """A line of a source's links; `url` is empty where it is no address of the web."""

    words: str
    url: str


@dataclass(frozen=True)
class Record:
    """What a source's page shows of its claims.

    Attributes:
        counts: how many of those that the desk checks have which verdict.
        roles: the roles as stated.
        figure: the claims by verdict and time.
        part: whether roles and figure are of the newest claims only.
        table: a page of all of its claims.
    """

    counts: VerdictCounts
    roles: Sequence[Role]
    figure: Figure
    part: bool
    table: Table


def with_claims(table: Table) -> Table:
    """A page of sources with how many claims each of them makes; one query."""
    sources = {source.pk: source for source in table.data}
    made = Claim.objects.filter(source__in=sources).values_list("source")
    numbers = dict(made.annotate(number=Count("*")).order_by())
    for pk, source in sources.items():
        source.claims_made = numbers.get(pk, 0)
    return table


def record_of(request: HttpRequest, viewer: User, source: Source) -> Record:
    """A source's claims as a person may see them, in six queries however many they are.

    What the person is to check blind counts as pending and shows no verdict.
    """
    claims = Claim.objects.filter(source=source)
    hidden = hidden_from(viewer, claims)
    newest = list(
        claims.standing()
        .order_by("-listed_at", "-pk")
        .values_list("listed_at", "role", "pk", "verdict", "checkable")[: RECENT + 1]
    )
    return Record(
        counts=counted(claims.in_work(), hidden),
        roles=_roles(newest[:RECENT]),
        figure=_by_time(
            [
                (at, Verdict.PENDING.value if pk in hidden else verdict)
                for at, _role, pk, verdict, checkable in newest[:RECENT]
                if checkable
            ]
        ),
        part=len(newest) > RECENT,
        table=claims_table(request, claims, _COLUMNS, f"source={source.pk}&state=all"),
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


def _by_time(claims: Sequence[tuple[datetime, str]]) -> Figure:
    """The claims by month or, over more than two years, by year; months and years without any are there, too."""
    zone = timezone.get_current_timezone()
    days = [(at.astimezone(zone).date(), verdict) for at, verdict in claims]
    months = {day.year * 12 + day.month - 1 for day, _verdict in days}
    monthly = not months or max(months) - min(months) < _MONTHS

    def place(day: date) -> int:
        return day.year * 12 + day.month - 1 if monthly else day.year

    counts: dict[int, Counter[str]] = {}
    for day, verdict in days:
        counts.setdefault(place(day), Counter())[verdict] += 1
    every = (
        range(min(counts), max(counts) + 1)[-(_MONTHS if monthly else _YEARS) :] if counts else ()
    )
    rows = [_row(at, counts.get(at, Counter()), monthly=monthly) for at in every]
    title = _("Claims by verdict and month") if monthly else _("Claims by verdict and year")
    return upright("time", title, _("Month") if monthly else _("Year"), verdicts(), rows)


def _row(at: int, numbers: Counter[str], *, monthly: bool) -> Row:
    if not monthly:
        return Row(str(at), numbers)
    day = date(at // 12, at % 12 + 1, 1)
    return Row(date_format(day, "F Y"), numbers, short=date_format(day, "n/y"))


def links_of(source: Source) -> list[Link]:
    """A source's links, one a line; what is no address of the web is shown and leads nowhere."""
    lines = [line.strip() for line in source.links.splitlines() if line.strip()]
    return [Link(line, line if _is_address(line) else "") for line in lines]


def _is_address(line: str) -> bool:
    try:
        WEB_ADDRESS(line)
    except ValidationError:
        return False
    return True
