"""Words and signs in drawings stand at what they name. Letters are 11 high, and stand on the place that is given."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from claims.queries.statistics.measures import wilson_interval
from claims.web.components.charts import Row, bar_chart, column_chart
from claims.web.components.drawings import HEIGHT, TOP, WIDTH, Series, Text
from claims.web.components.timelines import Event, timeline
from claims.web.components.trends import line_drawing, share_drawing

VERIFIED = [Series("verified", "Verified")]
LETTERS = 11


def middle(text: Text) -> float:
    """The height at which the middle of a word is: of its small letters, of which most have no tail."""
    return float(text.y) - 4


def points(line) -> list[tuple[float, float]]:
    return [tuple(map(float, one.split(","))) for one in line.points.split()]


def columns():
    return column_chart("a", "A", "Day", VERIFIED, [Row("Mo", {"verified": 3})]).drawing


@pytest.mark.parametrize(
    "drawing",
    [
        columns(),
        line_drawing(["1 Mar", "8 Mar"], [("solid", "half", [1.0, 3.0])]),
        share_drawing(["1 Mar", "8 Mar"], [(9, 1)] * 2, wilson_interval, 5),
    ],
    ids=["columns", "lines", "shares"],
)
def test_names_of_days_and_weeks_are_wholly_below_the_columns(drawing):
    for label in drawing.labels:
        assert TOP + HEIGHT + LETTERS <= float(label.y) <= drawing.height


def test_the_number_of_the_highest_column_is_wholly_above_it():
    (number,) = columns().ends
    assert LETTERS - 2 <= float(number.y) < TOP


def test_the_name_and_the_number_of_a_bar_are_in_its_row_and_the_number_is_behind_it():
    names = ["A", "The Ostrey Courier and Evening Post", "B"]
    rows = [Row(name, {"verified": 3 - at}) for at, name in enumerate(names)]
    drawing = bar_chart("a", "A", "Kind", VERIFIED, rows).drawing
    one, upper, lower, another = drawing.labels
    for bar, number in zip(drawing.parts, drawing.ends, strict=True):
        assert middle(number) == float(bar.y) + float(bar.height) / 2
        assert float(bar.end) < float(number.x) < float(bar.end) + LETTERS
    assert middle(one) == middle(drawing.ends[0])
    assert (middle(upper) + middle(lower)) / 2 == middle(drawing.ends[1])
    assert middle(another) == middle(drawing.ends[2])
    # No row is higher than its lines need.
    assert drawing.height <= 4 * 2 * LETTERS


def test_a_name_of_two_lines_makes_its_row_higher_by_one():
    one, two = (
        bar_chart("a", "A", "Kind", VERIFIED, [Row(name, {"verified": 1})]).drawing
        for name in ("A", "The Ostrey Courier and Evening Post")
    )
    first, second = two.labels
    assert two.height - one.height == float(second.y) - float(first.y)
    assert one.height < 3 * LETTERS


class TestLines:
    @pytest.mark.parametrize("most", [3.0, 7.4, 10.0, 90.0])
    def test_each_line_of_the_grid_has_its_number_and_the_highest_is_above_all(self, most):
        drawing = line_drawing(["1 Mar", "8 Mar"], [("solid", "", [0.0, most])])
        heights = [points(line)[0][1] for line in drawing.lines if line.look == "grid"]
        numbers = [text for text in drawing.ends if text.words]
        assert list(map(middle, numbers)) == pytest.approx([TOP + HEIGHT, *heights], abs=0.1)
        assert min(heights) == TOP
        assert float(numbers[-1].words) >= most

    def test_a_name_stands_behind_the_end_of_its_line(self):
        drawing = line_drawing(["1 Mar", "8 Mar"], [("solid", "half", [1.0, 3.0])])
        x, y = points(drawing.lines[-1])[-1]
        name = drawing.ends[-1]
        assert middle(name) == pytest.approx(y, abs=0.1)
        assert x < float(name.x) < x + LETTERS

    def test_a_single_week_is_a_short_line_to_the_right(self):
        drawing = line_drawing(["1 Mar", "8 Mar"], [("solid", "", [1.0, None])])
        ((x, y), (end, level)) = points(drawing.lines[-1])
        assert x < end <= x + LETTERS
        assert y == level

    def test_weeks_are_as_far_from_each_other_as_the_drawing_is_wide(self):
        drawing = line_drawing(["1", "2", "3"], [("solid", "", [1.0, 1.0, 1.0])])
        grid = points(drawing.lines[0])
        weeks = points(drawing.lines[-1])
        assert (weeks[0][0], weeks[-1][0]) == (grid[0][0], grid[-1][0])

    def test_shares_stand_at_their_heights(self):
        drawing = share_drawing(["1 Mar"], [(9, 1)], wilson_interval, 5)
        heights = {text.words: middle(text) for text in drawing.ends}
        assert heights == {"0 %": TOP + HEIGHT, "50 %": TOP + HEIGHT / 2, "100 %": TOP}


class TestTimelines:
    def drawn(self):
        start = datetime(2026, 3, 1, 12, tzinfo=UTC)
        days = [(0, "Courier"), (0.1, "Courier"), (2, "Bote"), (9, "Courier")]
        return timeline([Event(start + timedelta(day), row, "verified") for day, row in days])

    def test_names_and_signs_are_in_the_middle_of_their_row(self):
        for row in self.drawn().rows:
            assert float(row.text_y) - 4 == float(row.y)
            for sign in row.signs:
                # A sign is 14 high.
                assert float(sign.y) + 7 == float(row.y)

    def test_the_number_of_several_is_right_behind_their_sign(self):
        first, last = self.drawn().rows[0].signs
        assert (first.number, last.number) == (2, 1)
        assert float(first.x) + 14 <= float(first.number_x) <= float(first.x) + 20

    def test_the_words_below_are_below_all_rows_and_in_the_drawing(self):
        line = self.drawn()
        (first, second) = (float(row.y) for row in line.rows)
        assert second + (second - first) / 2 + LETTERS <= line.foot < line.height

    @pytest.mark.parametrize(("length", "shown"), [(21, "x" * 21), (22, "x" * 20 + "…")])
    def test_a_name_that_just_fits_is_whole(self, length, shown):
        start = datetime(2026, 3, 1, tzinfo=UTC)
        days = (start, start + timedelta(9))
        line = timeline([Event(day, "x" * length, "verified") for day in days])
        assert [row.name for row in line.rows] == [shown]


def test_columns_are_as_wide_as_their_share_of_the_drawing():
    rows = [Row(str(at), {"verified": 1}) for at in range(4)]
    parts = column_chart("a", "A", "Day", VERIFIED, rows).drawing.parts
    lefts = [float(part.x) for part in parts]
    assert [right - left for left, right in pairwise(lefts)] == pytest.approx([WIDTH / 4] * 3)
