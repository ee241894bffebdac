"""ClaimReview: the checked claims in schema.org's words, for search engines and Fact Check Explorer.

The file is a JSON array of ClaimReview objects, by Google's rules of December 2025
(https://developers.google.com/search/docs/appearance/structured-data/factcheck). A claim that does not keep every
rule is left out, and `left_out` says why: nothing is exported broken.

- `url` is the claim's own public page.
- `claimReviewed` is the statement. Aim at 75 characters; a longer one is exported as it is.
- `reviewRating`: verified is 5 on a scale from 1 to 5. Disputed is a word without a number: it does not say "false".
  Pending is no review.
- A correction that the desk has published counts: the verdict and the day are those of the last one.
- `itemReviewed.author` is who makes the claim: a Person or an Organization where the kind of the source is certain to
  be one, and only the name where it may be either ("police or military"). An unnamed source and a document are no
  author. What an article says in its own voice is its outlet's claim, unless it is the desk's own article: a desk
  does not review itself.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from claims.errors import NoPublicAddressError, gettext_noop
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

RATINGS: dict[str, dict[str, object]] = {
    "verified": {"ratingValue": 5, "bestRating": 5, "worstRating": 1, "alternateName": "Verified"},
    "disputed": {"alternateName": "Disputed"},
}
"""The rating of each verdict that makes a review."""

PEOPLE = frozenset({"minister", "lawmaker", "expert", "witness"})
"""Kinds of source that are one person each time."""

BODIES = frozenset({"court", "armed-group", "company", "organisation", "media"})
"""Kinds of source that are a body each time."""

NO_AUTHORS = frozenset({"unnamed", "document"})
"""Kinds of source that are nobody who could be named as the author."""

_WORDS = frozenset(rating["alternateName"] for rating in RATINGS.values())
# English and German: the words of verdicts that desks set in front of a claim.
_RATING = re.compile(
    r"\W*(?:not |partly |mostly |half |nicht |teilweise |größtenteils )?"
    r"(?:verified|disputed|pending|true|false|misleading|unproven|fake|fact[- ]?check"
    r"|bestätigt|verifiziert|bestritten|umstritten|strittig|offen|wahr|richtig|falsch|irreführend|unbelegt|faktencheck)"
    r"[\"'”’»]*\s*(?:[:!?.…–—―|]|-(?!\w)|$)",
    re.IGNORECASE,
)
_WEB_ADDRESS = re.compile(r"https?://[^\s/?#]+(?:[/?#]\S*)?", re.IGNORECASE)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


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
    # No generator: who sends the file must learn of the error before its first byte.
    return iter((f"{json.dumps(reviews, ensure_ascii=False, indent=1)}\n".encode(),))


def left_out(edition: Edition) -> tuple[LeftOut, ...]:
    """The claims that the export leaves out, in the order of the report. Raises as `write` does."""
    return tuple(review for review in _reviews(edition) if isinstance(review, LeftOut))


def review_of(edition: Edition, line: ReportLine) -> dict[str, Any] | LeftOut:
    """Review one claim.

    Args:
        edition: the report.
        line: one of its claims.

    Returns:
        The ClaimReview object, or why there is none.

    Raises:
        NoPublicAddressError: the report has no public page.
    """
    if not edition.url:
        raise NoPublicAddressError
    article = next(each for each in edition.report.articles if each.id == line.article)
    verdict, day = _decision(edition, line)
    why = _obstacle(edition, line, article, verdict, day)
    if why:
        return LeftOut(line.id, LABELS[why])
    review = {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": f"{edition.url}{line.id}/",
        "claimReviewed": line.statement.strip(),
        "datePublished": _day(day),
        "author": _present(
            {
                "@type": "Organization",
                "name": edition.report.newsroom.name,
                "url": _web(edition.site),
            }
        ),
        "reviewRating": {"@type": "Rating", **RATINGS[verdict.code]},
        "itemReviewed": _item(line, article),
    }
    found = problems(review)
    return LeftOut(line.id, " ".join(found)) if found else review


def problems(review: dict[str, Any]) -> list[str]:
    """Say what of a ClaimReview object breaks the rules.

    Args:
        review: the object, as `json.loads` gives it.

    Returns:
        A sentence for each broken rule, which begins with the property's path; none for an object that keeps all.
    """
    return [f"{where} {what}." for where, what in _broken(review)]


def script_safe(review: dict[str, Any]) -> str:
    """Write a review as JSON that can stand inside a `<script>`: nothing in it ends the script or opens another."""
    text = json.dumps(review, ensure_ascii=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


_Broken = Iterator[tuple[str, str]]
_PROPERTIES = {
    "ClaimReview": {
        "url",
        "claimReviewed",
        "reviewRating",
        "author",
        "itemReviewed",
        "datePublished",
    },
    "Rating": {"alternateName", "ratingValue", "bestRating", "worstRating"},
    "Claim": {"author", "datePublished", "appearance", "firstAppearance"},
    "CreativeWork": {"url"},
    "Person": {"name", "url", "sameAs"},
    "Organization": {"name", "url", "sameAs"},
}
_AUTHORS = ("Person", "Organization")


def _broken(review: dict[str, Any]) -> _Broken:
    if review.get("@context") != "https://schema.org":
        yield "@context", "is not https://schema.org"
    plain = {name: value for name, value in review.items() if name != "@context"}
    yield from _shape("review", plain, "ClaimReview")
    yield from _required(review, "url", "claimReviewed", "reviewRating")
    yield from _addresses(review, "url")
    yield from _days(review, "datePublished")
    claimed = review.get("claimReviewed", "x")
    if not isinstance(claimed, str) or not claimed.strip():
        yield "claimReviewed", "is not a text"
    elif _RATING.match(claimed):
        yield "claimReviewed", "contains a rating"
    if "reviewRating" in review:
        yield from _rating(review["reviewRating"])
    if "author" in review:
        yield from _shape("author", review["author"], *_AUTHORS)
        if isinstance(review["author"], dict):
            yield from _named("author", review["author"], "name", "url")
    if "itemReviewed" in review:
        yield from _claim(review["itemReviewed"])


def _rating(rating: Any) -> _Broken:
    yield from _shape("reviewRating", rating, "Rating")
    if not isinstance(rating, dict):
        return
    word = rating.get("alternateName")
    if not isinstance(word, str) or not word.strip():
        yield "reviewRating.alternateName", "is missing"
    elif word not in _WORDS:
        yield "reviewRating.alternateName", "is not a verdict that can be reviewed"
    names = ("worstRating", "ratingValue", "bestRating")
    numbers = [rating[name] for name in names if name in rating]
    if not numbers:
        return
    if word == "Disputed":
        yield "reviewRating", "has a number for a claim that is only disputed"
    if len(numbers) < len(names):
        yield "reviewRating", "has a number without its scale"
    elif not all(type(number) in {int, float} for number in numbers):
        yield "reviewRating", "has a number that is not valid"
    elif not numbers[0] <= numbers[1] <= numbers[2] or numbers[0] == numbers[2]:
        yield "reviewRating.ratingValue", "is not on its scale"


def _claim(claim: Any) -> _Broken:
    yield from _shape("itemReviewed", claim, "Claim")
    if not isinstance(claim, dict):
        return
    yield from _days(claim, "datePublished", "itemReviewed.")
    if "author" in claim:
        author, where = claim["author"], "itemReviewed.author"
        # Of no type where that is not certain.
        yield from _shape(where, author, *_AUTHORS, None)
        if isinstance(author, dict):
            yield from _named(where, author, "name")
            yield from _addresses(author, "sameAs", f"{where}.")
    for name in {"appearance", "firstAppearance"} & claim.keys():
        where = f"itemReviewed.{name}"
        yield from _shape(where, claim[name], "CreativeWork")
        if isinstance(claim[name], dict):
            yield from _required(claim[name], "url", where=f"{where}.")
            yield from _addresses(claim[name], "url", f"{where}.")


def _shape(where: str, value: Any, *types: str | None) -> _Broken:
    """What is wrong with an object's type, and with the names of its properties."""
    if not isinstance(value, dict):
        yield where, "is not an object"
        return
    found = value.get("@type")
    if found not in types:
        yield where, f"is not of type {' or '.join(filter(None, types))}"
        return
    known = _PROPERTIES[found or "Person"]
    for name in value.keys() - known - {"@type"}:
        yield f"{where}.{name}", "is not a property that these rules allow"


def _required(value: dict[str, Any], *names: str, where: str = "") -> _Broken:
    for name in names:
        if name not in value:
            yield f"{where}{name}", "is missing"


def _named(where: str, author: dict[str, Any], *names: str) -> _Broken:
    for name in names:
        if name in author and (not isinstance(author[name], str) or not author[name].strip()):
            yield f"{where}.{name}", "is not a text"
    if not set(names) & author.keys():
        yield f"{where}.{' or '.join(names)}", "is missing"
    yield from _addresses(author, "url", f"{where}.")


def _addresses(value: dict[str, Any], name: str, where: str = "") -> _Broken:
    found = value.get(name, [])
    for address in found if isinstance(found, list) else [found]:
        if not isinstance(address, str) or not _web(address):
            yield f"{where}{name}", "is not an absolute web address"


def _days(value: dict[str, Any], name: str, where: str = "") -> _Broken:
    if name in value and not _is_day(value[name]):
        yield f"{where}{name}", "is not a date in ISO 8601"


def _is_day(text: Any) -> bool:
    try:
        return bool(_DAY.fullmatch(text) and date.fromisoformat(text))
    except (TypeError, ValueError):
        return False


def _reviews(edition: Edition) -> list[dict[str, Any] | LeftOut]:
    if not edition.url:
        raise NoPublicAddressError
    return [review_of(edition, line) for line in edition.report.lines]


def _decision(edition: Edition, line: ReportLine) -> tuple[Term, datetime | None]:
    """What the desk has told its readers last of a claim, and when."""
    published = [
        (each.published_at, each.after)
        for each in edition.corrections
        if each.claim == line.id and each.published_at
    ]
    if not published:
        return line.verdict, line.checked_at
    day, verdict = published[-1]
    return verdict, day


def _obstacle(
    edition: Edition,
    line: ReportLine,
    article: ReportArticle,
    verdict: Term,
    day: datetime | None,
) -> str:
    """Which of the labels says why a claim has no review, or ""."""
    narration = line.quotation.code == "narration"
    kept = {
        "corrected": verdict.code in RATINGS or line.verdict.code not in RATINGS,
        "pending": verdict.code in RATINGS,
        "newsroom": bool(edition.report.newsroom.name.strip()),
        "undated": day is not None,
        "empty": bool(line.statement.strip()),
        "rating": not _RATING.match(line.statement),
        "own": not (narration and _is_own(edition, article)),
        "origin": not narration or bool(article.outlet.strip() and _web(article.url)),
    }
    return next((label for label, holds in kept.items() if not holds), "")


def _is_own(edition: Edition, article: ReportArticle) -> bool:
    name, site = edition.report.newsroom.name, _host(edition.site)
    return _folded(article.outlet) == _folded(name) or bool(
        site and f".{_host(article.url)}".endswith(f".{site}")
    )


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _host(address: str) -> str:
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.").rstrip(".")


def _item(line: ReportLine, article: ReportArticle) -> dict[str, object]:
    url = _web(article.url)
    return _present(
        {
            "@type": "Claim",
            "author": _author(line, article),
            "datePublished": _day(article.published),
            "appearance": {"@type": "CreativeWork", "url": url} if url else None,
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
            "sameAs": [link for link in line.source_links if _web(link)],
        }
    )


def _day(moment: datetime | None) -> str:
    return iso(moment)[:10] if moment else ""


def _web(address: str) -> str:
    """The address if it is one of the web, else ""."""
    return address if _WEB_ADDRESS.fullmatch(address) and _host(address) else ""


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
