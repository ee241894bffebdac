"""How many claims a list has, by verdict: counted where they are few, estimated where they are many."""

from collections import Counter
from typing import NamedTuple

from django.db.models import Count

from claims.choices import Verdict
from claims.models import Claim
from claims.models.claim import ClaimQuerySet

COUNTED = 10_000
"""How many claims are counted one by one at the most."""
_SAMPLES = (300, 2000)
"""How many claims an estimate looks at: the fewer, where they tell enough."""
_GOLDEN = 0.6180339887498949
"""Its multiples spread evenly between whole numbers, in no rhythm that the ids might have, too (Weyl)."""
_ENOUGH = 25
"""From how many of a sample that a list shows on an estimate does: it is off by a fifth of what it says, or less."""
_FEW = 3
"""Up to how many of the first sample say that a list is short beside the whole: then it is counted."""


class Number(NamedTuple):
    """How many. `about` says that it is an estimate, of which 0 means few."""

    number: int
    about: bool


def tally(claims: ClaimQuerySet) -> dict[str, Number]:
    """How many of a list have which verdict; in five queries at the most, whatever there is.

    An estimate looks at claims spread evenly over all ids: of every age some. Where it finds few, the list is
    short beside the whole, and is counted.
    """
    first, last = (
        Claim.objects.order_by(end).values_list("pk", flat=True).first() or 0
        for end in ("pk", "-pk")
    )
    span = last - first + 1
    estimated: Counter[str] = Counter()
    size = 0
    for size in _SAMPLES if span > COUNTED else ():
        sample = [first + int(span * (place * _GOLDEN % 1)) for place in range(size)]
        found = claims.order_by().filter(pk__in=sample).values_list("verdict")
        estimated = Counter(dict(found.annotate(Count("pk"))))
        if estimated.total() >= _ENOUGH or estimated.total() <= _FEW:
            break
    if estimated.total() < _ENOUGH:
        verdicts = claims.order_by().values_list("verdict", flat=True)[: COUNTED + 1]
        counted = Counter(verdicts)
        if counted.total() <= COUNTED:
            return {verdict.value: Number(counted[verdict], about=False) for verdict in Verdict}
    return {
        verdict.value: Number(_rounded(estimated[verdict] * span // size), about=True)
        for verdict in Verdict
    }


def _rounded(number: int) -> int:
    """The number with as many digits as an estimate may have: two."""
    step: int = 10 ** max(0, len(str(number)) - 2)
    return round(number / step) * step
