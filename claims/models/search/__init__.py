"""Full-text search with the database's own index, SQLite's FTS5 or PostgreSQL's, which follows every change.

`SEARCHED` says which fields of a model are searched; its QuerySet gets `search` from `Searchable`. Words are found
regardless of case and accents, "a phrase" exactly, and begin* by its beginning. An existing library was measured but
not used: modelsearch 1.3 does not notice `bulk_create`, `update` and `bulk_update`, and a single `save()` among a
million rows took it 0.4 s on SQLite and 0.8 s on PostgreSQL, because it recounts its whole table.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, ClassVar, Self, TypeVar

from django.db import connection, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

from claims.models.base.migrating import Plan, touches
from claims.models.search import postgresql, sqlite
from claims.models.search.indexes import WordIndex, search_index
from claims.models.search.words import Term, parse

_ENGINES: dict[str, Any] = {"sqlite": sqlite, "postgresql": postgresql}
RANKED = 5000
"""How many of the newest matches are ranked: a word that half of all rows hold would take seconds otherwise."""
_TOGETHER = 50
"""How many words are looked up in one query."""

M = TypeVar("M", bound=models.Model)
JobStatus = Callable[[int, int], None]
"""Told how many rows of how many are done."""


class Matches(models.Func):
    """Whether a row matches a search, for use in `filter`."""

    output_field: ClassVar[models.Field[Any, Any]] = models.BooleanField()
    conditional = True

    def __init__(self, model: type[models.Model], typed: str, field: str = "") -> None:
        super().__init__(models.F("pk"))
        self.model, self.terms, self.within = model, parse(typed), field
        # Computed once for all queries derived from it: copies share it.
        self.few: list[bool] = []

    def as_sql(  # type: ignore[override]  # its own types are narrower than what databases give
        self, compiler: Any, connection: BaseDatabaseWrapper, **_context: Any
    ) -> tuple[str, list[Any]]:
        """The condition, for a row under any alias."""
        (row,) = self.get_source_expressions()
        column, _none = compiler.compile(row)
        engine, index = _ENGINES[connection.vendor], search_index(self.model)
        if not self.few:
            self.few.append(engine.are_few(index, self.terms, self.within, connection))
        sql, values = engine.condition(index, column, self.terms, self.within, few=self.few[0])
        return sql, values


class Searchable(models.QuerySet[M]):
    """A QuerySet of a model with `SEARCHED`, and with `SEARCHED_THROUGH` if related rows are searched too."""

    def search(self, typed: str, field: str = "") -> Self:
        """Rows that match every word and phrase of a search. None if the search has no words.

        Args:
            typed: words, "phrases" or begin*.
            field: the only field to search, one of `SEARCHED`; by default, all of them and those of related rows.
        """
        if not parse(typed):
            return self.none()
        if field:
            return self.filter(Matches(self.model, typed, field))
        wanted = models.Q(Matches(self.model, typed))
        for related, row in self._through():
            holding = related._default_manager.filter(Matches(related, typed))
            wanted |= models.Q(pk__in=holding.values(row))
        return self.filter(wanted)

    def best(self, typed: str, number: int) -> list[M]:
        """The best matches among the newest `RANKED` ones: matches in the rows themselves come first."""
        terms = parse(typed)
        found: list[int] = []
        # The QuerySet's filters may leave few of the best, or none: then all ranked rows are considered.
        for some in (10 * number, RANKED) if terms else ():
            ids = self._ranked(terms, some)
            there = set(self.filter(pk__in=ids).values_list("pk", flat=True))
            found = [pk for pk in ids if pk in there][:number]
            if len(found) == number or len(ids) < some:
                break
        rows = self.in_bulk(found)
        return [rows[pk] for pk in found]

    def _ranked(self, terms: Sequence[Term], number: int) -> list[int]:
        """Return the ids of matching rows, best first; at least this many, if there are."""
        # The database that the rows are read from, which may be a replica.
        database = connections[self.db]
        ranked = _ENGINES[database.vendor].ranked
        ids = ranked(search_index(self.model), terms, database, RANKED, number)
        for related, row in self._through():
            holding = ranked(search_index(related), terms, database, RANKED, number)
            rows = dict(related._default_manager.filter(pk__in=holding).values_list("pk", row))
            ids += [rows[pk] for pk in holding if pk in rows]
        return list(dict.fromkeys(ids))

    def _through(self) -> list[tuple[type[models.Model], str]]:
        """Return the related models that are searched too, and their field that refers to this one."""
        model: Any = self.model
        relations = [model._meta.get_field(name) for name in model.SEARCHED_THROUGH]
        return [(relation.related_model, relation.field.name) for relation in relations]


def holding(index: WordIndex, words: Sequence[str]) -> Iterator[tuple[str, list[int]]]:
    """Yield each word with the ids of all rows that hold it, in any order.

    Args:
        index: where the words are looked up.
        words: without case and accents, as from `fold`. Those that no row holds are left out.
    """
    engine = _ENGINES[connection.vendor]
    for first in range(0, len(words), _TOGETHER):
        some = words[first : first + _TOGETHER]
        each = [engine.holding(index, word) for word in some]
        union = " UNION ALL ".join(
            f"SELECT {number} AS word, id FROM ({sql}) AS held{number}"
            for number, (sql, _values) in enumerate(each)
        )
        with connection.cursor() as cursor:
            cursor.execute(union, [value for _sql, values in each for value in values])
            for number, held in groupby(cursor.fetchall(), itemgetter(0)):
                yield some[number], [pk for _number, pk in held]


def hold_index(connection: BaseDatabaseWrapper, index: WordIndex) -> None:
    """Create and fill an index, and what keeps it up to date.

    Runs after every migrate and not in a migration of its own, because a migration that rebuilds the table on SQLite
    drops its triggers. A table that lacks a searched column after a reversed migration gets no index.
    """
    engine = _ENGINES[connection.vendor]
    if set(index.columns) <= _columns_of(connection, index.model):
        engine.hold(index, connection)


def let_go_of_index(connection: BaseDatabaseWrapper, index: WordIndex, plan: Plan) -> None:
    """Drop what depends on a column that migrations are about to change. Runs before every migrate.

    Args:
        connection: the database.
        index: what is searched.
        plan: the migrations.
    """
    if touches(plan, index.model, index.fields):
        _ENGINES[connection.vendor].let_go(index, connection)


def _columns_of(connection: BaseDatabaseWrapper, model: type[models.Model]) -> set[str]:
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if table not in connection.introspection.table_names(cursor):
            return set()
        return {one.name for one in connection.introspection.get_table_description(cursor, table)}


def rebuild(connection: BaseDatabaseWrapper, index: WordIndex, tell: JobStatus) -> None:
    """Rebuild an index while the site is in use.

    On SQLite this takes short transactions, and searches find what has been indexed so far. On PostgreSQL the old
    index is used until the new one is ready.
    """
    _ENGINES[connection.vendor].rebuild(index, connection, tell)
