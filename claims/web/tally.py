"""How many claims a list has, by verdict: counted where they are few, estimated where they are many."""

from collections import Counter
from typing import NamedTuple

from django.db.models import Count

from claims.choices import Verdict
from claims.models import Claim
from claims.models.claim import ClaimQuerySet

COUNTED = 10_000
"""About how many claims are counted one by one at the most."""
_SAMPLES = (300, 1500)
"""How many claims an estimate looks at: the fewer, where they tell enough."""
_ENOUGH = 25
"""From how many of the first sample that a list shows on that sample does."""
_FEW = 3
"""Up to how many of the first sample say that a list is short beside the whole: then it is counted."""
_GOLDEN = 0.6180339887498949
"""Its multiples spread evenly between whole numbers, in no rhythm that the ids might have, too (Weyl)."""


class Number(NamedTuple):
    """How many. `about` says that it is an estimate, of which 0 means few."""

    number: int
    about: bool


def tally(claims: ClaimQuerySet) -> dict[str, Number]:
    """How many of a list have which verdict; in five queries at the most, whatever there is.

    An estimate looks at claims spread evenly over all ids: of every age some. It has one digit, or two where it rests on
    a hundred claims or more, and is then off by a tenth. Where it says that a list is short, the list is counted.
    """
    first, last = (
        Claim.objects.order_by(end).values_list("pk", flat=True).first() or 0
        for end in ("pk", "-pk")
    )
    span = last - first + 1
    found: Counter[str] = Counter()
    size = 0
    for size in _SAMPLES if span > COUNTED else ():
        sample = [first + int(span * (place * _GOLDEN % 1)) for place in range(size)]
        verdicts = claims.order_by().filter(pk__in=sample).values_list("verdict")
        found = Counter(dict(verdicts.annotate(Count("pk"))))
        if not _FEW < found.total() < _ENOUGH:
            break
    if found.total() * span <= COUNTED * max(size, 1):
        each = claims.order_by().values_list("verdict", flat=True)[: 2 * COUNTED + 1]
        counted = Counter(each)
        if counted.total() <= 2 * COUNTED:
            return {verdict.value: Number(counted[verdict], about=False) for verdict in Verdict}
    return {
        verdict.value: Number(_rounded(found[verdict], span, size), about=True)
        for verdict in Verdict
    }


def _rounded(found: int, span: int, size: int) -> int:
    """How many so many of a sample stand for, with as many digits as they tell."""
    number = found * span // max(size, 1)
    step: int = 10 ** max(0, len(str(number)) - (2 if found >= 100 else 1))
    return round(number / step) * step
