"""The shares of verdicts, as documents tell them."""

import pytest

from claims.renderers.documents.facts import percents


@pytest.mark.parametrize(
    ("counts", "shares"),
    [
        ((), []),
        ((0, 0), [0, 0]),
        ((3, 1), [75, 25]),
        ((1, 1, 1), [34, 33, 33]),
        ((1, 1, 5), [14, 14, 72]),
        ((1, 2, 4), [14, 29, 57]),
    ],
)
def test_shares_are_a_hundred_together_and_the_largest_remainders_are_rounded_up(counts, shares):
    assert percents(counts) == shares
