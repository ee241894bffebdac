"""Charts: every number has its part of the drawing and its place in the table."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.web.components.charts import Row, bar_chart, column_chart
from claims.web.components.drawings import HEIGHT, TOP, WIDTH, Series

SERIES = [
    Series("verified", "Verified"),
    Series("disputed", "Disputed"),
    Series("in", "In", line=True),
]
ROWS = st.lists(
    st.builds(
        Row,
        label=st.text(max_size=40),
        numbers=st.dictionaries(
            st.sampled_from(["verified", "disputed", "in"]), st.integers(0, 10**6)
        ),
    ),
    max_size=60,
)


def test_parts_stand_on_each_other_in_the_order_of_the_series():
    figure = column_chart("days", "Days", "Day", SERIES, [Row("1", {"verified": 1, "disputed": 3})])
    verified, disputed = figure.drawing.parts
    assert (verified.series.key, disputed.series.key) == ("verified", "disputed")
    assert float(verified.y) + float(verified.height) == figure.drawing.base
    assert float(disputed.y) + float(disputed.height) == float(verified.y)
    assert float(disputed.height) == 3 * float(verified.height) == 0.75 * HEIGHT


def test_a_line_is_drawn_over_its_column_alone():
    figure = column_chart("days", "Days", "Day", SERIES, [Row("1", {"in": 4}), Row("2", {"in": 2})])
    high, low = figure.drawing.parts
    assert float(low.y) - float(high.y) == HEIGHT / 2
    assert float(high.end) < WIDTH / 2 < float(low.x)


def test_lying_rows_are_as_long_as_they_are_many():
    figure = bar_chart(
        "kinds", "Kinds", "Kind", SERIES, [Row("A", {"verified": 4}), Row("B", {"verified": 1})]
    )
    first, second = figure.drawing.parts
    assert float(first.width) == pytest.approx(4 * float(second.width), abs=0.3)
    assert [text.words for text in figure.drawing.ends] == ["4", "1"]


def test_a_long_name_has_two_lines_and_its_bar_is_beside_their_middle():
    name = "The Ostrey Courier and Evening Post"
    figure = bar_chart("kinds", "Kinds", "Kind", SERIES, [Row(name, {"verified": 1}), Row("B", {})])
    first, second, below = figure.drawing.labels
    assert (first.words, second.words) == ("The Ostrey Courier and", "Evening Post")
    bar = figure.drawing.parts[0]
    assert float(first.y) < float(bar.y) + float(bar.height) / 2 < float(second.y)
    assert float(second.y) + 12 <= float(below.y)


def test_words_stand_beside_what_they_are_about():
    """The place of a text is that of the line on which its letters stand."""
    rows = [Row("A", {"verified": 4}), Row("B", {"verified": 1})]
    columns = column_chart("days", "Days", "Day", SERIES, rows).drawing
    (most,) = columns.ends
    assert (most.words, 0 < float(most.y) < TOP) == ("4", True)
    for label, part in zip(columns.labels, columns.parts, strict=True):
        assert columns.base < float(label.y) <= columns.height
        assert float(part.x) < float(label.x) < float(part.end)
    bars = bar_chart("kinds", "Kinds", "Kind", SERIES, rows).drawing
    for label, part, number in zip(bars.labels, bars.parts, bars.ends, strict=True):
        middle = float(part.y) + float(part.height) / 2
        assert middle < float(label.y) == float(number.y) < float(part.y) + float(part.height)
        assert 0 < float(number.x) - float(part.end) < 10


def test_a_name_too_long_for_two_lines_is_shortened_in_the_drawing_alone():
    name = "The Ostrey Courier and Evening Post of the Northern Provinces"
    figure = bar_chart("kinds", "Kinds", "Kind", SERIES, [Row(name, {})])
    assert [label.words for label in figure.drawing.labels] == [
        "The Ostrey Courier and",
        "Evening Post of the…",
    ]
    assert figure.table[0][0] == name


def test_labels_under_columns_leave_each_other_room_and_the_newest_has_one():
    for short in ("7", "23. Nov"):
        weeks = [Row(f"week {number}", {}, short=short) for number in range(51)]
        figure = column_chart(
            "weeks", "Weeks", "Week", SERIES, [*weeks, Row("last", {}, short="last")]
        )
        places = [float(text.x) for text in figure.drawing.labels]
        assert min(b - a for a, b in pairwise(places)) >= 6.5 * len(short)
        assert places[0] >= 3 * len(short)
        assert figure.drawing.labels[-1].words == "last"


def test_rows_that_are_one_series_each_have_one_column():
    rows = [Row("Verified", {"verified": 4}), Row("Disputed", {"disputed": 1})]
    figure = bar_chart("verdicts", "By verdict", "Verdict", SERIES, rows, of_what="Claims")
    assert figure.columns == ["Claims"]
    assert figure.table == [("Verified", [4]), ("Disputed", [1])]


@pytest.mark.parametrize("draw", [column_chart, bar_chart])
def test_nothing_at_all_can_be_drawn(draw):
    figure = draw("days", "Days", "Day", SERIES, [])
    assert figure.empty
    assert not figure.drawing.parts


@given(rows=ROWS)
@pytest.mark.parametrize("draw", [column_chart, bar_chart])
def test_every_part_lies_in_the_drawing_and_every_number_in_the_table(draw, rows):
    figure = draw("days", "Days", "Day", SERIES, rows)
    for part in figure.drawing.parts:
        assert float(part.x) >= 0
        assert float(part.end) <= figure.drawing.width + 0.1
        assert float(part.y) >= -0.1
        assert float(part.y) + float(part.height) <= figure.drawing.height + 0.1
    shown = [sum(numbers) for _label, numbers in figure.table]
    assert shown == [sum(row.numbers.values()) for row in rows]
    assert sum(number for _series, number in figure.sums) == sum(shown)
    drawn = sum(
        1
        for row in rows
        for one in SERIES
        if row.numbers.get(one.key) and not (one.line and draw is bar_chart)
    )
    assert len(figure.drawing.parts) == drawn


def places(texts) -> list[tuple[str, float, float]]:
    return [(text.words, float(text.x), float(text.y)) for text in texts]


def test_labels_stand_below_their_columns_and_the_highest_number_above():
    rows = [Row("1", {"verified": 4}), Row("2", {})]
    drawing = column_chart("days", "Days", "Day", SERIES, rows).drawing
    below = TOP + HEIGHT + 14
    assert places(drawing.labels) == [("1", WIDTH / 4, below), ("2", WIDTH * 3 / 4, below)]
    assert places(drawing.ends) == [("4", 0, TOP - 4)]


def test_names_and_sums_stand_beside_the_middle_of_their_bars():
    long = "The Ostrey Courier and Evening Post"
    rows = [Row("A", {"verified": 4}), Row(long, {"verified": 2})]
    drawing = bar_chart("kinds", "Kinds", "Kind", SERIES, rows).drawing
    assert [float(bar.y) + float(bar.height) / 2 for bar in drawing.parts] == [12, 42]
    assert places(drawing.labels) == [
        ("A", 0, 12 + 4),
        ("The Ostrey Courier and", 0, 42 - 6 + 4),
        ("Evening Post", 0, 42 + 6 + 4),
    ]
    first, second = (float(bar.end) for bar in drawing.parts)
    assert places(drawing.ends) == [("4", first + 6, 12 + 4), ("2", second + 6, 42 + 4)]
    assert drawing.height == 60
