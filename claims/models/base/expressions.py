"""What SQL both databases can say, each in its own words."""

import json
from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Combinable
from django.db.models.sql.compiler import SQLCompiler

_Compiled = tuple[str, Any]


class Among(models.Func):
    """Whether an id is one of many. Given as one value, they cost the database no parsing, and Django no list of them.

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
        """As a table that JSON makes."""
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
    """A moment in ISO 8601 in UTC, as `claims.renderers.times.iso` writes it: "2026-03-04T05:06:07+00:00".

    The database writes it several times faster than Python reads a moment and writes it again.
    """

    output_field = models.TextField()

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> _Compiled:
        """SQLite keeps it as text, without the zone."""
        template = "replace(%(expressions)s, ' ', 'T') || '+00:00'"
        return self.as_sql(compiler, connection, template=template, **context)

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> _Compiled:
        """Without a fraction of a second where there is none."""
        written = """'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"'"""
        template = f"replace(to_char(%(expressions)s AT TIME ZONE 'UTC', {written}), '.000000', '')"
        return self.as_sql(compiler, connection, template=template, **context)
