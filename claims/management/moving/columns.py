"""How values of SQLite are written for PostgreSQL: exactly as PostgreSQL writes them out itself.

https://www.postgresql.org/docs/current/sql-copy.html, "Text Format"; the session's time zone is UTC.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import models

Form = Callable[[Any], str]

NULL = "\\N"

_SPECIAL = re.compile(r"[\\\b\f\n\r\t\v]")
_ESCAPES = {
    "\\": "\\\\",
    "\b": "\\b",
    "\f": "\\f",
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    "\v": "\\v",
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes:
        name: its name, the same in both databases.
        read: what SQLite selects.
        form: turns that into the text that PostgreSQL writes for it; never called with None.
    """

    name: str
    read: str
    form: Form


def escape(text: str) -> str:
    """Write text as COPY does."""
    if _SPECIAL.search(text):
        return _SPECIAL.sub(lambda found: _ESCAPES[found[0]], text)
    return text


def number(value: float) -> str:
    """Write a float as PostgreSQL does: the shortest digits that give it back, without ".0"."""
    return repr(value).removesuffix(".0")


_SPANS = re.compile(r"[\[\]0-9, ]+")


def json_text(text: str) -> str:
    """Write JSON as PostgreSQL's jsonb does: shorter keys first, those of a length by their bytes, numbers in full."""
    # Most are lists of whole numbers, which both write in the same way, if no space is missing.
    if _SPANS.fullmatch(text) and text.count(",") == text.count(", ") == text.count(" "):
        return text
    return escape(_written(json.loads(text, parse_float=Decimal)))


def _written(value: Any) -> str:
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: (len(key.encode()), key.encode()))
        return f"{{{', '.join(f'{_written(key)}: {_written(value[key])}' for key in keys)}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_written, value))}]"
    if isinstance(value, Decimal):
        # Zero has no sign there.
        return format(value or abs(value), "f")
    return json.dumps(value, ensure_ascii=False)


_TEXT = {
    "CharField",
    "DateField",
    "FileField",
    "GenericIPAddressField",
    "SlugField",
    "TextField",
    "URLField",
}
_READ = {
    "BooleanField": "CASE {0} WHEN 1 THEN 't' WHEN 0 THEN 'f' END",
    "DateTimeField": "CASE WHEN instr({0}, '.') THEN rtrim(rtrim({0}, '0'), '.') ELSE {0} END || '+00'",
    "BinaryField": "'\\\\x' || lower(hex({0}))",
    "UUIDField": "substr({0}, 1, 8) || '-' || substr({0}, 9, 4) || '-' || substr({0}, 13, 4) || '-'"
    " || substr({0}, 17, 4) || '-' || substr({0}, 21)",
}
"""What SQLite selects to give the text at once. hex(NULL) is "", which the column's own NULL must not become."""
_FORMS: dict[str, Form] = {"FloatField": number, "JSONField": json_text}


def column_of(field: models.Field[Any, Any]) -> Column:
    """Return how the column of a field is moved.

    Raises:
        ValueError: the field is of a kind that nobody has said this for.
    """
    name = str(field.column)
    target = field
    while target.is_relation:
        target = target.target_field  # type: ignore[attr-defined]  # every relation with a column has one
    kind = target.get_internal_type()
    read = _READ.get(kind, "{0}").format(f'"{name}"')
    if kind == "BinaryField":
        read = f'CASE WHEN "{name}" IS NOT NULL THEN {read} END'
    if kind in _TEXT:
        return Column(name, read, escape)
    if kind in _FORMS:
        return Column(name, read, _FORMS[kind])
    if kind in _READ or "Integer" in kind or kind.endswith("AutoField"):
        return Column(name, read, str)
    raise ValueError(f"{field} is a {kind}, and nothing says how that is moved")
