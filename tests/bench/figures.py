"""The figures of the benchmarks as data: each with what stood beside it in the same run, and what it should reach.

Every benchmark tells its figures with `tell`: as a table for people and, where `make bench` runs it, into a file.
`make bench` puts all of them into one table, and into the page that keeps them.
"""

import json
import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from tests.printing import say

INTO = "FIGURES_INTO"
"""The variable that names the file into which a benchmark is to write its figures."""
BEGIN, END = "<!-- figures -->", "<!-- /figures -->"
"""Between these lines of a page its table of figures stands."""
_HEAD = ("figure", "here", "beside it, in the same run", "ratio", "aim", "command")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure.

    Attributes:
        name: what was measured.
        value: how much it was.
        unit: of what: "ms".
        command: what measures it again.
        peer: what stood beside it in the same run: a program, a limit, a smaller size; "" for nothing.
        beside: how much that was, in the same unit.
        least: the least that it should be: its ratio where it has a peer and `by_ratio`, else its value.
        most: the most.
        by_ratio: whether the aim is one for the ratio.
    """

    name: str
    value: float
    unit: str
    command: str
    peer: str = ""
    beside: float | None = None
    least: float | None = None
    most: float | None = None
    by_ratio: bool = True

    @classmethod
    def of(cls, given: dict[str, object]) -> Self:
        """The figure of what `asdict` made of one."""
        return cls(**given)  # type: ignore[arg-type]

    @property
    def ratio(self) -> float | None:
        """The figure over what stood beside it; None for a figure alone, or beside nothing at all."""
        return round(self.value / self.beside, 2) if self.beside else None

    @property
    def _aimed(self) -> float:
        return self.value if self.ratio is None or not self.by_ratio else self.ratio

    @property
    def aim(self) -> str:
        """What it should reach, in words; "" where it is only told."""
        unit = "" if self.ratio is not None and self.by_ratio else f" {self.unit}"
        if self.least is not None:
            return f"at least {_number(self.least)}{unit}"
        return "" if self.most is None else f"at most {_number(self.most)}{unit}"

    @property
    def is_missed(self) -> bool:
        """Whether it does not reach that."""
        below = self.least is not None and self._aimed < self.least
        return below or (self.most is not None and self._aimed > self.most)

    def row(self) -> tuple[str, ...]:
        """Its row in the table."""
        beside = f"{_number(self.beside)}, {self.peer}" if self.beside is not None else ""
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        aim = f"{self.aim}: missed" if self.is_missed else self.aim
        here = f"{_number(self.value)} {self.unit}".strip()
        return self.name, here, beside, ratio, aim, f"`{self.command}`"


def tell(bench: str, figures: Sequence[Figure], *, where: str = "") -> None:
    """Print a benchmark's table, and as its last line one JSON object; for `make bench`, write the figures into its file.

    Args:
        bench: the benchmark.
        figures: what it measured, each under a name of its own.
        where: what the machine's own words leave out, such as the database.
    """
    say(f"\n{table(figures)}")
    values = {figure.name: figure.value for figure in figures}
    missed = [figure.name for figure in figures if figure.is_missed]
    said = {"bench": bench, "machine": machine(where), "figures": values, "missed": missed}
    say(json.dumps(said))
    if into := os.environ.get(INTO):
        Path(into).write_text(json.dumps([asdict(figure) for figure in figures]))


def machine(where: str = "") -> str:
    """What the figures were measured on, in words."""
    words = [platform.machine(), f"{os.cpu_count()} cores", f"Python {platform.python_version()}"]
    return ", ".join([*words, where] if where else words)


def table(figures: Iterable[Figure]) -> str:
    """The figures as a table in Markdown, which is also readable as it is."""
    rows = [_HEAD, *(figure.row() for figure in figures)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    head, *body = (
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in rows
    )
    rule = "| " + " | ".join("-" * width for width in widths) + " |"
    return "\n".join([head, rule, *body])


def rewritten(page: str, figures: Iterable[Figure], measured_on: str) -> str:
    """A page with a new table between its marks, and what that was measured on; nothing else of it changes.

    Raises:
        ValueError: if it does not have each mark once, in their order.
    """
    before, begun, rest = page.partition(BEGIN)
    _old, ended, after = rest.partition(END)
    if not (begun and ended) or BEGIN in rest or END in before + after:
        message = f"the page needs the lines {BEGIN} and {END}, once each, around its table"
        raise ValueError(message)
    return f"{before}{BEGIN}\n\n{table(figures)}\n\nMeasured on {measured_on}.\n\n{END}{after}"


def _number(value: float) -> str:
    """A number as people read it: whole from a hundred on."""
    if value == int(value) or value >= 100:
        return f"{value:,.0f}"
    return f"{value:.2f}".rstrip("0") if value < 10 else f"{value:.1f}"
