"""The rule that a claim's verdict is that of its newest decision, which the database itself enforces."""

from collections.abc import Iterator

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

_TABLE = "claims_claim"
_NEWEST = "(SELECT verdict FROM claims_decision WHERE claim_id = NEW.id ORDER BY id DESC LIMIT 1)"
_REFUSED = "the verdict of a claim is that of its newest decision"
_EVENTS = {
    "verdict_changed": (
        "UPDATE OF verdict",
        f"NEW.verdict <> OLD.verdict AND NEW.verdict <> coalesce({_NEWEST}, 'pending')",
    ),
    # One that replaces another, or comes back after it was deleted in the same transaction.
    "verdict_inserted": ("INSERT", f"NEW.verdict <> {_NEWEST}"),
}


def hold_verdicts(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers that refuse a verdict without its decision. Runs after every migrate, like `hold_append_only`.

    A decision is therefore written before the verdict of its claim. A new claim may have a verdict whose decision follows
    in the same transaction; where none does, `claims.queries.claims.log_chain` finds it.
    """
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        if not {_TABLE, "claims_decision"} <= set(connection.introspection.table_names(cursor)):
            return
        for name, (event, wrong) in _EVENTS.items():
            for statement in _statements(connection.vendor, name, event, wrong):
                cursor.execute(statement)


def let_go_of_verdicts(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers: SQLite cannot rebuild the table of decisions while they name it."""
    with connection.cursor() as cursor:
        for name in _EVENTS:
            if connection.vendor == "postgresql":
                cursor.execute(f"DROP FUNCTION IF EXISTS {name} CASCADE")
            else:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")


def _statements(vendor: str, name: str, event: str, wrong: str) -> Iterator[str]:
    if vendor == "sqlite":
        # After, since before an insert the id is not known.
        yield f"""CREATE TRIGGER IF NOT EXISTS {name} AFTER {event} ON {_TABLE} WHEN {wrong}
            BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"""
        return
    yield f"""CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF {wrong} THEN RAISE EXCEPTION '{_REFUSED}' USING ERRCODE = 'restrict_violation'; END IF;
        RETURN NEW; END $$"""
    yield f"""CREATE OR REPLACE TRIGGER {name} BEFORE {event} ON {_TABLE}
        FOR EACH ROW EXECUTE FUNCTION {name}()"""
