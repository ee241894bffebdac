"""The table in a file of records: what every format reads, and what an import uses."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from claims.errors import Phrase, UnreadableTableError

LIMIT = 5_000
"""How many lines one import takes. So many sources take a second and 35 MB for their dry run, five for the import."""


@dataclass(slots=True)
class Line:
    """The place of a row in its file.

    Attributes:
        number: its row number in a spreadsheet; the row of names is 1.
        in_text: its line number in a text editor, if that differs because cells have several lines.
        wrong: why the row cannot be read, as pairs of a column's name and the reason.
    """

    number: int
    in_text: int | None = None
    wrong: list[tuple[str, Phrase]] = field(default_factory=list)


class Sheet:
    """A table of texts.

    Attributes:
        headers: the column names.
        rows: the cells of each row.
        lines: the place of each row in its file.
    """

    def __init__(self, headers: Sequence[str]) -> None:
        self.headers = _columns(headers)
        self.rows: list[list[str]] = []
        self.lines: list[Line] = []

    def add(self, line: Line, cells: Sequence[str]) -> None:
        """Add a row. Empty ones are left out.

        Raises:
            UnreadableTableError: if there are more rows than an import allows.
        """
        if not any(cells):
            return
        if len(self.lines) == LIMIT:
            raise UnreadableTableError(
                why=Phrase(
                    "the file has more than %(limit)s rows. Split it into several files.",
                    limit=f"{LIMIT:,}",
                )
            )
        width = len(self.headers)
        if any(cells[width:]):
            line.wrong.append(
                (
                    "",
                    Phrase(
                        "This row has more cells than there are column names. Is a text with a comma missing its quotation marks?"
                    ),
                )
            )
        elif len(cells) < width:
            line.wrong.append(
                (
                    "",
                    Phrase(
                        "This row has %(number)s cells, but the first row has %(width)s column names. Add the missing cells.",
                        number=len(cells),
                        width=width,
                    ),
                )
            )
        self.rows.append([*cells[:width], *[""] * (width - len(cells))])
        self.lines.append(line)

    def column(self, name: str) -> list[str]:
        """Return the cells of a column, from top to bottom; none if there is no such column."""
        if name not in self.headers:
            return []
        index = self.headers.index(name)
        return [row[index] for row in self.rows]

    def as_kept(self) -> dict[str, Any]:
        """Return the table as JSON data, once it has no errors."""
        return {
            "headers": self.headers,
            "lines": [[line.number, line.in_text] for line in self.lines],
            "rows": self.rows,
        }

    @classmethod
    def from_kept(cls, kept: dict[str, Any]) -> Self:
        """Return the table from the data of `as_kept`."""
        sheet = cls(kept["headers"])
        for (number, in_text), row in zip(kept["lines"], kept["rows"], strict=True):
            sheet.add(Line(number, in_text), row)
        return sheet


def _columns(cells: Sequence[str]) -> list[str]:
    """Return the column names from the first row."""
    names = [cell.strip().casefold() for cell in cells]
    while names and not names[-1]:
        names.pop()
    if not names:
        raise UnreadableTableError(
            why=Phrase("the first row is empty. It has to contain the column names.")
        )
    if "" in names:
        raise UnreadableTableError(
            why=Phrase(
                "column %(number)s has no name in the first row.", number=names.index("") + 1
            )
        )
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise UnreadableTableError(
            why=Phrase("there are two columns named “%(name)s”.", name=twice)
        )
    return names
