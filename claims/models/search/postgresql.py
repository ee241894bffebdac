"""The index on PostgreSQL: a generated column computed from the searched ones, with a GIN index."""

from collections.abc import Callable, Sequence
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper

from claims.models.search.indexes import WordIndex
from claims.models.search.words import Term

_PREPARED = [
    # Any user may add it since PostgreSQL 13, if it is installed on the server.
    "CREATE EXTENSION IF NOT EXISTS unaccent",
    """CREATE OR REPLACE FUNCTION search_fold(text) RETURNS text
       LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT SET search_path = public, pg_catalog AS
       $$ SELECT lower(regexp_replace(unaccent('unaccent', $1), '[^[:alnum:]]+', ' ', 'g')) $$""",
]


_WEIGHTS = "ABCD"
"""What each searched field is marked with, in their order; a search in one field asks for its mark."""
_ONE = "to_tsquery('{words}', nullif(replace(trim(search_fold(%s)), ' ', ' <-> '), '') || %s)"
"""The tsquery of a word and its mark; nothing, which matches nothing, where the word has no letter for PostgreSQL."""

_NEEDED = (
    "search needs the PostgreSQL extension unaccent: install the server's contrib package, and have an administrator run"
    " CREATE EXTENSION unaccent in this database"
)


def _words(index: WordIndex) -> str:
    """Return the configuration that says what is a word of an index."""
    return "english" if index.stems else "simple"


def _query(index: WordIndex, terms: Sequence[Term], field: str = "") -> tuple[str, list[Any]]:
    """Return the SQL for a tsquery, and its parameters."""
    weight = _WEIGHTS[index.fields.index(field)] if field else ""
    parts, values = [], []
    for term in terms:
        words = []
        for place, word in enumerate(term.words, 1):
            last = "*" if term.begun and place == len(term.words) else ""
            words.append(_ONE.format(words=_words(index)))
            values += [word, f":{last}{weight}" if last or weight else ""]
        parts.append(f"({' <-> '.join(words)})")
    return f"({' && '.join(parts)})", values


FEW = 20_000
"""Up to how many matches are found by the index and sorted; of more, the list is gone through."""


def are_few(
    index: WordIndex, terms: Sequence[Term], field: str, connection: BaseDatabaseWrapper
) -> bool:
    """Return whether the planner expects so few matches that the index is the best way to find them."""
    query, values = _query(index, terms, field)
    with connection.cursor() as cursor:
        cursor.execute(
            f"EXPLAIN (FORMAT JSON) SELECT 1 FROM {index.table} WHERE {index.column} @@ {query}",
            values,
        )
        (plan,) = cursor.fetchone()[0]
        return bool(plan["Plan"]["Plan Rows"] <= FEW)


def condition(
    index: WordIndex, row: str, terms: Sequence[Term], field: str, *, few: bool
) -> tuple[str, list[Any]]:
    """Return SQL for whether a row matches, by the alias of its id, and the parameters."""
    query, values = _query(index, terms, field)
    table, _dot, _id = row.rpartition(".")
    matches = f'{table}."{index.column}" @@ {query}'
    # With an explicit comparison to true, the index is not used.
    return (matches if few else f"({matches}) IS TRUE"), values


def holding(index: WordIndex, word: str) -> tuple[str, list[Any]]:
    """Return SQL for the ids of the rows that hold a word, and the parameters."""
    query, values = _query(index, [Term((word,), begun=False)])
    return f"SELECT id FROM {index.table} WHERE {index.column} @@ {query}", values


def ranked(
    index: WordIndex,
    terms: Sequence[Term],
    connection: BaseDatabaseWrapper,
    among: int,
    number: int,
) -> list[int]:
    """Return the ids of the best rows, best first."""
    query, values = _query(index, terms)
    newest = (
        f"SELECT id, {index.column} FROM {index.table} WHERE {index.column} @@ {query}"
        f" ORDER BY id DESC LIMIT {among}"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id FROM ({newest}) AS newest ORDER BY ts_rank({index.column}, {query}) DESC, id DESC LIMIT %s",
            [*values, *values, number],
        )
        return [row[0] for row in cursor.fetchall()]


_PENDING = 128
"""Kilobytes of new words that may wait to be put into an index. Each word that is looked up is looked for in all of them:
4 MB, as PostgreSQL has it unless told otherwise, take 5 ms a word."""


def hold(index: WordIndex, connection: BaseDatabaseWrapper) -> None:
    """Create the column and its index. If the searched fields have changed, both are rebuilt."""
    _hold_column(index, connection)
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER INDEX {index.name} SET (gin_pending_list_limit = {_PENDING})")


def _hold_column(index: WordIndex, connection: BaseDatabaseWrapper) -> None:
    table, name, column = index.table, index.name, index.column
    text = " || ".join(
        f"setweight(to_tsvector('{_words(index)}', search_fold({searched})), '{weight}')"
        for searched, weight in zip(index.columns, _WEIGHTS, strict=False)
    )
    with connection.cursor() as cursor:
        try:
            for statement in _PREPARED:
                cursor.execute(statement)
        except DatabaseError as error:
            raise ImproperlyConfigured(_NEEDED) from error
        cursor.execute("SELECT obj_description(to_regclass(%s))", [name])
        if cursor.fetchone()[0] == text:
            return
        cursor.execute(f"ALTER TABLE {table} DROP COLUMN IF EXISTS {column}")
        cursor.execute(
            f"ALTER TABLE {table} ADD COLUMN {column} tsvector GENERATED ALWAYS AS ({text}) STORED"
        )
        cursor.execute(f"CREATE INDEX {name} ON {table} USING gin ({column})")
        cursor.execute(f"COMMENT ON INDEX {name} IS '{text.replace(chr(39), chr(39) * 2)}'")


def let_go(index: WordIndex, connection: BaseDatabaseWrapper) -> None:
    """Drop the generated column, because the columns it is computed from cannot be altered while it exists."""
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE IF EXISTS {index.table} DROP COLUMN IF EXISTS {index.column}")


def rebuild(
    index: WordIndex, connection: BaseDatabaseWrapper, tell: Callable[[int, int], None]
) -> None:
    """Build a new index beside the old one, which stays in use until then."""
    total = index.model._default_manager.count()
    with connection.cursor() as cursor:
        cursor.execute(f"REINDEX INDEX CONCURRENTLY {index.name}")
    tell(total, total)
