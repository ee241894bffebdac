"""Of which of several two statements speak, as far as these are two."""

from typing import NamedTuple

from claims.matching.figures.types import Figure
from claims.matching.relations.scope.ranks import Rank, other_rank
from claims.matching.relations.scope.recurrence import recurring
from claims.matching.relations.scope.series import other_of_several
from claims.matching.relations.types import Understood


class Apart(NamedTuple):
    """In what two statements speak of two of several.

    Attributes:
        series: which one of several each speaks of, if they are two: week 3 and week 4.
        ranks: which rank, if they are two: the highest and the second highest.
        recurring: how often one says that something happens, and when the other one says it last did, in their order.
    """

    series: tuple[Figure, Figure] | None
    ranks: tuple[Rank, Rank] | None
    recurring: tuple[str, str] | None


def apart(earlier: Understood, later: Understood) -> Apart:
    """Return in what two statements speak of two of several."""
    return Apart(
        other_of_several(earlier.figures, later.figures),
        other_rank(earlier, later),
        recurring(earlier, later),
    )
