"""All claims that were checked as one file for programs: a schema.org DataFeed of ClaimReviews."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, JsonResponse

from claims.choices import Verdict
from claims.models import Newsroom, PublicClaim
from claims.models.reports.reports import claim_address
from claims.queries.reports.terms import in_language, term_of
from claims.renderers.labels import LANGUAGE
from claims.renderers.times import iso
from claims.web.public.heads import address_of
from claims.web.public.serving import everybody

MOST = 10_000
"""How many reviews it holds: those of which readers were told last."""


@everybody()
def data_feed(_request: HttpRequest) -> JsonResponse:
    """Return the review of each claim that the rules of ClaimReview allow, the newest first.

    The terms are those of schema.org: https://schema.org/DataFeed and https://schema.org/DataFeedItem.
    """
    claims = PublicClaim.objects.exclude(review=None).newest()[:MOST]
    items = [
        {"@type": "DataFeedItem", "dateModified": iso(claim.changed_at), "item": _review(claim)}
        for claim in claims.only("claim", "review", "verdict", "changed_at")
    ]
    feed = {
        "@context": "https://schema.org",
        "@type": "DataFeed",
        "name": Newsroom.current().name,
        "url": address_of("public-claimreview"),
        **({"dateModified": items[0]["dateModified"]} if items else {}),
        "dataFeedElement": items,
    }
    response = JsonResponse(feed, json_dumps_params={"ensure_ascii": False})
    response["Content-Type"] = "application/ld+json"
    return response


def _review(claim: PublicClaim) -> dict[str, Any]:
    """Return a claim's review, with today's addresses and words of the newsroom: they may have changed since it was made."""
    review: dict[str, Any] = claim.review or {}
    language = review.get("inLanguage", LANGUAGE)
    with in_language(language):
        word = term_of(Verdict(claim.verdict)).label
    return {
        **review,
        "url": claim_address(claim.claim_id),
        "author": {**review["author"], "url": settings.PUBLIC_URL},
        "reviewRating": {**review["reviewRating"], "alternateName": word},
        "inLanguage": language,
    }
