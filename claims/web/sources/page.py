"""The page of a source: its details, its stated roles, its claims and their verdicts."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django_tables2 import Table

from claims.models import Source
from claims.models.newsroom import WEB_ADDRESS
from claims.queries.claims.verdict_counts import VerdictCounts
from claims.queries.sources.records import Role, record_of
from claims.web.claims.listing import claims_table
from claims.web.components.charts import Chart, Row, column_chart, verdicts

_MONTHS = 24
"""Over how many months claims are shown by month; over more, by year."""
_YEARS = 40
_COLUMNS = ("statement", "verdict", "role", "article", "published", "decided")
"""Of the claims table, what a source's page shows of its claims."""


@dataclass(frozen=True)
class Link:
    """One of a source's links; `url` is empty if it is not a web address."""

    words: str
    url: str


@dataclass(frozen=True)
class Record:
    """The claims on a source's page.

    Attributes:
        counts: how many of those that the desk checks have which verdict.
        roles: the roles as stated.
        figure: the claims by verdict and time.
        part: whether roles and chart cover only the newest claims.
        table: a page of all of its claims.
    """

    counts: VerdictCounts
    roles: Sequence[Role]
    figure: Chart
    part: bool
    table: Table


def record_page(request: HttpRequest, viewer: User, source: Source) -> Record:
    """A source's claims as a person may see them, in six queries however many they are."""
    record = record_of(source, viewer)
    return Record(
        counts=record.counts,
        roles=record.roles,
        figure=_by_time(record.dated),
        part=record.part,
        table=claims_table(request, record.claims, _COLUMNS, f"source={source.pk}&state=all"),
    )


def _by_time(claims: Sequence[tuple[datetime, str]]) -> Chart:
    """Return the chart of claims by month or, over more than two years, by year, including empty ones."""
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
    return column_chart("time", title, _("Month") if monthly else _("Year"), verdicts(), rows)


def _row(at: int, numbers: Counter[str], *, monthly: bool) -> Row:
    if not monthly:
        return Row(str(at), numbers)
    day = date(at // 12, at % 12 + 1, 1)
    return Row(date_format(day, "F Y"), numbers, short=date_format(day, "n/y"))


def links_of(source: Source) -> list[Link]:
    """Return a source's links, one per line; anything that is not a web address is shown without a link."""
    lines = [line.strip() for line in source.links.splitlines() if line.strip()]
    return [Link(line, line if _is_address(line) else "") for line in lines]


def _is_address(line: str) -> bool:
    try:
        WEB_ADDRESS(line)
    except ValidationError:
        return False
    return True
