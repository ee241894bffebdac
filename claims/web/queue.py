"""The review queue: an article's claims in reading order, under the filter in the address."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import Prefetch
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from claims.choices import Verdict
from claims.models import Article, Claim, Decision, Evidence, Revision


@dataclass(frozen=True)
class Filter:
    """One filter as a page offers it: its label, its address, how many claims it shows."""

    label: str
    url: str
    number: int
    current: bool


@dataclass
class Queue:
    """One article's claims as an editor goes through them.

    Attributes:
        article: the article.
        revision: its current text.
        verdict: the filter: only claims with this verdict, or "" for all.
    """

    article: Article
    revision: Revision
    verdict: str

    @classmethod
    def of(cls, request: HttpRequest, article: Article) -> "Queue":
        """The queue that the address names. An unknown filter counts as none."""
        verdict = request.GET.get("verdict", "")
        return cls(
            article, article.current_revision(), verdict if verdict in Verdict.values else ""
        )

    @cached_property
    def claims(self) -> list[Claim]:
        """All claims of the text in reading order, with their sources."""
        return list(
            Claim.objects.filter(revision=self.revision).in_reading_order().select_related("source")
        )

    @cached_property
    def listed(self) -> list[Claim]:
        """Those that the filter shows."""
        return [claim for claim in self.claims if not self.verdict or claim.verdict == self.verdict]

    @cached_property
    def tally(self) -> dict[str, int]:
        """How many claims have which verdict; every verdict is there."""
        counts = Counter(claim.verdict for claim in self.claims)
        return {verdict.value: counts[verdict.value] for verdict in Verdict}

    @property
    def decided_percent(self) -> int:
        """The share of verified and disputed claims, in whole percent, rounded down: 100 means done."""
        if not self.claims:
            return 100
        return 100 * (len(self.claims) - self.tally[Verdict.PENDING]) // len(self.claims)

    def find(self, claim_id: str | int | None) -> Claim | None:
        """The claim of that id, whatever the filter, or else the first one that the filter shows."""
        for claim in self.claims:
            if str(claim.pk) == str(claim_id):
                return claim
        return self.listed[0] if self.listed else None

    def position(self, claim: Claim) -> int:
        """The claim's place among those listed, counting from 1; 0 if the filter hides it."""
        ids = [listed.pk for listed in self.listed]
        return ids.index(claim.pk) + 1 if claim.pk in ids else 0

    def after(self, claim: Claim) -> Claim | None:
        """The next claim that the filter shows, or None at the end."""
        place = (claim.start, claim.pk)
        return next((other for other in self.listed if (other.start, other.pk) > place), None)

    def before(self, claim: Claim) -> Claim | None:
        """The claim before it that the filter shows, or None at the beginning."""
        place = (claim.start, claim.pk)
        return next(
            (other for other in reversed(self.listed) if (other.start, other.pk) < place), None
        )

    def url(self, claim: Claim | None) -> str:
        """The address of the page with this claim under this filter: what Back and a shared link find."""
        query = {"claim": str(claim.pk)} if claim else {}
        if self.verdict:
            query["verdict"] = self.verdict
        address = reverse("article", args=[self.article.pk])
        return f"{address}?{urlencode(query)}" if query else address

    @property
    def filters(self) -> list["Filter"]:
        """Every filter of the queue with its number of claims."""
        address = reverse("article", args=[self.article.pk])
        everything = Filter(_("All"), address, len(self.claims), current=not self.verdict)
        return [
            everything,
            *(
                Filter(
                    str(verdict.label),
                    f"{address}?{urlencode({'verdict': verdict.value})}",
                    self.tally[verdict.value],
                    current=self.verdict == verdict.value,
                )
                for verdict in Verdict
            ),
        ]

    @property
    def query(self) -> str:
        """The filter as a query string, with its question mark, or ""."""
        return f"?{urlencode({'verdict': self.verdict})}" if self.verdict else ""


def with_record(claim: Claim) -> Claim:
    """The claim read anew with what its panel shows: source, evidence and history, in three queries."""
    return (
        Claim.objects.select_related("source", "revision")
        .prefetch_related(
            Prefetch("evidence", queryset=Evidence.objects.order_by("pk")),
            Prefetch("decisions", queryset=Decision.objects.newest_first()),
        )
        .get(pk=claim.pk)
    )
