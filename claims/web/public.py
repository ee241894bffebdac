"""Public pages: published reports that a chief editor has made public. There are none without PUBLIC_URL."""

from datetime import datetime
from functools import wraps
from typing import Any, cast

from csp.constants import NONE
from csp.decorators import csp
from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap as sitemap_view
from django.contrib.syndication.views import Feed as BaseFeed
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import linebreaks
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from claims.models import Newsroom, Report, ReportedClaim
from claims.queries.reports.editions import frozen_edition
from claims.queries.reports.feed import FeedEntry, feed_entries
from claims.renderers import FORMATS
from claims.renderers.data.claimreview import review_of, script_safe
from claims.renderers.documents import html_page
from claims.renderers.labels import LANGUAGE
from claims.renderers.public import for_public, of_claim
from claims.renderers.types import Edition
from claims.web.components.paging import page_of
from claims.web.reports.views import as_download
from claims.web.site.requests import View, policy

_FORMATS = ("json", "pdf")
"""In which formats everyone may take a report along."""
_NEWEST = 30
"""How many reports the feed tells of."""

_POLICY = policy(
    csp(
        {
            "default-src": [NONE],
            "style-src": [html_page.style_hash()],
            "img-src": ["data:"],
            "frame-ancestors": [NONE],
        }
    )
)


def _everybody(view: View) -> View:
    """Make a view public, and return 404 while no public address is set."""

    @require_GET
    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.PUBLIC_URL:
            raise Http404
        # In the language of the reports and not of the reader's browser: one address has one text.
        with translation.override(LANGUAGE):
            return view(request, *args, **kwargs)

    return page


@require_GET
def robots(_request: HttpRequest) -> HttpResponse:
    """Return robots.txt, which allows search engines the public pages, if there are any."""
    lines = ["User-agent: *"]
    if settings.PUBLIC_URL:
        public = reverse("public-reports")
        lines += [f"Allow: {public}", f"Allow: {settings.STATIC_URL}"]
    lines.append("Disallow: /")
    if settings.PUBLIC_URL:
        lines.append(f"Sitemap: {settings.PUBLIC_URL}{reverse('public-sitemap')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


@require_GET
@cache_control(max_age=24 * 3600)
def favicon(_request: HttpRequest) -> HttpResponse:
    """Redirect the traditional address of the icon."""
    return redirect(static("claims/icon.svg"))


@_everybody
def index(request: HttpRequest) -> HttpResponse:
    """List the public reports, newest first."""
    context = {
        "newsroom": Newsroom.current(),
        "page": page_of(
            request,
            Report.objects.public().defer("claim_ids"),
            by="-published_at",
            always_set=True,
        ),
    }
    return render(request, "public/index.html", context)


@_everybody
@_POLICY
def report(_request: HttpRequest, pk: int) -> HttpResponseBase:
    """A public report, whole."""
    edition = _public(pk)
    return StreamingHttpResponse(
        html_page.write(edition, files=_files(pk)), content_type=html_page.FORMAT.content_type
    )


@_everybody
@_POLICY
def claim(_request: HttpRequest, pk: int, claim: int) -> HttpResponseBase:
    """Show one claim of a public report, with its markup for search engines."""
    try:
        edition = of_claim(_public(pk), claim)
    except KeyError:
        raise Http404 from None
    return StreamingHttpResponse(
        html_page.write(edition, markup=_markup(edition), files=_files(pk)),
        content_type=html_page.FORMAT.content_type,
    )


@_everybody
def report_file(_request: HttpRequest, pk: int, key: str) -> HttpResponseBase:
    """Download a public report, with the same content as its page."""
    if key not in _FORMATS:
        raise Http404
    return as_download(_public(pk), key, f"report-{pk}")


def _files(pk: int) -> dict[str, str]:
    """Return the addresses of a public report's files, by their format's label."""
    return {FORMATS[key].label: reverse("public-report-file", args=[pk, key]) for key in _FORMATS}


def _markup(edition: Edition) -> str:
    """Return a claim's markup for search engines; "" if the rules do not allow it."""
    (line,) = edition.report.lines
    review = review_of(edition, line)
    return script_safe(review) if isinstance(review, dict) else ""


def _public(pk: int) -> Edition:
    return for_public(frozen_edition(get_object_or_404(Report.objects.public(), pk=pk)))


class _Atom(BaseFeed[FeedEntry, None]):
    """Published and corrected reports, newest first."""

    feed_type = Atom1Feed

    def title(self) -> str:
        """The newsroom's name."""
        return Newsroom.current().name or _("Verification reports")

    def link(self) -> str:
        """The address of the list."""
        return f"{settings.PUBLIC_URL}{reverse('public-reports')}"

    def feed_url(self) -> str:
        """The feed's own address."""
        return f"{settings.PUBLIC_URL}{reverse('public-feed')}"

    def items(self) -> list[FeedEntry]:
        """The reports with their corrections."""
        return feed_entries(_NEWEST)

    def item_title(self, item: FeedEntry) -> str:
        """The report's title."""
        return item.report.title

    def item_description(self, item: FeedEntry) -> str:
        """The number of claims, and its corrections. How the claims were selected stays internal."""
        number = item.report.number_of_claims
        claims = ngettext("%(number)s claim", "%(number)s claims", number) % {"number": number}
        notices = (_("Correction: %(notice)s") % {"notice": notice} for notice in item.notices)
        # The feed says that this is HTML.
        return linebreaks("\n\n".join((claims, *notices)), autoescape=True)

    def item_link(self, item: FeedEntry) -> str:
        """Its page."""
        return item.report.public_address

    def item_guid(self, item: FeedEntry) -> str:
        """The same: it stays."""
        return item.report.public_address

    def item_pubdate(self, item: FeedEntry) -> datetime | None:
        """When it was published."""
        return item.report.published_at

    def item_updateddate(self, item: FeedEntry) -> datetime:
        """When it was published, or last corrected."""
        return item.changed_at


feed = _everybody(_Atom())


class _Places(Sitemap[Any]):
    """Addresses under the public one."""

    def get_domain(self, site: Any = None) -> str:  # noqa: ARG002 - Django's signature
        """Of the public address, whichever host was asked."""
        return str(settings.PUBLIC_URL.partition("://")[2])

    def get_protocol(self, protocol: str | None = None) -> str:  # noqa: ARG002 - the same
        """The same."""
        return str(settings.PUBLIC_URL.partition("://")[0])


class _Reports(_Places):
    def items(self) -> QuerySet[Report]:
        return Report.objects.public().with_changed_at().defer("claim_ids")

    def location(self, item: Any) -> str:
        return reverse("public-report", args=[item.pk])

    def lastmod(self, item: Any) -> datetime:
        return cast("datetime", item.changed_at)


class _Claims(_Places):
    def items(self) -> QuerySet[ReportedClaim]:
        public = ReportedClaim.objects.filter(report__public=True)
        return public.with_changed_at().order_by("-report_id", "pk")

    def location(self, item: Any) -> str:
        return reverse("public-claim", args=[item.report_id, item.claim_id])

    def lastmod(self, item: Any) -> datetime:
        return cast("datetime", item.changed_at)


@_everybody
def sitemap(request: HttpRequest) -> HttpResponse:
    """Return all public reports and each of their claims, for search engines."""
    return sitemap_view(request, sitemaps={"reports": _Reports, "claims": _Claims})
