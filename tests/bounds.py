"""Limits that are independent of the machine's speed: how many steps something takes, and how its cost grows."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import inf
from time import thread_time

import pytest

EVEN = 9
"""Of four times the size: what grows evenly takes four times as long, what grows with the square sixteen times."""

TRIES = 6
"""The least of several times is the work itself; the rest is what else the machine did."""


@contextmanager
def at_most(steps: int) -> Iterator[Counter[str]]:
    """Fail where the block makes more calls than this in its thread, as soon as it does.

    Args:
        steps: calls of functions, Python's own and those in C.

    Yields:
        How often the functions in C were called, by name.
    """
    called: Counter[str] = Counter()
    left = steps

    def count(_frame: object, event: str, function: object) -> None:
        nonlocal left
        if event in {"call", "c_call"}:
            left -= 1
        if event == "c_call":
            called[getattr(function, "__name__", "")] += 1
        if left < 0:
            pytest.fail(f"more than {steps:,} steps")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        yield called
    finally:
        sys.setprofile(before)


def grows_evenly(action: Callable[[int], object], size: int) -> bool:
    """Say whether four times the size costs about four times as much processor time, or less.

    Args:
        action: what is done; it takes a size.
        size: the smaller one, large enough that more than the beginning is seen of the cost.
    """
    action(size)
    small = large = inf
    for _try in range(TRIES):
        small, large = min(small, _cost(action, size)), min(large, _cost(action, 4 * size))
        if large < EVEN * small:
            return True
    return False


def _cost(action: Callable[[int], object], size: int) -> float:
    began = thread_time()
    action(size)
    return thread_time() - began
