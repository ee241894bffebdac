"""The metadata of a web page: JSON-LD, OpenGraph and other tags in its head.

They are read here and not by trafilatura, which keeps only the day of a time, and rewrites names.
"""

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import cast
from urllib.parse import urljoin

from lxml.html import HtmlElement

from claims.ingest.dates import moment
from claims.ingest.types import Fields

MAX_JSON = 500_000
"""Characters of one block of JSON-LD. Longer ones are data for something else."""

_LONGEST_HEADLINE = 1_000

_ARTICLE = re.compile(r"(Article|Posting|Report)$")
_BY = re.compile(r"^by:?\s+", re.IGNORECASE)

_PUBLISHED = (
    "article:published_time",
    "datepublished",
    "og:article:published_time",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "pubdate",
    "publishdate",
    "date",
)


def fields(page: HtmlElement) -> Fields:
    """Collect a page's metadata about its article.

    Args:
        page: the parsed page, with the `script` elements of its JSON-LD.

    Returns:
        The fields found, unchecked except that the published time is a valid time.
    """
    metas = _metas(page)
    linked = _linked_data(page)
    candidates = {
        "headline": [_text(linked.get("headline")), metas.get("og:title", "")],
        "byline": [_names(linked.get("author")), *_authors(page)],
        "outlet": [
            metas.get("og:site_name", ""),
            _names(linked.get("publisher")),
            metas.get("application-name", ""),
        ],
        "url": [*_addresses(page, metas), *_own_address(linked)],
        "language": [
            page.get("lang") or page.get("xml:lang") or "",
            metas.get("og:locale", "").replace("_", "-"),
            _text(linked.get("inLanguage")),
            metas.get("content-language", ""),
        ],
    }
    found = cast(
        "Fields", {name: next(filter(None, values), "") for name, values in candidates.items()}
    )
    found["headline"] = _without_outlet(found["headline"], found["outlet"])
    published = [_text(linked.get("datePublished")), *(metas.get(key, "") for key in _PUBLISHED)]
    published += [str(each) for each in page.xpath("//article//time[1]/@datetime")[:1]]
    found["published"] = next(filter(None, map(moment, filter(None, published))), None)
    return cast("Fields", {name: value for name, value in found.items() if value})


def byline(text: str) -> str:
    """Remove the word "By" from a byline.

    Args:
        text: a byline as printed.

    Returns:
        The names.
    """
    return _BY.sub("", text.strip())


def _metas(page: HtmlElement) -> dict[str, str]:
    """Return the contents of the page's `meta` elements by their names; the first of a name counts."""
    found: dict[str, str] = {}
    for each in page.iter("meta"):
        name = each.get("property") or each.get("name") or each.get("itemprop")
        key = (name or each.get("http-equiv") or "").lower()
        found.setdefault(key, (each.get("content") or "").strip())
    return found


def _addresses(page: HtmlElement, metas: dict[str, str]) -> list[str]:
    canonical = page.xpath("//link[translate(@rel, 'CANONIL', 'canonil')='canonical']/@href")
    base = next(map(str, page.xpath("//base/@href")), "") or metas.get("og:url", "")
    return [*(urljoin(base, str(each)) for each in canonical), metas.get("og:url", "")]


def _own_address(linked: dict[str, object]) -> list[str]:
    page = linked.get("mainEntityOfPage")
    own = page.get("@id") if isinstance(page, dict) else page
    return [each for each in (_text(linked.get("url")), _text(own)) if each]


def _authors(page: HtmlElement) -> Iterator[str]:
    """Yield the authors in the page's tags, except addresses of their pages."""
    named = page.xpath("//meta[@name='author' or @property='article:author']/@content")
    names = [byline(str(each)) for each in named if "://" not in each]
    yield ", ".join(dict.fromkeys(filter(None, names)))


def _linked_data(page: HtmlElement) -> dict[str, object]:
    """Return the first article object in the page's JSON-LD."""
    for script in page.xpath("//script[@type='application/ld+json']"):
        text = script.text or ""
        if len(text) > MAX_JSON:
            continue
        try:
            found = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        for each in _objects(found):
            if any(_ARTICLE.search(kind) for kind in _kinds(each)):
                return each
    return {}


def _objects(value: object) -> Iterator[dict[str, object]]:
    """Yield the objects at the top level, in a list, in `@graph` and under `mainEntity`."""
    if isinstance(value, list):
        for each in value:
            if isinstance(each, dict):
                yield from _objects(each)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity"):
            yield from _objects(value.get(key))


def _kinds(value: dict[str, object]) -> list[str]:
    kinds = value.get("@type")
    return [
        each for each in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(each, str)
    ]


def _text(value: object) -> str:
    return unescape(value).strip() if isinstance(value, str) else ""


def _names(value: object) -> str:
    """Yield the names of one or several people or organisations, in the forms that JSON-LD allows."""
    values = value if isinstance(value, list) else [value]
    names = [_text(each.get("name")) if isinstance(each, dict) else _text(each) for each in values]
    return ", ".join(byline(each) for each in names if each and "://" not in each)


def _without_outlet(headline: str, outlet: str) -> str:
    """Remove “ | The Ostrey Courier” from the end of a headline, unless it is too long to be an outlet."""
    if not outlet or len(headline) > _LONGEST_HEADLINE:
        return headline
    return re.sub(rf"\s+[|–—-]\s+{re.escape(outlet)}$", "", headline, flags=re.IGNORECASE)
