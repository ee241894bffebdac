"""Moving from SQLite to PostgreSQL: every row as it was, whatever interrupts it, and nothing overwritten or lost."""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from claims.management.moving.columns import escape, json_text, number
from tests.management.backups.conftest import Env, done, execute, in_world, refused
from tests.management.backups.world import HARD
from tests.management.commands import ROOT, reading

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="it moves to PostgreSQL"),
]


def everything(env: Env) -> list[dict]:
    """Every row, as Django's own serialiser writes it for any database."""
    rows = json.loads(done("dumpdata", "--all", env=env))
    return sorted(rows, key=lambda row: (row["model"], str(row["pk"])))


@pytest.fixture
def new(desk_on_sqlite, empty) -> Env:
    """The environment in which the desk on SQLite is moved: its folder, and an empty database on the server."""
    return empty() | {"DATA_DIR": desk_on_sqlite["DATA_DIR"]}


def database_of(env: Env) -> Path:
    return Path(env["DATA_DIR"], "workbench.sqlite3")


# PostgreSQL writes down the casts in a condition, and the brackets around them, in another way when it has read them again.
SCHEMA = r"""
    SELECT regexp_replace(pg_get_indexdef(indexrelid), '[()]|::[a-z ]+(\[\])?', '', 'g'), obj_description(indexrelid) FROM pg_index
    WHERE indrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)
    UNION ALL
    SELECT conrelid::regclass || conname || pg_get_constraintdef(oid), convalidated::text FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace
    UNION ALL
    SELECT tgname || tgrelid::regclass, tgenabled::text FROM pg_trigger WHERE NOT tgisinternal
"""


def killed_at(words: str, env: Env) -> None:
    """Kill a move as soon as it has said these words."""
    with subprocess.Popen(
        [sys.executable, "manage.py", "move_database"],
        cwd=ROOT,
        env=env,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        for line in process.stderr:
            if line.startswith(words):
                break
        process.kill()
    assert process.returncode < 0


def test_every_row_arrives_as_it_was_though_it_is_killed(desk_on_sqlite, new, own_database):
    before = everything(desk_on_sqlite)
    assert len(before) > 300
    assert any(HARD in str(value) for row in before for value in row["fields"].values())
    for words in ("claims_claim:", "indexes: 1 ", "comparing: 1 "):
        killed_at(words, new)
    said = done("move_database", env=new)
    assert "going on where the move had stopped" in said
    assert everything(new) == before
    # Nobody works on in the old one by mistake.
    left = database_of(new)
    assert f"is now {left}.moved" in said
    assert not left.exists()
    # The tables are as migrate makes them, nothing of the move is left, and new rows get numbers of their own.
    assert sorted(map(repr, reading(new, SCHEMA))) == sorted(
        map(repr, reading(own_database, SCHEMA))
    )
    assert reading(new, "SELECT count(*) FROM pg_namespace WHERE nspname = 'moving'") == [(0,)]
    assert in_world("decide", new) == "1"
    assert "links are whole" in done("verify_log", env=new)


def test_what_did_not_arrive_is_found(desk_on_sqlite, new):
    killed_at("indexes: 1 ", new)
    execute(new, "UPDATE claims_claim SET statement = statement || '.' WHERE id = 3")
    assert "claims_claim is not as it was, between" in refused("move_database", env=new)
    execute(new, "DELETE FROM claims_claim_tags")
    assert "claims_claim_tags has 0 rows instead of 2" in refused("move_database", env=new)
    execute(
        desk_on_sqlite,
        "INSERT INTO claims_tag (name, name_key, public) VALUES ('late', 'late', false)",
    )
    assert "has changed since the move began" in refused("move_database", env=new)
    assert database_of(new).exists()


def test_it_refuses_what_would_overwrite_or_lose_something(
    desk_on_sqlite, new, own_database, empty
):
    assert "does not name a PostgreSQL database" in refused("move_database", env=desk_on_sqlite)
    used = own_database | {"DATA_DIR": new["DATA_DIR"]}
    assert "already has tables" in refused("move_database", env=used)
    assert "There is no file" in refused("move_database", "/nowhere.sqlite3", env=new)
    here = str(ROOT / "manage.py")
    assert "is not an SQLite database" in refused("move_database", here, env=new)
    left = database_of(new).with_name("workbench.sqlite3.moved")
    left.touch()
    assert "is there already" in refused("move_database", env=new)
    left.unlink()
    with closing(sqlite3.connect(database_of(new))) as other:
        other.execute("PRAGMA journal_mode=WAL")
        other.execute("SELECT count(*) FROM claims_claim").fetchone()
        assert "is in use: stop the server" in refused("move_database", env=new)
    # Nobody has it open, but it cannot be read: there is a folder where SQLite keeps what was last written.
    beside = database_of(new).with_name("workbench.sqlite3-wal")
    beside.mkdir()
    assert f"{database_of(new)}: unable to open" in refused("move_database", env=new)
    beside.rmdir()
    # Longer than PostgreSQL takes, which SQLite does not mind.
    execute(desk_on_sqlite, "UPDATE claims_tag SET name_key = printf('%1000d', 1)")
    said = refused("move_database", env=new)
    assert "PostgreSQL refused a row of claims_tag: value too long" in said
    execute(desk_on_sqlite, "DELETE FROM django_migrations WHERE name = '0002_matching_index'")
    other = empty() | {"DATA_DIR": new["DATA_DIR"]}
    assert "lacks the migration claims.0002_matching_index" in refused("move_database", env=other)
    assert database_of(new).exists()


_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text('abä🌊\n\\"'), inner),
    max_leaves=12,
)


@given(_JSON, st.booleans())
def test_json_is_written_as_postgresql_writes_it(value, compact):
    text = json.dumps(value, separators=(",", ":") if compact else None)
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::jsonb::text", [text])
        assert json_text(text) == escape(cursor.fetchone()[0])


@given(st.floats(min_value=0, max_value=1))
def test_numbers_are_written_as_postgresql_writes_them(value):
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::float8::text", [value])
        assert number(value) == cursor.fetchone()[0]


@given(st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"])))
def test_text_is_written_as_postgresql_writes_it(value):
    with (
        connection.cursor() as cursor,
        cursor.copy("COPY (SELECT %s::text) TO STDOUT", [value]) as copied,
    ):
        assert b"".join(map(bytes, copied)).decode() == escape(value) + "\n"
