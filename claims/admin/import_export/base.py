"""How records come in and go out as files, whichever they are.

An import reads, looks everything up, and only then writes: all at once through `enter_records`, or nothing. A dry run
is the same without the writing. A cell that says what its export said is never looked at, so that a file that comes
back as it went out changes nothing.
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
    """What a line does to its record, or "wrong" for one that cannot be imported."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    WRONG = "wrong"


@dataclass(slots=True)
class ReadLine:
    """What a line would do.

    Attributes:
        line: where it stands in its file.
        effect: what it does.
        record: what it is about, in words.
        changes: what would be otherwise after it.
        wrong: what is wrong with it: reasons by column, "" for the line as a whole.
    """

    line: Line
    effect: Effect
    record: str = ""
    changes: list[Change] = field(default_factory=list)
    wrong: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """What an import would do, line by line."""

    lines: Sequence[ReadLine]

    @property
    def wrong(self) -> list[ReadLine]:
        """The lines that are wrong."""
        return [each for each in self.lines if each.effect is Effect.WRONG]

    @property
    def changing(self) -> list[ReadLine]:
        """The lines that add or change something."""
        return [each for each in self.lines if each.effect in {Effect.NEW, Effect.CHANGED}]

    @property
    def totals(self) -> dict[str, int]:
        """How many lines do what, by the effect."""
        found = Counter(each.effect for each in self.lines)
        return {effect.value: found[effect] for effect in Effect}

    @property
    def plan(self) -> str:
        """A digest of what the lines add and change."""
        plan = [(each.line.number, each.effect, each.changes) for each in self.changing]
        return hashlib.sha256(json.dumps(plan).encode()).hexdigest()


class EntryResource:
    """Records of one model as lines of a file.

    Args:
        user: who brings them in or takes them out.
        note: where they come from: the name of a file.
        plan: what the person saw that an import would do (`Reading.plan`); if it would do anything else, nothing is
            written. None for whatever it does.
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
        # What a column looks up for one import is not for another one.
        self.columns = {column.name: column for column in deepcopy(self.COLUMNS)}
        self._standing: dict[int, Any] = {}
        self._seen: dict[object, int] = {}
        self._entries: list[Entry] = []
        self._written: list[tuple[models.Model, bool]] = []
        self._changes: list[Change] = []
        self._line = Line(0)

    # Out

    def shown_columns(self) -> list[Column]:
        """The columns of a file that goes out: all but the desk's notes for people who only read."""
        model = self.model._meta
        writes = self.user.has_perm(f"{model.app_label}.change_{model.model_name}")
        return [column for column in self.columns.values() if writes or column.name != "note"]

    def table_of(self, records: models.QuerySet[Any]) -> Iterator[list[str]]:
        """The rows of a file: the names of the columns, then the records, in the order that never changes."""
        columns = self.shown_columns()
        yield [column.name for column in columns]
        # A thousand a query.
        for record in self.with_cells(records).order_by("pk").iterator(chunk_size=1_000):
            yield [self.cell(column, record) for column in columns]

    def cell(self, column: Column, record: Any) -> str:
        """What a column shows of a record to this person."""
        return column.cell(record)

    def with_cells(self, records: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """Records with what their cells need of others."""
        return records

    # In

    def check(self, sheet: Sheet) -> None:
        """Raise `UnreadableTableError` if a table has columns that these records have not."""
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
        """What an import would do. Nothing is written, and nobody who writes has to wait meanwhile."""
        self.prepare(sheet)
        rows = (dict(zip(sheet.headers, row, strict=True)) for row in sheet.rows)
        lines = zip(sheet.lines, rows, strict=True)
        return Reading([self._read_line(line, row) for line, row in lines])

    def run(self, sheet: Sheet) -> Reading:
        """Import all lines, or none if one is wrong. Belongs into a transaction.

        Raises:
            ChangedMeanwhileError: if they do something else than the person saw, or cannot be written.
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
        """Look up whatever the lines name, a query a kind."""
        self._entries, self._written, self._seen = [], [], {}
        numbers = {number(cell) for cell in sheet.column("id")} - {None}
        self._standing = {record.pk: record for record in self.look_up(numbers)}
        for name, column in self.columns.items():
            if name in sheet.headers:
                column.kind.prepare(set(sheet.column(name)))

    def look_up(self, numbers: Iterable[int | None]) -> Iterable[Any]:
        """The records of these numbers, with what their cells need."""
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
        """The record that a line names by its number, or a new one."""
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
        """Set what a line says otherwise than its export would. Returns what is wrong with its cells, by column."""
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
        # Spreadsheets write the ends of lines in their own way.
        if cell.replace("\r\n", "\n") == before.replace("\r\n", "\n"):
            return
        if column.shown:
            raise ValueError(str(column.shown))
        column.save(record, cell)
        after = self.cell(column, record)
        if before != after:
            self._changes.append((column.name, before, after))

    def validate(self, record: Any, wrong: dict[str, Any]) -> None:
        """Refuse what cannot be kept, without a query.

        Args:
            record: a line's record, filled in.
            wrong: what is wrong already, by column.

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
        """Refuse a record that would be there twice. Raises `ValidationError`."""

    def require_once(self, column: str, key: object) -> None:
        """Refuse a line that is about the same as one before it. Raises `ValidationError`."""
        line = self._seen.setdefault(key, self._line.number)
        if line != self._line.number:
            refuse(column, _("Row %(line)s already changes the same record.") % {"line": line})

    def entries_of(self, record: Any, fields: list[str]) -> Iterable[Entry]:
        """What is to be written for a line.

        Args:
            record: its record, new or changed.
            fields: the columns that it changes.
        """
        return [Entry(record, fields)]

    def write(self, entries: list[Entry]) -> None:
        """Write what the lines say."""
        enter_records(actor=self.user, entries=entries, note=self._note)

    def entered(self) -> dict[int, list[models.Model]]:
        """The records that were written, by the admin's flag for what was done."""
        written: dict[int, list[models.Model]] = {ADDITION: [], CHANGE: []}
        for record, is_new in self._written:
            written[ADDITION if is_new else CHANGE].append(record)
        return {flag: records for flag, records in written.items() if records}


def refuse(column: str, *why: str) -> NoReturn:
    """Raise a `ValidationError` about a column of the line."""
    raise ValidationError({column: [" ".join(why)]})
