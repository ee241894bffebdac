"""Feeds: what was published, corrected, updated and withdrawn, as Atom and as JSON Feed."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import attrgetter
from typing import Any, TypeVar

from django.contrib.syndication.views import Feed as BaseFeed
from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import linebreaks
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.models import Correction, Newsroom, Report, TextCorrection
from claims.models.reports.reports import claim_address
from claims.queries.reports.feed import FeedEntry, feed_entries, told_notices, told_texts
from claims.queries.reports.terms import current_language, in_language
from claims.renderers.documents.prose import prose, words_of
from claims.renderers.xml_text import legal
from claims.web.public.heads import address_of
from claims.web.public.serving import everybody

T = TypeVar("T")
Of = TypeVar("Of")

NEWEST = 30
"""How many reports, notices and withdrawals the feeds tell of."""


@dataclass(frozen=True, slots=True)
class Item:
    """Something that a feed tells of, in a language. Its `key` stays; `texts` are its paragraphs."""

    key: str
    language: str
    address: str
    title: str
    texts: tuple[str, ...]
    published_at: datetime
    updated_at: datetime


def items() -> list[Item]:
    """Return what the feeds tell of, the newest first."""
    found = [
        *(_in(one.report.language, _of_report, one) for one in feed_entries(NEWEST)),
        *(_in(one.language, _of_notice, one) for one in told_notices(NEWEST)),
        *(_in(one.report.language, _of_text, one) for one in told_texts(NEWEST)),
        *(_in(one.language, _of_withdrawal, one) for one in Report.objects.withdrawn()[:NEWEST]),
    ]
    return sorted(found, key=attrgetter("updated_at"), reverse=True)[:NEWEST]


def _in(language: str, made: Callable[[T], Item], told: T) -> Item:
    """Return an item in the language of what it tells."""
    with in_language(language):
        return made(told)


def _of_report(entry: FeedEntry) -> Item:
    """Its lede, the number of claims, and its notices. How the claims were selected stays internal."""
    report = entry.report
    number = report.number_of_claims
    return Item(
        key=report.public_address,
        language=report.language,
        address=report.public_address,
        title=report.title,
        texts=(
            *filter(None, (words_of(prose(report.lede)),)),
            ngettext("%(number)s claim", "%(number)s claims", number) % {"number": number},
            *(_told(notice) for notice in entry.notices),
            *(
                _("Correction: %(notice)s") % {"notice": one.notice}
                for one in entry.text_corrections
            ),
        ),
        published_at=report.published_at or entry.changed_at,
        updated_at=entry.changed_at,
    )


def _told(notice: Correction) -> str:
    words = _("Update: %(notice)s") if notice.is_update else _("Correction: %(notice)s")
    return words % {"notice": notice.notice}


def _of_notice(notice: Correction) -> Item:
    address = claim_address(notice.reported.claim_id)
    told_of = json.loads(notice.data)["statement"] if notice.data else notice.reported.report.title
    words = _("Update: %(claim)s") if notice.is_update else _("Correction: %(claim)s")
    at = notice.published_at or notice.decision.decided_at
    return Item(
        # A claim has one notice at a time, in all reports with it; several may be on one decision.
        key=f"{address}#notice-{at.astimezone(UTC):%Y%m%dT%H%M%S%f}",
        language=notice.language,
        address=address,
        title=words % {"claim": told_of},
        texts=(notice.notice,),
        published_at=at,
        updated_at=notice.told_at or at,
    )


def _of_text(told: TextCorrection) -> Item:
    address = told.report.future_address
    return Item(
        key=f"{address}#text-{told.pk}",
        language=told.report.language,
        address=address,
        title=_("Correction: %(claim)s") % {"claim": told.report.title},
        texts=(told.notice,),
        published_at=told.published_at,
        updated_at=told.published_at,
    )


def _of_withdrawal(report: Report) -> Item:
    at = report.withdrawn_at or report.created_at
    return Item(
        key=f"{report.future_address}#withdrawn",
        language=report.language,
        address=report.future_address,
        title=_("Withdrawn: report no. %(number)s") % {"number": report.pk},
        texts=(report.withdrawal,),
        published_at=at,
        updated_at=at,
    )


def _title() -> str:
    return Newsroom.current().name or _("Verification reports")


def _home() -> str:
    return address_of("public-reports")


class _Entries(Atom1Feed):
    """Atom, with the language of each entry."""

    def item_attributes(self, item: Any) -> dict[str, str]:
        return {**super().item_attributes(item), "xml:lang": item["language"]}


class FeedOf(BaseFeed[Item, Of]):
    """An Atom feed of items, of the newsroom's."""

    feed_type = _Entries

    @property
    def language(self) -> str:  # type: ignore[override]  # it may change
        """That of the site."""
        return current_language()

    def item_extra_kwargs(self, item: Item) -> dict[str, Any]:
        """Its language."""
        return {"language": item.language}

    def author_name(self) -> str:
        """The newsroom: nobody's own name is public."""
        return _title()

    def author_link(self) -> str:
        """Its public pages."""
        return _home()

    def item_title(self, item: Item) -> str:
        """Its title."""
        return legal(item.title)

    def item_description(self, item: Item) -> str:
        """Its texts. The feed says that this is HTML."""
        return linebreaks(legal("\n\n".join(item.texts)), autoescape=True)

    def item_link(self, item: Item) -> str:
        """Its page."""
        return item.address

    def item_guid(self, item: Item) -> str:
        """What stays the same of it."""
        return item.key

    def item_pubdate(self, item: Item) -> datetime:
        """When it was published."""
        return item.published_at

    def item_updateddate(self, item: Item) -> datetime:
        """When readers were last told something about it."""
        return item.updated_at


class _Atom(FeedOf[None]):
    """Published, corrected and withdrawn reports, newest first."""

    def title(self) -> str:
        """The newsroom's name."""
        return _title()

    def link(self) -> str:
        """The address of the list."""
        return _home()

    def feed_url(self) -> str:
        """The feed's own address."""
        return address_of("public-feed")

    def items(self) -> list[Item]:
        """What it tells of."""
        return items()


atom = everybody()(_Atom())


@everybody()
def json_feed(_request: HttpRequest) -> HttpResponse:
    """Return the same as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""
    author = {"name": _title(), "url": _home()}
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _title(),
        "home_page_url": _home(),
        "feed_url": address_of("public-json-feed"),
        "language": current_language(),
        "authors": [author],
        "items": list(_json_items()),
    }
    return HttpResponse(
        json.dumps(feed, ensure_ascii=False), content_type="application/feed+json; charset=utf-8"
    )


def _json_items() -> Iterator[dict[str, Any]]:
    for item in items():
        yield {
            "id": item.key,
            "url": item.address,
            "title": item.title,
            "language": item.language,
            "content_text": "\n\n".join(item.texts),
            "summary": item.texts[0],
            "date_published": item.published_at.isoformat(),
            "date_modified": item.updated_at.isoformat(),
        }
