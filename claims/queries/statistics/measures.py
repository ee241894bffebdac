"""What durations and shares are summed up as."""

from dataclasses import dataclass
from math import sqrt

import numpy as np

from claims.queries.statistics.kept import Array

_Z = 1.959963984540054
"""The normal distribution's 97.5th percentile, for an interval that holds the true share 95 times out of 100."""


@dataclass(frozen=True)
class Spread:
    """How long something took, in minutes. None where nothing did.

    Attributes:
        number: how often it was done.
        median: within how many minutes half of them were.
        p90: within how many minutes nine of ten were.
    """

    number: int
    median: float | None = None
    p90: float | None = None

    @classmethod
    def of(cls, took: Array) -> "Spread":
        """That of some durations. Between two of them, the values are interpolated."""
        if not len(took):
            return cls(0)
        median, p90 = np.quantile(took, (0.5, 0.9))
        return cls(len(took), float(median), float(p90))


def wilson_interval(found: int, of: int) -> tuple[float, float]:
    """Return the 95 % confidence interval of a share, from 0 to 1.

    E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the American
    Statistical Association 22 (1927): unlike the usual one, it holds for few and for none.
    """
    if not of:
        return 0.0, 1.0
    share, square = found / of, _Z * _Z
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = _Z / (1 + square / of) * sqrt(share * (1 - share) / of + square / (4 * of * of))
    return max(0.0, middle - half), min(1.0, middle + half)
