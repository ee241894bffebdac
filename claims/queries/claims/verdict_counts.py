"""How many claims have which verdict: of a list, of each of many articles.

Whoever counts says which verdicts the reader must not know: those claims count as pending.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import sqrt
from typing import NamedTuple, Self

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from claims.choices import Verdict
from claims.models import Article, Claim, Revision
from claims.models.articles import ArticleQuerySet
from claims.models.base.expressions import Among
from claims.models.base.prepared import Prepared
from claims.models.claims.querysets import ClaimQuerySet

_TO_CHECK = {"claims__dismissed": False, "claims__checkable": True}
"""The claims of `ClaimQuerySet.in_work`, asked of a revision."""

COUNTED = 12_000
"""Up to how many claims are counted one by one: under 30 ms, also where their rows are read (SQLite, one processor:
30,000 took 16 ms where an index holds what is asked, and 69 ms for those of a desk)."""
_GLANCE, _SAMPLE = 300, 3000
"""How many claims are looked at: to tell whether a list can be counted, and for an estimate."""
_GOLDEN = 0.6180339887498949
"""Its multiples spread evenly between whole numbers, in no rhythm that the ids might have, too (Weyl)."""

_ENDS = (
    Prepared(lambda: Claim.objects.order_by("pk").values_list("pk", flat=True)[:1]),
    Prepared(lambda: Claim.objects.order_by("-pk").values_list("pk", flat=True)[:1]),
)
"""The lowest id and the highest one."""


@dataclass(frozen=True, slots=True)
class VerdictCounts:
    """How many claims have which verdict."""

    verified: int = 0
    disputed: int = 0
    pending: int = 0

    @classmethod
    def of(cls, numbers: Mapping[str, int]) -> Self:
        """Those of numbers by verdict, where a verdict that is not there has none."""
        return cls(**{verdict.value: numbers.get(verdict.value, 0) for verdict in Verdict})

    @property
    def total(self) -> int:
        """How many claims they are."""
        return self.verified + self.disputed + self.pending

    @property
    def decided(self) -> int:
        """How many of them are verified or disputed."""
        return self.verified + self.disputed

    def number(self, verdict: Verdict) -> int:
        """How many of them have a given verdict."""
        number: int = getattr(self, verdict.value)
        return number

    def by_verdict(self) -> dict[str, int]:
        """The numbers by verdict, in the order of verdicts, including zeros."""
        return {verdict.value: self.number(verdict) for verdict in Verdict}


class Number(NamedTuple):
    """A number. If `is_estimate` is set, it is an estimate, where 0 means few."""

    number: int
    is_estimate: bool


def count_verdicts(claims: ClaimQuerySet) -> dict[str, Number]:
    """Return how many claims of a list have which verdict, in at most five queries.

    Either all of them are counted or none. An estimate samples claims spread evenly over all ids, and so over all
    ages. It is rounded to two digits.
    """
    first, last = (end.first() or 0 for end in _ENDS)
    span = last - first + 1
    if span <= COUNTED or _can_be_counted(claims, first, span):
        counted = _count(claims)
        if sum(counted.values()) <= COUNTED:
            return {
                verdict: Number(number, is_estimate=False) for verdict, number in counted.items()
            }
    found = _sample(claims, first, span, _SAMPLE)
    return {
        verdict.value: Number(_rounded(found[verdict], span, _SAMPLE), is_estimate=True)
        for verdict in Verdict
    }


def _can_be_counted(claims: ClaimQuerySet, first: int, span: int) -> bool:
    """Return whether a small sample suggests so.

    The margins, of two and of four standard deviations, are so that hardly any short list is missed.
    """
    found = _sample(claims, first, span, _GLANCE).total()
    surely = found - 4 * sqrt(found * (1 - found / _GLANCE))
    return max(found / 2, surely) * span <= COUNTED * _GLANCE


def _count(claims: ClaimQuerySet) -> dict[str, int]:
    """Return how many have which verdict, up to one more than are counted."""
    by_verdict = {
        verdict.value: Count("pk", filter=Q(verdict=verdict.value)) for verdict in Verdict
    }
    return claims.order_by()[: COUNTED + 1].aggregate(**by_verdict)


def _sample(claims: ClaimQuerySet, first: int, span: int, size: int) -> Counter[str]:
    """Return how many of this many ids, spread evenly, are listed claims, by verdict."""
    ids = [first + int(span * (place * _GOLDEN % 1)) for place in range(size)]
    verdicts = claims.order_by().filter(Among("pk", ids)).values_list("verdict")
    return Counter(dict(verdicts.annotate(Count("pk"))))


def _rounded(found: int, span: int, size: int) -> int:
    """Return the estimate for a number in the sample, rounded to two digits."""
    number = round(found * span / size)
    step: int = 10 ** max(0, len(str(number)) - 2)
    return round(number / step) * step


def by_verdict(claims: ClaimQuerySet) -> "QuerySet[Claim, tuple[str, int]]":
    """Return the verdicts of some claims, each with how many of them have it."""
    return claims.order_by().values_list("verdict").annotate(number=Count("*"))


def counted(claims: ClaimQuerySet, hidden: Collection[int] = ()) -> VerdictCounts:
    """How many of some claims have which verdict; the hidden ones count as pending. One query, and one for the hidden.

    The hidden ones are counted separately, so that the database answers the rest from an index
    alone.
    """
    counts = Counter(dict(by_verdict(claims)))
    if hidden:
        for verdict in claims.filter(pk__in=hidden).values_list("verdict", flat=True):
            counts[verdict] -= 1
            counts[Verdict.PENDING.value] += 1
    return VerdictCounts.of(counts)


def with_verdict_counts(articles: ArticleQuerySet, hidden: Collection[int] = ()) -> ArticleQuerySet:
    """Add `pending`, `verified` and `disputed`: how many claims that the desk checks each article has in each state.

    One subquery each, so that no count multiplies another's rows.

    Args:
        articles: the articles.
        hidden: the ids of claims that count as pending, for the reader must not know their verdicts yet.
    """
    claims = Revision.objects.filter(article=OuterRef("pk")).order_by()
    return articles.annotate(
        **{
            verdict.value: Coalesce(
                Subquery(
                    claims.filter(_may_count_as(verdict, hidden), **_TO_CHECK)
                    .values("article")
                    .annotate(number=Count("claims", filter=_counts(verdict, hidden)))
                    .values("number")
                ),
                0,
            )
            for verdict in Verdict
        }
    )


def counts_of(article: Article) -> VerdictCounts:
    """What `with_verdict_counts` added to an article."""
    return VerdictCounts(**{verdict.value: getattr(article, verdict.value) for verdict in Verdict})


def with_pending_claims(articles: ArticleQuerySet, hidden: Collection[int] = ()) -> ArticleQuerySet:
    """Only articles that still hold a claim to check without a verdict. Arguments as above."""
    pending = Revision.objects.filter(
        _may_count_as(Verdict.PENDING, hidden), article=OuterRef("pk"), **_TO_CHECK
    )
    return articles.filter(Exists(pending))


def _may_count_as(verdict: Verdict, hidden: Collection[int]) -> Q:
    """Which claims of a text have a verdict, or count as pending: what an index finds."""
    as_pending = verdict == Verdict.PENDING and hidden
    return Q(claims__verdict=verdict) | (Q(claims__in=hidden) if as_pending else Q())


def _counts(verdict: Verdict, hidden: Collection[int]) -> Q | None:
    """Which of these count, in a question that has their rows already: denied there, it is asked of each row."""
    return ~Q(claims__in=hidden) if hidden and verdict != Verdict.PENDING else None
