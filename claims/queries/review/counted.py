"""A queue of which a few claims are shown, and the others are only counted."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Count, QuerySet

from claims.choices import ReviewStatus
from claims.models import ChangedClaim, Claim
from claims.models.base.expressions import Among
from claims.models.base.prepared import Prepared
from claims.models.claims.blind import waiting_blind
from claims.models.claims.querysets import ClaimQuerySet
from claims.queries.claims.conditions import NO_SOURCE
from claims.queries.review.filters import STATE, State, state_of
from claims.queries.review.queue import Queue
from claims.queries.review.rows import QueuedClaim, row_of_text, rows_of


class CountedQueue(Queue):
    """The same queue, whose filters and counts cost as much for five hundred claims as for twenty."""

    @cached_property
    def states(self) -> Counter[State]:
        """How many claims of the text are in which state, counted by the database.

        What somebody is to check blind counts as its reader may see it, and is read claim by claim.
        """
        rows = _STATES.all(self.revision.pk, *self.known)
        numbers: Counter[State] = Counter()
        hides = False
        for *fields, is_blind, number in rows:
            state = State(*fields)
            if is_blind and state.review_status == ReviewStatus.WAITING:
                hides = True
            else:
                numbers[state] += number
        if hides:
            waiting = rows_of(waiting_blind(self._of_text), self.viewer, *self.known)
            numbers.update(map(state_of, waiting))
        return numbers

    @property
    def listed_number(self) -> int:
        """How many claims the filter shows."""
        if self.listing:
            listed = self.listing.claims.filter(revision=self.revision).order_by()
            if self.source:
                listed = listed.filter(
                    source=None if self.source == NO_SOURCE else int(self.source)
                )
            return listed.count()
        return sum(
            number for state, number in self.states.items() if self._holds(self.shown, state)
        )

    def row(self, claim_id: int | None) -> QueuedClaim | None:
        """Return the claim with that id, if the text has it."""
        if claim_id is None:
            return None
        return row_of_text(self.revision.pk, claim_id, self.viewer, *self.known)

    def changed_since(self, moment: datetime) -> list[QueuedClaim]:
        """The claims of the text that anybody has changed since then, in reading order."""
        changed = ChangedClaim.objects.filter(
            change__article=self.article, change__created_at__gte=moment
        )
        ids = set(changed.values_list("claim", flat=True).order_by())
        if not ids:
            return []
        return rows_of(self._of_text.filter(pk__in=ids), self.viewer, *self.known)

    def shows(self, claim: QueuedClaim) -> bool:
        """Return whether the filter shows a claim."""
        return claim.pk in self.shown_among([claim])

    def shown_among(self, claims: Sequence[QueuedClaim]) -> set[int]:
        """The ids of those claims that the filter shows."""
        if not self.listing:
            return {one.pk for one in claims if self._holds(self.shown, state_of(one))}
        listed = self.listing.claims.filter(pk__in=[one.pk for one in claims])
        ids = set(listed.order_by().values_list("pk", flat=True))
        return {one.pk for one in claims if one.pk in ids and self._speaks(one)}

    @property
    def _of_text(self) -> ClaimQuerySet:
        return Claim.objects.filter(revision=self.revision)


def _states(revision: int, seen: int, contradicted: int) -> "QuerySet[Claim, tuple[Any, ...]]":
    marks = {"seen": Among("pk", [seen]), "contradicted": Among("pk", [contradicted])}
    marked = Claim.objects.filter(revision=revision).annotate(**marks).order_by()
    return marked.values_list(*STATE, "blind").annotate(number=Count("pk"))


_STATES = Prepared(_states)
