"""ninjs, the news items in JSON of the IPTC: https://iptc.org/std/ninjs/. Versions 1 to 3 differ in names only.

A file holds one item, or a list of items.
"""

import json
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from claims.errors import (
    EmptyArticleError,
    NotAnArticleError,
    Phrase,
    UnreadableFileError,
    gettext_noop,
)
from claims.ingest.decoding import bytes_of, decode
from claims.ingest.formats import agency
from claims.ingest.formats.agency import Item
from claims.ingest.types import Entry, Fields

EXTENSION = "json"

_OURS = {"headline", "headlines", "bodies", "versioncreated", "pubstatus"}
"""An object with one of these, or with a `body_text` or the like as in version 1, is taken for an item. The only name
that the standard requires is `uri`, which anything may have."""

_NOT_NINJS = gettext_noop(
    "the file is JSON, but not an item in ninjs. Records of another kind can be imported as JSON Lines"
)
_MARKED_UP = ("html", "xml", "nitf")


def entries(stream: BinaryIO) -> Iterator[Entry]:
    """Read the items of a file.

    Args:
        stream: its bytes, of `agency.MAX_BYTES` at most.

    Returns:
        One entry per item, as in `agency.entries`.

    Raises:
        WorkbenchError: as in `claims.ingest.archives.articles`.
    """
    text = decode(bytes_of(stream, limit=agency.MAX_BYTES)).strip()
    if not text:
        raise EmptyArticleError
    return agency.entries([item for line, found in _objects(text) for item in _items(line, found)])


def _objects(text: str) -> Iterator[tuple[int, object]]:
    """Yield the outermost object, or those of the outermost list, each with the line where it begins."""
    decoder = json.JSONDecoder(strict=False)
    is_list = text[0] == "["
    place, line, before = int(is_list), 1, 0
    try:
        while True:
            while text[place].isspace() or (is_list and text[place] == ","):
                place += 1
            if is_list and text[place] == "]":
                return
            line += text.count("\n", before, place)
            before = place
            found, place = decoder.raw_decode(text, place)
            yield line, found
            if not is_list:
                return
    except json.JSONDecodeError as error:
        raise UnreadableFileError(
            why=Phrase(
                "its JSON is damaged at character %(place)s (%(problem)s)",
                place=error.pos + 1,
                problem=error.msg,
            )
        ) from error
    except (IndexError, ValueError, RecursionError) as error:
        raise UnreadableFileError(why=gettext_noop("its JSON is damaged")) from error


def _items(line: int, found: object) -> Iterator[Item]:
    """Yield an item, or those within it if it has no text of its own."""
    values = _lower(found) if isinstance(found, dict) else {}
    if not (_OURS & set(values) or any(key.startswith("body_") for key in values)):
        yield Item(line, "", "", None, _nothing, Fields())
        return
    within = [_lower(each) for each in _listed(values.get("associations"))]
    whole = [each for each in within if _has_text(each)]
    for each in [values] if _has_text(values) or not whole else whole:
        yield _item(line, each)


def _item(line: int, values: dict[str, Any]) -> Item:
    embargo = values.get("embargoed")
    fields = Fields(
        headline=_headline(values),
        byline=agency.author(_text(values, "byline") or _text(values, "by")),
        outlet=_text(values, "source") or _text(values, "copyrightholder"),
        url=next(
            (each for each in (_text(values, "url"), _text(values, "uri")) if "://" in each), ""
        ),
        language=_text(values, "language"),
    )
    return Item(
        line=line,
        kind=_text(values, "type").lower(),
        status=_text(values, "pubstatus").lower(),
        embargo=None if embargo is None else str(embargo)[:100],
        texts=lambda: _texts(values),
        fields=fields | agency.moment_in(_text(values, "versioncreated")),
    )


def _texts(values: dict[str, Any]) -> Iterator[str]:
    """Yield the renditions of an item's text."""
    for value, kind in _bodies(values):
        yield agency.html(value) if any(mark in kind for mark in _MARKED_UP) else value


def _nothing() -> Iterator[str]:
    """Stand in for the text of what is not an item."""
    raise NotAnArticleError(why=_NOT_NINJS)


def _bodies(values: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield each body with its type: `body_xhtml` of version 1, or an entry of `bodies`."""
    for key, value in values.items():
        if key.startswith("body_") and isinstance(value, str):
            yield value, key
    for body in map(_lower, _listed(values.get("bodies"))):
        yield _text(body, "value"), _text(body, "contenttype").lower()


def _has_text(values: dict[str, Any]) -> bool:
    return any(value.strip() for value, _ in _bodies(values))


def _headline(values: dict[str, Any]) -> str:
    """Return the headline, or of several the main one."""
    found = list(map(_lower, _listed(values.get("headlines"))))
    main = next((each for each in found if each.get("role") == "main"), None)
    chosen = main or (found[0] if found else {})
    value = _text(values, "headline") or _text(chosen, "value")
    is_marked_up = any(mark in _text(chosen, "contenttype").lower() for mark in _MARKED_UP)
    return agency.html(value) if is_marked_up else value


def _listed(value: object) -> list[dict[str, Any]]:
    """Return the objects of a list, or of an object by names as in version 1."""
    found = list(value.values()) if isinstance(value, dict) else value
    return [
        cast("dict[str, Any]", each)
        for each in (found if isinstance(found, list) else ())
        if isinstance(each, dict)
    ]


def _lower(found: dict[str, Any]) -> dict[str, Any]:
    """Return an object with its names in lower case: version 3 writes `versionCreated`."""
    return {key.lower(): value for key, value in found.items()}


def _text(values: dict[str, Any], key: str) -> str:
    value = values.get(key)
    return value if isinstance(value, str) else ""
