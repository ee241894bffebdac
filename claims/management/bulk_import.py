"""Many articles in: looked up, split and written together, in the order in which they were read."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from time import monotonic

from django.contrib.auth.models import User

from claims.actions import Imported, Split, import_articles, workbench_account
from claims.actions.articles.arrival import Became, Brought, bring, is_news, left_alone
from claims.errors import NotKeptError, SplittingFailedError, WorkbenchError
from claims.ingest.types import ArticleDraft
from claims.management.failures import in_words
from claims.management.files import Found, Place
from claims.management.splitter_pool import Promise, Splitters
from claims.queries.articles.duplicates import Here, Text

LOOKED_UP = 100
"""How many records are looked up together."""
MOST_WAITING = 1_000
"""How many records wait at most, with those that need no splitting."""
BATCH, SECONDS = 50, 2.0
"""How many articles are written together at most, and how long the first of them waits for the others."""


@dataclass(slots=True)
class _Item:
    """An article on its way.

    Attributes:
        place: where it was read.
        draft: the article, if something is to be done with it.
        is_new: whether it is to be split.
        split: the article with its claims.
        brought: what became of it, once that is known.
    """

    place: Place
    draft: ArticleDraft | None = None
    is_new: bool = False
    split: Split | None = None
    brought: Brought | None = None


def import_all(
    found: Iterable[tuple[Place, Found]], *, splitters: Splitters, update: bool
) -> Iterator[tuple[Place, Brought]]:
    """Import articles in the name of the command line.

    Args:
        found: what was read. A little is read ahead.
        splitters: what splits the new ones.
        update: whether new texts of articles that are here are taken over. Each article is written alone then.

    Yields:
        For each in turn what became of it.

    Raises:
        concurrent.futures.process.BrokenProcessPool: a process was killed.
        WorkbenchError: the splitter lacks its model.
    """
    actor = workbench_account()
    items = _split(_looked_up(found, update=update), splitters)
    for batch in _batches(items, 1 if update else BATCH):
        yield from _keep(actor, batch, update=update)


def _looked_up(found: Iterable[tuple[Place, Found]], *, update: bool) -> Iterator[_Item]:
    """Find out what is here already: it is not split."""
    rest = iter(found)
    while some := list(islice(rest, LOOKED_UP)):
        here = Here([each for _, each in some if isinstance(each, ArticleDraft)])
        for place, each in some:
            item = _Item(place)
            if isinstance(each, ArticleDraft):
                _look_at(item, each, here, update=update)
            else:
                item.brought = Brought(Became.FAILED, why=_why(each))
            yield item


def _why(problem: WorkbenchError | OSError) -> str:
    return in_words(problem) if isinstance(problem, OSError) else str(problem)


def _look_at(item: _Item, draft: ArticleDraft, here: Here, *, update: bool) -> None:
    there = here.find(draft)
    if there is None or (update and is_news(there, draft)):
        item.draft, item.is_new = draft, there is None
    elif there.text == Text.ANOTHER:
        item.brought = left_alone(there.article)
    else:
        item.brought = Brought(Became.HERE, there.article.pk)


def _split(items: Iterable[_Item], splitters: Splitters) -> Iterator[_Item]:
    """Have new articles split ahead of their turn, a few at a time."""
    waiting: deque[tuple[_Item, Promise | None]] = deque()
    promised = 0
    for item in items:
        promise = splitters.begin(item.draft.body) if item.draft and item.is_new else None
        waiting.append((item, promise))
        promised += promise is not None
        while waiting and (
            promised > splitters.ahead or len(waiting) > MOST_WAITING or _is_ready(waiting[0][1])
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
            item.split = Split(item.draft, promise.claims())
        except SplittingFailedError as error:
            item.draft, item.brought = None, Brought(Became.FAILED, why=str(error))
    return item


def _batches(items: Iterable[_Item], most: int) -> Iterator[list[_Item]]:
    """Put together what is written together, with what needs no writing and came in between."""
    batch: list[_Item] = []
    articles, since = 0, 0.0
    for item in items:
        batch.append(item)
        if item.draft:
            since = since if articles else monotonic()
            articles += 1
        if not articles or articles >= most or monotonic() - since > SECONDS:
            yield batch
            batch, articles = [], 0
    yield batch


def _keep(actor: User, batch: Sequence[_Item], *, update: bool) -> Iterator[tuple[Place, Brought]]:
    """Write a batch, and say what became of each."""
    split = [item.split for item in batch if item.split]
    kept = iter(import_articles(actor=actor, split=split) if split else ())
    for item in batch:
        brought = item.brought or (_told(next(kept)) if item.split else None)
        if item.draft and update and (brought is None or brought.became == Became.LEFT):
            brought = _updated(item.draft)
        if brought:
            yield item.place, brought


def _told(kept: Imported | NotKeptError) -> Brought:
    if isinstance(kept, NotKeptError):
        return Brought(Became.FAILED, why=str(kept))
    if kept.left_alone:
        return left_alone(kept.article)
    return Brought(Became.IMPORTED if kept.created else Became.HERE, kept.article.pk)


def _updated(draft: ArticleDraft) -> Brought:
    try:
        return bring(draft, update=True)
    except WorkbenchError as error:
        return Brought(Became.FAILED, why=str(error))
