"""From raw fields to a checked article; all readers use this."""

import re
from datetime import UTC, datetime
from typing import Unpack, cast
from urllib.parse import urlsplit

from claims.errors import (
    EmptyArticleError,
    InvalidValueError,
    NotTextError,
    Phrase,
    TooLargeError,
    gettext_noop,
)
from claims.ingest.cleaning import clean, clean_line, one_line
from claims.ingest.types import ArticleDraft, Fields

MAX_BODY = 200_000
"""Characters of one article's body: some 35,000 words, several times the longest newspaper feature."""

MAX_LENGTHS = {"headline": 300, "outlet": 200, "byline": 200, "url": 2000, "language": 35}
"""Characters that each field holds at most."""

TITLE_LENGTH = 120
"""Characters of a headline that has to be made from the text."""

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


def draft(*, body: str, **fields: Unpack[Fields]) -> ArticleDraft:
    """Clean and check an article, from a form or from a reader.

    Args:
        body: the text.
        **fields: other known fields of the article, named as in `Fields`. If the headline is missing or
            empty, the body's first line is used. If that line is a paragraph of its own, short, and does
            not end like a sentence, it is removed from the body; otherwise the body keeps it, and the
            headline is its beginning, cut at a word and marked with "…". A time without a zone is taken as
            UTC. The default language is "en".

    Returns:
        The article. Cleaning its body again changes nothing.

    Raises:
        EmptyArticleError: the body has neither a letter nor a digit.
        TooLargeError: the body is longer than `MAX_BODY` characters.
        InvalidValueError: another field is too long, or the URL, the time or the language is not valid;
            its parameter `field` names the field.
        NotTextError: a text is binary junk.
    """
    body = clean(body)
    if not _has_words(body):
        raise EmptyArticleError
    headline = clean_line(fields.get("headline", ""))
    if not headline:
        headline, body = _title(body)
    if len(body) > MAX_BODY:
        raise TooLargeError(limit=MAX_BODY, unit=gettext_noop("characters"))
    published, embargo = fields.get("published"), fields.get("embargoed_until")
    return ArticleDraft(
        headline=_fitting("headline", headline),
        body=body,
        outlet=_fitting("outlet", clean_line(fields.get("outlet", ""))),
        byline=_fitting("byline", clean_line(fields.get("byline", ""))),
        url=_web_address(clean_line(fields.get("url", ""))),
        published=published and _moment("published", published),
        language=_language(clean_line(fields.get("language", "")) or "en"),
        embargoed_until=embargo and _moment("embargoed_until", embargo),
    )


def usable(fields: Fields) -> Fields:
    """Drop the fields that `draft` would refuse.

    For fields from a program, such as those of a web page: a wrong one is not a reason to refuse the
    article, and no editor can correct it in the file.

    Args:
        fields: the fields.

    Returns:
        Those that are valid.
    """
    return cast(
        "Fields", {name: value for name, value in fields.items() if _is_usable({name: value})}
    )


def _is_usable(field: dict[str, object]) -> bool:
    try:
        draft(body="x", **cast("Fields", {"headline": "x", **field}))
    except (InvalidValueError, NotTextError):
        return False
    return True


def _has_words(text: str) -> bool:
    return any(character.isalnum() for character in text)


def _title(body: str) -> tuple[str, str]:
    """Return a headline made from a body's first line, and the remaining body."""
    first, _, rest = body.partition("\n")
    stands_alone = rest.startswith("\n") and _has_words(first) and _has_words(rest)
    if stands_alone and len(first) <= TITLE_LENGTH and not re.search(r"[.…]\W*$", first):
        return one_line(first), clean(rest)
    line = next(one_line(line) for line in body.split("\n") if _has_words(line))
    if len(line) <= TITLE_LENGTH:
        return line, body
    words, _, _ = line[:TITLE_LENGTH].rpartition(" ")
    return (re.sub(r"\W+$", "", words) or line[: TITLE_LENGTH - 1]) + "…", body


def _fitting(field: str, value: str) -> str:
    limit = MAX_LENGTHS[field]
    if len(value) > limit:
        raise InvalidValueError(
            field=field,
            why=Phrase(
                "the %(field)s has %(size)s characters; at most %(limit)s are allowed",
                field=field,
                size=len(value),
                limit=limit,
            ),
        )
    return value


def _web_address(url: str) -> str:
    if not url:
        return url
    try:
        parts = urlsplit(url)
        is_web = parts.scheme in {"http", "https"} and bool(parts.hostname) and " " not in url
    except ValueError:
        is_web = False
    if not is_web:
        raise InvalidValueError(
            field="url",
            why=Phrase(
                "the url “%(url)s” is not a web address; write it in full, beginning with http:// or https://",
                url=url[:100],
            ),
        )
    return _fitting("url", url)


def _moment(field: str, moment: datetime) -> datetime:
    moment = moment if moment.utcoffset() is not None else moment.replace(tzinfo=UTC)
    try:
        moment.astimezone(UTC)
    except OverflowError as error:
        raise InvalidValueError(
            field=field,
            why=Phrase("the time “%(moment)s” is out of range", moment=moment),
        ) from error
    return moment


def is_language(tag: str) -> bool:
    """Return whether a text has the form of a BCP 47 tag."""
    return _LANGUAGE.fullmatch(tag) is not None


def _language(language: str) -> str:
    if not is_language(language):
        raise InvalidValueError(
            field="language",
            why=Phrase(
                "the language “%(language)s” is not a valid language tag, such as en or pt-BR",
                language=language[:100],
            ),
        )
    return _fitting("language", language)
