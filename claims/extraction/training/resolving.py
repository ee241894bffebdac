"""Resolves the pronouns and descriptions of an article by a `Discourse` that takes something down as it does so."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

from claims.extraction.attribution import layout
from claims.extraction.engines import find
from claims.extraction.speakers.discourse import Discourse
from claims.extraction.text import parsing, quotations, segments

_Resolved = TypeVar("_Resolved", bound=Discourse)


def resolve(text: str, make: type[_Resolved]) -> _Resolved:
    """Resolve everything that an article mentions; the rules find its reports.

    Args:
        text: the article.
        make: what resolves it.
    """
    places = list(segments.passages(text))
    parsed = list(parsing.parse(text, places, quotations.find(text, places), parsing.MODEL))
    reported = find(text, parsed, "rules")
    layout.join(parsed, reported)
    sources = {
        (id(one.passage.doc), one.source.head.i): one
        for here in reported
        for one in here
        if one.source is not None
    }
    return make(parsed, sources)


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a file of JSON Lines, which may be compressed (.gz)."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open() as lines:
        yield from map(json.loads, lines)
