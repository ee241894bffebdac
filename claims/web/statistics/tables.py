"""The tables of the statistics: as the page shows them, and as CSV."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from claims.renderers.types import Cell as FileCell
from claims.renderers.types import Table as FileTable

HOUR, DAY = 60, 24 * 60
"""Minutes."""
_FEW = 10
"""How many rows are shown at once; the rest are folded away."""


@dataclass(frozen=True)
class Cell:
    """A number in a table.

    Attributes:
        words: as the page shows it.
        value: as the CSV has it: durations in days, shares from 0 to 1.
        url: where what it counts is listed, or "".
    """

    words: str
    value: FileCell
    url: str = ""


@dataclass(frozen=True)
class Line:
    """A row of a table.

    Attributes:
        label: what it is of.
        cells: its numbers.
        verdict: the verdict whose icon stands before the label, or "".
        day: its first day, if it is of a day or a week.
    """

    label: str
    cells: Sequence[Cell]
    verdict: str = ""
    day: date | None = None

    @property
    def in_file(self) -> FileCell:
        """Its label in a file: the day itself, if it is of one."""
        return self.day or self.label


@dataclass(frozen=True)
class Table:
    """The numbers of a figure.

    Attributes:
        head: what the rows are.
        columns: what the numbers are.
        lines: the rows.
        foot: the last row, of them all together; None if there is none.
        over_time: whether the rows are days or weeks, of which the last ones matter most.
    """

    head: str
    columns: Sequence[str]
    lines: Sequence[Line]
    foot: Line | None = None
    over_time: bool = False

    @property
    def shown(self) -> Sequence[Line]:
        """The rows that matter most."""
        return self.lines[-_FEW:] if self.over_time else self.lines[:_FEW]

    @property
    def rest(self) -> Sequence[Line]:
        """The others."""
        return self.lines[:-_FEW] if self.over_time else self.lines[_FEW:]


def count(number: int, url: str = "") -> Cell:
    """Return the cell of a number of things, with the address of their list if there are any."""
    return Cell(
        number_format(number, use_l10n=True, force_grouping=True), number, url if number else ""
    )


def duration(minutes: float | None) -> Cell:
    """Return the cell of a duration."""
    if minutes is None:
        return Cell("–", None)
    return Cell(in_words(minutes), round(minutes / DAY, 3))


def in_words(minutes: float) -> str:
    """Return a duration in days, or in hours or minutes if it is shorter."""
    if minutes >= DAY:
        return _("%(number)s d") % {"number": number_format(round(minutes / DAY, 1), 1)}
    if minutes >= HOUR:
        return _("%(number)s h") % {"number": number_format(round(minutes / HOUR, 1), 1)}
    return _("%(number)s min") % {"number": number_format(round(minutes))}


def share(found: int, of: int, url: str = "") -> Cell:
    """Return the cell of a share."""
    if not of:
        return Cell("–", None)
    return Cell(percent(found / of), round(found / of, 4), url if found else "")


def percent(value: float) -> str:
    """Return a share in words."""
    return _("%(number)s %%") % {"number": number_format(round(100 * value))}


def as_csv(table: Table) -> FileTable:
    """Return a table for a file."""
    lines = [*table.lines, *([table.foot] if table.foot else [])]
    return FileTable(
        (table.head, *table.columns),
        [(line.in_file, *(cell.value for cell in line.cells)) for line in lines],
    )


def all_as_csv(tables: Sequence[tuple[str, Table]]) -> FileTable:
    """Return several tables, each with its title, as one: a row for each number."""

    def rows() -> Iterator[Sequence[FileCell]]:
        for title, table in tables:
            for line in [*table.lines, *([table.foot] if table.foot else [])]:
                for column, cell in zip(table.columns, line.cells, strict=True):
                    yield title, line.in_file, column, cell.value

    return FileTable((_("Table"), _("Row"), _("Column"), _("Value")), rows())
