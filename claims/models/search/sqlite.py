"""The index on SQLite: a contentless FTS5 table, maintained by triggers.

https://www.sqlite.org/fts5.html: deleting a row from a contentless table requires its old values, which the triggers
supply. Each row must therefore be in the index exactly once: `reached` is the highest indexed id, and the triggers
ignore rows beyond it.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from claims.models.search.indexes import WordIndex
from claims.models.search.words import LETTERS, Term

FEW = 20_000
"""Up to how many matches are listed and sorted; of more, the list is gone through until it has enough."""
_ALL = 2**62
_AT_ONCE = 5000


def _plain(column: str) -> str:
    """Return the column with those accented letters replaced that FTS5 itself treats as distinct."""
    for letter, plain in LETTERS.items():
        column = f"replace({column}, '{letter}', '{plain}')"
        if len(letter.upper()) == 1:
            column = f"replace({column}, '{letter.upper()}', '{plain}')"
    return column


def _values(index: WordIndex, row: str) -> str:
    return ", ".join(_plain(f"{row}.{column}") for column in index.columns)


def _query(terms: Sequence[Term], field: str = "") -> str:
    found = " AND ".join(f'"{" ".join(term.words)}"{"*" if term.begun else ""}' for term in terms)
    return f"{field} : ({found})" if field else found


def are_few(
    index: WordIndex, terms: Sequence[Term], field: str, connection: BaseDatabaseWrapper
) -> bool:
    """Return whether so few rows match that it is best to list them first."""
    first = f"SELECT 1 FROM {index.name} WHERE {index.name} MATCH %s LIMIT {FEW + 1}"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({first})", [_query(terms, field)])
        return bool(cursor.fetchone()[0] <= FEW)


def condition(
    index: WordIndex, row: str, terms: Sequence[Term], field: str, *, few: bool
) -> tuple[str, list[Any]]:
    """Return SQL for whether a row matches, by the alias of its id, and the parameters."""
    query = _query(terms, field)
    # The plus keeps SQLite from using the row's index: it scans the list, with the matches in memory.
    sought = row if few else f"+{row}"
    return f"{sought} IN (SELECT rowid FROM {index.name} WHERE {index.name} MATCH %s)", [query]


def holding(index: WordIndex, word: str) -> tuple[str, list[Any]]:
    """Return SQL for the ids of the rows that hold a word, and the parameters."""
    query = _query([Term((word,), begun=False)])
    return f"SELECT rowid AS id FROM {index.name} WHERE {index.name} MATCH %s", [query]


def ranked(
    index: WordIndex,
    terms: Sequence[Term],
    connection: BaseDatabaseWrapper,
    among: int,
    number: int,
) -> list[int]:
    """Return the ids of the best rows, best first."""
    newest = (
        f"SELECT rowid AS id, bm25({index.name}) AS worth FROM {index.name} WHERE {index.name} MATCH %s"
        f" ORDER BY rowid DESC LIMIT {among}"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id FROM ({newest}) ORDER BY worth, id DESC LIMIT %s", [_query(terms), number]
        )
        return [row[0] for row in cursor.fetchall()]


def hold(index: WordIndex, connection: BaseDatabaseWrapper) -> None:
    """Create and fill the index and its triggers.

    If a trigger is missing, a migration rebuilt the table and may have changed rows unnoticed: the index is filled
    again.
    """
    triggers = _triggers(index)
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master")
        there = dict(cursor.fetchall())
        cursor.execute(
            "CREATE TABLE IF NOT EXISTS claims_search_reached"
            " (name TEXT PRIMARY KEY, id INTEGER NOT NULL) WITHOUT ROWID"
        )
        cursor.execute("SELECT id FROM claims_search_reached WHERE name = %s", [index.name])
        whole = cursor.fetchone() == (_ALL,)
        as_wanted = all(there.get(name) == sql for name, sql in triggers.items())
        if whole and as_wanted and there.get(index.name) == _table(index):
            return
        cursor.execute(f"DROP TABLE IF EXISTS {index.name}")
        cursor.execute(_table(index))
        for name, sql in triggers.items():
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            cursor.execute(sql)
        _fill(cursor, index, 0, _ALL)
        _reach(cursor, index.name, _ALL)


def let_go(index: WordIndex, connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers, which name the columns. `hold` then fills the index again."""
    with connection.cursor() as cursor:
        for name in _triggers(index):
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")


def _table(index: WordIndex) -> str:
    names = ", ".join(index.columns)
    return (
        f"CREATE VIRTUAL TABLE {index.name} USING fts5({names}, content='',"
        f" tokenize=\"{'porter ' if index.stems else ''}unicode61 remove_diacritics 2\", prefix='2 3')"
    )


def _triggers(index: WordIndex) -> dict[str, str]:
    """Return the triggers by name."""
    table, searched = index.table, index.columns
    names = ", ".join(searched)
    add = f"INSERT INTO {index.name}(rowid, {names}) VALUES (NEW.id, {_values(index, 'NEW')});"
    take = (
        f"INSERT INTO {index.name}({index.name}, rowid, {names})"
        f" VALUES ('delete', OLD.id, {_values(index, 'OLD')});"
    )
    changed = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in searched)
    reached = f"(SELECT id FROM claims_search_reached WHERE name = '{index.name}')"
    parts = {
        "add": ("INSERT", f"NEW.id <= {reached}", add),
        "take": ("DELETE", f"OLD.id <= {reached}", take),
        "change": (f"UPDATE OF {names}", f"NEW.id <= {reached} AND ({changed})", f"{take} {add}"),
    }
    return {
        f"{index.name}_{name}": f"CREATE TRIGGER {index.name}_{name} AFTER {event} ON {table} WHEN {when} BEGIN {do} END"
        for name, (event, when, do) in parts.items()
    }


def _fill(cursor: Any, index: WordIndex, after: int, until: int) -> None:
    table = index.table
    cursor.execute(
        f"INSERT INTO {index.name}(rowid, {', '.join(index.columns)})"
        f" SELECT id, {_values(index, table)} FROM {table} WHERE id > %s AND id <= %s ORDER BY id",
        [after, until],
    )


def _reach(cursor: Any, name: str, reached: int) -> None:
    cursor.execute("REPLACE INTO claims_search_reached (name, id) VALUES (%s, %s)", [name, reached])


def rebuild(
    index: WordIndex, connection: BaseDatabaseWrapper, tell: Callable[[int, int], None]
) -> None:
    """Empty the index and fill it in pieces."""
    rows = index.model._default_manager.order_by("pk")
    total, done, reached = rows.count(), 0, 0
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {index.name}({index.name}) VALUES ('delete-all')")
        _reach(cursor, index.name, 0)
    while True:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            ids = list(rows.filter(pk__gt=reached).values_list("pk", flat=True)[:_AT_ONCE])
            if not ids:
                _reach(cursor, index.name, _ALL)
                return
            _fill(cursor, index, reached, ids[-1])
            reached = ids[-1]
            _reach(cursor, index.name, reached)
        done += len(ids)
        tell(done, max(total, done))
