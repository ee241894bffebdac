"""Converts a record with named values, from any program, to an article."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import cast

from claims.errors import InvalidValueError, Phrase, gettext_noop
from claims.ingest.dates import moment
from claims.ingest.drafts import draft
from claims.ingest.types import ArticleDraft, Fields

SYNONYMS: dict[str, tuple[str, ...]] = {
    "headline": ("title", "head", "heading"),
    "body": ("text", "content", "article", "articlebody", "fulltext", "maintext", "story"),
    "outlet": ("source", "publisher", "publication", "sitename", "site", "newspaper"),
    "byline": ("author", "authors", "creator", "writer"),
    "url": ("link", "address", "href", "uri", "permalink", "canonicalurl"),
    "published": (
        "publishedat",
        "datepublished",
        "publicationdate",
        "pubdate",
        "date",
        "timestamp",
    ),
    "embargoed_until": ("embargoeduntil", "embargoed", "embargo", "embargodate"),
    "language": ("lang", "inlanguage", "languagecode", "locale"),
}
"""What the fields of an article are called elsewhere, in small letters and without spaces and marks: `Date published` is
`datepublished`. The field's own name counts first, then these in order; values of other names are left alone."""

_PLACES = {
    synonym: (field, rank)
    for field, synonyms in SYNONYMS.items()
    for rank, synonym in enumerate((field, *synonyms))
}

# The names are looked up for each record, and in a malicious file they may be as long as a line.
_LONGEST_NAME = 100

# Seconds since 1970 have ten digits, for this lifetime; what has more counts thousandths.
_MILLISECONDS = 100_000_000_000


def field(name: str) -> str:
    """Return the field that a name stands for.

    Args:
        name: a column name or a key, in any case.

    Returns:
        One of the names of `ArticleDraft`, or "".
    """
    return _PLACES.get(_plain(name), ("", 0))[0]


def article(record: Iterable[tuple[str, object]]) -> ArticleDraft:
    """Make an article from a record.

    Args:
        record: names and values: texts, numbers, dates or, as in JSON, lists of authors and objects that
            have a `name`.

    Returns:
        The article. If a field has several values, the one whose name comes first in `SYNONYMS` counts.

    Raises:
        InvalidValueError: a value has the wrong type, or the record has no text.
        WorkbenchError: as in `drafts.draft`.
    """
    found: dict[str, tuple[int, object]] = {}
    for name, value in record:
        key, rank = _PLACES.get(_plain(name), ("", 0))
        if key and value is not None and value != "":
            found[key] = min(found.get(key, (rank, value)), (rank, value), key=lambda each: each[0])
    values = {key: value for key, (_, value) in found.items()}
    if "body" not in values:
        raise InvalidValueError(
            field="body",
            why=gettext_noop("the record has no text in “body”, “text” or “content”"),
        )
    body = _text("body", values.pop("body"))
    moments = {key: values.pop(key) for key in ("published", "embargoed_until") if key in values}
    texts = {key: _text(key, value) for key, value in values.items()}
    if "language" in texts:
        texts["language"] = texts["language"].replace("_", "-")
    read = {key: _moment(key, value) for key, value in moments.items()}
    return draft(body=body, **cast("Fields", texts | read))


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", name[:_LONGEST_NAME]).lower()


def _text(name: str, value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, dict) and isinstance(value.get("name"), str):
        return _text(name, value["name"])
    if isinstance(value, list) and name == "byline":
        return ", ".join(_text(name, each) for each in value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:.15g}"
    raise InvalidValueError(field=name, why=Phrase("%(name)s is not a text", name=name))


def _moment(name: str, value: object) -> datetime:
    found = None
    if isinstance(value, datetime):
        found = value
    elif isinstance(value, date):
        found = datetime.combine(value, time())
    elif isinstance(value, str):
        found = moment(value)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        found = _since_1970(value)
    if found is None:
        raise InvalidValueError(
            field=name,
            why=Phrase(
                "%(name)s “%(value)s” is not a valid date; write it as 2026-04-15 or 2026-04-15T18:40:00+02:00",
                name=name,
                value=str(value)[:100],
            ),
        )
    return found


def _since_1970(seconds: float) -> datetime | None:
    try:
        return datetime.fromtimestamp(
            seconds / 1000 if seconds > _MILLISECONDS else seconds, tz=UTC
        )
    except (ValueError, OverflowError, OSError):
        return None
