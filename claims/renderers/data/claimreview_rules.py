"""The rules that a ClaimReview object has to keep."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any
from urllib.parse import urlsplit

RATINGS: dict[str, dict[str, object]] = {
    "verified": {"ratingValue": 5, "bestRating": 5, "worstRating": 1},
    "disputed": {},
}
"""The numbers of the rating of each verdict that makes a review."""
ENGLISH = {"verified": "Verified", "disputed": "Disputed"}
"""The words of these verdicts in English reports."""
# English and German: the words of verdicts that desks set in front of a claim.
_AHEAD = (
    "verified|disputed|pending|true|false|misleading|unproven|fake|fact[- ]?check"
    "|bestätigt|verifiziert|bestritten|umstritten|strittig|offen|wahr|richtig|falsch|irreführend|unbelegt|faktencheck"
)
_WEB_ADDRESS = re.compile(r"https?://[^\s/?#]+(?:[/?#]\S*)?", re.IGNORECASE)
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def begins_with_rating(text: str, words: Iterable[str]) -> bool:
    """Whether a text begins with the word of a verdict: one of these, or one that desks often use."""
    return bool(_rating_ahead(frozenset(words)).match(text))


@cache
def _rating_ahead(words: frozenset[str]) -> re.Pattern[str]:
    own = "".join(f"|{re.escape(word)}" for word in sorted(words) if word)
    return re.compile(
        r"\W*(?:not |partly |mostly |half |nicht |teilweise |größtenteils )?"
        rf"(?:{_AHEAD}{own})[\"'”’»*]*\s*(?:[:!?.…–—―|]|-(?!\w)|$)",
        re.IGNORECASE,
    )


def problems(review: dict[str, Any], words: Mapping[str, str] = ENGLISH) -> list[str]:
    """Say what of a ClaimReview object breaks the rules.

    Args:
        review: the object, as `json.loads` gives it.
        words: the words of the verdicts that make a review, by their codes, in the review's language.

    Returns:
        A sentence for each broken rule, which begins with the property's path; none for an object that keeps all.
    """
    return [f"{where} {what}." for where, what in _broken(review, words)]


_Broken = Iterator[tuple[str, str]]
_PROPERTIES = {
    "ClaimReview": {
        "url",
        "claimReviewed",
        "reviewRating",
        "author",
        "itemReviewed",
        "datePublished",
        "inLanguage",
    },
    "Rating": {"alternateName", "ratingValue", "bestRating", "worstRating"},
    "Claim": {"author", "datePublished", "appearance", "firstAppearance", "inLanguage"},
    "CreativeWork": {"url"},
    "Person": {"name", "url", "sameAs"},
    "Organization": {"name", "url", "sameAs"},
}
_AUTHORS = ("Person", "Organization")


def _broken(review: dict[str, Any], words: Mapping[str, str]) -> _Broken:
    if review.get("@context") != "https://schema.org":
        yield "@context", "is not https://schema.org"
    plain = {name: value for name, value in review.items() if name != "@context"}
    yield from _shape("review", plain, "ClaimReview")
    yield from _required(review, "url", "claimReviewed", "reviewRating")
    yield from _addresses(review, "url")
    yield from _days(review, "datePublished")
    yield from _language(review)
    claimed = review.get("claimReviewed", "x")
    if not isinstance(claimed, str) or not claimed.strip():
        yield "claimReviewed", "is not a text"
    elif begins_with_rating(claimed, words.values()):
        yield "claimReviewed", "contains a rating"
    if "reviewRating" in review:
        yield from _rating(review["reviewRating"], words)
    if "author" in review:
        yield from _shape("author", review["author"], *_AUTHORS)
        if isinstance(review["author"], dict):
            yield from _named("author", review["author"], "name", "url")
    if "itemReviewed" in review:
        yield from _claim(review["itemReviewed"])


def _rating(rating: Any, words: Mapping[str, str]) -> _Broken:
    yield from _shape("reviewRating", rating, "Rating")
    if not isinstance(rating, dict):
        return
    word = rating.get("alternateName")
    if not isinstance(word, str) or not word.strip():
        yield "reviewRating.alternateName", "is missing"
    elif word not in words.values():
        yield "reviewRating.alternateName", "is not a verdict that can be reviewed"
    names = ("worstRating", "ratingValue", "bestRating")
    numbers = [rating[name] for name in names if name in rating]
    if not numbers:
        return
    if word == words.get("disputed"):
        yield "reviewRating", "has a number for a claim that is only disputed"
    if len(numbers) < len(names):
        yield "reviewRating", "has a number without its scale"
    elif not all(type(number) in {int, float} for number in numbers):
        yield "reviewRating", "has a number that is not valid"
    elif not numbers[0] <= numbers[1] <= numbers[2] or numbers[0] == numbers[2]:
        yield "reviewRating.ratingValue", "is not on its scale"


def _language(value: dict[str, Any], where: str = "") -> _Broken:
    found = value.get("inLanguage", "en")
    if not isinstance(found, str) or not _LANGUAGE_TAG.fullmatch(found):
        yield f"{where}inLanguage", "is not a language tag"


def _claim(claim: Any) -> _Broken:
    yield from _shape("itemReviewed", claim, "Claim")
    if not isinstance(claim, dict):
        return
    yield from _days(claim, "datePublished", "itemReviewed.")
    yield from _language(claim, "itemReviewed.")
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
        if not isinstance(address, str) or not web_address(address):
            yield f"{where}{name}", "is not an absolute web address"


def _days(value: dict[str, Any], name: str, where: str = "") -> _Broken:
    if name in value and not _is_day(value[name]):
        yield f"{where}{name}", "is not a date in ISO 8601"


def _is_day(text: Any) -> bool:
    try:
        return bool(_DAY.fullmatch(text) and date.fromisoformat(text))
    except (TypeError, ValueError):
        return False


def host_of(address: str) -> str:
    """The machine that an address names, without "www."; "" if it names none."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.").rstrip(".")


def web_address(address: str) -> str:
    """The address if it is one of the web, else ""."""
    return address if _WEB_ADDRESS.fullmatch(address) and host_of(address) else ""
