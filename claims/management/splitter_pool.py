"""Splits articles in other processes while others are read and saved; a few are split in this one."""

from concurrent.futures import Future, ProcessPoolExecutor

from claims import extraction
from claims.extraction.types import Claim

FEW = 12
"""So many articles are split quicker than other processes start."""
AHEAD = 8
"""How many articles a process are started ahead of the one whose turn it is: so memory stays flat."""


class Promise:
    """The future claims of an article.

    Args:
        text: the article's body.
        headline: its headline, or "".
    """

    def __init__(self, text: str, headline: str = "") -> None:
        self._text = text
        self._headline = headline
        self._claims: Future[list[Claim]] | None = None

    @property
    def is_kept(self) -> bool:
        """Whether the claims are ready."""
        return self._claims is not None and self._claims.done()

    def hand_to(self, pool: ProcessPoolExecutor) -> None:
        """Have another process split it."""
        self._claims = pool.submit(extraction.extract, self._text, headline=self._headline)

    def claims(self) -> list[Claim]:
        """Return the claims; waits for them, or splits the article here if no other process does.

        Raises:
            concurrent.futures.process.BrokenProcessPool: a process was killed.
            WorkbenchError: as in `claims.extraction.extract`.
        """
        if self._claims:
            return self._claims.result()
        return extraction.extract(self._text, headline=self._headline)


class Splitters:
    """Processes that split articles; they start when there are more than a few to split.

    Args:
        processes: how many; with one, everything is done in this process.

    Attributes:
        ahead: how many articles to start ahead of the current one.
    """

    def __init__(self, processes: int) -> None:
        self.ahead = max(AHEAD * processes, FEW) if processes > 1 else 0
        self._processes = processes
        self._held_back: list[Promise] = []
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> "Splitters":
        """Start without any processes."""
        return self

    def __exit__(self, *_error: object) -> None:
        """End the processes; articles not yet started are not split."""
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    def begin(self, text: str, headline: str = "") -> Promise:
        """Start splitting an article."""
        promise = Promise(text, headline)
        if self._processes > 1:
            self._held_back.append(promise)
            if self._pool is None and len(self._held_back) > FEW:
                self._pool = extraction.workers(self._processes)
        if self._pool:
            for each in self._held_back:
                each.hand_to(self._pool)
            self._held_back.clear()
        return promise
