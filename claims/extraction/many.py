"""Split many articles, in one process or several."""

import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice

from claims.extraction import engines
from claims.extraction.engines import Engine
from claims.extraction.grammar import MODEL, load
from claims.extraction.pipeline import extract
from claims.extraction.types import Claim

_BATCH = 4
"""Articles handed to a process at once."""
_AHEAD = 3
"""Batches a process that are read ahead of the slowest one, so that memory stays flat."""


def extract_many(
    texts: Iterable[str],
    *,
    processes: int = 1,
    model: str = MODEL,
    engine: Engine | None = None,
) -> Iterator[list[Claim]]:
    """Split many articles, lazily and in order.

    Args:
        texts: the articles' bodies. With one process none is read before the one ahead of it is split; with
            more, a few for each process.
        processes: how many processes split them. Each loads the model once; a script that asks for several
            must be importable (`if __name__ == "__main__"`).
        model: the name of the spaCy model that reads their grammar.
        engine: as for `extract`.

    Raises:
        ModelMissingError: that model is not installed.
        WeightsMissingError: the learned reader was asked for and has no weights.

    Yields:
        Each article's claims, as `extract` gives them.
    """
    engine = engine or engines.default()
    _load(model, engine)
    if processes < 2:
        yield from (extract(text, model=model, engine=engine) for text in texts)
        return
    # Spawned, for a process that is forked while another thread holds a lock never gets it.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(processes, context, initializer=_load, initargs=(model, engine))
    try:
        yield from _in_order(pool, iter(texts), processes * _AHEAD, model, engine)
    finally:
        pool.shutdown(cancel_futures=True)


def _in_order(
    pool: ProcessPoolExecutor, texts: Iterator[str], ahead: int, model: str, engine: Engine
) -> Iterator[list[Claim]]:
    waiting: deque[Future[list[list[Claim]]]] = deque()
    while True:
        batch = list(islice(texts, _BATCH))
        if batch:
            waiting.append(pool.submit(_split, batch, model, engine))
        if not waiting:
            return
        if not batch or len(waiting) > ahead:
            yield from waiting.popleft().result()


def _split(batch: Sequence[str], model: str, engine: Engine) -> list[list[Claim]]:
    return [extract(text, model=model, engine=engine) for text in batch]


def _load(model: str, engine: Engine) -> None:
    """Load what splitting needs before the first article, so that what is missing is told at once."""
    load(model)
    engines.load(engine)
