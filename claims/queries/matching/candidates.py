"""Which claims may say the same as given ones, or the opposite."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from claims.models import Claim

_WORDS = 4
"""How many of a claim's longest words a candidate holds."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A claim that is worth comparing with another one.

    Attributes:
        claim_id: the claim.
        closeness: the cosine of the two claims' vectors; None if it is not known.
        score: its rank score.
    """

    claim_id: int
    closeness: float | None
    score: float


def candidates_of(claims: Sequence[Claim], number: int = 50) -> dict[int, list[Candidate]]:
    """Return the claims that are worth comparing with each of some claims, by claim id, the best first."""
    return {claim.pk: _candidates(claim, number) for claim in claims}


def _candidates(claim: Claim, number: int) -> list[Candidate]:
    words = dict.fromkeys(re.findall(r"[^\W\d_]{3,}", claim.statement))
    typed = " ".join(sorted(words, key=len, reverse=True)[:_WORDS])
    found = [one for one in Claim.objects.active().best(typed, number) if one.pk != claim.pk]
    return [Candidate(one.pk, None, 1 / place) for place, one in enumerate(found, 1)]
