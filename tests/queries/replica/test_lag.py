"""How far a replica is behind."""

from math import inf

import pytest

from claims.queries.replica.lag import Lag


class TestLag:
    """Positions in bytes, times in seconds."""

    @pytest.fixture
    def lag(self) -> Lag:
        lag = Lag()
        for position, at in ((100, 0.0), (200, 1.0), (200, 2.0), (300, 3.0)):
            lag.note(position, at)
        return lag

    @pytest.mark.parametrize(
        ("replayed", "seconds"),
        [(99, inf), (100, 10), (199, 10), (200, 9), (299, 9), (300, 0), (400, 0)],
    )
    def test_it_is_the_age_of_what_is_not_in_the_replica_at_most(self, lag, replayed, seconds):
        assert lag.seconds(replayed, 10.0) == seconds
        assert lag.seconds(replayed, 10.0) == seconds

    def test_what_is_replayed_when_nobody_writes_is_not_behind(self, lag):
        lag.note(300, 500.0)
        assert lag.seconds(300, 900.0) == 0

    def test_nothing_is_known_before_anything_was_noted(self):
        assert Lag().seconds(100, 10.0) == inf
