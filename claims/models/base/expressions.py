"""SQL expressions that need different forms on the two databases."""

import json
from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Combinable
from django.db.models.sql.compiler import SQLCompiler

_Compiled = tuple[str, Any]


class Among(models.Func):
    """Whether an id is in a long list, which is passed as one value to save the database and Django from parsing it.

    Args:
        expression: the id, or the name of its field.
        ids: the ids.
    """

    output_field = models.BooleanField()

    def __init__(self, expression: str | Combinable, ids: Sequence[int]) -> None:
        super().__init__(expression)
        self.ids = ids

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> _Compiled:
        """As a table from JSON."""
        template = "%(expressions)s IN (SELECT value FROM json_each(%%s))"
        sql, values = self.as_sql(compiler, connection, template=template, **context)
        return sql, (*values, json.dumps(list(self.ids)))

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> _Compiled:
        """As an array."""
        template = "%(expressions)s = ANY(%%s)"
        sql, values = self.as_sql(compiler, connection, template=template, **context)
        return sql, (*values, list(self.ids))


class InUtc(models.Func):
    """A time in ISO 8601 in UTC, as `claims.renderers.times.iso` writes it: "2026-03-04T05:06:07+00:00".

    The database formats it several times faster than Python parses and formats it.
    """

    output_field = models.TextField()

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> _Compiled:
        """SQLite stores it as text, without the zone."""
        template = "replace(%(expressions)s, ' ', 'T') || '+00:00'"
        return self.as_sql(compiler, connection, template=template, **context)

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> _Compiled:
        """Leave out the fraction of a second if there is none."""
        written = """'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"'"""
        template = f"replace(to_char(%(expressions)s AT TIME ZONE 'UTC', {written}), '.000000', '')"
        return self.as_sql(compiler, connection, template=template, **context)
