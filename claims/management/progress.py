"""Progress: a line that is updated on a terminal, and occasional lines elsewhere."""

import csv
from collections import Counter
from collections.abc import Callable
from time import monotonic
from typing import TextIO

from django.core.management.base import OutputWrapper

from claims.management.files import Place
from claims.management.outcomes import ArrivalOutcome, OutcomeLine
from claims.renderers.data.guard import guarded

Tell = Callable[[int, int], None]
"""Reports progress: what is done, and what there is to do."""

EVERY = 1_000
"""After how many articles a line is written where there is no terminal."""
_PAUSE = 0.2
"""Seconds that a line on a terminal stands at least."""


class _LiveLine:
    """A line on a terminal that each new one takes the place of.

    Args:
        out: the terminal, or a file.
    """

    def __init__(self, out: OutputWrapper) -> None:
        self._out = out
        self._shown_at = float("-inf")
        self._is_open = False

    @property
    def is_due(self) -> bool:
        """Whether the line has stood for as long as it takes to read it."""
        return monotonic() - self._shown_at > _PAUSE

    def show(self, line: str, *, stays: bool = False) -> None:
        """Show the line; what comes after one that stays is written below it."""
        self._out.write(f"\r{line}\x1b[K", ending="\n" if stays else "")
        self._out.flush()
        self._shown_at, self._is_open = monotonic(), not stays

    def clear(self) -> None:
        """Clear the line before something else is written."""
        if self._is_open:
            self._out.write("\r\x1b[K", ending="")
            self._is_open = False


class StepProgress:
    """Reports how far each step is: on a terminal all the time, and each tenth elsewhere.

    Args:
        out: where to report it.
        quiet: whether to report nothing.
    """

    def __init__(self, out: OutputWrapper, *, quiet: bool = False) -> None:
        self._out, self._quiet = out, quiet

    def __call__(self, what: str) -> Tell:
        """Begin a step, named in a word. Returns what is told how much of it is done, and how much there is."""
        told, live = -1, _LiveLine(self._out)

        def tell(done: int, total: int) -> None:
            nonlocal told
            tenth = 10 * done // max(total, 1)
            line = f"{what}: {done:,} of {total:,}"
            if self._quiet:
                return
            if self._out.isatty():
                if live.is_due or done >= total:
                    live.show(line, stays=done >= total)
            elif tenth > told:
                told = tenth
                self._out.write(line)

        return tell


class ProgressLine:
    """Counts what happens to articles, and reports it.

    Args:
        out: where to report it.
        total: the size of all files in bytes.
        quiet: whether to report nothing until the end.
    """

    def __init__(self, out: OutputWrapper, *, total: int, quiet: bool) -> None:
        self.counts: Counter[ArrivalOutcome] = Counter()
        self.quiet = quiet
        self._out, self._total = out, total
        self._begun = monotonic()
        self._live = _LiveLine(out)

    def count(self, place: Place, line: OutcomeLine) -> None:
        """Count one in."""
        self.counts[line.outcome] += 1
        if self.quiet:
            return
        if self._out.isatty():
            if self._live.is_due:
                self._live.show(f"{self._share(place)}: {self}, {self._left(place)}")
        elif self.counts.total() % EVERY == 0:
            self._out.write(f"{place}, {self._share(place)}: {self}")

    def clear(self) -> None:
        """Clear the line on the terminal before something else is written."""
        self._live.clear()

    def end(self) -> str:
        """Clear the line. Returns the totals for the final message."""
        self.clear()
        return str(self)

    def __str__(self) -> str:
        """The totals, and the articles per second."""
        seconds = max(monotonic() - self._begun, 0.001)
        told = ", ".join(
            f"{self.counts[each]:,} {each}" for each in ArrivalOutcome if self.counts[each]
        )
        return f"{told or 'nothing'}; {self.counts.total() / seconds:,.1f} articles a second"

    def _share(self, place: Place) -> str:
        return f"{100 * place.reached // max(self._total, 1)} % read"

    def _left(self, place: Place) -> str:
        rest = (monotonic() - self._begun) * (self._total / max(place.reached, 1) - 1)
        minutes, seconds = divmod(round(rest), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02} left"


class SkipReport:
    """A table of skipped and failed articles with the reasons, line by line.

    Args:
        file: the CSV file, open for writing; None for no report.
    """

    def __init__(self, file: TextIO | None) -> None:
        self._rows = csv.writer(file) if file else None
        if self._rows:
            self._rows.writerow(["file", "line", "outcome", "why", "article"])

    def add(self, place: Place, line: OutcomeLine) -> None:
        """Write down one, unless it was imported."""
        if self._rows and line.outcome != ArrivalOutcome.IMPORTED:
            row = [str(place.path), place.line, line.outcome, line.why, line.article]
            self._rows.writerow(guarded(each) if isinstance(each, str) else each for each in row)
