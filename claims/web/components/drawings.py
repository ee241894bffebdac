"""What drawings of numbers are made of: the room that they have, and their parts with their positions."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 400
"""Of a drawing, in its own units, in which letters are 11 high."""
HEIGHT = 96
"""Of the longest upright column."""
TOP = 14
"""Above the columns: for the number at the line of the longest."""
FOOT = 18
"""Below the columns: for their labels."""
LETTER = 6.5
"""How wide a letter of a label is, at most."""


@dataclass(frozen=True)
class Series:
    """One thing that is counted.

    Attributes:
        key: its name in numbers.
        label: its label.
        line: whether it is drawn as a line across the column instead of as a part of it.
        colour: its name among colours and patterns, if that is not the key: "full", "hatched" and "hollow" mean no
            verdict.
    """

    key: str
    label: str
    line: bool = False
    colour: str = ""

    @property
    def look(self) -> str:
        """Its name among colours and patterns."""
        return self.colour or self.key


@dataclass(frozen=True)
class Part:
    """A rectangle or, for a series drawn as a line, a line. Positions are in the drawing's units."""

    series: Series
    x: str
    y: str
    width: str
    height: str

    @property
    def end(self) -> str:
        """Where a line ends."""
        return f"{float(self.x) + float(self.width):g}"


@dataclass(frozen=True)
class Text:
    """A text in the drawing, and its position."""

    words: str
    x: str
    y: str


@dataclass(frozen=True)
class Line:
    """A line through points "x,y", in one of the looks of lines."""

    look: str
    points: str


@dataclass(frozen=True)
class Drawing:
    """The drawing of some numbers, `WIDTH` wide.

    Attributes:
        height: its height.
        parts: the rectangles and lines.
        labels: the rows' names.
        ends: the numbers.
        horizontal: whether the bars are horizontal, as for kinds, or vertical, as for days.
        lines: lines over time, and other lines.
        start: where the line begins on which upright columns stand.
    """

    height: int
    parts: Sequence[Part]
    labels: Sequence[Text]
    ends: Sequence[Text]
    horizontal: bool = False
    lines: Sequence[Line] = ()
    start: int = 0

    width = WIDTH
    base = TOP + HEIGHT
    """Where upright columns stand."""


def part_at(series: Series, x: float, y: float, width: float, height: float) -> Part:
    """Return a part at a position, rounded to what can be seen."""
    return Part(series, *(f"{round(value, 1):g}" for value in (x, y, width, height)))


def text_at(words: str, x: float, y: float) -> Text:
    """Return a text at a position, rounded to what can be seen."""
    return Text(words, f"{round(x, 1):g}", f"{round(y, 1):g}")
