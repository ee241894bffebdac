"""Queries for claims."""

from typing import TYPE_CHECKING, Self

from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from claims.choices import ReviewStatus, Verdict
from claims.models.articles import Article
from claims.models.search import Searchable

if TYPE_CHECKING:
    from claims.models.claims.claim import Claim


class ClaimQuerySet(Searchable["Claim"]):
    """Queries for claims."""

    def of_article(self, article: Article) -> Self:
        """The claims of one article."""
        return self.filter(revision__article=article)

    def not_dismissed(self) -> Self:
        """Claims that have not been dismissed."""
        return self.filter(dismissed=False)

    def active(self) -> Self:
        """Active claims, which are checked, counted and reported: all but those dismissed or not checkable."""
        return self.not_dismissed().filter(checkable=True)

    def in_reading_order(self) -> Self:
        """In the order of the text; the order is total."""
        return self.order_by("revision", "start", "pk")

    def after(self, claim: "Claim") -> Self:
        """Claims that follow a claim in reading order."""
        return self.filter(Q(start__gt=claim.start) | Q(start=claim.start, pk__gt=claim.pk))

    def before(self, claim: "Claim") -> Self:
        """Claims that precede a claim in reading order."""
        return self.filter(Q(start__lt=claim.start) | Q(start=claim.start, pk__lt=claim.pk))

    def pending(self) -> Self:
        """Claims without a verdict yet."""
        return self.filter(verdict=Verdict.PENDING)

    def to_decide(self) -> Self:
        """Claims that an editor still has to decide: pending ones, and those sent back."""
        return self.filter(Q(verdict=Verdict.PENDING) | Q(review_status=ReviewStatus.SENT_BACK))

    def decided(self) -> Self:
        """Verified or disputed claims."""
        return self.exclude(verdict=Verdict.PENDING)

    def untouched(self) -> Self:
        """Claims as the splitter proposed them, which nobody has reviewed yet."""
        return self.filter(touched_at=None)

    def with_stale_copies(self) -> Self:
        """Claims whose copies of fields of their article or source are out of date. There should be none."""
        article = "revision__article"
        return self.annotate(
            listed=Coalesce(f"{article}__published_at", f"{article}__imported_at"),
            kind=Coalesce("source__kind", Value("")),
        ).exclude(
            Q(listed_at=F("listed"))
            & Q(source_kind=F("kind"))
            & (Q(outlet=F(f"{article}__outlet")) | Q(outlet=None, revision__article__outlet=None))
        )
