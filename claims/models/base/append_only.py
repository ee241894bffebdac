"""Tables whose rows, or some fields of them, are never changed; the database itself enforces it."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from django.db import models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

_SQLITE = """CREATE TRIGGER IF NOT EXISTS {name}_no_{verb} BEFORE {event} ON {table}
    BEGIN SELECT RAISE(ABORT, '{name} is append-only'); END"""
_SQLITE_REPLACE = (
    # REPLACE deletes the existing row without firing the delete trigger.
    "DROP TRIGGER IF EXISTS {name}_no_replace",
    """CREATE TRIGGER {name}_no_replace BEFORE INSERT ON {table} WHEN {same}
       BEGIN SELECT RAISE(ABORT, '{name} is append-only'); END""",
)
_POSTGRESQL = (
    """CREATE OR REPLACE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$""",
    """CREATE OR REPLACE TRIGGER append_only BEFORE {events} ON {table}
       FOR EACH ROW EXECUTE FUNCTION append_only()""",
)


def hold_append_only(
    connection: BaseDatabaseWrapper, model: type[models.Model], only: Sequence[str] = ()
) -> None:
    """Create the triggers that refuse to change or delete a model's rows.

    Runs after every migrate and not in a migration of its own, because a migration that rebuilds the
    table on SQLite drops its triggers.

    Args:
        connection: to the database.
        model: whose rows.
        only: the fields that are never changed, of rows that may be deleted; all of them if none is named.
    """
    columns = (connection.ops.quote_name(_column(model, field)) for field in only)
    events = (
        {"update": f"UPDATE OF {', '.join(columns)}"}
        if only
        else {"update": "UPDATE", "delete": "DELETE"}
    )
    table = model._meta.db_table
    quoted = connection.ops.quote_name(table)
    # Each condition is a query of its own, so that it uses an index: combined, SQLite read a log of 400,000 rows for
    # every new one.
    same = " OR ".join(f"EXISTS (SELECT 1 FROM {quoted} WHERE {one})" for one in _same_row(model))
    words = {"table": quoted, "name": table, "same": same, "events": " OR ".join(events.values())}
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for statement in _statements(connection.vendor, events):
            cursor.execute(statement.format(**words))


@contextmanager
def lifted(
    connection: BaseDatabaseWrapper, model: type[models.Model], only: Sequence[str] = ()
) -> Iterator[None]:
    """Let the caller's transaction change a model's rows, and nobody else; deleting them stays refused on SQLite.

    PostgreSQL lets nobody else write to the table until the transaction ends, and SQLite to none. Everybody can read.

    Args:
        connection: to the database, in a transaction.
        model: whose rows.
        only: as in `hold_append_only`.
    """
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # A table with checks that wait for the end of the transaction cannot be altered: they are made at once.
            connection.check_constraints()
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER append_only")
            yield
            connection.check_constraints()
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER append_only")
        else:
            cursor.execute(f"DROP TRIGGER {table}_no_update")
            yield
            hold_append_only(connection, model, only)


def _statements(vendor: str, events: Mapping[str, str]) -> Iterator[str]:
    if vendor == "postgresql":
        yield from _POSTGRESQL
        return
    for verb, event in events.items():
        yield _SQLITE.replace("{verb}", verb).replace("{event}", event)
    yield from _SQLITE_REPLACE


def _column(model: type[models.Model], field: str) -> str:
    return next(str(one.column) for one in model._meta.concrete_fields if one.name == field)


def _same_row(model: type[models.Model]) -> list[str]:
    """Return the conditions under which a new row would replace an old one: one for each unique constraint."""
    columns = [[field.column] for field in model._meta.concrete_fields if field.unique]
    names = {field.name: field.column for field in model._meta.concrete_fields}
    columns += [
        [names[field] for field in constraint.fields]
        for constraint in model._meta.constraints
        if isinstance(constraint, models.UniqueConstraint)
    ]
    return [
        "(" + " AND ".join(f"{column} = NEW.{column}" for column in together) + ")"
        for together in columns
    ]
