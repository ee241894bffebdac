"""The review queue: an article's claims in the order of the text or another one, with the filter in the address."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, Self
from urllib.parse import parse_qsl, urlencode

from django.contrib.auth.models import User
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from claims.choices import ReviewStatus, Verdict
from claims.errors import FilterNotUnderstoodError
from claims.models import Article, Revision
from claims.models.claims.querysets import ClaimQuerySet
from claims.queries.claims.archive_conditions import known_in
from claims.queries.claims.filters import ClaimFilter
from claims.queries.claims.names import refused
from claims.queries.claims.verdict_counts import VerdictCounts
from claims.queries.review.filters import SHOWN, State, state_of
from claims.queries.review.orders import BY_SOURCE, ORDERS
from claims.queries.review.rows import Placed, QueuedClaim, rows_of_text
from claims.queries.review.sources import (
    SourceCount,
    Sourced,
    is_source,
    listed_by_source,
    source_counts,
    word_of,
)


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
        source: the source whose claims it shows, as an address has it; "" for all.
    """

    article: Article
    revision: Revision
    viewer: User
    shown: str = ""
    listing: Listing | None = None
    order: str = ""
    source: str = ""

    @classmethod
    def of(
        cls,
        article: Article,
        viewer: User,
        show: str = "",
        list_query: str | None = None,
        order: str = "",
        source: str = "",
    ) -> Self:
        """The queue of an article's current text.

        Args:
            article: the article.
            viewer: who looks at it.
            show: the filter, a key of `SHOWN`.
            list_query: the query string of the list of the claims table that it goes through instead, if it does.
            order: the order, a key of `ORDERS`. A list goes through every article in the order of the text.
            source: the source whose claims it shows, as an address has it; "" for all.

        Raises:
            FilterNotUnderstoodError: if there is no such filter or order, or the list's query cannot be understood.
        """
        known = {source} if is_source(source) else set()
        for why in [*refused([show], SHOWN), *refused([order], ORDERS), *refused([source], known)]:
            raise FilterNotUnderstoodError(why=why)
        listing = None
        if list_query is not None:
            chosen = ClaimFilter.of_query(list_query, viewer).understood()
            listing = Listing(chosen.query, chosen.qs)
            order = ""
        return cls(article, article.current_revision(), viewer, show, listing, order, source)

    @cached_property
    def claims(self) -> list[QueuedClaim]:
        """All claims of the text in reading order, including dismissed ones.

        A blind checker sees them without the verdict.
        """
        return rows_of_text(self.revision.pk, self.viewer, *self.known)

    @cached_property
    def known(self) -> tuple[set[int], set[int]]:
        """The ids of the text's claims that were seen before, and of those that are contradicted."""
        return known_in(self.revision)

    @cached_property
    def not_dismissed(self) -> list[QueuedClaim]:
        """Claims that the text shows: all except dismissed ones."""
        return [claim for claim in self.claims if not claim.dismissed]

    @cached_property
    def active(self) -> list[QueuedClaim]:
        """Claims to decide: neither dismissed nor uncheckable."""
        return [claim for claim in self.not_dismissed if claim.checkable]

    @cached_property
    def states(self) -> Counter[State]:
        """How many claims of the text are in which state."""
        return Counter(map(state_of, self.claims))

    @cached_property
    def listed(self) -> list[QueuedClaim]:
        """Claims that the filter shows, in the queue's order."""
        if self.listing:
            listed = self.listing.of_revision(self.revision)
            return [claim for claim in self.claims if claim.pk in listed and self._speaks(claim)]
        shown = (claim for claim in self.claims if self._holds(self.shown, state_of(claim)))
        return sorted(shown, key=self._place)

    @property
    def listed_number(self) -> int:
        """How many claims the filter shows."""
        return len(self.listed)

    def _holds(self, word: str, state: State) -> bool:
        """Return whether a filter shows a claim, among those of the source that the queue shows."""
        return SHOWN[word].holds(state, self.viewer) and self._speaks(state)

    def keeps(self, claim: QueuedClaim) -> list[Verdict]:
        """Return the verdicts with which the queue goes on to show a claim.

        Of a list it is what the list's filter says of verdicts, which is all that a page has to know until the answer.
        """
        if self.listing:
            asked = dict(parse_qsl(self.listing.query)).get("verdict")
            return [verdict for verdict in Verdict if asked in {None, "", verdict.value}]
        state = state_of(claim)._replace(review_status=ReviewStatus.OPEN)
        return [
            verdict
            for verdict in Verdict
            if self._holds(self.shown, state._replace(verdict=verdict.value))
        ]

    def _speaks(self, claim: Sourced) -> bool:
        return self.source in {"", word_of(claim)}

    @cached_property
    def _ranks(self) -> Mapping[int, int]:
        return ORDERS[self.order].ranks(self.revision, self.claims)

    def _place(self, claim: Placed) -> tuple[int, int, int]:
        """Return what sorts a claim in the queue, whether or not the filter shows it."""
        return self._ranks.get(claim.pk, 0), claim.start, claim.pk

    @cached_property
    def verdict_counts(self) -> VerdictCounts:
        """How many claims in work have which verdict."""
        numbers: Counter[str] = Counter()
        for state, number in self.states.items():
            if state.is_active:
                numbers[state.verdict] += number
        return VerdictCounts.of(numbers)

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
        held = {**held, **listed_by_source(self.source)}
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

    def row(self, claim_id: int | None) -> QueuedClaim | None:
        """Return the claim with that id, if the text has it."""
        return next((claim for claim in self.claims if claim.pk == claim_id), None)

    def shows(self, claim: QueuedClaim) -> bool:
        """Return whether the filter shows a claim."""
        return claim in self.listed

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
        return any(state.seen for state in self.states if state.is_active)

    @property
    def orders(self) -> Iterator[OrderChoice]:
        """Every order, where there are claims that another one than that of the text would move."""
        active = [state for state in self.states if state.is_active]
        known = any(state.seen or state.contradicted for state in active)
        several = len({state.source_id for state in active}) > 1
        if self.listing or not (known or several or self.order):
            return
        for word, order in ORDERS.items():
            would_move = several if word == BY_SOURCE else known or not word
            if would_move or word == self.order:
                yield OrderChoice(word, order.label, current=word == self.order)

    @property
    def sources(self) -> list[SourceCount]:
        """The sources of the claims in work, in the order of the text."""
        return list(source_counts(self.active, self.source))

    @property
    def filter_counts(self) -> Iterator[FilterCount]:
        """Every filter that shows something, with its number of claims."""
        if self.listing:
            yield FilterCount(None, _("From the list"), self.listed_number, current=True)
        for word, shown in SHOWN.items():
            number = sum(
                number for state, number in self.states.items() if self._holds(word, state)
            )
            if number or shown.always or word == self.shown:
                current = word == self.shown and not self.listing
                yield FilterCount(word, shown.label, number, current)
