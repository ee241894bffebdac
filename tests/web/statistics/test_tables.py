"""Numbers in tables of the statistics: durations and shares in words, and which rows are folded away."""

import pytest

from claims.web.statistics.tables import Cell, Line, Table, count, duration, in_words, share

MINUTE, HOUR, DAY = 1, 60, 24 * 60


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0.4, "0 min"),
        (59, "59 min"),
        (HOUR, "1.0 h"),
        (90, "1.5 h"),
        (DAY - 6, "23.9 h"),
        (DAY, "1.0 d"),
        (DAY * 10 + 12 * HOUR, "10.5 d"),
    ],
)
def test_a_duration_is_in_the_largest_unit_that_it_fills(minutes, words):
    assert in_words(minutes) == words


def test_what_there_is_none_of_is_a_dash_and_leads_nowhere():
    assert duration(None) == share(0, 0, "/claims/") == Cell("–", None)
    assert count(0, "/claims/") == Cell("0", 0)
    assert share(0, 4, "/claims/") == Cell("0 %", 0.0)
    assert count(1200, "/claims/") == Cell("1,200", 1200, "/claims/")
    assert share(1, 3, "/claims/") == Cell("33 %", 0.3333, "/claims/")
    assert duration(6 * HOUR) == Cell("6.0 h", 0.25)


@pytest.mark.parametrize(
    ("number", "over_time", "shown", "rest"),
    [
        (10, False, range(10), range(0)),
        (12, False, range(10), range(10, 12)),
        (10, True, range(10), range(0)),
        (12, True, range(2, 12), range(2)),
    ],
)
def test_ten_rows_are_shown_of_weeks_the_last_ones(number, over_time, shown, rest):
    lines = [Line(str(place), []) for place in range(number)]
    table = Table("Week from", [], lines, over_time=over_time)
    assert [line.label for line in table.shown] == [str(place) for place in shown]
    assert [line.label for line in table.rest] == [str(place) for place in rest]
