"""Claims that were checked, as the lists of the public site show them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest

from claims.choices import Verdict
from claims.models import PublicClaim
from claims.models.base.keyset import Page
from claims.models.reports.public_claims import PublicClaimQuerySet
from claims.queries.reports.public_site import verdicts_of
from claims.queries.reports.terms import term_of
from claims.renderers.documents.blocks import Mark
from claims.renderers.documents.facts import language_of, mark
from claims.web.components.paging import page_of


@dataclass(frozen=True, slots=True)
class Check:
    """A public claim in a list."""

    claim: PublicClaim

    @property
    def mark(self) -> Mark:
        """Its verdict."""
        return mark(term_of(Verdict(self.claim.verdict)))

    @property
    def language(self) -> str:
        """The language of its words."""
        return language_of(self.claim.language)


@dataclass(frozen=True, slots=True)
class Checks:
    """Some checks of a list, and how many the whole list has with each verdict."""

    rows: Sequence[Check]
    counts: Sequence[tuple[Mark, int]]
    page: Page | None = None

    @property
    def number(self) -> int:
        """How many there are."""
        return sum(number for _mark, number in self.counts)


def checks_page(request: HttpRequest, claims: PublicClaimQuerySet) -> Checks:
    """Return the page of a list that an address names, those of which readers were told last first."""
    page = page_of(request, claims, by="-changed_at")
    return Checks(list(map(Check, page.object_list)), _counts(claims), page)


def checks_among(claims: PublicClaimQuerySet, number: int) -> Checks:
    """Return the first few of a list."""
    return Checks(list(map(Check, claims.newest()[:number])), _counts(claims))


def _counts(claims: PublicClaimQuerySet) -> list[tuple[Mark, int]]:
    counts = verdicts_of(claims).items()
    return [(mark(term_of(verdict)), number) for verdict, number in counts if number]
