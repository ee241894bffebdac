"""The tests' limits accept what is within them, and nothing else."""

from collections import deque
from itertools import count

import pytest

from tests.bounds import at_most, grows_evenly


def test_steps_are_counted_and_too_many_end_at_once():
    with at_most(1_000) as called:
        b"".join([b"a", b"b"])
    assert called["join"] == 1
    with pytest.raises(pytest.fail.Exception, match="more than 1,000 steps"), at_most(1_000):
        deque((abs(number) for number in count()), maxlen=0)


def test_what_takes_the_square_of_its_size_does_not_grow_evenly():
    assert grows_evenly(lambda size: sum(range(size)), 100_000)
    assert not grows_evenly(lambda size: sum(sum(range(size)) for _each in range(size)), 500)
