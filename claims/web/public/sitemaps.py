"""What search engines may read: robots.txt, and the sitemaps of the public reports and of the claims with a verdict."""

from datetime import datetime
from typing import Any, cast

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap as sitemap_view
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from claims.models.reports.reports import NOT_LISTED
from claims.queries.reports.feed import public_reports
from claims.queries.reports.public_site import public_claims
from claims.web.public.serving import everybody


@require_safe
@cache_control(max_age=3600)
def robots(_request: HttpRequest) -> HttpResponse:
    """Return robots.txt, which allows search engines the public pages, if there are any."""
    lines = ["User-agent: *"]
    if settings.PUBLIC_URL:
        public = reverse("public-reports")
        # Searches have no end, and cards repeat the pages that they are of.
        lines += [
            f"Disallow: {public}*?q=",
            f"Disallow: {public}*/card/",
            f"Allow: {public}",
            f"Allow: {settings.STATIC_URL}",
        ]
    lines.append("Disallow: /")
    if settings.PUBLIC_URL:
        lines.append(f"Sitemap: {settings.PUBLIC_URL}{reverse('public-sitemap')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


class _Places(Sitemap[Any]):
    """Addresses under the public one."""

    def get_domain(self, site: Any = None) -> str:  # noqa: ARG002 - Django's signature
        """Of the public address, whichever host was asked."""
        return str(settings.PUBLIC_URL.partition("://")[2])

    def get_protocol(self, protocol: str | None = None) -> str:  # noqa: ARG002 - the same
        """The same."""
        return str(settings.PUBLIC_URL.partition("://")[0])


class _Reports(_Places):
    def items(self) -> QuerySet[Any]:
        return public_reports().defer(*NOT_LISTED)

    def location(self, item: Any) -> str:
        return reverse("public-report", args=[item.pk])

    def lastmod(self, item: Any) -> datetime:
        return cast("datetime", item.changed_at)


class _Claims(_Places):
    def items(self) -> QuerySet[Any]:
        return public_claims().order_by("-pk")

    def location(self, item: Any) -> str:
        return reverse("public-claim", args=[item.claim_id])

    def lastmod(self, item: Any) -> datetime:
        return cast("datetime", item.changed_at)


_SECTIONS: dict[str, type[_Places]] = {"reports": _Reports, "claims": _Claims}


@everybody()
def index(request: HttpRequest) -> HttpResponse:
    """Return the index of the sitemaps: a sitemap holds at most 50,000 addresses."""
    places = []
    for section, kind in _SECTIONS.items():
        address = f"{settings.PUBLIC_URL}{reverse('public-sitemap-section', args=[section])}"
        places += [
            address if number == 1 else f"{address}?p={number}"
            for number in kind().paginator.page_range
        ]
    context = {"sitemaps": [{"location": place} for place in places]}
    return render(request, "sitemap_index.xml", context, content_type="application/xml")


@everybody(p=int)
def section(request: HttpRequest, section: str) -> HttpResponse:
    """Return one sitemap, which allows search engines to find reports or claims."""
    response = sitemap_view(request, sitemaps=dict(_SECTIONS), section=section)
    response.render()
    return response
