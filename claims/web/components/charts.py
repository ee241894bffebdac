"""Charts: numbers in, the positions of bars out, whatever a page counts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from math import ceil
from textwrap import wrap

from claims.choices import Verdict
from claims.web.components.drawings import (
    FOOT,
    HEIGHT,
    LETTER,
    TOP,
    WIDTH,
    Drawing,
    Series,
    part_at,
    text_at,
)

_GAP = 0.2
"""The share of a column's or row's place that stays empty on each side."""
_ROW = 24
"""The height of a row's place."""
_NAMES = 168
"""Left of the rows: for their names."""
_NUMBERS = 44
"""Right of the rows: for their sums."""
_LETTERS = 26
"""How many characters of a name fit on a line left of its row. A name has two lines at most; the table has it whole."""
_LINE = 12
"""The height of a line of a name."""


def verdicts() -> list[Series]:
    """Return the verdicts as the series of a stacked chart."""
    return [Series(verdict.value, str(verdict.label)) for verdict in Verdict]


@dataclass(frozen=True)
class Row:
    """One day, week or kind.

    Attributes:
        label: its label in the table.
        numbers: the counts, by the key of the series; missing ones count as 0.
        short: its label in the drawing; by default, the beginning of `label`.
        addresses: where what is counted is listed, by the key of the series.
    """

    label: str
    numbers: Mapping[str, int]
    short: str = ""
    addresses: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Chart:
    """A chart: numbers with their drawing. A page shows both.

    Attributes:
        name: its name in the page's anchors.
        title: what is counted.
        head: what the rows are.
        series: what is counted in each row.
        rows: the rows.
        drawing: the drawing.
        of_what: if each row is one series, what its numbers count: the table then has one column, and the drawing
            needs no legend.
    """

    name: str
    title: str
    head: str
    series: Sequence[Series]
    rows: Sequence[Row]
    drawing: Drawing
    of_what: str = ""

    @property
    def columns(self) -> list[str]:
        """The table's number columns."""
        return [self.of_what] if self.of_what else [one.label for one in self.series]

    @property
    def table(self) -> list[tuple[str, list[int]]]:
        """Each row's label and its numbers in the order of the columns."""
        if self.of_what:
            return [(row.label, [sum(row.numbers.values())]) for row in self.rows]
        return [
            (row.label, [row.numbers.get(one.key, 0) for one in self.series]) for row in self.rows
        ]

    @property
    def linked_table(self) -> list[tuple[str, list[tuple[int, str]]]]:
        """The same, each number with the address at which what it counts is listed, or ""."""
        addresses = [[row.addresses.get(one.key, "") for one in self.series] for row in self.rows]
        return [
            (label, list(zip(numbers, beside, strict=False)))
            for (label, numbers), beside in zip(self.table, addresses, strict=True)
        ]

    @property
    def sums(self) -> list[tuple[Series, int]]:
        """Each series with its total."""
        return [(one, sum(row.numbers.get(one.key, 0) for row in self.rows)) for one in self.series]

    @property
    def description(self) -> str:
        """Each series with its total, in words."""
        return "; ".join(f"{one.label}: {number}" for one, number in self.sums)

    @property
    def empty(self) -> bool:
        """Whether all numbers are 0."""
        return not any(number for _series, number in self.sums)


def column_chart(
    name: str, title: str, head: str, series: Sequence[Series], rows: Sequence[Row]
) -> Chart:
    """Draw a column chart of days, weeks or months, in order.

    Args:
        name: its name in the page's anchors.
        title: what is counted.
        head: what the rows are ("Week").
        series: what is counted in each; the first one is at the bottom of the column.
        rows: one per column.
    """
    most = _most(series, rows)
    scale = HEIGHT / max(most, 1)
    place = WIDTH / max(len(rows), 1)
    parts, labels = [], []
    # From the newest backwards, so that its label is always shown.
    half = LETTER * max((len(row.short or row.label) for row in rows), default=0) / 2
    # The outermost labels are moved inwards until they fit.
    every = max(1, ceil((2 * half + LETTER + max(0, half - place / 2)) / place))
    for number, row in enumerate(rows):
        left, wide = place * (number + _GAP), place * (1 - 2 * _GAP)
        for one, start, end in _stacked(series, row):
            top = TOP + HEIGHT - end * scale
            parts.append(part_at(one, left, top, wide, (end - start) * scale))
        for one in series:
            if one.line and row.numbers.get(one.key):
                top = TOP + HEIGHT - row.numbers[one.key] * scale
                parts.append(part_at(one, place * (number + _GAP / 2), top, place * (1 - _GAP), 0))
        if (len(rows) - 1 - number) % every == 0:
            edge = LETTER * len(row.short or row.label) / 2
            middle = min(max(place * (number + 0.5), edge), WIDTH - edge)
            labels.append(text_at(row.short or row.label, middle, TOP + HEIGHT + 14))
    ends = [text_at(str(most), 0, TOP - 4)] if most else []
    height = TOP + HEIGHT + FOOT
    drawing = Drawing(height, parts, labels, ends)
    return Chart(name, title, head, series, rows, drawing)


def bar_chart(
    name: str,
    title: str,
    head: str,
    series: Sequence[Series],
    rows: Sequence[Row],
    *,
    of_what: str = "",
) -> Chart:
    """Draw a bar chart of kinds or outlets, largest first. Arguments and result are as in `column_chart`.

    `of_what` says what is counted if each row is one series.
    """
    longest = WIDTH - _NAMES - _NUMBERS
    scale = longest / max(_most(series, rows), 1)
    parts, labels, ends = [], [], []
    height = 0
    for row in rows:
        lines = _lines(row.short or row.label)
        place = _ROW + _LINE * (len(lines) - 1)
        middle, high = height + place / 2, _ROW * (1 - 2 * _GAP)
        total = 0
        for one, start, end in _stacked(series, row):
            total = end
            left, wide = _NAMES + start * scale, (end - start) * scale
            parts.append(part_at(one, left, middle - high / 2, wide, high))
        first = middle + 4 - _LINE * (len(lines) - 1) / 2
        labels += [text_at(line, 0, first + _LINE * number) for number, line in enumerate(lines)]
        ends.append(text_at(str(total), _NAMES + total * scale + 6, middle + 4))
        height += place
    drawing = Drawing(height, parts, labels, ends, horizontal=True)
    return Chart(name, title, head, series, rows, drawing, of_what)


def _stacked(series: Iterable[Series], row: Row) -> list[tuple[Series, int, int]]:
    """Return each non-empty part of a row, with where it begins and ends, from the base of the row."""
    drawn = [one for one in series if not one.line and row.numbers.get(one.key)]
    ends = list(accumulate(row.numbers[one.key] for one in drawn))
    return [(one, end - row.numbers[one.key], end) for one, end in zip(drawn, ends, strict=True)]


def _most(series: Sequence[Series], rows: Sequence[Row]) -> int:
    """Return the number for the longest bar, or the highest line."""
    sums = [sum(row.numbers.get(one.key, 0) for one in series if not one.line) for row in rows]
    lines = [row.numbers.get(one.key, 0) for row in rows for one in series if one.line]
    return max([*sums, *lines], default=0)


def _lines(name: str) -> list[str]:
    return wrap(name, _LETTERS, max_lines=2, placeholder="…") or [""]
