"""The orders of the review queue: that of the text, source by source, or what the archive knows first or last."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from claims.choices import MatchRelation
from claims.models import Claim, ClaimMatch, Revision
from claims.queries.review.rows import QueuedClaim
from claims.queries.review.sources import ranks_by_source

ORDER = "order"
"""What an address calls the order of a queue."""
SEEN_FIRST, SEEN_LAST = "seen-first", "seen-last"
"""The orders by what was seen before, as an address has them."""
BY_SOURCE = "by-source"
"""The order source by source."""


@dataclass(frozen=True)
class Order:
    """An order of the queue. Within each part the claims stay in the order of the text.

    Attributes:
        label: its name.
        relation: of which matches it goes by, if it does.
        first: whether claims with such a match come first, or last.
        by_source: whether the claims of a source stand together.
    """

    label: str | Promise
    relation: MatchRelation | None = None
    first: bool = False
    by_source: bool = False

    def ranks(self, revision: Revision, claims: Sequence[QueuedClaim]) -> Mapping[int, int]:
        """Return the part of the queue in which each claim stands, by id. One query, or none without a relation.

        Args:
            revision: the text.
            claims: all its claims, in the order of the text.
        """
        if self.by_source:
            return ranks_by_source(claims)
        matched = self.matched(revision)
        return {claim.pk: int((claim.pk in matched) != self.first) for claim in claims}

    def matched(self, revision: Revision) -> frozenset[int]:
        """Return the ids of a text's claims that come first, or last. One query, or none for the order of the text.

        Matches that somebody has dismissed count as well: no claim changes its place while it is being checked.
        """
        if self.relation is None:
            return frozenset()
        matches = ClaimMatch.objects.filter(relation=self.relation)
        matched = Q(Exists(matches.filter(later=OuterRef("pk")))) | Q(
            Exists(matches.filter(earlier=OuterRef("pk")))
        )
        claims = Claim.objects.filter(matched, revision=revision).order_by()
        return frozenset(claims.values_list("pk", flat=True))


ORDERS: dict[str, Order] = {
    "": Order(_("In the order of the text")),
    BY_SOURCE: Order(_("Source by source"), by_source=True),
    SEEN_FIRST: Order(_("Seen before first"), MatchRelation.SAME, first=True),
    SEEN_LAST: Order(_("Seen before last"), MatchRelation.SAME),
    "contradicted-first": Order(_("Contradicted first"), MatchRelation.CONTRADICTS, first=True),
}
"""The orders by their word in the address."""
