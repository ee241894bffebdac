"""How the server's processes are connected to PostgreSQL."""

from typing import Any


def prepare(database: dict[str, Any], smallest: int, largest: int, *, patience: int) -> None:
    """Complete a database of settings.DATABASES.

    Args:
        database: its settings, which are changed.
        patience: seconds until a server that does not answer is given up.
        smallest: how many connections each process keeps in its pool.
        largest: how many it has at most. With 0 there is no pool, and each thread keeps a connection of its own.
    """
    options: dict[str, Any] = database.setdefault("OPTIONS", {})
    options.setdefault("connect_timeout", patience)
    # A server whose machine is gone is noticed within a quarter of a minute, and not when the system gives up after a quarter of an hour.
    for name, seconds in (
        ("keepalives_idle", 5),
        ("keepalives_interval", 3),
        ("keepalives_count", 3),
    ):
        options.setdefault(name, seconds)
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
