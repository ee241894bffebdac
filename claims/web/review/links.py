"""The review queue with its addresses."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, TypeVar
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

from claims.access import signed_in
from claims.actions import next_steps
from claims.models import Article, Change, Claim
from claims.queries.claims.filters import LIST
from claims.queries.review.counted import CountedQueue
from claims.queries.review.orders import ORDER, ORDERS
from claims.queries.review.queue import END, ClaimPlace, Listing, Queue
from claims.queries.review.rows import Placed
from claims.queries.review.sources import SOURCE, SourceCount, word_of
from claims.web.site.numbers import template_of

_ORDERS = "queue_orders"
"""What a session calls the orders that its person chose, by article."""
_MOST_ORDERS = 100
"""Of how many articles a session remembers the order, those chosen last."""


@dataclass(frozen=True)
class Filter:
    """One filter as a page offers it: its label, its address, how many claims it shows."""

    label: str | Promise
    url: str
    number: int
    current: bool


@dataclass(frozen=True)
class OrderLink:
    """One order of the queue as a page offers it: its label, and the address that chooses it."""

    label: str | Promise
    url: str
    current: bool


class SourceLink(NamedTuple):
    """One source of the queue as a page offers it: with its claims, and the address that shows these alone."""

    source: SourceCount
    url: str


class LinkedQueue(Queue):
    """A queue whose claims have addresses: pages and panels under its filter, which Back and a shared link find."""

    @cached_property
    def query(self) -> str:
        """The filter as a query string, with its question mark, or ""."""
        return self._query_of(self.source)

    def _query_of(self, source: str, shown: str | None = None) -> str:
        """Return the query string of a source's claims, under another filter or, without one, under the queue's own."""
        own = {LIST: self.listing.query} if self.listing else {"show": self.shown}
        chosen = own if shown is None else {"show": shown}
        kept = {name: word for name, word in {**chosen, SOURCE: source}.items() if word}
        return f"?{urlencode(kept)}" if kept else ""

    @cached_property
    def steps(self) -> tuple[Change | None, Change | None]:
        """The changes that the viewer's next undo and redo would reverse."""
        return next_steps(actor=self.viewer, article=self.article)

    @cached_property
    def home(self) -> str:
        """The address of the article under this filter, with no claim chosen."""
        return self._article + self.query

    def url(self, claim: Placed) -> str:
        """The address of the page with this claim."""
        return self._page.format(claim.pk)

    def part(self, claim: Placed) -> str:
        """The address of the claim's panel alone."""
        return self._part.format(claim.pk)

    @property
    def end(self) -> str:
        """The address behind the last claim."""
        return self._page.format(END)

    @property
    def onward(self) -> str | None:
        """Where a list goes on, in another article, after the last claim of this one."""
        place = self.next_article
        return url_in_list(place, self.listing) if place and self.listing else None

    @property
    def filters(self) -> list[Filter]:
        """Every filter that shows something, with its address."""
        return [
            Filter(
                one.label,
                self._article + self._query_of(self.source, one.word),
                one.number,
                one.current,
            )
            for one in self.filter_counts
        ]

    @property
    def order_links(self) -> list[OrderLink]:
        """Every order with its address, where another one than that of the text would move a claim."""
        joined = "&" if self.query else "?"
        return [
            OrderLink(one.label, f"{self.home}{joined}{ORDER}={one.word}", one.current)
            for one in self.orders
        ]

    @property
    def source_links(self) -> list[SourceLink]:
        """Every source with the address that shows its claims alone, under the same filter."""
        return [SourceLink(one, self._article + self._query_of(one.word)) for one in self.sources]

    @property
    def every_source(self) -> str:
        """The address that shows the claims of all sources, under the same filter."""
        return self._article + self._query_of("")

    def source_switch(self, claim: Claim) -> str:
        """The address of a claim among those of its source alone, or of all sources if the queue shows only these."""
        query = self._query_of("" if self.source else word_of(claim))
        return f"{self._article}?claim={claim.pk}{query.replace('?', '&')}"

    # Looked up once each: a long article has a thousand such links.
    @cached_property
    def _article(self) -> str:
        return reverse("article", args=[self.article.pk])

    @cached_property
    def _page(self) -> str:
        return f"{self._article}?claim={{}}{self.query.replace('?', '&')}"

    @cached_property
    def _part(self) -> str:
        return template_of("claim") + self.query


class CountedLinks(CountedQueue, LinkedQueue):
    """The same, for an answer that shows a few claims of it."""


_Kind = TypeVar("_Kind", bound=LinkedQueue)


def queue_of(request: HttpRequest, article: Article, kind: type[_Kind]) -> _Kind:
    """The queue of an article that the address names, in the order that its reader chose for this article last.

    Args:
        request: the request, whose address names the filter.
        article: the article.
        kind: what kind of queue: one with all its claims, or one that counts them.

    Raises:
        FilterNotUnderstoodError: if it names a filter or an order that does not exist.
    """
    show, list_query = request.GET.get("show", ""), request.GET.get(LIST)
    order = request.GET.get(ORDER)
    queue = kind.of(
        article,
        signed_in(request.user),
        show,
        list_query,
        _kept_order(request, article) if order is None else order,
        request.GET.get(SOURCE, ""),
    )
    if order is not None:
        keep_order(request, article, order)
    return queue


def _kept_order(request: HttpRequest, article: Article) -> str:
    kept: dict[str, str] = request.session.get(_ORDERS, {})
    order = kept.get(str(article.pk), "")
    return order if order in ORDERS else ""


def keep_order(request: HttpRequest, article: Article, order: str) -> None:
    """Remember in which order a person goes through an article, for as long as they stay logged in."""
    kept: dict[str, str] = request.session.get(_ORDERS, {})
    others = {key: value for key, value in kept.items() if key != str(article.pk)}
    newest = [*others.items(), (str(article.pk), order)] if order else [*others.items()]
    request.session[_ORDERS] = dict(newest[-_MOST_ORDERS:])


def url_in_list(place: ClaimPlace, listing: Listing) -> str:
    """The address of a claim in the queue that goes through a list."""
    address = reverse("article", args=[place.article])
    return f"{address}?{urlencode({'claim': place.claim, LIST: listing.query})}"
