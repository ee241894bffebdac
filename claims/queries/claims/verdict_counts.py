"""How many claims a list has, by verdict: counted where that takes no time, estimated where they are very many."""

from collections import Counter
from collections.abc import Collection
from typing import NamedTuple

from django.db.models import Count, Q

from claims.choices import Verdict
from claims.models import Claim
from claims.models.claims.claim import ClaimQuerySet

COUNTED = 12_000
"""Up to how many claims are counted one by one: under 30 ms, also where their rows are read (SQLite, one processor:
30,000 took 16 ms where an index holds what is asked, and 69 ms for those of a desk)."""
_GLANCE, _SAMPLE = 300, 3000
"""How many claims are looked at: to tell whether a list can be counted, and for an estimate."""
_GOLDEN = 0.6180339887498949
"""Its multiples spread evenly between whole numbers, in no rhythm that the ids might have, too (Weyl)."""


class Number(NamedTuple):
    """How many. `about` says that it is an estimate, of which 0 means few."""

    number: int
    about: bool


def tally(claims: ClaimQuerySet) -> dict[str, Number]:
    """How many of a list have which verdict; in five queries at the most, whatever there is.

    All of them are counted together or none is. An estimate looks at claims spread evenly over all ids: of every age
    some. It has two digits.
    """
    first, last = (
        Claim.objects.order_by(end).values_list("pk", flat=True).first() or 0
        for end in ("pk", "-pk")
    )
    span = last - first + 1
    if span <= COUNTED or _can_be_counted(claims, first, span):
        counted = _count(claims)
        if sum(counted.values()) <= COUNTED:
            return {verdict: Number(number, about=False) for verdict, number in counted.items()}
    found = _sample(claims, first, span, _SAMPLE)
    return {
        verdict.value: Number(_rounded(found[verdict], span, _SAMPLE), about=True)
        for verdict in Verdict
    }


def _can_be_counted(claims: ClaimQuerySet, first: int, span: int) -> bool:
    """Whether a look at a few claims says so. Twice as many, too: that few misses none that can."""
    return _sample(claims, first, span, _GLANCE).total() * span <= 2 * COUNTED * _GLANCE


def _count(claims: ClaimQuerySet) -> dict[str, int]:
    """How many have which verdict, of as many as are counted and one more."""
    by_verdict = {
        verdict.value: Count("pk", filter=Q(verdict=verdict.value)) for verdict in Verdict
    }
    return claims.order_by()[: COUNTED + 1].aggregate(**by_verdict)


def _sample(claims: ClaimQuerySet, first: int, span: int, size: int) -> Counter[str]:
    """How many of so many ids, spread evenly, are those of listed claims, by verdict."""
    ids = [first + int(span * (place * _GOLDEN % 1)) for place in range(size)]
    verdicts = claims.order_by().filter(pk__in=ids).values_list("verdict")
    return Counter(dict(verdicts.annotate(Count("pk"))))


def _rounded(found: int, span: int, size: int) -> int:
    """How many so many of a sample stand for, in two digits."""
    number = round(found * span / size)
    step: int = 10 ** max(0, len(str(number)) - 2)
    return round(number / step) * step


def counted(claims: ClaimQuerySet, hidden: Collection[int]) -> dict[str, int]:
    """How many claims have which verdict; the hidden ones count as pending. Every verdict is there.

    The hidden ones are counted apart, so that the database answers the rest from an index alone.
    """
    counts = Counter(dict(claims.order_by().values_list("verdict").annotate(number=Count("*"))))
    if hidden:
        for verdict in claims.filter(pk__in=hidden).values_list("verdict", flat=True):
            counts[verdict] -= 1
            counts[Verdict.PENDING.value] += 1
    return {verdict.value: counts[verdict.value] for verdict in Verdict}
