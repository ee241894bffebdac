"""Articles are split in other processes while others are read and written; a few are split right here."""

from concurrent.futures import Future, ProcessPoolExecutor

from claims import extraction
from claims.extraction.types import Claim

FEW = 12
"""So many articles are split quicker than other processes start."""
AHEAD = 8
"""How many articles a process are started ahead of the one whose turn it is: so memory stays flat."""


class Promise:
    """The claims of an article that is to be split.

    Args:
        text: the article's body.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._claims: Future[list[Claim]] | None = None

    @property
    def is_kept(self) -> bool:
        """Whether the claims are there."""
        return self._claims is not None and self._claims.done()

    def hand_to(self, pool: ProcessPoolExecutor) -> None:
        """Let other processes split it."""
        self._claims = pool.submit(extraction.extract, self._text)

    def claims(self) -> list[Claim]:
        """The claims; waited for, or split here and now if no other process does.

        Raises:
            concurrent.futures.process.BrokenProcessPool: a process was killed.
            WorkbenchError: as `claims.extraction.extract` says.
        """
        return self._claims.result() if self._claims else extraction.extract(self._text)


class Splitters:
    """So many processes that split articles: they start when there are more than a few to split.

    Args:
        processes: how many; with one, all is done in this one.

    Attributes:
        ahead: how many articles to begin ahead of the one whose turn it is.
    """

    def __init__(self, processes: int) -> None:
        self.ahead = max(AHEAD * processes, FEW) if processes > 1 else 0
        self._processes = processes
        self._held_back: list[Promise] = []
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> "Splitters":
        """Begin with none."""
        return self

    def __exit__(self, *_error: object) -> None:
        """End the processes; what is not started is not split any more."""
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    def begin(self, text: str) -> Promise:
        """Have an article split."""
        promise = Promise(text)
        if self._processes > 1:
            self._held_back.append(promise)
            if self._pool is None and len(self._held_back) > FEW:
                self._pool = extraction.workers(self._processes)
        if self._pool:
            for each in self._held_back:
                each.hand_to(self._pool)
            self._held_back.clear()
        return promise
