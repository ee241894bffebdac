"""The table of a file of records: what every format reads, and what an import goes through."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from claims.errors import Phrase, UnreadableTableError

LIMIT = 5_000
"""How many lines one import takes. So many sources take a second and 35 MB for their dry run, five for the import."""


@dataclass(slots=True)
class Line:
    """Where a row of the table stands in its file.

    Attributes:
        number: its line as a spreadsheet counts, the line of names being the first.
        in_text: the same as a text editor counts, where that differs: a cell may hold several lines.
        wrong: what keeps the row from being read, as pairs of a column's name and the reason.
    """

    number: int
    in_text: int | None = None
    wrong: list[tuple[str, Phrase]] = field(default_factory=list)


class Sheet:
    """A table of texts.

    Attributes:
        headers: the names of its columns.
        rows: its cells, row by row.
        lines: for each row, where it stands in its file.
    """

    def __init__(self, headers: Sequence[str]) -> None:
        self.headers = _columns(headers)
        self.rows: list[list[str]] = []
        self.lines: list[Line] = []

    def add(self, line: Line, cells: Sequence[str]) -> None:
        """Add a row. Empty ones are left out.

        Raises:
            UnreadableTableError: if there are more rows than an import takes.
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
        """The cells of a column, from the top to the bottom; none where there is no such column."""
        if name not in self.headers:
            return []
        index = self.headers.index(name)
        return [row[index] for row in self.rows]

    def as_kept(self) -> dict[str, Any]:
        """The table as JSON keeps it, once it is known that nothing is wrong with it."""
        return {
            "headers": self.headers,
            "lines": [[line.number, line.in_text] for line in self.lines],
            "rows": self.rows,
        }

    @classmethod
    def from_kept(cls, kept: dict[str, Any]) -> Self:
        """The table that `as_kept` gave."""
        sheet = cls(kept["headers"])
        for (number, in_text), row in zip(kept["lines"], kept["rows"], strict=True):
            sheet.add(Line(number, in_text), row)
        return sheet


def _columns(cells: Sequence[str]) -> list[str]:
    """The names of the columns, as the first line has them."""
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
