"""Timelines: what happened when, in rows; the positions of its signs out."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from claims.web.components.drawings import WIDTH

_NAMES = 140
"""Left of the rows: for their names."""
_END = 8
"""Right of the last sign."""
_ROW = 24
"""The height of a row."""
_FOOT = 20
"""Below the rows: for the first and the last day."""
_CELL = 20
"""Signs of a row that would be nearer to each other than this are drawn as one, with their number."""
_LETTERS = 21
"""How many characters of a row's name fit; the table has it whole."""
_MOST_ROWS = 12


@dataclass(frozen=True)
class Event:
    """What happened.

    Attributes:
        at: when.
        row: the name of its row.
        sign: the icon that stands for it.
    """

    at: datetime
    row: str
    sign: str


@dataclass(frozen=True)
class Sign:
    """A sign in the drawing, for one event or more. Positions are in the drawing's units."""

    icon: str
    x: str
    y: str
    number: int

    @property
    def number_x(self) -> str:
        """Where its number begins."""
        return f"{float(self.x) + 16:g}"


@dataclass(frozen=True)
class TimelineRow:
    """A row of the drawing: its name, as much of it as fits, where its line is, and its signs."""

    name: str
    y: str
    text_y: str
    signs: Sequence[Sign]


@dataclass(frozen=True)
class Timeline:
    """A drawing of events.

    Attributes:
        rows: the rows that are drawn.
        height: its height.
        left_out: how many rows there are besides, whose events only the table has.
        first: when the first event was.
        last: when the last one was.
    """

    rows: Sequence[TimelineRow]
    height: int
    left_out: int
    first: datetime
    last: datetime

    width = WIDTH
    begins = _NAMES
    ends = WIDTH - _END

    @property
    def foot(self) -> int:
        """Where the words below the rows stand."""
        return self.height - 6


def timeline(events: Sequence[Event]) -> Timeline | None:
    """Draw events, in rows in the order of their first events; None if they do not span a day.

    Args:
        events: in the order of time.
    """
    if not events or (events[-1].at - events[0].at).days < 1:
        return None
    first, last = events[0].at, events[-1].at
    rows: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        rows[event.row].append(event)
    drawn = list(rows.items())[:_MOST_ROWS]
    scale = (WIDTH - _NAMES - _END - _CELL) / (last - first).total_seconds()
    return Timeline(
        rows=[
            TimelineRow(
                name if len(name) <= _LETTERS else f"{name[: _LETTERS - 1]}…",
                y=f"{_ROW * place + _ROW / 2:g}",
                text_y=f"{_ROW * place + _ROW / 2 + 4:g}",
                signs=list(_signs(some, first, scale, _ROW * place + _ROW / 2 - 7)),
            )
            for place, (name, some) in enumerate(drawn)
        ],
        height=_ROW * len(drawn) + _FOOT,
        left_out=len(rows) - len(drawn),
        first=first,
        last=last,
    )


def _signs(events: Sequence[Event], first: datetime, scale: float, top: float) -> Iterator[Sign]:
    """Yield the signs of a row: events of one kind that are near each other as one, and none on top of another."""
    alike: list[tuple[float, str, int]] = []
    for event in events:
        x = _NAMES + (event.at - first).total_seconds() * scale
        if alike and alike[-1][1] == event.sign and x - alike[-1][0] < _CELL:
            alike[-1] = (alike[-1][0], event.sign, alike[-1][2] + 1)
        else:
            alike.append((max(x, alike[-1][0] + _CELL / 2 if alike else x), event.sign, 1))
    for x, sign, number in alike:
        yield Sign(sign, f"{round(min(x, WIDTH - _CELL), 1):g}", f"{top:g}", number)
