"""ClaimReview of schema.org: the objects in JSON data, and what each says of a fact-check.

Fields and types: https://schema.org/ClaimReview and https://developers.google.com/search/docs/appearance/structured-data/factcheck.
"""

from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from claims.ingest.fact_checks.types import CheckDraft, check_draft, is_web_address

_HOLDING = ("@graph", "mainEntity", "dataFeedElement", "item", "itemListElement", "review")
"""Where an object may hold ClaimReviews: those of `Data Commons`' feed, of lists, and of pages about a fact-check."""

_DEEPEST = 8
"""How deep they are looked for."""


def claim_reviews(data: object, deep: int = _DEEPEST) -> Iterator[Mapping[str, Any]]:
    """Yield the ClaimReview objects in JSON data. Others, such as MediaReview, are left out."""
    if isinstance(data, list):
        for each in data:
            if isinstance(each, dict):
                yield from claim_reviews(each, deep)
    elif isinstance(data, dict) and deep:
        if "ClaimReview" in _kinds(data):
            yield data
        for name in _HOLDING:
            yield from claim_reviews(data.get(name), deep - 1)


def draft_of(review: Mapping[str, Any], page: str = "") -> CheckDraft:
    """Return what a ClaimReview says.

    Args:
        review: the object.
        page: the address of the page that it is on, for one that names none; or "".

    Raises:
        UnreadableRecordError: something required is missing.
    """
    claim, rating = _first(review.get("itemReviewed")), _first(review.get("reviewRating"))
    url = _text(review.get("url")) or page
    return check_draft(
        {
            "publisher": _names(review.get("author"))
            or _names(review.get("publisher"))
            or _site(url),
            "statement": _text(review.get("claimReviewed")) or _text(claim.get("name")),
            "rating": _text(rating.get("alternateName")) or _text(rating.get("name")),
            "url": url,
            "claimant": _names(claim.get("author")),
            "rating_value": rating.get("ratingValue"),
            "reviewed_on": _text(review.get("datePublished")),
            "claimed_on": _text(claim.get("datePublished")),
            "appearance": next(_addresses(claim), ""),
            "language": _names(review.get("inLanguage")),
        }
    )


def _kinds(value: Mapping[str, Any]) -> set[str]:
    """Return the types of an object, without their namespace: also "https://schema.org/ClaimReview"."""
    kinds = value.get("@type")
    named = kinds if isinstance(kinds, list) else [kinds]
    return {each.replace(":", "/").rpartition("/")[2] for each in named if isinstance(each, str)}


def _first(value: object) -> Mapping[str, Any]:
    """Return an object, or the first one of a list; an empty one for anything else."""
    some = value if isinstance(value, list) else [value]
    return next((each for each in some if isinstance(each, dict)), {})


def _text(value: object) -> str:
    """Return a text, or the first one of a list, with its HTML entities replaced; "" for anything else."""
    some = value if isinstance(value, list) else [value]
    return next((unescape(each) for each in some if isinstance(each, str)), "")


def _names(value: object) -> str:
    """Return the names of objects and texts, separated by commas."""
    some = value if isinstance(value, list) else [value]
    names = [_text(each.get("name") if isinstance(each, dict) else each) for each in some]
    return ", ".join(dict.fromkeys(name.strip() for name in names if name.strip()))


def _site(url: str) -> str:
    """Return the host of an address: what a publisher without a name is called."""
    return (urlsplit(url).hostname or "").removeprefix("www.") if is_web_address(url) else ""


def _addresses(claim: Mapping[str, Any]) -> Iterator[str]:
    """Yield where a claim appeared, its first appearance first: addresses, or objects that have one."""
    for name in ("firstAppearance", "appearance"):
        found = claim.get(name)
        for each in found if isinstance(found, list) else [found]:
            url = _text(each.get("url") or each.get("@id")) if isinstance(each, dict) else each
            if isinstance(url, str) and is_web_address(url):
                yield url
