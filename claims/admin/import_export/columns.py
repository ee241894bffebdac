"""How the cells of a file read: one class a kind of value.

`clean` gives the value of a cell, or raises `ValueError` with words for the person who typed it: what is wrong, and
what to do. `render` gives the cell of a value. `prepare` sees all cells of the column first, so that what they name
is looked up in one query.
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
from claims.models.base.named import Named
from claims.renderers.times import iso

_NUMBER = re.compile(r"[0-9]{1,18}")


def number(cell: str) -> int | None:
    """The number that a cell holds, or None if it holds no whole number that could be a record's."""
    return int(cell) if _NUMBER.fullmatch(cell) else None


class Column:
    """A column of a file, named like the field of the model.

    Args:
        name: the column's name.
        kind: how its cells read.
        attribute: the field that it shows, where the name alone does not say so; "__" leads to another record's.
        shown: for a column that files only show, why a changed cell is refused.
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
        """What a record has in it; None where there is nothing."""
        value: Any = record
        for name in self._attribute.split("__"):
            value = None if value is None else getattr(value, name)
        return value

    def cell(self, record: models.Model) -> str:
        """What the column shows of a record."""
        return self.kind.render(self.value(record))

    def save(self, record: Any, cell: str) -> None:
        """Set the record's field to what a cell says.

        Raises:
            ValueError: if the cell cannot be read. It says what to do.
        """
        setattr(record, self._attribute, self.kind.clean(cell, record))


class Words:
    """Words on one line. The other kinds build on it."""

    def prepare(self, cells: Collection[str]) -> None:
        """Look up what all cells of the column name, in one query. Most kinds name nothing."""

    def clean(self, value: str, record: Any = None) -> Any:
        """The words, with one blank between each two."""
        return " ".join(value.split())

    def render(self, value: object) -> str:
        """The value in words; nothing for None."""
        return "" if value is None else str(value)


class Text(Words):
    """Words on as many lines as they need."""

    def clean(self, value: str, record: Any = None) -> str:
        """The words without what is empty around them."""
        return value.replace("\r\n", "\n").strip()


class Spans(Words):
    """Places in a text, as JSON."""

    def render(self, value: object) -> str:
        """The places on one line."""
        return json.dumps(value, separators=(",", ":"))


class Choice(Words):
    """A member of a closed list: its value, or its label as the pages show it."""

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
    """Yes or no. Spreadsheets make "true" a value of their own, and write it in their language."""

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
        """The word for it."""
        return "yes" if value else "no"


class Moment(Words):
    """A date with a time, in UTC; on the way in also as the admin's forms take it, then in the reader's zone."""

    def clean(self, value: str, record: Any = None) -> datetime | None:
        """The moment, or None for an empty cell."""
        try:
            moment: datetime | None = forms.DateTimeField(required=False).clean(value)
        except ValidationError:
            raise ValueError(
                _("“%(value)s” is not a valid date. Write it as 2026-03-04 05:06.")
                % {"value": value}
            ) from None
        return moment

    def render(self, value: object) -> str:
        """The moment in ISO 8601; nothing for None."""
        return iso(value) if isinstance(value, datetime) else ""


class Called(Words):
    """A record that is found by its name, whatever the case; an empty cell is none."""

    def __init__(self, model: type[Desk | Outlet], unknown: str | Promise) -> None:
        self._model, self._unknown = model, unknown
        self._found: dict[str, Named] = {}

    def prepare(self, cells: Collection[str]) -> None:
        """Find all that the cells name, in one query."""
        names = {self._folded(cell) for cell in cells}
        self._found = {one.folded: one for one in self._model.objects.filter(folded__in=names)}

    def clean(self, value: str, record: Any = None) -> Named | None:
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
    """The source of a claim: its name or alias, or its number after a “#”, for those who share a name."""

    def __init__(self) -> None:
        self._named: dict[str, dict[int, Source]] = defaultdict(dict)
        self._numbered: dict[int, Source] = {}

    def prepare(self, cells: Collection[str]) -> None:
        """Find all that the cells name, by three queries."""
        sources = Source.objects.filter(merged_into=None)
        names = {" ".join(cell.split()).casefold() for cell in cells} - {""}
        self._named.clear()
        for source in sources.filter(folded__in=names):
            self._named[source.folded][source.pk] = source
        for alias in Alias.objects.filter(folded__in=names, source__in=sources).select_related(
            "source"
        ):
            self._named[alias.folded][alias.source_id] = alias.source
        numbers = {number(cell.strip()[1:]) for cell in cells if cell.strip().startswith("#")}
        self._numbered = sources.in_bulk([each for each in numbers if each is not None])

    def clean(self, value: str, record: Any = None) -> Source | None:
        """The source, who may be one that its article has for itself. None for an empty cell."""
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


# A bar with a backslash before it parts nothing.
_PART = re.compile(r"((?:\\.|[^|])*)(?:\||\Z)", re.DOTALL)
_BACKSLASHED = re.compile(r"\\(.)", re.DOTALL)


class Names(Words):
    """Several names in one cell, separated by " | ".

    A name that holds a bar, or a backslash, has a backslash before it.
    """

    def clean(self, value: str, record: Any = None) -> list[str]:
        """The names, each once whatever its case."""
        names = (" ".join(_BACKSLASHED.sub(r"\1", part).split()) for part in _PART.findall(value))
        return list({name.casefold(): name for name in names if name}.values())

    def render(self, value: object) -> str:
        """The names, in the order of the alphabet."""
        names = value if isinstance(value, list) else []
        ordered = sorted(names, key=lambda name: (name.casefold(), name))
        return " | ".join(re.sub(r"([\\|])", r"\\\1", name) for name in ordered)
