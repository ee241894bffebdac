"""Drawings of what happened when."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from claims.web.components.drawings import WIDTH
from claims.web.components.timelines import Event, timeline

START = datetime(2026, 3, 1, 12, tzinfo=UTC)


def _on(day: float, row: str = "Courier", sign: str = "verified") -> Event:
    return Event(START + timedelta(days=day), row, sign)


def test_what_happened_in_less_than_a_day_is_not_drawn():
    assert timeline([]) is None
    assert timeline([_on(0), _on(0.9)]) is None


def test_rows_in_the_order_of_their_first_events():
    line = timeline([_on(0, "Courier"), _on(1, "Bote"), _on(9, "Courier")])
    assert [row.name for row in line.rows] == ["Courier", "Bote"]
    assert [len(row.signs) for row in line.rows] == [2, 1]
    assert (line.first, line.last) == (START, START + timedelta(days=9))


def test_distances_are_those_of_the_days():
    line = timeline([_on(day) for day in (0, 5, 10)])
    first, second, third = (float(sign.x) for sign in line.rows[0].signs)
    assert abs((second - first) - (third - second)) <= 0.2
    assert line.begins <= first < third <= WIDTH


def test_signs_of_a_kind_that_would_overlap_are_one_with_their_number():
    line = timeline([_on(0), _on(0.1), _on(0.2), _on(0.3, sign="disputed"), _on(100)])
    assert [(sign.icon, sign.number) for sign in line.rows[0].signs] == [
        ("verified", 3),
        ("disputed", 1),
        ("verified", 1),
    ]
    places = [float(sign.x) for sign in line.rows[0].signs]
    assert all(later - earlier >= 10 for earlier, later in pairwise(places))


def test_long_names_are_cut_and_many_rows_left_to_the_table():
    line = timeline([_on(day, f"{day:02} {'The Evening Post' * 3}") for day in range(20)])
    assert (len(line.rows), line.left_out) == (12, 8)
    assert all(len(row.name) <= 21 and row.name.endswith("…") for row in line.rows)


def test_everything_of_a_row_is_at_its_height_and_names_that_just_fit_are_whole():
    line = timeline([_on(0), _on(0.01), _on(1, "B" * 21), _on(1, "C" * 22)])
    assert [(row.name, row.y, row.text_y, row.signs[0].y) for row in line.rows] == [
        ("Courier", "12", "16", "5"),
        ("B" * 21, "36", "40", "29"),
        ("C" * 20 + "…", "60", "64", "53"),
    ]
    two = line.rows[0].signs[0]
    assert (two.number, float(two.number_x) - float(two.x)) == (2, 16)
    assert (line.height, line.foot) == (92, 86)
