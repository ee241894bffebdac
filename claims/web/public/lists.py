"""The checks of one source, topic or desk: each list as a page and as a feed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from claims.choices import Verdict
from claims.models import PublicClaim
from claims.models.reports.public_claims import PublicClaimQuerySet
from claims.models.reports.reports import claim_address
from claims.queries.reports.public_site import (
    claims_from,
    claims_on,
    public_desks,
    public_source,
    public_topics,
)
from claims.queries.reports.terms import in_language, term_of
from claims.web.public.checks import checks_page
from claims.web.public.feeds import NEWEST, FeedOf, Item
from claims.web.public.heads import address_of, head_of
from claims.web.public.serving import context, everybody
from claims.web.site.requests import View


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of public claims: the name of its page's address, what that takes, its title, and the claims."""

    name: str
    pk: int
    title: str
    claims: PublicClaimQuerySet

    @property
    def address(self) -> str:
        """The address of its page."""
        return address_of(self.name, self.pk)

    @property
    def feed(self) -> str:
        """The address of its feed."""
        return address_of(f"{self.name}-feed", self.pk)


Find = Callable[[int], Listed | None]


def of_source(pk: int) -> Listed | None:
    """Return the checks of claims by one source."""
    found = public_source(pk)
    if found is None:
        return None
    title = _("Claims by %(source)s") % {"source": found.name}
    return Listed("public-source", pk, title, found.claims)


def on_topic(pk: int) -> Listed | None:
    """Return the checks of claims with a tag that the newsroom shows to everyone."""
    found = public_topics().filter(pk=pk).first()
    if found is None:
        return None
    title = _("Claims on %(topic)s") % {"topic": found.name}
    return Listed("public-topic", pk, title, claims_on(found))


def of_desk(pk: int) -> Listed | None:
    """Return the checks of claims in the articles of a desk that the newsroom shows to everyone."""
    found = public_desks().filter(pk=pk).first()
    if found is None:
        return None
    title = _("Claims checked by the %(desk)s desk") % {"desk": found.name}
    return Listed("public-desk", pk, title, claims_from(found))


def _page(find: Find, *, kept: bool) -> View:
    @everybody(kept=kept, page=str)
    def page(request: HttpRequest, pk: int) -> HttpResponse:
        listed = _found(find, pk)
        head = head_of(listed.name, listed.title, listed.title, pk)
        shown = context(head=head, feed=listed.feed, checks=checks_page(request, listed.claims))
        return render(request, "public/check_list.html", shown)

    return page


def _found(find: Find, pk: int) -> Listed:
    listed = find(pk)
    if listed is None:
        raise Http404
    return listed


class _Feed(FeedOf[Listed]):
    """The claims of a list of which readers were told last."""

    def __init__(self, find: Find) -> None:
        self.find = find

    def get_object(self, _request: HttpRequest, pk: int) -> Listed:
        """The list, if it is public."""
        return _found(self.find, pk)

    def title(self, listed: Listed) -> str:
        """That of its page."""
        return listed.title

    def link(self, listed: Listed) -> str:
        """Its page."""
        return listed.address

    def feed_url(self, listed: Listed) -> str:
        """Its own address."""
        return listed.feed

    def items(self, listed: Listed) -> list[Item]:
        """One item for each claim."""
        newest = listed.claims.newest().select_related("report")
        return [_item(claim) for claim in newest.defer("report__claim_ids")[:NEWEST]]


def _item(claim: PublicClaim) -> Item:
    """The verdict and the claim, as readers were told, and who made it where."""
    told: datetime = claim.changed_at
    with in_language(claim.report.language):
        verdict = term_of(Verdict(claim.verdict)).label
    address = claim_address(claim.claim_id)
    return Item(
        key=address,
        language=claim.report.language,
        address=address,
        title=f"{verdict}: {claim.statement}",
        texts=tuple(filter(None, (claim.source_name or claim.role, claim.headline, claim.outlet))),
        published_at=claim.report.published_at or told,
        updated_at=told,
    )


source = _page(of_source, kept=True)
topic = _page(on_topic, kept=False)
desk = _page(of_desk, kept=False)
source_feed = everybody()(_Feed(of_source))
topic_feed = everybody(kept=False)(_Feed(on_topic))
desk_feed = everybody(kept=False)(_Feed(of_desk))
