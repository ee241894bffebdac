"""The index on PostgreSQL: a column that the database computes from the searched ones, and a GIN index over it."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from claims.models.search.words import Term

_PREPARED = [
    # Any user may add it since PostgreSQL 13, if the server's packages bring it.
    "CREATE EXTENSION IF NOT EXISTS unaccent",
    """CREATE OR REPLACE FUNCTION search_fold(text) RETURNS text
       LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT SET search_path = public, pg_catalog AS
       $$ SELECT lower(regexp_replace(unaccent('unaccent', $1), '[^[:alnum:]]+', ' ', 'g')) $$""",
]


def _index(model: type[models.Model]) -> str:
    return f"{model._meta.db_table}_search"


def _columns(model: Any) -> list[str]:
    return [model._meta.get_field(name).column for name in model.SEARCHED]


def _query(terms: Sequence[Term]) -> tuple[str, list[Any]]:
    """SQL that makes a tsquery, and its parameters."""
    parts: list[str] = []
    values: list[Any] = []
    for term in terms:
        *whole, last = term.words
        if not term.begun:
            parts.append("phraseto_tsquery('simple', search_fold(%s))")
            values.append(" ".join(term.words))
            continue
        begun = "to_tsquery('simple', nullif(trim(search_fold(%s)), '') || ':*')"
        before = "phraseto_tsquery('simple', search_fold(%s)) <-> " if whole else ""
        parts.append(f"({before}{begun})")
        values += [*([" ".join(whole)] if whole else []), last]
    return f"({' && '.join(parts)})", values


def are_few(
    _model: type[models.Model], _terms: Sequence[Term], _connection: BaseDatabaseWrapper
) -> bool:
    """Nothing to ask: the planner knows how often words are used."""
    return True


def condition(
    _model: type[models.Model], row: str, terms: Sequence[Term], **_how: bool
) -> tuple[str, list[Any]]:
    """SQL that a row matches, by its id as the query calls that, and the parameters."""
    query, values = _query(terms)
    table, _dot, _id = row.rpartition(".")
    return f'{table}."search" @@ {query}', values


def ranked(
    model: type[models.Model],
    terms: Sequence[Term],
    connection: BaseDatabaseWrapper,
    among: int,
    number: int,
) -> list[int]:
    """The ids of the best rows, the best first."""
    query, values = _query(terms)
    newest = (
        f"SELECT id, search FROM {model._meta.db_table} WHERE search @@ {query}"
        f" ORDER BY id DESC LIMIT {among}"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id FROM ({newest}) AS newest ORDER BY ts_rank(search, {query}) DESC, id DESC LIMIT %s",
            [*values, *values, number],
        )
        return [row[0] for row in cursor.fetchall()]


def hold(model: type[models.Model], connection: BaseDatabaseWrapper) -> None:
    """The column and its index. A change of what is searched makes both anew."""
    table, index = model._meta.db_table, _index(model)
    text = " || ' ' || ".join(_columns(model))
    with connection.cursor() as cursor:
        for statement in _PREPARED:
            cursor.execute(statement)
        cursor.execute("SELECT obj_description(to_regclass(%s))", [index])
        if cursor.fetchone()[0] == text:
            return
        cursor.execute(f"ALTER TABLE {table} DROP COLUMN IF EXISTS search")
        cursor.execute(
            f"ALTER TABLE {table} ADD COLUMN search tsvector"
            f" GENERATED ALWAYS AS (to_tsvector('simple', search_fold({text}))) STORED"
        )
        cursor.execute(f"CREATE INDEX {index} ON {table} USING gin (search)")
        cursor.execute(f"COMMENT ON INDEX {index} IS '{text.replace(chr(39), chr(39) * 2)}'")


def rebuild(
    model: type[models.Model], connection: BaseDatabaseWrapper, tell: Callable[[int, int], None]
) -> None:
    """Build the index beside the old one, which serves meanwhile."""
    total = model._default_manager.count()
    with connection.cursor() as cursor:
        cursor.execute(f"REINDEX INDEX CONCURRENTLY {_index(model)}")
    tell(total, total)
