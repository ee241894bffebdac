"""Importing many articles: looked up, split and saved in batches, in the order in which they were read."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from time import monotonic

from django.contrib.auth.models import User

from claims.actions import (
    ArrivalResult,
    Decision,
    Policy,
    SplitArticle,
    decide_arrival,
    receive_articles,
    workbench_account,
)
from claims.errors import SplittingFailedError, WorkbenchError
from claims.ingest.types import ArticleDraft
from claims.management.failures import in_words
from claims.management.files import Found, Place
from claims.management.outcomes import OutcomeLine, failure, line_of
from claims.management.splitter_pool import Promise, Splitters
from claims.queries.articles.duplicates import KnownArticle, KnownArticles

LOOKED_UP = 100
"""How many records are looked up together."""
MAX_WAITING = 1_000
"""How many records wait at most, with those that need no splitting."""
BATCH, SECONDS = 50, 2.0
"""How many articles are written together at most, and how long the first of them waits for the others."""


@dataclass(slots=True)
class _Item:
    """An article being imported.

    Attributes:
        place: where it was read.
        draft: the article, if something is to be done with it.
        split: the article with its claims.
        line: what became of it, once that is known.
    """

    place: Place
    draft: ArticleDraft | None = None
    split: SplitArticle | None = None
    line: OutcomeLine | None = None


def import_all(
    found: Iterable[tuple[Place, Found]], *, splitters: Splitters, policy: Policy
) -> Iterator[tuple[Place, OutcomeLine]]:
    """Import articles in the name of the command line.

    Args:
        found: what was read. A little is read ahead.
        splitters: what splits those that are new, or have a new text.
        policy: what is done with those that are here.

    Yields:
        The result for each, in order.

    Raises:
        concurrent.futures.process.BrokenProcessPool: a process was killed.
        WorkbenchError: the splitter's model is missing.
    """
    actor = workbench_account()
    for batch in _batches(_split(_looked_up(found, policy), splitters)):
        yield from _received(actor, batch, policy)


def _looked_up(found: Iterable[tuple[Place, Found]], policy: Policy) -> Iterator[_Item]:
    """Find out what is here already: it is not split."""
    rest = iter(found)
    while some := list(islice(rest, LOOKED_UP)):
        here = KnownArticles([each for _, each in some if isinstance(each, ArticleDraft)])
        for place, each in some:
            if isinstance(each, ArticleDraft):
                yield _decided(place, each, here.find(each), policy)
            else:
                why = in_words(each) if isinstance(each, OSError) else each
                yield _Item(place, line=failure(why))


def _decided(
    place: Place, draft: ArticleDraft, known: KnownArticle | None, policy: Policy
) -> _Item:
    decision = decide_arrival(known, draft, policy)
    if known and decision in {Decision.SKIP, Decision.LEAVE}:
        return _Item(place, line=line_of(ArrivalResult(decision, known.article)))
    return _Item(place, draft)


def _split(items: Iterable[_Item], splitters: Splitters) -> Iterator[_Item]:
    """Have articles split ahead of their turn, a few at a time."""
    waiting: deque[tuple[_Item, Promise | None]] = deque()
    promised = 0
    for item in items:
        draft = item.draft
        promise = splitters.begin(draft.body, draft.headline) if draft else None
        waiting.append((item, promise))
        promised += promise is not None
        while waiting and (
            promised > splitters.ahead or len(waiting) > MAX_WAITING or _is_ready(waiting[0][1])
        ):
            promised -= waiting[0][1] is not None
            yield _done(*waiting.popleft())
    while waiting:
        yield _done(*waiting.popleft())


def _is_ready(promise: Promise | None) -> bool:
    return promise is None or promise.is_kept


def _done(item: _Item, promise: Promise | None) -> _Item:
    """Wait for an article's claims."""
    if item.draft and promise:
        try:
            item.split = SplitArticle(item.draft, promise.claims())
        except SplittingFailedError as error:
            item.draft, item.line = None, failure(error)
    return item


def _batches(items: Iterable[_Item]) -> Iterator[list[_Item]]:
    """Put together what is written together, with what needs no writing and came in between."""
    batch: list[_Item] = []
    articles, since = 0, 0.0
    for item in items:
        batch.append(item)
        if item.draft:
            since = since if articles else monotonic()
            articles += 1
        if not articles or articles >= BATCH or monotonic() - since > SECONDS:
            yield batch
            batch, articles = [], 0
    yield batch


def _received(
    actor: User, batch: Sequence[_Item], policy: Policy
) -> Iterator[tuple[Place, OutcomeLine]]:
    """Write a batch, and say what became of each."""
    split = [item.split for item in batch if item.split]
    results = iter(receive_articles(actor=actor, articles=split, policy=policy) if split else ())
    for item in batch:
        yield item.place, item.line or _told(next(results))


def _told(result: ArrivalResult | WorkbenchError) -> OutcomeLine:
    return line_of(result) if isinstance(result, ArrivalResult) else failure(result)
