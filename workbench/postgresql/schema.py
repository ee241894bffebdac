"""Migrations that keep nobody waiting.

A change of a table locks it until its transaction ends. Django runs each change as soon as it gets to it, and computes the
next one meanwhile, which takes far longer than the change itself. And while a change waits for somebody's long query, everyone
else waits behind it.
"""

import time
from contextlib import ExitStack
from types import TracebackType
from typing import Any, Self

from django.db import OperationalError, transaction
from django.db.backends.postgresql.schema import DatabaseSchemaEditor
from psycopg.errors import LockNotAvailable

PATIENCE = "900ms"
"""For how long a change waits for a lock, and others behind it."""

TRIES, BETWEEN = 60, 1.0
"""How often it is tried, and the seconds between, in which the others get their turn."""


class SchemaEditor(DatabaseSchemaEditor):
    """Collects the changes of a migration, and runs them at once: at its end, or before it asks or writes anything."""

    def __enter__(self) -> Self:
        """Begin the migration's transaction."""
        self._waiting: list[str] = []
        self._is_running = False
        self._watching = ExitStack()
        entered: Self = super().__enter__()
        self._watching.enter_context(self.connection.execute_wrapper(self._before_query))
        return entered

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Run what is left, and end the transaction."""
        try:
            if kind is None:
                for sql in self.deferred_sql:
                    self.execute(sql, None)
                self.deferred_sql.clear()
                self._run()
        except BaseException as error:
            super().__exit__(type(error), error, error.__traceback__)
            raise
        finally:
            self._watching.close()
        super().__exit__(kind, value, traceback)

    def execute(self, sql: Any, params: Any = ()) -> None:
        """Run a change later, where there is a transaction that it can wait in."""
        if self.collect_sql or self._is_running or not self.connection.in_atomic_block:
            super().execute(sql, params)
        elif params is None:
            self._waiting.append(str(sql))
        else:
            self._waiting.append(self.connection.ops.compose_sql(str(sql), params))

    def _before_query(self, execute: Any, *query: Any) -> Any:
        """Run what waits before a migration asks or writes something itself."""
        if not self._is_running:
            self._run()
        return execute(*query)

    def _run(self) -> None:
        waiting, self._waiting = self._waiting, []
        if not waiting:
            return
        self._is_running = True
        try:
            for number in range(TRIES):
                try:
                    self._run_at_once(waiting)
                    break
                except OperationalError as error:
                    is_last = number + 1 == TRIES
                    if is_last or not isinstance(error.__cause__, LockNotAvailable):
                        raise
                time.sleep(BETWEEN)
        finally:
            self._is_running = False

    def _run_at_once(self, waiting: list[str]) -> None:
        """Run changes. If a lock cannot be had in time, all that these have locked is let go of."""
        with transaction.atomic(using=self.connection.alias):
            super().execute(f"SET LOCAL lock_timeout = '{PATIENCE}'", None)
            for sql in waiting:
                super().execute(sql, None)
            super().execute("SET LOCAL lock_timeout TO DEFAULT", None)
