"""What is read of another newsroom's fact-check. Plain data: no Django."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from claims.errors import NotTextError, Phrase, UnreadableRecordError, WorkbenchError, gettext_noop
from claims.ingest.cleaning import clean_line
from claims.ingest.dates import moment
from claims.ingest.drafts import is_language

MAX_LENGTHS = {"publisher": 300, "statement": 5_000, "claimant": 300, "rating": 500, "url": 2_000}
"""Characters that each field holds at most."""

_REQUIRED = {
    "publisher": gettext_noop("the publisher"),
    "statement": gettext_noop("the claim reviewed"),
    "rating": gettext_noop("the rating in words"),
    "url": gettext_noop("the address of the review"),
}


@dataclass(frozen=True, slots=True)
class CheckDraft:
    """A fact-check that has been cleaned and checked, but not saved.

    Attributes:
        publisher: who made it, on one line, never empty.
        statement: the claim that it reviews, on one line, never empty.
        rating: the rating in the publisher's words, never empty.
        url: the web address of the review.
        claimant: who made the claim, or "".
        rating_value: the rating on the publisher's own scale, or None.
        reviewed_on: when the review was published, or None.
        claimed_on: when the claim was made, or None.
        appearance: a web address where the claim appeared, or "".
        language: a BCP 47 tag, or "" if the review names none.
    """

    publisher: str
    statement: str
    rating: str
    url: str
    claimant: str = ""
    rating_value: float | None = None
    reviewed_on: date | None = None
    claimed_on: date | None = None
    appearance: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class CheckEntry:
    """One fact-check of a file.

    Attributes:
        number: its place in the file, counting from 1: of the review, or of the line in a table.
        found: the fact-check, or the error.
    """

    number: int
    found: CheckDraft | WorkbenchError


def check_draft(fields: Mapping[str, Any]) -> CheckDraft:
    """Clean and check what was read of a fact-check.

    Args:
        fields: by the names of `CheckDraft`: texts, the rating value a text or a number, dates as in `ingest.dates`. Any
            may be missing. What is not required and not valid is left out: no editor can correct it at its publisher.

    Raises:
        UnreadableRecordError: a required field is missing, not valid or too long.
    """
    texts = {name: _line(fields.get(name)) for name in (*MAX_LENGTHS, "appearance", "language")}
    for name, words in _REQUIRED.items():
        if not texts[name]:
            raise UnreadableRecordError(why=Phrase("%(field)s is missing", field=Phrase(words)))
        if len(texts[name]) > MAX_LENGTHS[name]:
            raise UnreadableRecordError(why=Phrase("%(field)s is too long", field=Phrase(words)))
    if not is_web_address(texts["url"]):
        raise UnreadableRecordError(
            why=gettext_noop("the address of the review is not a web address")
        )
    appearance, language = texts["appearance"], texts["language"].replace("_", "-")
    return CheckDraft(
        publisher=texts["publisher"],
        statement=texts["statement"],
        rating=texts["rating"],
        url=texts["url"],
        claimant=texts["claimant"][: MAX_LENGTHS["claimant"]],
        rating_value=_number(fields.get("rating_value")),
        reviewed_on=_day(fields.get("reviewed_on")),
        claimed_on=_day(fields.get("claimed_on")),
        appearance=appearance if is_web_address(appearance) else "",
        language=language if is_language(language) and len(language) <= 10 else "",
    )


def is_web_address(url: str) -> bool:
    """Return whether a text is the whole address of a web page, and not too long."""
    try:
        parts = urlsplit(url)
        named = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return False
    return named and len(url) <= MAX_LENGTHS["url"] and not any(map(str.isspace, url))


def _line(value: object) -> str:
    if not isinstance(value, str):
        return ""
    try:
        return clean_line(value)
    except NotTextError:
        return ""


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        found = float(value)
    except (ValueError, OverflowError):
        return None
    return found if math.isfinite(found) else None


def _day(value: object) -> date | None:
    found = moment(value) if isinstance(value, str) and len(value) < 100 else None
    return found.date() if found else None
