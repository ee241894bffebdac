"""ClaimReview: the checked claims in schema.org's vocabulary, for search engines and Fact Check Explorer.

The file is a JSON array of ClaimReview objects, following Google's rules of December 2025
(https://developers.google.com/search/docs/appearance/structured-data/factcheck). A claim that breaks any rule is left
out, and `left_out` says why: nothing invalid is exported.

- `url` is the claim's own public page, the same in every report.
- `claimReviewed` is the statement. Aim for 75 characters; a longer one is exported unchanged.
- `inLanguage` is the report's language, and the verdict's word is in it. `itemReviewed.inLanguage` is the article's.
- `reviewRating`: verified is 5 on a scale from 1 to 5. Disputed is a word without a number, because it is not "false".
  A pending claim has no review.
- A published correction counts: the verdict and the date are those of the last one.
- `itemReviewed.author` is who makes the claim: a Person or an Organization if the kind of the source is certain to
  be one, and only the name if it may be either ("police or military"). An unnamed source or a document is not an
  author. What an article says in its own voice is its outlet's claim, unless the newsroom published it: a newsroom
  does not review itself.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from claims.errors import NoPublicAddressError, gettext_noop
from claims.renderers.data.claimreview_rules import (
    RATINGS,
    begins_with_rating,
    host_of,
    problems,
    web_address,
)
from claims.renderers.documents.facts import language_of
from claims.renderers.in_force import line_in_force, newest
from claims.renderers.times import iso
from claims.renderers.types import Edition, Format, ReportArticle, ReportLine, Term

LABELS = {
    "pending": gettext_noop(
        "The claim is pending. Only a verified or disputed claim has a review."
    ),
    "corrected": gettext_noop("The verdict was withdrawn, and the claim is pending again."),
    "newsroom": gettext_noop("The newsroom has no name, and a review has to name its author."),
    "undated": gettext_noop("It is not known when the claim was checked."),
    "empty": gettext_noop("The claim has no statement."),
    "rating": gettext_noop(
        "The statement begins with a verdict. Reword it so that it says only what is claimed."
    ),
    "own": gettext_noop(
        "The newsroom's own article says this in its own voice, and a newsroom does not review itself."
    ),
    "origin": gettext_noop(
        "The article says this in its own voice, but its outlet or address is not known."
    ),
}
"""Why a claim is left out, for whoever exports it; the desk shows it in its reader's language."""


PEOPLE = frozenset({"minister", "lawmaker", "expert", "witness"})
"""Kinds of source that are one person each time."""

BODIES = frozenset({"court", "armed-group", "company", "organisation", "media"})
"""Kinds of source that are a body each time."""

NO_AUTHORS = frozenset({"unnamed", "document"})
"""Kinds of source that are nobody who could be named as the author."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A claim that the export leaves out: its id, and why."""

    claim: int
    reason: str


def write(edition: Edition) -> Iterator[bytes]:
    """Write the reviews of a report's claims as a JSON array in UTF-8.

    Args:
        edition: the report.

    Returns:
        The file's bytes.

    Raises:
        NoPublicAddressError: the report has no public page.
    """
    reviews = [review for review in _reviews(edition) if not isinstance(review, LeftOut)]
    # Not a generator: the error must be raised before the first byte is sent.
    return iter((f"{json.dumps(reviews, ensure_ascii=False, indent=1)}\n".encode(),))


def left_out(edition: Edition) -> tuple[LeftOut, ...]:
    """Return the claims that the export leaves out, in the order of the report. Raises the same errors as `write`."""
    return tuple(review for review in _reviews(edition) if isinstance(review, LeftOut))


def review_of(edition: Edition, line: ReportLine) -> dict[str, Any] | LeftOut:
    """Return the review of one claim.

    Args:
        edition: the report.
        line: one of its claims.

    Returns:
        The ClaimReview object, or the reason why there is none.

    Raises:
        NoPublicAddressError: the report has no public page.
    """
    if not edition.claims_url:
        raise NoPublicAddressError
    article = next(each for each in edition.report.articles if each.id == line.article)
    told = newest(edition).get(line.id)
    first, line = line, line_in_force(line, told) if told else line
    day = told.published_at if told else line.checked_at
    why = _obstacle(edition, line, article, first.verdict, day)
    if why:
        return LeftOut(line.id, LABELS[why])
    review = {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": edition.claim_page(line.id),
        "claimReviewed": line.statement.strip(),
        "datePublished": _day(day),
        "author": _present(
            {
                "@type": "Organization",
                "name": edition.report.newsroom.name,
                "url": web_address(edition.site),
            }
        ),
        "reviewRating": {
            "@type": "Rating",
            **RATINGS[line.verdict.code],
            "alternateName": line.verdict.label,
        },
        "inLanguage": edition.report.language,
        "itemReviewed": _item(line, article),
    }
    found = problems(review, _words(edition))
    return LeftOut(line.id, " ".join(found)) if found else review


def script_safe(review: dict[str, Any]) -> str:
    """Return a review as JSON that is safe inside a `<script>`: nothing in it ends the script or opens another."""
    text = json.dumps(review, ensure_ascii=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _reviews(edition: Edition) -> list[dict[str, Any] | LeftOut]:
    if not edition.claims_url:
        raise NoPublicAddressError
    return [review_of(edition, line) for line in edition.report.lines]


def _obstacle(
    edition: Edition,
    line: ReportLine,
    article: ReportArticle,
    first: Term,
    day: datetime | None,
) -> str:
    """Return the label for why a claim has no review, or "". `first` is the verdict that was published first."""
    narration = line.quotation.code == "narration"
    kept = {
        "corrected": line.verdict.code in RATINGS or first.code not in RATINGS,
        "pending": line.verdict.code in RATINGS,
        "newsroom": bool(edition.report.newsroom.name.strip()),
        "undated": day is not None,
        "empty": bool(line.statement.strip()),
        "rating": not begins_with_rating(line.statement, _words(edition).values()),
        "own": not (narration and _is_own(edition, article)),
        "origin": not narration or bool(article.outlet.strip() and web_address(article.url)),
    }
    return next((label for label, holds in kept.items() if not holds), "")


def _words(edition: Edition) -> dict[str, str]:
    """Return the words of the verdicts that make a review, in the report's language."""
    verdicts = (verdict for verdict, _number in edition.report.verdicts)
    return {verdict.code: verdict.label for verdict in verdicts if verdict.code in RATINGS}


def _is_own(edition: Edition, article: ReportArticle) -> bool:
    name, site = edition.report.newsroom.name, host_of(edition.site)
    return _folded(article.outlet) == _folded(name) or bool(
        site and f".{host_of(article.url)}".endswith(f".{site}")
    )


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _item(line: ReportLine, article: ReportArticle) -> dict[str, object]:
    url = web_address(article.url)
    return _present(
        {
            "@type": "Claim",
            "author": _author(line, article),
            "datePublished": _day(article.published),
            "appearance": {"@type": "CreativeWork", "url": url} if url else None,
            "inLanguage": language_of(article.language),
        }
    )


def _author(line: ReportLine, article: ReportArticle) -> dict[str, object] | None:
    if line.quotation.code == "narration":
        return {"@type": "Organization", "name": article.outlet}
    kind = line.source_kind.code if line.source_kind else ""
    if kind in NO_AUTHORS or not line.source.strip():
        return None
    certain = "Person" if kind in PEOPLE else "Organization" if kind in BODIES else None
    return _present(
        {
            "@type": certain,
            "name": line.source,
            "sameAs": [link for link in line.source_links if web_address(link)],
        }
    )


def _day(moment: datetime | None) -> str:
    return iso(moment)[:10] if moment else ""


def _present(properties: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in properties.items() if value}


FORMAT = Format(
    key="claimreview",
    label="ClaimReview",
    content_type="application/ld+json",
    write=write,
    extension="jsonld",
    public=True,
)
