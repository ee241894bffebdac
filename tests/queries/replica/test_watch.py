"""When a replica is read from: a watch looks at it now and then."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.db import OperationalError

from claims.queries.replica.watch import OFTEN, SELDOM, Watch


@dataclass
class World:
    primary: int | None = 100
    replica: int | None = 100
    now: float = 0.0
    looks: int = 0
    watch: Any = None

    def asked(self, name: str) -> int:
        self.looks += name == "replica"
        position = getattr(self, name)
        if position is None:
            raise OperationalError
        return position


class TestWatch:
    @pytest.fixture
    def world(self, settings):
        """Two databases, a clock, and a watch that looks at them."""
        settings.REPLICA_MAX_LAG = 10
        world = World()
        world.watch = Watch(
            lambda: world.asked("primary"), lambda: world.asked("replica"), lambda: world.now
        )
        return world

    def test_one_that_follows_is_used_and_looked_at_once_a_second(self, world):
        for _request in range(5):
            assert world.watch.is_usable()
        assert world.looks == 1
        world.now += OFTEN
        assert world.watch.is_usable()
        assert world.looks == 2

    def test_one_that_lags_is_left_out_until_it_has_caught_up(self, world):
        assert world.watch.is_usable()
        for _second in range(12):
            world.now += 1
            world.primary += 1
            usable = world.watch.is_usable()
        assert not usable
        world.replica = world.primary
        world.now += OFTEN
        assert world.watch.is_usable()

    def test_one_that_does_not_answer_is_seldom_asked(self, world):
        world.replica = None
        assert not world.watch.is_usable()
        world.replica = world.primary
        world.now += SELDOM / 2
        assert not world.watch.is_usable()
        assert world.looks == 1
        world.now += SELDOM / 2
        assert world.watch.is_usable()

    def test_one_that_was_never_seen_up_to_date_is_not_used(self, world):
        world.replica -= 1
        assert not world.watch.is_usable()

    def test_without_its_primary_it_stays_in_use(self, world):
        assert world.watch.is_usable()
        world.primary = None
        world.now += 100
        assert world.watch.is_usable()

    def test_one_that_failed_is_left_out_for_a_moment(self, world):
        assert world.watch.is_usable()
        world.watch.doubt()
        assert not world.watch.is_usable()
        world.now += OFTEN
        assert world.watch.is_usable()

    def test_it_has_what_it_had_at_the_last_look_or_has_replayed_since(self, world):
        assert world.watch.is_usable()
        world.replica += 1
        assert world.watch.has(100)
        assert world.looks == 1
        assert world.watch.has(101)
        assert not world.watch.has(102)
        assert world.looks == 3

    def test_one_that_does_not_answer_has_nothing_and_is_left_out(self, world):
        assert world.watch.is_usable()
        world.replica = None
        assert not world.watch.has(101)
        assert not world.watch.is_usable()

    @pytest.mark.parametrize(("behind", "usable"), [(10, True), (11, False)])
    def test_until_how_far_behind_it_is_used(self, world, behind, usable):
        assert world.watch.is_usable()
        for _second in range(behind):
            world.now += 1
            world.primary += 1
            world.watch.is_usable()
        found = world.watch.look()
        assert (found.lag, found.fault == "") == (behind, usable)
