"""Several writers at the same moment, for tests of locks."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

PATIENCE = 300
"""Seconds after which a test that hangs fails."""


def at_once(*steps: Callable[[], Any]) -> list[Any]:
    """What the functions returned or raised when they were started together."""
    barrier = Barrier(len(steps))

    def run(action: Callable[[], Any]) -> Any:
        try:
            barrier.wait(PATIENCE)
            return action()
        except Exception as error:  # noqa: BLE001 - the test looks at it
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(steps)) as pool:
        return list(pool.map(run, steps, timeout=PATIENCE))


def wait_until_somebody_waits() -> None:
    """On PostgreSQL, until another connection waits for a lock. SQLite's second writer waits before it begins."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for _time in range(100_000):
            cursor.execute(
                "SELECT count(*) FROM pg_locks WHERE NOT granted AND pid <> pg_backend_pid()"
            )
            if cursor.fetchone()[0]:
                return
    pytest.fail("the other writer never waited for this one")
