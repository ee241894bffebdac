"""The review queue: an article's claims in the order of the text or another one, with the filter in the address."""

import json
from collections import Counter
from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, Self
from urllib.parse import parse_qsl, urlencode

from django.contrib.auth.models import User
from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from claims.choices import Verdict
from claims.errors import FilterNotUnderstoodError
from claims.models import Article, Claim, Revision
from claims.models.claims.blind import hidden_among
from claims.models.claims.querysets import ClaimQuerySet
from claims.queries.claims.archive_conditions import known_in
from claims.queries.claims.filters import ClaimFilter
from claims.queries.claims.names import refused
from claims.queries.claims.verdict_counts import VerdictCounts, counted_rows
from claims.queries.review.filters import SHOWN, state_of
from claims.queries.review.orders import ORDERS
from claims.queries.review.rows import COLUMNS, Placed, QueuedClaim


class FilterCount(NamedTuple):
    """One filter as a page offers it.

    Attributes:
        word: its key in `SHOWN`; None for the list that the queue goes through.
        label: its name.
        number: how many claims it shows.
        current: whether it is the queue's own.
    """

    word: str | None
    label: str | Promise
    number: int
    current: bool


class OrderChoice(NamedTuple):
    """One order as a page offers it: its key in `ORDERS`, its name, and whether it is the queue's own."""

    word: str
    label: str | Promise
    current: bool


class ClaimPlace(NamedTuple):
    """Where a claim of another article is reviewed, by their ids."""

    article: int
    claim: int


END = "end"
"""What the address has in a claim's place behind the last one."""


@dataclass(frozen=True)
class Listing:
    """A list of claims that a queue goes through, article by article, the latest published first.

    Attributes:
        query: the filter as in the list's address.
        claims: the listed claims, of all articles.
    """

    query: str
    claims: ClaimQuerySet

    def of_revision(self, revision: Revision) -> set[int]:
        """Return the ids of a text's listed claims."""
        return set(self.claims.filter(revision=revision).order_by().values_list("pk", flat=True))

    def after(self, article: Article, revision: Revision) -> ClaimPlace | None:
        """The first listed claim of the next article that has one."""
        at = article.published_at or article.imported_at
        later = self.claims.filter(listed_at__lte=at).exclude(
            listed_at=at, revision__gte=revision.pk
        )
        order = ("-listed_at", "-revision_id", "start", "pk")
        found = later.order_by(*order).values_list("revision__article", "pk").first()
        return ClaimPlace(*found) if found else None


@dataclass
class Queue:
    """One article's claims as an editor goes through them.

    Attributes:
        article: the article.
        revision: its current text.
        viewer: the person who sees it.
        shown: the filter, a key of `SHOWN`.
        listing: the list of claims that it goes through instead, if any.
        order: its order, a key of `ORDERS`.
    """

    article: Article
    revision: Revision
    viewer: User
    shown: str = ""
    listing: Listing | None = None
    order: str = ""

    @classmethod
    def of(
        cls,
        article: Article,
        viewer: User,
        show: str = "",
        list_query: str | None = None,
        order: str = "",
    ) -> Self:
        """The queue of an article's current text.

        Args:
            article: the article.
            viewer: who looks at it.
            show: the filter, a key of `SHOWN`.
            list_query: the query string of the list of the claims table that it goes through instead, if it does.
            order: the order, a key of `ORDERS`. A list goes through every article in the order of the text.

        Raises:
            FilterNotUnderstoodError: if there is no such filter or order, or the list's query cannot be understood.
        """
        for why in [*refused([show], SHOWN), *refused([order], ORDERS)]:
            raise FilterNotUnderstoodError(why=why)
        listing = None
        if list_query is not None:
            chosen = ClaimFilter.of_query(list_query, viewer).understood()
            listing = Listing(chosen.query, chosen.qs)
            order = ""
        return cls(article, article.current_revision(), viewer, show, listing, order)

    @cached_property
    def claims(self) -> list[QueuedClaim]:
        """All claims of the text in reading order, including dismissed ones.

        A blind checker sees them without the verdict.
        """
        claims = Claim.objects.filter(revision=self.revision).in_reading_order()
        said, named = Cast("spans", TextField()), Cast("source_spans", TextField())
        rows = list(claims.annotate(said=said, named=named).values_list(*COLUMNS, "said", "named"))
        # All places are parsed at once, because row by row they took as long as everything else.
        places = (json.loads(f"[{','.join(row[at] for row in rows)}]") for at in (-2, -1))
        seen, contradicted = known_in(self.revision)
        found = [
            QueuedClaim(*[*row[:-2], spans, sources, row[0] in seen, row[0] in contradicted])
            for row, spans, sources in zip(rows, *places, strict=True)
        ]
        hidden = hidden_among(self.viewer, found)
        for claim in found:
            if claim.pk in hidden:
                claim.verdict = Verdict.PENDING
        return found

    @cached_property
    def not_dismissed(self) -> list[QueuedClaim]:
        """Claims that the text shows: all except dismissed ones."""
        return [claim for claim in self.claims if not claim.dismissed]

    @cached_property
    def active(self) -> list[QueuedClaim]:
        """Claims to decide: neither dismissed nor uncheckable."""
        return [claim for claim in self.not_dismissed if claim.checkable]

    @cached_property
    def listed(self) -> list[QueuedClaim]:
        """Claims that the filter shows, in the queue's order."""
        if self.listing:
            listed = self.listing.of_revision(self.revision)
            return [claim for claim in self.claims if claim.pk in listed]
        holds = SHOWN[self.shown].holds
        shown = (claim for claim in self.claims if holds(claim, self.viewer))
        return sorted(shown, key=self._place)

    @cached_property
    def _matched(self) -> Container[int]:
        return ORDERS[self.order].matched(self.revision)

    def _place(self, claim: Placed) -> tuple[bool, int, int]:
        """Return what sorts a claim in the queue, whether or not the filter shows it."""
        is_last = (claim.pk in self._matched) != ORDERS[self.order].first
        return is_last, claim.start, claim.pk

    @cached_property
    def verdict_counts(self) -> VerdictCounts:
        """How many claims in work have which verdict."""
        return counted_rows(self.active)

    @property
    def decided_percent(self) -> int:
        """The share of verified and disputed claims, in whole percent, rounded down: 100 means done."""
        return (
            100 * self.verdict_counts.decided // self.verdict_counts.total
            if self.verdict_counts.total
            else 100
        )

    @property
    def listed_by(self) -> str:
        """The filter of the claims table that lists just what this queue shows, and no other article's claims."""
        held = dict(parse_qsl(self.listing.query)) if self.listing else SHOWN[self.shown].listed
        return urlencode({**held, "article": self.article.pk, "revision": self.revision.pk})

    def find(self, claim_id: str | int | None) -> QueuedClaim | None:
        """Return the claim with that id, whatever the filter, or else the first one that the filter shows.

        None after the last claim, and if the filter shows none.
        """
        if claim_id == END:
            return None
        for claim in self.claims:
            if str(claim.pk) == str(claim_id):
                return claim
        return self.listed[0] if self.listed else None

    def position(self, claim: Placed) -> int:
        """The claim's place among those listed, counting from 1; 0 if the filter hides it."""
        ids = [listed.pk for listed in self.listed]
        return ids.index(claim.pk) + 1 if claim.pk in ids else 0

    def after(self, claim: Placed) -> QueuedClaim | None:
        """The next claim that the filter shows; None at the end."""
        place = self._place(claim)
        return next((other for other in self.listed if self._place(other) > place), None)

    def next_pending(self, claim: Placed | None) -> QueuedClaim | None:
        """Return the next pending claim that the filter shows, starting over after the last, or None."""
        pending = [other for other in self.listed if other.verdict == Verdict.PENDING]
        if claim is None:
            return next(iter(pending), None)
        place = self._place(claim)
        # Those after the claim come first; each part stays in the queue's order.
        pending.sort(key=lambda other: self._place(other) <= place)
        return next((other for other in pending if other.pk != claim.pk), None)

    @property
    def next_article(self) -> ClaimPlace | None:
        """Where a list goes on, in another article, after the last claim of this one."""
        return self.listing.after(self.article, self.revision) if self.listing else None

    def before(self, claim: Placed) -> QueuedClaim | None:
        """Return the previous claim that the filter shows, or None at the beginning."""
        place = self._place(claim)
        return next((one for one in reversed(self.listed) if self._place(one) < place), None)

    def follower(self, claim: Placed) -> QueuedClaim | None:
        """Return the next claim of the text, whatever the filter, for merging."""
        place = (claim.start, claim.pk)
        return next(
            (other for other in self.not_dismissed if (other.start, other.pk) > place), None
        )

    @property
    def has_seen(self) -> bool:
        """Whether an active claim was seen before."""
        return any(claim.seen for claim in self.active)

    @property
    def orders(self) -> Iterator[OrderChoice]:
        """Every order, where there are claims that another one than that of the text would move."""
        known = any(claim.seen or claim.contradicted for claim in self.active)
        if not self.listing and (known or self.order):
            for word, order in ORDERS.items():
                yield OrderChoice(word, order.label, current=word == self.order)

    @property
    def filter_counts(self) -> Iterator[FilterCount]:
        """Every filter that shows something, with its number of claims."""
        if self.listing:
            yield FilterCount(None, _("From the list"), len(self.listed), current=True)
        # Claims in the same state fall under the same filters: each state is asked about once.
        alike = {state_of(claim): claim for claim in self.claims}
        numbers = Counter(map(state_of, self.claims))
        for word, shown in SHOWN.items():
            number = sum(
                numbers[state] for state, claim in alike.items() if shown.holds(claim, self.viewer)
            )
            if number or shown.always or word == self.shown:
                current = word == self.shown and not self.listing
                yield FilterCount(word, shown.label, number, current)
