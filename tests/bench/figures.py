"""The figures of the benchmarks as data: each with what it is compared with in the same run, and its target.

Every benchmark reports its figures with `tell`: as a table for people and, for `make bench`, in a file.
`make bench` puts all of them into one table, and into the page that keeps them.
"""

import json
import os
import platform
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from tests.printing import say

INTO = "FIGURES_INTO"
"""The environment variable that names the file for a benchmark's figures."""
BEGIN, END = "<!-- figures -->", "<!-- /figures -->"
"""A page's table of figures is between these lines."""
_HEAD = ("figure", "here", "compared with, in the same run", "ratio", "target", "command")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure.

    Attributes:
        name: what was measured.
        value: how much it was.
        unit: the unit, such as "ms".
        command: the command that measures it again.
        peer: what it is compared with in the same run: a program, a limit, a smaller size; "" for nothing.
        beside: the value of the peer, in the same unit.
        least: the lower target: for the ratio if it has a peer and `by_ratio`, else for the value.
        most: the upper target.
        by_ratio: whether the target is for the ratio.
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
        """The figure from the output of `asdict`."""
        return cls(**given)  # type: ignore[arg-type]

    @property
    def ratio(self) -> float | None:
        """The value divided by the peer's; None without a peer, or if the peer's is zero."""
        return round(self.value / self.beside, 2) if self.beside else None

    @property
    def _aimed(self) -> float:
        return self.value if self.ratio is None or not self.by_ratio else self.ratio

    @property
    def aim(self) -> str:
        """The target, in words; "" if it has none."""
        unit = "" if self.ratio is not None and self.by_ratio else f" {self.unit}".rstrip()
        if self.least is not None:
            return f"at least {_number(self.least)}{unit}"
        return "" if self.most is None else f"at most {_number(self.most)}{unit}"

    @property
    def is_missed(self) -> bool:
        """Whether it misses its target."""
        below = self.least is not None and self._aimed < self.least
        return below or (self.most is not None and self._aimed > self.most)

    def row(self) -> tuple[str, ...]:
        """Its row in the table."""
        beside = f"{_number(self.beside)}, {self.peer}" if self.beside is not None else ""
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        aim = f"{self.aim}: missed" if self.is_missed else self.aim
        here = f"{_number(self.value)} {self.unit}".strip()
        return self.name, here, beside, ratio, aim, f"`{self.command}`"


def tell(
    bench: str,
    figures: Sequence[Figure],
    *,
    where: str = "",
    more: Mapping[str, float] | None = None,
) -> None:
    """Print a benchmark's table and, as its last line, a JSON object; for `make bench`, write the figures to its file.

    Args:
        bench: the benchmark.
        figures: what it measured, each under a name of its own.
        where: what the description of the machine leaves out, such as the database.
        more: values that are too many for the table, by their names; they are in the JSON object only.
    """
    say(f"\n{table(figures)}")
    values = {figure.name: figure.value for figure in figures} | dict(more or {})
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
    return markdown([_HEAD, *(figure.row() for figure in figures)])


def markdown(rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown of rows of cells; the first row is its head."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    head, *body = (
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in rows
    )
    rule = "| " + " | ".join("-" * width for width in widths) + " |"
    return "\n".join([head, rule, *body])


def rewritten(page: str, figures: Iterable[Figure], measured_on: str) -> str:
    """A page with a new table between its marks, and what it was measured on; the rest is unchanged.

    Raises:
        ValueError: if it does not have each mark exactly once, in order.
    """
    return between_marks(page, f"{table(figures)}\n\nMeasured on {measured_on}.")


def between_marks(page: str, text: str) -> str:
    """A page with a new text between its marks; the rest is unchanged.

    Raises:
        ValueError: if it does not have each mark exactly once, in order.
    """
    before, begun, rest = page.partition(BEGIN)
    _old, ended, after = rest.partition(END)
    if not (begun and ended) or BEGIN in rest or END in before + after:
        message = f"the page needs the lines {BEGIN} and {END}, once each, around its table"
        raise ValueError(message)
    return f"{before}{BEGIN}\n\n{text}\n\n{END}{after}"


def _number(value: float) -> str:
    """A number for people: without decimals from 100."""
    if value == int(value) or value >= 100:
        return f"{value:,.0f}"
    return f"{value:.2f}".rstrip("0") if value < 10 else f"{value:.1f}"
