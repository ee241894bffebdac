"""Take away what keeps rows from being changed, to see what else would notice, or what it would do to readers."""

from django.db import connection, models


def drop_triggers(model: type[models.Model]) -> None:
    """Drop the triggers that refuse to change a model's rows. Those of its index of words stay."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        statements = [f"DROP TRIGGER append_only ON {table}"]
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table]
            )
            guards = [name for (name,) in cursor.fetchall() if name.startswith(f"{table}_no_")]
            statements = [f"DROP TRIGGER {name}" for name in guards]
        assert statements
        for statement in statements:
            cursor.execute(statement)
