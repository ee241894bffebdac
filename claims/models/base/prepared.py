"""Queries that are put into SQL once: of a short answer, that takes Django several times as long as all the rest."""

import json
from collections.abc import Callable, Collection, Mapping
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import connections, models
from django.db.models.sql.compiler import SQLCompiler

_Row = TypeVar("_Row")
_Given = int | str | Collection[int]
"""An id, the key of a row that has a text for one, or many ids."""
_FIRST, _MOST = -(1 << 31), 5
"""Stands for the first id while the query is put into SQL; those that follow count on, up to so many. No id is as low, and
none is too low for a column of 32 bits, of which Django would know that it finds nothing."""


class Prepared(Generic[_Row]):
    """A query that is asked again and again for other ids.

    Its SQL, and what Django makes of the columns, are kept for each database, and only the ids are put in. The rows are what the
    queryset itself gives: models, tuples, or values.

    Args:
        build: makes the queryset, given as many ids as it needs. It is called once, with numbers that stand for the ids, and may
            depend on nothing else that changes. A limit belongs into it; related rows can be selected, but not prefetched.
            `Among(field, [ids])` is for one of them that stands for many.
    """

    def __init__(self, build: Callable[..., "models.QuerySet[Any, _Row]"]) -> None:
        self._build = build
        self._compiled: dict[str, _Compiled] = {}

    @cached_property
    def _queryset(self) -> "models.QuerySet[Any, _Row]":
        number = self._build.__code__.co_argcount
        return self._build(*range(_FIRST, _FIRST + number))

    def all(self, *ids: _Given) -> list[_Row]:
        """Return all rows for these ids, in one query. Each of them may be many where the queryset has `Among`."""
        # The router chooses the database anew each time.
        alias = self._queryset.db
        if alias not in self._compiled:
            self._compiled[alias] = _Compiled.of(self._queryset, alias)
        asked = _Asked(self._queryset, alias, self._compiled[alias].bound(alias, ids))
        iterable: Any = self._queryset._iterable_class
        rows: list[_Row] = list(iterable(asked))
        return rows

    def first(self, *ids: _Given) -> _Row | None:
        """Return the first row, or None if there is none."""
        return next(iter(self.all(*ids)), None)


@dataclass(frozen=True)
class _Compiled:
    """A query in the SQL of one database, with the place of each id among its values, and with what turns columns into values."""

    compiler: SQLCompiler
    sql: str
    values: tuple[Any, ...]
    places: Mapping[int, int]
    converters: Mapping[int, Any]

    @classmethod
    def of(cls, queryset: "models.QuerySet[Any, Any]", alias: str) -> "_Compiled":
        compiler = queryset.query.clone().get_compiler(using=alias)
        sql, values = compiler.as_sql()
        # An id, or a list of ids as each database gets it from `Among`.
        stands = {
            str(form): number
            for number in range(_MOST)
            for form in (_FIRST + number, [_FIRST + number])
        }
        places = {
            place: stands[str(value)] for place, value in enumerate(values) if str(value) in stands
        }
        columns = [one[0] for one in compiler.select[: compiler.col_count]]
        return cls(compiler, sql, tuple(values), places, compiler.get_converters(columns))

    def bound(self, alias: str, ids: tuple[_Given, ...]) -> SQLCompiler:
        """Return a compiler of this thread's connection that has the ids in their places."""
        values = list(self.values)
        for place, number in self.places.items():
            given, stood = ids[number], values[place]
            if not isinstance(given, int | str):
                given = json.dumps(list(given)) if isinstance(stood, str) else list(given)
            values[place] = given
        compiler = copy(self.compiler)
        compiler.connection = connections[alias]
        vars(compiler).update(
            as_sql=lambda *_given, **_named: (self.sql, tuple(values)),
            get_converters=lambda _columns: self.converters,
        )
        return compiler


@dataclass
class _Asked:
    """What Django's iterators ask of a queryset and of its query, answered by a bound compiler."""

    queryset: "models.QuerySet[Any, Any]"
    db: str
    compiler: SQLCompiler
    _known_related_objects: Mapping[Any, Any] = field(default_factory=dict)

    @property
    def query(self) -> "_Asked":
        """Itself: the query is asked for its compiler alone."""
        return self

    def get_compiler(self, using: str) -> SQLCompiler:
        """Return the compiler."""
        return self.compiler


def keep_related(record: models.Model, name: str, rows: list[Any]) -> None:
    """Let a record know the rows that refer to it, as if they had been prefetched.

    Args:
        record: the record.
        name: the relation, such as "evidence".
        rows: what it finds.
    """
    manager = getattr(record, name)
    for row in rows:
        setattr(row, manager.field.name, record)
    kept = manager.all()
    kept._result_cache, kept._prefetch_done = rows, True
    record.__dict__.setdefault("_prefetched_objects_cache", {})[
        manager.field.remote_field.cache_name
    ] = kept
