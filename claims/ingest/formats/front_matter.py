"""Front matter: the YAML between two lines `---` at the beginning of a file."""

import re
from datetime import datetime
from typing import cast

import yaml

from claims.errors import FrontMatterError, Phrase, gettext_noop
from claims.ingest.types import Fields

MAX_LENGTH = 5_000
"""Characters of front matter. It is read before anything else is known of the file: a small bound keeps
whatever YAML can be made to do small as well."""

_DELIMITER = re.compile(r"^-{3,}$", re.MULTILINE)

TEXTS = ("headline", "outlet", "byline", "url", "language")
MOMENTS = ("published", "embargoed_until")
"""The fields that are texts, and those that are times. Those of other names are left alone."""


class _TextLoader(yaml.BaseLoader):
    """A YAML loader in which every value except null stays text.

    YAML would turn the language `no` into a boolean and the headline `1984` into a number, and its date
    parsing raises errors of its own. Without tags and merge keys, nothing can be constructed or multiplied
    either.
    """


_NULL = "tag:yaml.org,2002:null"
_TextLoader.add_implicit_resolver(_NULL, re.compile(r"(?:~|null|Null|NULL|)$"), ["~", "n", "N", ""])
_TextLoader.add_constructor(_NULL, lambda _loader, _node: None)


def split(text: str) -> tuple[Fields, str]:
    """Split a file's text into front matter and body.

    Args:
        text: the file's text, cleaned.

    Returns:
        The fields that are set, empty without front matter, and the text after it.

    Raises:
        FrontMatterError: it does not end, is too long, is not YAML, or is not a list of fields; or a
            field has a value of the wrong type.
    """
    opening = _DELIMITER.match(text)
    if opening is None:
        return {}, text
    closing = _DELIMITER.search(text, opening.end())
    if closing is None:
        raise FrontMatterError(why=gettext_noop("its closing line “---” is missing"))
    block = text[opening.end() : closing.start()].removeprefix("\n")
    return _fields(_mapping(block)), text[closing.end() :].lstrip("\n")


def _mapping(block: str) -> dict[object, object]:
    """Parse YAML; its values are texts, None, or lists and mappings of these."""
    if len(block) > MAX_LENGTH:
        raise FrontMatterError(
            why=Phrase(
                "it has %(size)s characters, and at most %(limit)s are allowed; perhaps its closing line “---” is missing",
                size=len(block),
                limit=MAX_LENGTH,
            )
        )
    try:
        found = _TextLoader(block).get_single_data()
    except yaml.MarkedYAMLError as error:
        raise FrontMatterError(
            why=Phrase(
                "“%(line)s”: %(problem)s; if a value contains a colon, quotes or brackets, put it in quotes",
                line=_line(block, error),
                problem=error.problem,
            )
        ) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise FrontMatterError(
            why=gettext_noop("it is not valid YAML; write one “field: value” per line")
        ) from error
    if found is None:
        return {}
    if not isinstance(found, dict):
        raise FrontMatterError(
            why=gettext_noop("it has no fields; write one “field: value” per line")
        )
    return cast("dict[object, object]", found)


def _line(block: str, error: yaml.MarkedYAMLError) -> str:
    """Return the faulty line: that of the error or, if the block ends there, of the enclosing element."""
    lines = block.split("\n")
    marks = (error.problem_mark, error.context_mark)
    return next((lines[mark.line][:100] for mark in marks if mark and lines[mark.line]), "")


def _fields(values: dict[object, object]) -> Fields:
    given = {name: value for name, value in values.items() if value is not None}
    texts = {name: _text(name, given[name]) for name in TEXTS if name in given}
    moments = {name: _moment(name, _text(name, given[name])) for name in MOMENTS if name in given}
    return cast("Fields", texts | moments)


def _text(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise FrontMatterError(
            why=Phrase(
                "%(name)s is a list or has fields of its own; write it as a single text, in quotes if necessary",
                name=name,
            )
        )
    return value


def _moment(name: str, value: str) -> datetime:
    try:
        return datetime.fromisoformat(value.strip())
    except ValueError as error:
        raise FrontMatterError(
            why=Phrase(
                "%(name)s “%(value)s” is not a valid date; write it as 2026-04-15 or 2026-04-15T18:40:00+02:00",
                name=name,
                value=value[:100],
            )
        ) from error
