"""Drawings of durations and shares over weeks."""

from itertools import pairwise

import pytest

from claims.queries.statistics.measures import wilson_interval
from claims.web.components.drawings import HEIGHT, TOP, WIDTH
from claims.web.components.trends import CERTAIN, line_drawing, share_drawing

LABELS = [f"{day} Mar" for day in range(1, 13)]


def points(line) -> list[tuple[float, float]]:
    return [tuple(map(float, one.split(","))) for one in line.points.split()]


def of_look(drawing, look: str):
    return [line for line in drawing.lines if line.look == look]


def test_a_line_starts_at_zero_and_has_at_most_three_lines_of_a_grid():
    for most in (0.3, 0.9, 1.0, 7.4, 10, 99, 2500):
        drawing = line_drawing(LABELS[:2], [("solid", "half", [0.0, most])])
        (line,) = of_look(drawing, "solid")
        (_x, low), (_y, high) = points(line)
        assert low == TOP + HEIGHT
        assert TOP <= high < TOP + HEIGHT / 2
        assert 1 <= len(of_look(drawing, "grid")) <= 3


def test_a_line_is_interrupted_where_there_is_nothing():
    drawing = line_drawing(LABELS[:5], [("solid", "half", [1.0, 2.0, None, 2.0, 1.0])])
    assert [len(points(line)) for line in of_look(drawing, "solid")] == [2, 2]
    assert [text.words for text in drawing.ends][-1] == "half"
    nothing = line_drawing(LABELS[:2], [("solid", "half", [None, None])])
    assert not of_look(nothing, "solid")


def test_names_of_lines_do_not_overlap():
    drawing = line_drawing(
        LABELS[:2], [("solid", "one", [1.0, 2.0]), ("dashed", "two", [1.0, 2.0])]
    )
    one, two = [float(text.y) for text in drawing.ends if text.words in {"one", "two"}]
    assert abs(one - two) >= 12


def test_names_stand_at_the_ends_of_their_lines_where_there_is_room():
    drawing = line_drawing(
        LABELS[:2], [("solid", "low", [1.0, 1.0]), ("dashed", "high", [5.0, 5.0])]
    )
    ends = {text.words: float(text.y) for text in drawing.ends}
    for look, name in (("solid", "low"), ("dashed", "high")):
        (line,) = of_look(drawing, look)
        assert ends[name] == pytest.approx(points(line)[-1][1] + 4, abs=0.2)


def test_labels_of_weeks_do_not_overlap():
    for draw in (
        lambda labels: line_drawing(labels, [("solid", "half", [1.0] * len(labels))]),
        lambda labels: share_drawing(labels, [(9, 1)] * len(labels), wilson_interval, 5),
    ):
        for number in (1, 4, 12, 52):
            labels = [f"{day % 28 + 1} Mar" for day in range(number)]
            shown = draw(labels).labels
            assert shown[-1].words == labels[-1]
            places = [float(text.x) for text in shown]
            assert all(right - left >= 6.5 * 7 for left, right in pairwise(places))
            assert places[-1] <= WIDTH


def test_a_share_of_few_is_empty_and_that_of_some_has_its_range():
    drawing = share_drawing(LABELS[:4], [(0, 0), (4, 4), (10, 5), (30, 15)], wilson_interval, 5)
    assert [part.series.look for part in drawing.parts] == [
        "few",
        *("pale", "disputed"),
        *("pale", "disputed"),
    ]
    pale, disputed = drawing.parts[1:3]
    assert float(pale.height) == float(disputed.height) == HEIGHT / 2
    (whisker,) = of_look(drawing, "range")
    (_x, low), (_y, high) = points(whisker)
    bottom, top = wilson_interval(5, 10)
    assert low - high == pytest.approx(HEIGHT * (top - bottom), abs=0.2)


def places(texts) -> list[tuple[str, float, float]]:
    return [(text.words, float(text.x), float(text.y)) for text in texts]


def test_words_stand_beside_what_they_are_about():
    """Letters are eight units high: four below the middle of a line is their foot."""
    lines = [("solid", "half", [1.0, 2.0]), ("dashed", "last", [None, 3.0])]
    drawing = line_drawing(LABELS[:2], lines)
    foot, right = TOP + HEIGHT, WIDTH - 84
    assert places(drawing.labels) == [("1 Mar", 30, foot + 14), ("2 Mar", right, foot + 14)]
    heights = {value: foot - HEIGHT * value / 4 + 4 for value in range(5)}
    assert places(drawing.ends) == [
        *((str(value), 0, heights[value]) for value in (0, 2, 4)),
        ("half", right + 6, heights[2]),
        ("last", right + 6, heights[3]),
    ]
    (single,) = of_look(drawing, "dashed")
    (left, _y), (end, _same) = points(single)
    assert (left, end) == (right, right + 3)


def test_shares_have_a_grid_and_each_week_its_label():
    drawing = share_drawing(LABELS[:2], [(10, 5), (40, 10)], wilson_interval, 5)
    assert places(drawing.ends) == [
        (f"{share} %", 0, TOP + HEIGHT * (1 - share / 100) + 4) for share in (0, 50, 100)
    ]
    assert places(drawing.labels) == [
        ("1 Mar", 122.5, TOP + HEIGHT + 14),
        ("2 Mar", 307.5, TOP + HEIGHT + 14),
    ]


@pytest.mark.parametrize(
    ("decided", "looks"),
    [(0, []), (1, ["few"]), (4, ["few"]), (5, ["pale", "disputed"]), (6, ["pale", "disputed"])],
)
def test_from_how_many_on_a_share_is_drawn(decided, looks):
    drawing = share_drawing(LABELS[:1], [(decided, decided // 2)], wilson_interval, 5)
    assert [part.series.look for part in drawing.parts] == looks


@pytest.mark.parametrize(("decided", "ranges"), [(CERTAIN - 1, 1), (CERTAIN, 0)])
def test_until_how_many_a_share_has_its_range(decided, ranges):
    drawing = share_drawing(LABELS[:1], [(decided, 7)], wilson_interval, 5)
    assert len(of_look(drawing, "range")) == ranges
