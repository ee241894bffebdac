"""Two of several that come in order: "week 3" and "week 4"."""

from collections.abc import Sequence

from claims.matching.figures.types import Figure, Kind


def other_of_several(
    earlier: Sequence[Figure], later: Sequence[Figure]
) -> tuple[Figure, Figure] | None:
    """Return which one of several each of two statements speaks of, if they are two; None if one of them does not say."""
    here, there = (
        [one for one in figures if one.kind in (Kind.OF_SEVERAL, Kind.ORDINAL)]
        for figures in (earlier, later)
    )
    if not any(one.kind is Kind.OF_SEVERAL for one in (*here, *there)):
        return None  # what they say of something, as in "she was the third woman", can clash
    for figure in there:
        of_these = [one for one in here if one.counted & figure.counted]
        told = {one.low for one in there if one.counted & figure.counted}
        if of_these and told.isdisjoint(one.low for one in of_these):
            return of_these[0], figure
    return None
