"""Django's PostgreSQL, as the workbench uses it: how processes are connected, and migrations that hold their locks briefly."""

from typing import Any


def prepare(
    database: dict[str, Any], smallest: int, largest: int, *, is_replica: bool = False
) -> None:
    """Complete a database of settings.DATABASES.

    Args:
        database: its settings, which are changed.
        is_replica: whether the primary answers where this one does not.
        smallest: how many connections each process keeps in its pool.
        largest: how many it has at most. With 0 there is no pool, and each thread keeps a connection of its own.
    """
    # Seconds until a server that does not answer is given up.
    patience = 2 if is_replica else 5
    options: dict[str, Any] = database.setdefault("OPTIONS", {})
    options.setdefault("connect_timeout", patience)
    # A machine that is gone is noticed within a quarter of a minute, instead of after two hours.
    for name, seconds in (
        ("keepalives_idle", 5),
        ("keepalives_interval", 3),
        ("keepalives_count", 3),
    ):
        options.setdefault(name, seconds)
    database["ENGINE"] = __name__
    if is_replica:
        # Also where it was being asked. Not so for the primary: while much is written, a live one may take nothing for longer.
        options.setdefault("tcp_user_timeout", 15_000)
    database["CONN_HEALTH_CHECKS"] = True
    if largest:
        options["pool"] = {
            "min_size": min(smallest, largest),
            "max_size": largest,
            "timeout": patience,
        }
    else:
        database["CONN_MAX_AGE"] = 60
