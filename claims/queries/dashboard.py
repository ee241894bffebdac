"""What the dashboard shows: the claims that are waiting for a person, what is left of reports, and new articles."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import floor
from typing import Literal
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.db.models import Case, F, Prefetch, QuerySet, When
from django.utils import timezone

from claims.choices import ReviewStatus, Verdict
from claims.models import Article, Claim, Correction, Report, Revision, SecondCheck
from claims.models.base.expressions import Among
from claims.models.claims.blind import hidden_from
from claims.models.claims.querysets import ClaimQuerySet
from claims.models.reports.reports import NOT_LISTED
from claims.queries.articles.rows import ArticleRow, article_rows
from claims.queries.claims import conditions
from claims.queries.claims.conditions import TO_DECIDE
from claims.queries.claims.filters import ME, NOBODY, ClaimFilter
from claims.queries.claims.verdict_counts import with_verdict_counts

_SHOWN, _SHOWN_BESIDE = 8, 4
"""How many lines of a list are shown, and of the lists beside."""


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


_MY_ORDER = ("-review_status", F("due_on").asc(nulls_last=True), "-checkworthiness", "pk")


def mine(viewer: User) -> List:
    """Return the claims assigned to a person and still to be decided: those sent back first, then by their due dates."""
    waiting = Claim.objects.active().filter(assigned_to=viewer).to_decide()
    query = urlencode({"verdict": TO_DECIDE, "assigned": ME})
    return List.of(waiting.order_by(*_MY_ORDER), query)


def to_check(viewer: User) -> List:
    """Return the claims waiting for a second check that this person may do, those they were asked for first."""
    asked = SecondCheck.objects.waiting().filter(asked_of=viewer).order_by()
    asked_for = list(asked.values_list("claim", flat=True))
    others = Case(When(Among("pk", asked_for), then=0), default=1)
    waiting = conditions.to_check(Claim.objects.active(), viewer)
    query = urlencode({"review_status": conditions.TO_CHECK})
    return List.of(waiting.order_by(others, "touched_at", "pk"), query)


@dataclass(frozen=True)
class OpenReports:
    """What is left to do for reports.

    Attributes:
        drafts: the newest drafts that a person may see, and `number_of_drafts` all of them.
        corrections: the newest corrections to publish that they may know of, and `number_of_corrections` all of them.
    """

    drafts: Sequence[Report]
    number_of_drafts: int
    corrections: Sequence[Correction]
    number_of_corrections: int

    @property
    def number(self) -> int:
        """How many there are."""
        return self.number_of_drafts + self.number_of_corrections


def open_reports(viewer: User) -> OpenReports:
    """Return the drafts and the open corrections, in five queries at most."""
    drafts = Report.objects.open_to(viewer).drafts().select_related("article").order_by("-pk")
    corrections = Correction.objects.open().known_to(viewer).order_by("-pk")
    shown = corrections.select_related("reported__report", "reported__claim", "decision")
    return OpenReports(
        list(drafts.defer(*NOT_LISTED)[:_SHOWN_BESIDE]),
        drafts.count(),
        list(shown.defer("reported__report__claim_ids", "decision__evidence")[:_SHOWN_BESIDE]),
        corrections.count(),
    )


def newest_articles(viewer: User) -> list[ArticleRow]:
    """The articles that came in last, with what a person may know of their verdicts."""
    articles = Article.objects.select_related("outlet")
    counted = with_verdict_counts(articles, hidden_from(viewer, Claim.objects.all()))
    return article_rows(counted.order_by("-imported_at", "-pk")[:_SHOWN])
