"""Converts what a reader process sends to and from JSON data.

A hostile file may take over its reader. So nothing that comes from there is run, unpickled or trusted: only the
errors of `claims.errors` can be raised, and texts are checked as if they had been typed by a user.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from functools import cache
from typing import Any, cast

from claims.errors import Phrase, WorkbenchError, as_data
from claims.ingest import mails
from claims.ingest.cleaning import clean, clean_line
from claims.ingest.drafts import MAX_LENGTHS, draft
from claims.ingest.fact_checks.types import CheckEntry, check_draft
from claims.ingest.mails import Envelope, Part
from claims.ingest.sandbox.channel import BadMessageError, Message
from claims.ingest.types import ArticleDraft, DocumentText, Entry

_TEXT = 5_000
"""Characters that a text within an error may have."""
_WHOLE = 20_000
"""Characters that an error may have when it is filled in."""
_MOST = 8
"""How many places a phrase may have, and how many values; ours have four."""
_DEEP = 3
"""How many phrases may be within each other."""
_PLACES = re.compile(r"%(?:%|\((\w+)\)s)")
MAX_NAME = 300
"""Characters of the name of an attachment or a column."""
MAX_NAMES = 100
"""How many columns of a record are told."""
_TYPES = (str, int, float, type(None))


def article_as_data(article: ArticleDraft) -> Message:
    """Return an article as message data."""
    return {
        "headline": article.headline,
        "body": article.body,
        "outlet": article.outlet,
        "byline": article.byline,
        "url": article.url,
        "published": article.published and article.published.isoformat(),
        "language": article.language,
        "embargoed_until": article.embargoed_until and article.embargoed_until.isoformat(),
    }


def article_from(data: object) -> ArticleDraft:
    """Return the article in a message, checked as if it had been typed.

    Raises:
        BadMessageError: it is not an article.
    """
    if not isinstance(data, dict):
        raise BadMessageError("no article")
    try:
        texts = {key: data[key] for key in ("headline", "outlet", "byline", "url", "language")}
        body = data["body"]
        if not all(isinstance(text, str) for text in (body, *texts.values())):
            raise BadMessageError("no text")
        return draft(
            body=body,
            published=_moment(data["published"]),
            embargoed_until=_moment(data["embargoed_until"]),
            **texts,
        )
    except (KeyError, TypeError, ValueError, WorkbenchError) as error:
        raise BadMessageError("no article") from error


def _moment(written: Any) -> datetime | None:
    return datetime.fromisoformat(written) if written else None


def document_as_data(document: DocumentText) -> Message:
    """Return a document's words as message data."""
    return {
        "title": document.title,
        "author": document.author,
        "text": document.text,
        "beside": document.beside,
        "published": document.published and document.published.isoformat(),
    }


def document_from(data: object) -> DocumentText:
    """Return the document in a message, cleaned.

    Raises:
        BadMessageError: it is not a document.
    """
    if not isinstance(data, dict):
        raise BadMessageError("no document")
    try:
        texts = [data[key] for key in ("title", "author", "text", "beside")]
        if not all(isinstance(text, str) for text in texts):
            raise BadMessageError("no text")
        title, author, text, beside = texts
        moment = datetime.fromisoformat(data["published"]) if data["published"] else None
        return DocumentText(
            title=clean_line(title)[: MAX_LENGTHS["headline"]],
            author=clean_line(author)[: MAX_LENGTHS["byline"]],
            published=moment if moment and moment.tzinfo else None,
            text=clean(text),
            beside=clean(beside),
        )
    except (KeyError, TypeError, ValueError, WorkbenchError) as error:
        raise BadMessageError("no document") from error


def entry_as_data(entry: Entry, *, reached: int) -> Message:
    """Return a record of an archive as message data."""
    return {"number": entry.number, "reached": reached, **found_as_data(entry.found)}


def found_as_data(found: ArticleDraft | WorkbenchError) -> Message:
    """Return an article, or why there is none, as message data."""
    if isinstance(found, WorkbenchError):
        return {"error": error_as_data(found)}
    return {"article": article_as_data(found)}


def entry_from(data: object) -> Entry:
    """Return the record in a message.

    Raises:
        BadMessageError: it is not a record.
    """
    if not isinstance(data, dict):
        raise BadMessageError("no record")
    number, reached, names = data.get("number"), data.get("reached"), data.get("names", [])
    if not (isinstance(number, int) and isinstance(reached, int)):
        raise BadMessageError("no number")
    if not isinstance(names, list) or len(names) > MAX_NAMES or not all(map(_is_name, names)):
        raise BadMessageError("no names")
    return Entry(number, _found_from(data), reached, tuple(names))


def _is_name(value: object) -> bool:
    return isinstance(value, str) and len(value) <= MAX_NAME


def part_from(data: object) -> Part:
    """Return the part of a mail in a message.

    Raises:
        BadMessageError: it is not one.
    """
    if not isinstance(data, dict) or not isinstance(name := data.get("name"), str):
        raise BadMessageError("no part")
    return Part(name[:MAX_NAME], _found_from(data))


def envelope_from(data: object) -> Envelope:
    """Return the envelope of a mail in a message.

    Raises:
        BadMessageError: it is not one.
    """
    if not isinstance(data, dict):
        raise BadMessageError("no envelope")
    texts = {name: data.get(name) for name in mails.MAX_LENGTHS}
    if not all(
        isinstance(text, str) and len(text) <= mails.MAX_LENGTHS[name]
        for name, text in texts.items()
    ):
        raise BadMessageError("no envelope")
    return Envelope(**cast("dict[str, str]", texts))


def _found_from(data: Mapping[str, Any]) -> ArticleDraft | WorkbenchError:
    return error_from(data["error"]) if "error" in data else article_from(data.get("article"))


def check_as_data(entry: CheckEntry) -> Message:
    """Return a fact-check of a file as message data."""
    if isinstance(entry.found, WorkbenchError):
        return {"number": entry.number, "error": error_as_data(entry.found)}
    told = {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in asdict(entry.found).items()
    }
    return {"number": entry.number, "check": told}


def check_from(data: object) -> CheckEntry:
    """Return the fact-check in a message, checked as if it had come from a file.

    Raises:
        BadMessageError: it is not a fact-check.
    """
    if not isinstance(data, dict) or not isinstance(number := data.get("number"), int):
        raise BadMessageError("no fact-check")
    if "error" in data:
        return CheckEntry(number, error_from(data["error"]))
    told = data.get("check")
    try:
        return CheckEntry(number, check_draft(told if isinstance(told, dict) else {}))
    except WorkbenchError as error:
        raise BadMessageError("no fact-check") from error


def error_as_data(error: WorkbenchError) -> Message:
    """Return an error as message data; its parameters are texts, numbers and phrases."""
    return {"code": error.code, **_plain(as_data(error))}


def _plain(told: Mapping[str, Any]) -> Message:
    params = {
        name: _plain(value)
        if isinstance(value, dict)
        else value
        if isinstance(value, int | float | None)
        else str(value)[:_TEXT]
        for name, value in told["params"].items()
    }
    return {"template": told["template"], "params": params}


def error_from(data: object) -> WorkbenchError:
    """Return the error in a message.

    Raises:
        BadMessageError: there is no such error.
    """
    if not isinstance(data, dict):
        raise BadMessageError("no error")
    kind = _errors().get(str(data.get("code")))
    if kind is None:
        raise BadMessageError("an unknown error")
    params = _params(data.get("params"), _DEEP)
    try:
        if _length(kind.template, params) > _WHOLE:
            raise BadMessageError("an error without end")
        return kind(**params)
    except (KeyError, TypeError, ValueError) as error:
        raise BadMessageError("an error that is not whole") from error


def _params(data: object, deep: int) -> dict[str, object]:
    if not isinstance(data, dict) or len(data) > _MOST:
        raise BadMessageError("no parameters")
    return {
        name: _phrase(value, deep) if isinstance(value, dict) else _value(value)
        for name, value in data.items()
    }


def _phrase(data: Mapping[str, Any], deep: int) -> Phrase:
    template = data.get("template")
    if not deep or not isinstance(template, str) or len(template) > _TEXT:
        raise BadMessageError("no phrase")
    # A parameter may specify a width, and so use up all memory.
    if "%" in _PLACES.sub("", template):
        raise BadMessageError("a phrase with unknown places")
    if len(_PLACES.findall(template)) > _MOST:
        raise BadMessageError("a phrase with too many places")
    return Phrase(template, **_params(data.get("params"), deep - 1))


def _length(template: str, params: Mapping[str, object]) -> int:
    """Return the approximate length of a filled-in template, never too low, without filling it in."""
    filled = [params[name] for name in _PLACES.findall(template) if name]
    return len(template) + sum(
        _length(value.template, value.params) if isinstance(value, Phrase) else len(str(value))
        for value in filled
    )


def _value(value: object) -> object:
    if not isinstance(value, _TYPES) or len(str(value)) > _TEXT:
        raise BadMessageError("no value")
    return value


@cache
def _errors() -> dict[str, type[WorkbenchError]]:
    """Return the errors that a reader may raise, by code."""
    return {kind.code: kind for kind in WorkbenchError.__subclasses__()}
