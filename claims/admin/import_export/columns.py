"""Columns of a file, with a class for each type of value.

`clean` converts a cell to a value, or raises `ValueError` with a message that says what is wrong and what to do.
`render` converts a value to a cell. `prepare` first sees all cells of the column, so that whatever they refer to is
looked up in one query.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from claims.models import Alias, Claim, Desk, Outlet, Source
from claims.models.base.named import NamedModel
from claims.renderers.times import iso

_NUMBER = re.compile(r"[0-9]{1,18}")


def number(cell: str) -> int | None:
    """Return the id in a cell, or None if it is not an integer that can be an id."""
    return int(cell) if _NUMBER.fullmatch(cell) else None


class Column:
    """A column of a file, named like the model's field.

    Args:
        name: its name.
        kind: the type of its cells.
        attribute: the field that it shows, if it has another name; "__" leads to a related record's field.
        shown: for a read-only column, why a changed cell is refused.
    """

    def __init__(
        self,
        name: str,
        kind: Words | None = None,
        *,
        attribute: str = "",
        shown: str | Promise = "",
    ) -> None:
        self.name, self.kind, self.shown = name, kind or Words(), shown
        self._attribute = attribute or name

    def value(self, record: models.Model) -> Any:
        """Return a record's value; None if there is none."""
        value: Any = record
        for name in self._attribute.split("__"):
            value = None if value is None else getattr(value, name)
        return value

    def cell(self, record: models.Model) -> str:
        """Return a record's cell."""
        return self.kind.render(self.value(record))

    def save(self, record: Any, cell: str) -> None:
        """Set the record's field from a cell.

        Raises:
            ValueError: if the cell is not valid. The message says what to do.
        """
        setattr(record, self._attribute, self.kind.clean(cell, record))


class Words:
    """A text on one line. The other types are based on it."""

    def prepare(self, cells: Collection[str]) -> None:
        """Look up what all cells of the column refer to, in one query. Most types refer to nothing."""

    def clean(self, value: str, record: Any = None) -> Any:
        """Return the words separated by single spaces."""
        return " ".join(value.split())

    def render(self, value: object) -> str:
        """Return the value as a text; "" for None."""
        return "" if value is None else str(value)


class Text(Words):
    """A text of any number of lines."""

    def clean(self, value: str, record: Any = None) -> str:
        """The words without what is empty around them."""
        return value.replace("\r\n", "\n").strip()


class Spans(Words):
    """Places in a text, as JSON."""

    def render(self, value: object) -> str:
        """Return the places on one line."""
        return json.dumps(value, separators=(",", ":"))


class Choice(Words):
    """A member of a closed list: its value, or its label as on the pages."""

    def __init__(self, choices: type[models.TextChoices]) -> None:
        self._choices = choices

    def clean(self, value: str, record: Any = None) -> str:
        """The member's value."""
        wanted = value.strip().casefold()
        for member in self._choices:
            if wanted in {member.value, str(member.label).casefold()}:
                return str(member.value)
        raise ValueError(
            _("“%(value)s” is not one of: %(known)s.")
            % {"value": value, "known": ", ".join(self._choices.values)}
        )


class YesNo(Words):
    """Yes or no. Spreadsheets convert "true" to a value of their own, written in their language."""

    _WORDS = {
        "yes": True,
        "true": True,
        "ja": True,
        "wahr": True,
        "1": True,
        "no": False,
        "false": False,
        "nein": False,
        "falsch": False,
        "0": False,
    }

    def clean(self, value: str, record: Any = None) -> bool:
        """Which of both."""
        try:
            return self._WORDS[value.strip().casefold()]
        except KeyError:
            raise ValueError(_("Write “yes” or “no”.")) from None

    def render(self, value: object) -> str:
        """Return the word for it."""
        return "yes" if value else "no"


class Moment(Words):
    """A date and time in UTC; imports also accept the admin's format, in the reader's zone."""

    def clean(self, value: str, record: Any = None) -> datetime | None:
        """Return the time, or None for an empty cell."""
        try:
            moment: datetime | None = forms.DateTimeField(required=False).clean(value)
        except ValidationError:
            raise ValueError(
                _("“%(value)s” is not a valid date. Write it as 2026-03-04 05:06.")
                % {"value": value}
            ) from None
        return moment

    def render(self, value: object) -> str:
        """Return the time in ISO 8601; "" for None."""
        return iso(value) if isinstance(value, datetime) else ""


class Called(Words):
    """A record found by its name, in any case; an empty cell means none."""

    def __init__(self, model: type[Desk | Outlet], unknown: str | Promise) -> None:
        self._model, self._unknown = model, unknown
        self._found: dict[str, NamedModel] = {}

    def prepare(self, cells: Collection[str]) -> None:
        """Find all named records in one query."""
        names = {self._folded(cell) for cell in cells}
        self._found = {one.name_key: one for one in self._model.objects.filter(name_key__in=names)}

    def clean(self, value: str, record: Any = None) -> NamedModel | None:
        """The record."""
        if not value.strip():
            return None
        try:
            return self._found[self._folded(value)]
        except KeyError:
            raise ValueError(self._unknown % {"name": value}) from None

    @staticmethod
    def _folded(cell: str) -> str:
        return " ".join(cell.split()).casefold()


class Speaker(Words):
    """The source of a claim: its name or alias, or its id after a “#” if several share a name."""

    def __init__(self) -> None:
        self._named: dict[str, dict[int, Source]] = defaultdict(dict)
        self._numbered: dict[int, Source] = {}

    def prepare(self, cells: Collection[str]) -> None:
        """Find all named sources in three queries."""
        sources = Source.objects.filter(merged_into=None)
        names = {" ".join(cell.split()).casefold() for cell in cells} - {""}
        self._named.clear()
        for source in sources.filter(name_key__in=names):
            self._named[source.name_key][source.pk] = source
        for alias in Alias.objects.filter(name_key__in=names, source__in=sources).select_related(
            "source"
        ):
            self._named[alias.name_key][alias.source_id] = alias.source
        numbers = {number(cell.strip()[1:]) for cell in cells if cell.strip().startswith("#")}
        self._numbered = sources.in_bulk([each for each in numbers if each is not None])

    def clean(self, value: str, record: Any = None) -> Source | None:
        """Return the source, which may exist only in its article. None for an empty cell."""
        name = " ".join(value.split())
        if not name:
            return None
        found = self._own(self._candidates(name), record)
        if not found:
            raise ValueError(
                _(
                    "There is no source “%(name)s” for this article. Add the source first, or correct the name."
                )
                % {"name": name}
            )
        if len(found) > 1:
            raise ValueError(
                _(
                    "Several sources are called “%(name)s”. Write one of these numbers instead: %(numbers)s."
                )
                % {"name": name, "numbers": ", ".join(f"#{one.pk}" for one in found)}
            )
        return found[0]

    def _candidates(self, name: str) -> Iterable[Source]:
        if name.startswith("#"):
            source = self._numbered.get(number(name[1:]) or 0)
            return [source] if source else []
        return self._named.get(name.casefold(), {}).values()

    @staticmethod
    def _own(sources: Iterable[Source], claim: Claim) -> list[Source]:
        homes = {None, claim.revision.article_id}
        return [source for source in sources if source.article_id in homes]


# A bar with a backslash before it is not a separator.
_PART = re.compile(r"((?:\\.|[^|])*)(?:\||\Z)", re.DOTALL)
_BACKSLASHED = re.compile(r"\\(.)", re.DOTALL)


class Names(Words):
    """Several names in one cell, separated by " | ".

    A bar or a backslash within a name has a backslash before it.
    """

    def clean(self, value: str, record: Any = None) -> list[str]:
        """Return the names without duplicates, regardless of case."""
        names = (" ".join(_BACKSLASHED.sub(r"\1", part).split()) for part in _PART.findall(value))
        return list({name.casefold(): name for name in names if name}.values())

    def render(self, value: object) -> str:
        """Return the names in alphabetical order. No two are the same regardless of case."""
        names = value if isinstance(value, list) else []
        ordered = sorted(names, key=str.casefold)
        return " | ".join(re.sub(r"([\\|])", r"\\\1", name) for name in ordered)
