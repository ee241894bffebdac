"""Drawings of what changes from week to week: durations as lines, shares as columns with their uncertainty."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from claims.web.components.drawings import (
    FOOT,
    HEIGHT,
    LETTER,
    TOP,
    WIDTH,
    Drawing,
    Line,
    Part,
    Series,
    Text,
    part_at,
    text_at,
)

_AXIS, _NAMES = 30, 84
"""Left of what is drawn: for the numbers of the grid; right of it: for the names of lines."""
_APART = 12
"""How far apart two names of lines are, at least."""
CERTAIN = 30
"""From how many on a share is drawn without its uncertainty."""


@dataclass(frozen=True)
class Trend:
    """The drawing of some weeks.

    Attributes:
        name: its name in the page's anchors.
        title: what is drawn.
        description: the same with the most important numbers, for those who do not see it.
        series: what its colours and lines mean.
        drawing: the drawing.
    """

    name: str
    title: str
    description: str
    series: Sequence[Series]
    drawing: Drawing
    of_what = ""


def line_drawing(
    labels: Sequence[str], lines: Sequence[tuple[str, str, Sequence[float | None]]]
) -> Drawing:
    """Draw lines over time, from zero. Where there is no value, the line is interrupted.

    Args:
        labels: of each week, in order.
        lines: the look, the name and the values of each line.
    """
    most = max((value for _look, _name, values in lines for value in values if value), default=1)
    step = _step(most)
    top = step * ceil(most / step)
    scale = HEIGHT / top
    wide = WIDTH - _AXIS - _NAMES
    place = wide / max(1, len(labels) - 1)

    def at(number: int, value: float) -> tuple[float, float]:
        return _AXIS + place * number, TOP + HEIGHT - value * scale

    drawn = [
        Line("grid", _points([(_AXIS, at(0, value)[1]), (_AXIS + wide, at(0, value)[1])]))
        for value in _marks(step, top)
    ]
    ends = [
        text_at(f"{value:g}", 0, at(0, value)[1] + 4) for value in (0, *_marks(step, top))
    ]  # fmt: skip
    names: list[tuple[float, str]] = []
    for look, name, values in lines:
        for run in _runs(values):
            points = [at(number, value) for number, value in run]
            # A single week would have no length.
            whole = points if len(points) > 1 else [*points, (points[0][0] + 3, points[0][1])]
            drawn.append(Line(look, _points(whole)))
        if values and (last := values[-1]) is not None:
            names.append((at(0, last)[1] + 4, name))
    ends += [text_at(name, _AXIS + wide + 6, y) for y, name in _kept_apart(names)]
    return Drawing(
        TOP + HEIGHT + FOOT,
        [],
        _weeks(labels, lambda one: at(one, 0)[0]),
        ends,
        lines=drawn,
        start=_AXIS,
    )


def share_drawing(
    labels: Sequence[str],
    weeks: Sequence[tuple[int, int]],
    interval: Callable[[int, int], tuple[float, float]],
    enough: int,
) -> Drawing:
    """Draw the disputed share of the decided claims of each week.

    Args:
        labels: of each week, in order.
        weeks: how many claims were decided, and how many of them are disputed.
        interval: the confidence interval of a share, drawn where few were decided.
        enough: of how many claims a share is drawn. Of fewer, the column is empty.
    """
    place = (WIDTH - _AXIS) / max(1, len(weeks))
    wide = place * 0.64
    parts: list[Part] = []
    drawn = [
        Line("grid", _points([(_AXIS, y), (WIDTH, y)])) for y in (TOP, TOP + HEIGHT / 2)
    ]  # fmt: skip
    for number, (decided, disputed) in enumerate(weeks):
        left = _AXIS + place * number + (place - wide) / 2
        if 0 < decided < enough:
            parts.append(part_at(Series("few", ""), left, TOP, wide, HEIGHT))
        if decided < enough:
            continue
        high = HEIGHT * disputed / decided
        parts.append(part_at(Series("pale", ""), left, TOP, wide, HEIGHT - high))
        if disputed:
            parts.append(part_at(Series("disputed", ""), left, TOP + HEIGHT - high, wide, high))
        if decided < CERTAIN:
            low, top = (TOP + HEIGHT * (1 - share) for share in interval(disputed, decided))
            middle = left + wide / 2
            drawn.append(Line("range", _points([(middle, low), (middle, top)])))
    ends = [
        text_at(f"{share} %", 0, TOP + HEIGHT * (1 - share / 100) + 4) for share in (0, 50, 100)
    ]  # fmt: skip
    shown = _weeks(labels, lambda one: _AXIS + place * (one + 0.5))
    return Drawing(TOP + HEIGHT + FOOT, parts, shown, ends, lines=drawn, start=_AXIS)


def _step(most: float) -> float:
    """Return the distance of the lines of a grid: 1, 2 or 5 of some power of ten, and at most three until the top."""
    power: float = 10.0 ** floor(log10(most / 2))
    return next(power * one for one in (1, 2, 5, 10, 20) if most / (power * one) <= 2.5)


def _marks(step: float, top: float) -> list[float]:
    return [step * number for number in range(1, round(top / step) + 1)]


def _runs(values: Sequence[float | None]) -> Iterator[list[tuple[int, float]]]:
    """Yield the values that follow each other without a gap, each with its place."""
    run: list[tuple[int, float]] = []
    for number, value in enumerate([*values, None]):
        if value is not None:
            run.append((number, value))
        elif run:
            yield run
            run = []


def _kept_apart(names: Sequence[tuple[float, str]]) -> Iterator[tuple[float, str]]:
    """Yield the names from the bottom up, moved upwards where they would overlap."""
    free = float("inf")
    for y, name in sorted(names, reverse=True):
        free = min(y, free)
        yield free, name
        free -= _APART


def _weeks(labels: Sequence[str], at: Callable[[int], float]) -> list[Text]:
    """Return the labels of the weeks that fit, the last one always."""
    if not labels:
        return []
    wide = LETTER * (max(map(len, labels)) + 1)
    place = at(1) - at(0)
    half = wide / 2
    # The outermost labels are moved inwards until they fit.
    every = max(1, ceil((wide + max(0.0, at(len(labels) - 1) + half - WIDTH)) / place))
    return [
        text_at(label, min(max(at(number), half), WIDTH - half), TOP + HEIGHT + 14)
        for number, label in enumerate(labels)
        if (len(labels) - 1 - number) % every == 0
    ]


def _points(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{round(x, 1):g},{round(y, 1):g}" for x, y in points)
