"""How records come in and go out as files, whichever they are.

An import reads, looks everything up, and only then writes: all at once through `enter_records`, or nothing. A dry run
is the same without the writing. A cell that says what its export said is never looked at, so that a file that comes
back as it went out changes nothing.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any, NoReturn

from django.contrib.admin.models import ADDITION, CHANGE
from django.contrib.auth.models import User
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import IntegrityError, models
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export.instance_loaders import BaseInstanceLoader
from import_export.resources import Resource
from import_export.results import Result, RowResult

from claims.actions import Entry, enter_records
from claims.admin.import_export.columns import Column, number
from claims.admin.import_export.sheets import Line, Sheet
from claims.errors import ChangedMeanwhileError, Phrase, UnreadableTableError, WorkbenchError
from claims.messages import message_of

Change = tuple[str, str, str]
"""A column, and its cell before and after."""

_LEAVE_EMPTY = gettext_lazy("Leave the cell empty for a new one.")


class RowChanges(RowResult):  # type: ignore[misc]
    """What a row does. `line` is where it stands in its file, `changes` what would be otherwise after it."""

    def __init__(self) -> None:
        super().__init__()
        self.line = Line(0)
        self.changes: list[Change] = []


class EntryResource(Resource):  # type: ignore[misc]
    """Records of one model as lines of a file.

    Args:
        user: who brings them in or takes them out.
        note: where they come from: the name of a file.
        plan: what the person saw that an import would do (`plan_of`); if it would do anything else, nothing is
            written. None for whatever it does.
    """

    id = Column("id")

    no_new: str | Promise = ""
    """For records that files cannot add, why not, and where they are added."""

    aside: Collection[str] = ()
    """Columns of the workbench's other files of these records: they are left aside, and nobody has to take them out."""

    class Meta:
        instance_loader_class = BaseInstanceLoader
        # Nothing is written line by line, so no line needs a transaction of its own; nor a copy to compare with.
        use_bulk = True
        batch_size = None
        skip_diff = True
        skip_unchanged = True

    def __init__(
        self, *, user: User, note: str = "", plan: str | None = None, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.user, self._note, self._plan = user, note, plan
        self._standing: dict[int, Any] = {}
        self._seen: dict[object, int] = {}
        self._entries: list[Entry] = []
        self._written: list[tuple[models.Model, bool]] = []
        self._changes: list[Change] = []
        self._sheet = Sheet(["id"])
        self._line = Line(0)

    @classmethod
    def get_display_name(cls) -> str:
        """What the records are called."""
        return str(cls._meta.model._meta.verbose_name_plural)

    @classmethod
    def get_row_result_class(cls) -> type[RowChanges]:
        """The class of what a row does."""
        return RowChanges

    # Out

    def get_export_fields(self, selected_fields: Any = None) -> list[Column]:
        """The columns: all but the desk's notes for people who only read."""
        model = self._meta.model._meta
        writes = self.user.has_perm(f"{model.app_label}.change_{model.model_name}")
        return [column for column in self.fields.values() if writes or column.column_name != "note"]

    def export_field(self, field: Column, instance: models.Model, **_kwargs: Any) -> str:
        """The cell of a column."""
        return self.cell(field, instance)

    def cell(self, column: Column, record: Any) -> str:
        """What a column shows of a record to this person."""
        return column.cell(record)

    def get_queryset(self) -> models.QuerySet[Any]:
        """The records, with what their cells need."""
        return self.with_cells(self._meta.model._default_manager.all())

    def with_cells(self, records: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """Records with what their cells need of others."""
        return records

    def filter_export(self, queryset: models.QuerySet[Any], **_kwargs: Any) -> models.QuerySet[Any]:
        """The records that a list shows, in the order that never changes."""
        return self.with_cells(queryset).order_by("pk")

    def iter_queryset(self, queryset: models.QuerySet[Any]) -> Iterator[Any]:
        """The records, a thousand a query."""
        yield from queryset.iterator(chunk_size=1_000)

    # In

    def check(self, sheet: Sheet) -> None:
        """Raise `UnreadableTableError` if a table has columns that these records have not."""
        known = [column.column_name for column in self.fields.values()]
        unknown = [name for name in sheet.headers if name not in {*known, *self.aside}]
        if unknown:
            raise UnreadableTableError(
                why=Phrase(
                    "there is no column “%(name)s”. There are: %(known)s.",
                    name=unknown[0],
                    known=", ".join(known),
                )
            )

    def dry_run(self, sheet: Sheet) -> Result:
        """What an import would do. Nothing is written, and nobody who writes has to wait meanwhile."""
        # `import_data` would open a transaction to take back what it wrote. On SQLite that keeps others out.
        return self.import_data_inner(
            sheet,
            dry_run=True,
            raise_errors=False,
            using_transactions=False,
            collect_failed_rows=False,
        )

    def run(self, sheet: Sheet) -> Result:
        """Import all lines, or none if one is wrong."""
        return self.import_data(sheet, use_transactions=True, rollback_on_validation_errors=True)

    def before_import(self, dataset: Sheet, **_kwargs: Any) -> None:
        """Look up whatever the lines name, a query a kind."""
        self._sheet, self._entries, self._written, self._seen = dataset, [], [], {}
        cells = {name: set(dataset[name]) for name in dataset.headers}
        numbers = {number(cell) for cell in cells.get("id", ())} - {None}
        self._standing = {record.pk: record for record in self.look_up(numbers)}
        for column in self.fields.values():
            if column.column_name in cells and hasattr(column.widget, "prepare"):
                column.widget.prepare(cells[column.column_name])

    def look_up(self, numbers: Iterable[int | None]) -> Iterable[Any]:
        """The records of these numbers."""
        return self.get_queryset().filter(pk__in=numbers)

    def import_row(self, row: Any, instance_loader: Any, **kwargs: Any) -> RowChanges:
        """Read a line. A mistake of the code is not told as one of the line."""
        self._changes = []
        self._line = self._sheet.lines[kwargs["row_number"] - 1]
        found: RowChanges = super().import_row(row, instance_loader, **kwargs)
        found.line, found.changes = self._line, self._changes
        if found.errors:
            raise found.errors[0].error
        return found

    def before_import_row(self, row: Any, **kwargs: Any) -> None:
        """Refuse a line that could not be read."""
        wrong = defaultdict(list)
        for name, why in self._line.wrong:
            wrong[name].append(message_of(why))
        if wrong:
            raise ValidationError(dict(wrong))

    def get_instance(self, instance_loader: Any, row: Any) -> models.Model | None:
        """The record that a line names by its number; None for a new one."""
        cell = row.get("id", "").strip()
        if not cell:
            return None
        record = self._standing.get(number(cell) or 0)
        if record is None:
            refuse(
                "id", _("There is none with the number “%(id)s”.") % {"id": cell}, str(_LEAVE_EMPTY)
            )
        self.require_once("id", record.pk)
        return record  # type: ignore[no-any-return]

    def init_instance(self, row: Any = None) -> models.Model:
        """A new record, where files may add some."""
        if self.no_new:
            refuse("id", str(self.no_new))
        return self._meta.model()  # type: ignore[no-any-return]

    def import_instance(self, instance: models.Model, row: Any, **_kwargs: Any) -> None:
        """Set what the line says otherwise than its export would.

        Raises:
            ValidationError: by column, if a cell cannot be read or is not to be changed.
        """
        wrong = {}
        for name, column in self.fields.items():
            try:
                self._read(column, instance, row)
            except ValueError as error:
                wrong[name] = ValidationError(str(error))
        if wrong:
            raise ValidationError(wrong)

    def _read(self, column: Column, record: models.Model, row: Any) -> None:
        name = column.column_name
        if name not in row or name == "id":
            return
        before = "" if record._state.adding else self.cell(column, record)
        # Spreadsheets write the ends of lines in their own way.
        if row[name].replace("\r\n", "\n") == before.replace("\r\n", "\n"):
            return
        if column.shown:
            raise ValueError(str(column.shown))
        column.save(record, row)
        after = self.cell(column, record)
        if before != after:
            self._changes.append((name, before, after))

    def skip_row(
        self, instance: models.Model, original: Any, row: Any, import_validation_errors: Any = None
    ) -> bool:
        """Whether a line changes nothing."""
        return not (import_validation_errors or self._changes or instance._state.adding)

    def validate_instance(
        self,
        instance: Any,
        import_validation_errors: Any = None,
        validate_unique: bool = True,
    ) -> None:
        """Refuse what cannot be kept, without a query.

        Raises:
            ValidationError: by column.
        """
        wrong = dict(import_validation_errors or {})
        given = {name for name, _before, _after in self._changes}
        looked_at = {
            field.name
            for field in instance._meta.concrete_fields
            if field.name in (self.fields if instance._state.adding else given)
            and not field.is_relation
            and not field.primary_key
        }
        others = {field.name for field in instance._meta.fields} - looked_at
        try:
            instance.clean_fields(exclude=others | set(wrong))
        except ValidationError as error:
            wrong = error.update_error_dict(wrong)
        if wrong:
            raise ValidationError(wrong)
        self.require_unique(instance)

    def require_unique(self, record: Any) -> None:
        """Refuse a record that would be there twice. Raises `ValidationError`."""

    def require_once(self, column: str, key: object) -> None:
        """Refuse a line that is about the same as one before it. Raises `ValidationError`."""
        line = self._seen.setdefault(key, self._line.number)
        if line != self._line.number:
            refuse(column, _("Line %(line)s is about the same one already.") % {"line": line})

    def save_instance(self, instance: Any, is_create: bool, row: Any, **_kwargs: Any) -> None:
        """Keep what is to be written until all lines are read."""
        self._written.append((instance, is_create))
        self._entries.extend(self.entries_of(instance, [name for name, *_cells in self._changes]))

    def entries_of(self, record: Any, fields: list[str]) -> Iterable[Entry]:
        """What is to be written for a line.

        Args:
            record: its record, new or changed.
            fields: the columns that it changes.
        """
        return [Entry(record, fields)]

    def after_import(self, dataset: Sheet, result: Result, **kwargs: Any) -> None:
        """Write, if all lines are right and do what the person saw."""
        # A table without a line never got as far as to say which it is.
        if kwargs.get("dry_run", True) or result.has_validation_errors():
            return
        if self._plan is not None and self._plan != plan_of(result):
            raise ChangedMeanwhileError
        self.write(self._entries)

    def write(self, entries: list[Entry]) -> None:
        """Write what the lines say."""
        enter_records(actor=self.user, entries=entries, note=self._note)

    def entered(self) -> dict[int, list[models.Model]]:
        """The records that were written, by the admin's flag for what was done."""
        written: dict[int, list[models.Model]] = {ADDITION: [], CHANGE: []}
        for record, is_new in self._written:
            written[ADDITION if is_new else CHANGE].append(record)
        return {flag: records for flag, records in written.items() if records}

    def handle_import_error(
        self, result: Result, error: Exception, raise_errors: bool = False
    ) -> None:
        """Tell what a person can do something about; anything else is a mistake of the code."""
        if not isinstance(error, WorkbenchError | IntegrityError | ObjectDoesNotExist):
            raise error
        told = error if isinstance(error, WorkbenchError) else ChangedMeanwhileError()
        super().handle_import_error(result, told)


def refuse(column: str, *why: str) -> NoReturn:
    """Raise a `ValidationError` about a column of the line."""
    raise ValidationError({column: [" ".join(why)]})


def plan_of(result: Result) -> str:
    """A digest of what an import does: the lines that change something, and what they change."""
    plan = [
        (row.line.number, row.import_type, row.changes)
        for row in result.rows
        if row.import_type != RowResult.IMPORT_TYPE_SKIP
    ]
    return hashlib.sha256(json.dumps(plan).encode()).hexdigest()
