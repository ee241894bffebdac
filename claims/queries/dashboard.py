"""What the dashboard shows: the claims that are waiting for a person, new articles, and recent work."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import floor
from typing import Any, Literal
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.db.models import Count, Exists, OuterRef, Prefetch, QuerySet, Value
from django.utils import timezone

from claims.choices import ReviewStatus, Verdict
from claims.models import Article, Claim, Decision, Revision
from claims.models.base.expressions import Among
from claims.models.claims.blind import hidden_from, seen_by
from claims.models.claims.querysets import ClaimQuerySet
from claims.queries.articles.rows import ArticleRow, article_rows
from claims.queries.claims.conditions import TO_DECIDE, begins
from claims.queries.claims.filters import ME, NOBODY, ClaimFilter
from claims.queries.claims.verdict_counts import with_verdict_counts

DAYS = 14


_ONE = timedelta(days=1)


_SHOWN = 8


_COUNTED = 200
"""Up to how many claims of a list are counted."""


_FEW, _DOZEN = 20, 12
"""Up to how many claims are offered to begin with as they are; of more, as many as are worth most, or a few more."""


_NEWEST = 500
"""Among how many of the newest claims those are sought."""


_Kind = Literal["sent-back", "own", "free"]


_STARTS: dict[_Kind, dict[str, str]] = {
    "sent-back": {"review_status": ReviewStatus.SENT_BACK.value, "assigned": ME},
    "own": {"verdict": TO_DECIDE, "assigned": ME},
    "free": {"verdict": Verdict.PENDING.value, "assigned": NOBODY},
}
"""What a person may be offered to begin with, as filters of the claims table."""


@dataclass(frozen=True)
class List:
    """The first claims of a list, and its total.

    Attributes:
        claims: the first ones.
        number: how many there are; `more` means that there are more than that.
        query: the filter of the claims table that lists them all, or "".
    """

    claims: Sequence[Claim]
    number: int
    more: bool
    query: str

    @classmethod
    def of(cls, claims: QuerySet[Claim], query: str = "") -> "List":
        """Return the list of a queryset."""
        rows = claims.select_related("source").prefetch_related(
            Prefetch("revision", Revision.objects.defer("body").select_related("article"))
        )
        number = claims.order_by().values("pk")[: _COUNTED + 1].count()
        return cls(list(rows[:_SHOWN]), min(number, _COUNTED), number > _COUNTED, query)


@dataclass(frozen=True)
class Start:
    """What a person can best do first: go through what was sent back to them, or what is most worth checking.

    Attributes:
        number: how many there are; `more` means that there are more than that.
        kind: whether they were sent back to this person, are assigned to them, or to nobody.
        query: the filter of the claims table that lists them.
        article: the article of the first of them, in the order of the queue that goes through this list.
        claim: its id.
    """

    number: int
    more: bool
    kind: _Kind
    query: str
    article: int
    claim: int


def start_for(viewer: User) -> Start | None:
    """Return about a dozen claims for a person to begin with; None if none.

    What was sent back to them comes first: alone, or at the head of all that is assigned to them where that is little.
    Then their own pending claims, then those that nobody has.
    """
    kind: _Kind = "own"
    rows = _newest(_STARTS[kind], viewer)
    if len(rows) > _FEW and (sent_back := _newest(_STARTS["sent-back"], viewer)):
        kind, rows = "sent-back", sent_back
    elif not rows:
        kind, rows = "free", _newest(_STARTS["free"], viewer)
    return _start(_worthiest(_STARTS[kind], rows), viewer, kind) if rows else None


def _newest(wanted: dict[str, str], viewer: User) -> list[tuple[float, datetime]]:
    """Return the newest claims of a filter, a few hundred, so that a desk with a million answers as fast."""
    return list(
        _selected(wanted, viewer)
        .order_by("-listed_at", "-pk")
        .values_list("checkworthiness", "listed_at")[: _NEWEST + 1]
    )


def _worthiest(wanted: dict[str, str], rows: Sequence[tuple[float, datetime]]) -> dict[str, str]:
    """Narrow a filter down to about a dozen of the claims that it finds, given the newest of these."""
    if len(rows) > _NEWEST:
        wanted = wanted | {"published_from": timezone.localtime(rows[-1][1]).date().isoformat()}
    if len(rows) > _FEW:
        least = sorted((worth for worth, _at in rows), reverse=True)[_DOZEN - 1]
        # Rounded down, for the address to be short.
        wanted = wanted | {"worth": f"{floor(least * 100) / 100:.2f}"}
    return wanted


def _start(wanted: dict[str, str], viewer: User, kind: _Kind) -> Start | None:
    chosen = _selected(wanted, viewer)
    number = chosen.order_by().values("pk")[: _COUNTED + 1].count()
    first = chosen.order_by("-review_status", "-listed_at", "-revision", "start", "pk")
    article, claim = first.values_list("revision__article", "pk")[0]
    return Start(min(number, _COUNTED), number > _COUNTED, kind, urlencode(wanted), article, claim)


def _selected(wanted: dict[str, str], viewer: User) -> ClaimQuerySet:
    found: ClaimQuerySet = ClaimFilter.of_query(urlencode(wanted), viewer).qs
    return found


def mine(viewer: User) -> List:
    """Return the claims assigned to a person and still to be decided, those sent back first."""
    waiting = Claim.objects.active().filter(assigned_to=viewer).to_decide()
    query = urlencode({"verdict": TO_DECIDE, "assigned": ME})
    return List.of(waiting.order_by("-review_status", "-checkworthiness", "pk"), query)


def to_check(viewer: User) -> List:
    """Return the claims waiting for a second check that this person may do."""
    own = Decision.objects.filter(claim=OuterRef("pk"), actor=viewer)
    newest = own.newest_of_each_claim()
    waiting = Claim.objects.active().filter(review_status=ReviewStatus.WAITING)
    return List.of(waiting.filter(~Exists(newest)).order_by("touched_at", "pk"))


def newest_articles(viewer: User) -> list[ArticleRow]:
    """The articles that came in last, with what a person may know of their verdicts."""
    articles = Article.objects.select_related("outlet")
    counted = with_verdict_counts(articles, hidden_from(viewer, Claim.objects.all()))
    return article_rows(counted.order_by("-imported_at", "-pk")[:_SHOWN])


def days_of_work(viewer: User, every: Sequence[date]) -> dict[date, dict[str, int]]:
    """Return how many claims were added ("in") and decided (by verdict) on each of some consecutive days.

    Decisions that this person must not know yet are left out.

    Args:
        viewer: the person.
        every: the days in the reader's zone, oldest first, without gaps.
    """
    numbers: dict[date, dict[str, int]] = defaultdict(dict)
    for day, number in _came_in(every[0]):
        numbers[day]["in"] = numbers[day].get("in", 0) + number
    decided = seen_by(viewer, Decision.objects.exclude(verdict=Verdict.PENDING))
    for place, verdict, number in _by_day(decided, "decided_at", every, "verdict"):
        numbers[every[place]][verdict] = number
    return numbers


def _came_in(first: date) -> Iterator[tuple[date, int]]:
    """Return the day of each text added since a day, and how many claims to check it has."""
    texts = Revision.objects.filter(created_at__gte=begins(first)).order_by()
    came_in = dict(texts.values_list("pk", "created_at"))
    # The texts are listed and not joined, because a database that starts from the claims scans all of
    # them.
    claims = Claim.objects.active().filter(Among("revision", list(came_in))).order_by()
    made = dict(claims.values_list("revision").annotate(Count("pk")))
    zone = timezone.get_current_timezone()
    for pk, at in came_in.items():
        yield at.astimezone(zone).date(), made.get(pk, 0)


def _by_day(
    rows: QuerySet[Any], moment: str, days: Sequence[date], *fields: str
) -> QuerySet[Any, tuple[Any, ...]]:
    """Return the index of each day, the values of the fields, and the number of rows, in one query with a part per day.

    Each part is one range of an index. Grouped by day, the database would compute the day of every row.
    """
    parts = [
        rows.filter(**{f"{moment}__gte": begins(day), f"{moment}__lt": begins(day + _ONE)})
        .order_by()
        .annotate(place=Value(place))
        .values_list("place", *fields)
        .annotate(Count("pk"))
        for place, day in enumerate(days)
    ]
    counted: QuerySet[Any, tuple[Any, ...]] = parts[0].union(*parts[1:], all=True)
    return counted
