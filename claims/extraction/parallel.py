"""Split many articles, in one process or several."""

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from threading import Thread

from claims.errors import SplittingFailedError
from claims.extraction import engines
from claims.extraction.engines import Engine
from claims.extraction.pipeline import extract
from claims.extraction.text.parsing import MODEL, load
from claims.extraction.types import Claim

Text = str | tuple[str, str]
"""An article's body, or its body and its headline."""
Outcome = list[Claim] | SplittingFailedError
"""An article's claims, or why there are none."""

_BATCH = 4
"""Articles handed to a process at once."""
_AHEAD = 3
"""Batches a process that are read ahead of the slowest one, so that memory stays flat."""


def extract_many(
    texts: Iterable[Text],
    *,
    processes: int = 1,
    model: str = MODEL,
    engine: Engine | None = None,
) -> Iterator[Outcome]:
    """Split many articles, lazily and in order. If the splitter fails on one, the error is yielded in its place.

    Args:
        texts: the articles' bodies, or pairs of body and headline. With one process, each is read only after the one before it is split;
            with more, a few are read ahead for each process.
        processes: how many processes split them. Each loads the model once; a script that asks for several
            must be importable (`if __name__ == "__main__"`).
        model: the name of the spaCy model that reads their grammar.
        engine: as for `extract`.

    Raises:
        ModelMissingError: that model is not installed.
        WeightsMissingError: the learned model was asked for and has no weights.

    Yields:
        Each article's claims, as from `extract`, or the error.
    """
    engine = engine or engines.default()
    _load(model, engine)
    if processes < 2:
        yield from (_outcome(text, model, engine) for text in texts)
        return
    pool = workers(processes, model=model, engine=engine)
    try:
        yield from _in_order(pool, iter(texts), processes * _AHEAD, model, engine)
    finally:
        pool.shutdown(cancel_futures=True)


def workers(
    processes: int, *, model: str = MODEL, engine: Engine | None = None
) -> ProcessPoolExecutor:
    """Return processes that split articles: `workers(2).submit(extract, text)`.

    They start with the first article, and each loads what it needs once. They leave Ctrl+C to the process that
    started them, and end with it even if it is killed.

    Args:
        processes: how many. A script that asks for them must be importable.
        model: as for `extract_many`.
        engine: as for `extract`.
    """
    # Spawned, because a process forked while another thread holds a lock can never acquire it.
    context = multiprocessing.get_context("spawn")
    load_for = (model, engine or engines.default())
    return ProcessPoolExecutor(processes, context, initializer=_begin_work, initargs=load_for)


def _begin_work(model: str, engine: Engine) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()
    _load(model, engine)


def _end_with_parent() -> None:
    """End with the parent: a killed process does not close its queues, and its workers would wait forever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _in_order(
    pool: ProcessPoolExecutor, texts: Iterator[Text], ahead: int, model: str, engine: Engine
) -> Iterator[Outcome]:
    waiting: deque[Future[list[Outcome]]] = deque()
    while True:
        batch = list(islice(texts, _BATCH))
        if batch:
            waiting.append(pool.submit(_split, batch, model, engine))
        if not waiting:
            return
        if not batch or len(waiting) > ahead:
            yield from waiting.popleft().result()


def _split(batch: Sequence[Text], model: str, engine: Engine) -> list[Outcome]:
    return [_outcome(text, model, engine) for text in batch]


def _outcome(article: Text, model: str, engine: Engine) -> Outcome:
    text, headline = (article, "") if isinstance(article, str) else article
    try:
        return extract(text, headline=headline, model=model, engine=engine)
    except SplittingFailedError as error:
        return error


def _load(model: str, engine: Engine) -> None:
    """Load what splitting needs before the first article, so that missing files are reported at once."""
    load(model)
    engines.load(engine)
