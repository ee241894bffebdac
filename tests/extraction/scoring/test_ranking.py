"""How well scores put the labelled ones first."""

from itertools import permutations
from statistics import mean

import pytest

from tests.extraction.scoring.ranking import average_precision


@pytest.mark.parametrize(
    ("labels", "expected"),
    [("1100", 1.0), ("0011", (1 / 3 + 2 / 4) / 2), ("0100", 1 / 2), ("0000", 0.0), ("", 0.0)],
)
def test_an_order(labels, expected):
    scored = [(-place, label == "1") for place, label in enumerate(labels)]
    assert average_precision(scored) == pytest.approx(expected)


def test_equal_scores_count_as_all_their_orders_on_average():
    fixed, equal, last = [(3.0, True), (3.0 - 1, False)], [True, True, False, False], [(0.0, True)]
    orders = [
        average_precision(
            [*fixed, *((1.0 - place / 10, label) for place, label in enumerate(order)), *last]
        )
        for order in permutations(equal)
    ]
    told = average_precision([*fixed, *((1.0, label) for label in equal), *last])
    assert told == pytest.approx(mean(orders))


def test_the_order_in_which_they_come_does_not_matter():
    scored = [(0.5, True), (0.1, False), (0.5, False), (0.9, True)]
    assert average_precision(scored) == average_precision(scored[::-1])
