"""Importing and exporting records of any model as files.

An import reads all rows, looks everything up, and only then writes: all at once through `enter_records`, or nothing.
A dry run is the same without writing. A cell that equals its exported value is skipped, so that an exported file
changes nothing when it is imported again.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ClassVar, NoReturn

from django.contrib.admin.models import ADDITION, CHANGE
from django.contrib.auth.models import User
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import IntegrityError, models
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.actions import Entry, enter_records
from claims.admin.import_export.columns import Column, number
from claims.admin.import_export.sheets import Line, Sheet
from claims.errors import ChangedMeanwhileError, Phrase, UnreadableTableError
from claims.messages import message_of

Change = tuple[str, str, str]
"""A column, and its cell before and after."""

_LEAVE_EMPTY = gettext_lazy("Leave the cell empty to create a new record.")


class Effect(StrEnum):
    """What a row does to its record, or "wrong" for one that cannot be imported."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    WRONG = "wrong"


@dataclass(slots=True)
class ReadLine:
    """What a row would do.

    Attributes:
        line: its place in the file.
        effect: what it does.
        record: its record, in words.
        changes: what would change.
        wrong: its errors: reasons by column, "" for the row as a whole.
    """

    line: Line
    effect: Effect
    record: str = ""
    changes: list[Change] = field(default_factory=list)
    wrong: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """What an import would do, row by row."""

    lines: Sequence[ReadLine]

    @property
    def wrong(self) -> list[ReadLine]:
        """The rows with errors."""
        return [each for each in self.lines if each.effect is Effect.WRONG]

    @property
    def changing(self) -> list[ReadLine]:
        """The rows that add or change something."""
        return [each for each in self.lines if each.effect in {Effect.NEW, Effect.CHANGED}]

    @property
    def totals(self) -> dict[str, int]:
        """The number of rows by effect."""
        found = Counter(each.effect for each in self.lines)
        return {effect.value: found[effect] for effect in Effect}

    @property
    def plan(self) -> str:
        """A digest of what the rows add and change."""
        plan = [(each.line.number, each.effect, each.changes) for each in self.changing]
        return hashlib.sha256(json.dumps(plan).encode()).hexdigest()


class EntryResource:
    """Records of one model as rows of a file.

    Args:
        user: who imports or exports them.
        note: where they come from: the file name.
        plan: what the person saw in the dry run (`Reading.plan`); if the import would do anything else, nothing is
            written. None accepts anything.
    """

    model: ClassVar[type[models.Model]]

    COLUMNS: ClassVar[Sequence[Column]] = (Column("id"),)
    """The columns, in the order of the files that go out."""

    no_new: str | Promise = ""
    """For records that files cannot add, why not, and where they are added."""

    aside: Collection[str] = ()
    """Columns of the workbench's other files of these records: they are left aside, and nobody has to take them out."""

    def __init__(self, *, user: User, note: str = "", plan: str | None = None) -> None:
        self.user, self._note, self._plan = user, note, plan
        # What a column looks up for one import must not be used for another one.
        self.columns = {column.name: column for column in deepcopy(self.COLUMNS)}
        self._standing: dict[int, Any] = {}
        self._seen: dict[object, int] = {}
        self._entries: list[Entry] = []
        self._written: list[tuple[models.Model, bool]] = []
        self._changes: list[Change] = []
        self._line = Line(0)

    # Out

    def shown_columns(self) -> list[Column]:
        """The columns of an exported file; people with read-only access do not get internal notes."""
        model = self.model._meta
        writes = self.user.has_perm(f"{model.app_label}.change_{model.model_name}")
        return [column for column in self.columns.values() if writes or column.name != "note"]

    def table_of(self, records: models.QuerySet[Any]) -> Iterator[list[str]]:
        """Yield the rows of a file: the column names, then the records in a stable order."""
        columns = self.shown_columns()
        yield [column.name for column in columns]
        # A thousand a query.
        for record in self.with_cells(records).order_by("pk").iterator(chunk_size=1_000):
            yield [self.cell(column, record) for column in columns]

    def cell(self, column: Column, record: Any) -> str:
        """Return a record's cell in a column, for this person."""
        return column.cell(record)

    def with_cells(self, records: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """Return records with the related objects that their cells need."""
        return records

    # In

    def check(self, sheet: Sheet) -> None:
        """Raise `UnreadableTableError` if a table has unknown columns."""
        known = list(self.columns)
        unknown = [name for name in sheet.headers if name not in {*known, *self.aside}]
        if unknown:
            raise UnreadableTableError(
                why=Phrase(
                    "there is no column “%(name)s”. The columns are: %(known)s.",
                    name=unknown[0],
                    known=", ".join(known),
                )
            )

    def read(self, sheet: Sheet) -> Reading:
        """Return what an import would do. Nothing is written or locked."""
        self.prepare(sheet)
        rows = (dict(zip(sheet.headers, row, strict=True)) for row in sheet.rows)
        lines = zip(sheet.lines, rows, strict=True)
        return Reading([self._read_line(line, row) for line, row in lines])

    def run(self, sheet: Sheet) -> Reading:
        """Import all rows, or none if one has errors. Must be called in a transaction.

        Raises:
            ChangedMeanwhileError: if they would do something other than the person saw, or cannot be
                written.
        """
        reading = self.read(sheet)
        if reading.wrong:
            return reading
        if self._plan is not None and self._plan != reading.plan:
            raise ChangedMeanwhileError
        try:
            self.write(self._entries)
        except (IntegrityError, ObjectDoesNotExist) as error:
            raise ChangedMeanwhileError from error
        return reading

    def prepare(self, sheet: Sheet) -> None:
        """Look up everything that the rows refer to, with one query per kind."""
        self._entries, self._written, self._seen = [], [], {}
        numbers = {number(cell) for cell in sheet.column("id")} - {None}
        self._standing = {record.pk: record for record in self.look_up(numbers)}
        for name, column in self.columns.items():
            if name in sheet.headers:
                column.kind.prepare(set(sheet.column(name)))

    def look_up(self, numbers: Iterable[int | None]) -> Iterable[Any]:
        """Return the records with these ids, with what their cells need."""
        return self.with_cells(self.model._default_manager.filter(pk__in=numbers))

    def _read_line(self, line: Line, row: dict[str, str]) -> ReadLine:
        self._line, self._changes = line, []
        try:
            record = self._record_of(line, row)
            is_new = record._state.adding
            wrong = self._fill(record, row)
            if not (wrong or is_new or self._changes):
                return ReadLine(line, Effect.UNCHANGED)
            self.validate(record, wrong)
        except ValidationError as error:
            return ReadLine(line, Effect.WRONG, wrong=error.message_dict)
        self._written.append((record, is_new))
        self._entries.extend(self.entries_of(record, [name for name, *_cells in self._changes]))
        effect = Effect.NEW if is_new else Effect.CHANGED
        return ReadLine(line, effect, str(record), self._changes)

    def _record_of(self, line: Line, row: dict[str, str]) -> Any:
        """Return the record with a row's id, or a new one."""
        unreadable = defaultdict(list)
        for name, why in line.wrong:
            unreadable[name].append(message_of(why))
        if unreadable:
            raise ValidationError(dict(unreadable))
        cell = row.get("id", "").strip()
        if not cell:
            if self.no_new:
                refuse("id", str(self.no_new))
            return self.model()
        record = self._standing.get(number(cell) or 0)
        if record is None:
            refuse(
                "id",
                _("There is no record with the number “%(id)s”.") % {"id": cell},
                str(_LEAVE_EMPTY),
            )
        self.require_once("id", record.pk)
        return record

    def _fill(self, record: Any, row: dict[str, str]) -> dict[str, Any]:
        """Set what a row changes. Returns the errors of its cells, by column."""
        wrong = {}
        for column in self.columns.values():
            if column.name in row and column.name != "id":
                try:
                    self._fill_in(column, record, row[column.name])
                except ValueError as error:
                    wrong[column.name] = [ValidationError(str(error))]
        return wrong

    def _fill_in(self, column: Column, record: Any, cell: str) -> None:
        before = "" if record._state.adding else self.cell(column, record)
        # Spreadsheets have their own line ends.
        if cell.replace("\r\n", "\n") == before.replace("\r\n", "\n"):
            return
        if column.shown:
            raise ValueError(str(column.shown))
        column.save(record, cell)
        after = self.cell(column, record)
        if before != after:
            self._changes.append((column.name, before, after))

    def validate(self, record: Any, wrong: dict[str, Any]) -> None:
        """Refuse what cannot be saved, without a query.

        Args:
            record: a row's record, filled in.
            wrong: errors found so far, by column.

        Raises:
            ValidationError: by column.
        """
        given = {name for name, _before, _after in self._changes}
        looked_at = {
            each.name
            for each in record._meta.concrete_fields
            if each.name in (self.columns if record._state.adding else given)
            and not each.is_relation
            and not each.primary_key
        }
        others = {each.name for each in record._meta.fields} - looked_at
        try:
            record.clean_fields(exclude=others | set(wrong))
        except ValidationError as error:
            wrong = error.update_error_dict(wrong)
        if wrong:
            raise ValidationError(wrong)
        self.require_unique(record)

    def require_unique(self, record: Any) -> None:
        """Refuse a record that would be a duplicate. Raises `ValidationError`."""

    def require_once(self, column: str, key: object) -> None:
        """Refuse a row about the same record as an earlier one. Raises `ValidationError`."""
        line = self._seen.setdefault(key, self._line.number)
        if line != self._line.number:
            refuse(column, _("Row %(line)s already changes the same record.") % {"line": line})

    def entries_of(self, record: Any, fields: list[str]) -> Iterable[Entry]:
        """Return what to write for a row.

        Args:
            record: its record, new or changed.
            fields: the columns that it changes.
        """
        return [Entry(record, fields)]

    def write(self, entries: list[Entry]) -> None:
        """Write the rows."""
        enter_records(actor=self.user, entries=entries, note=self._note)

    def entered(self) -> dict[int, list[models.Model]]:
        """The written records, by the admin's action flag."""
        written: dict[int, list[models.Model]] = {ADDITION: [], CHANGE: []}
        for record, is_new in self._written:
            written[ADDITION if is_new else CHANGE].append(record)
        return {flag: records for flag, records in written.items() if records}


def refuse(column: str, *why: str) -> NoReturn:
    """Raise a `ValidationError` for a column of the row."""
    raise ValidationError({column: [" ".join(why)]})
