"""Migrations on PostgreSQL hold their locks briefly, and let others go first."""

from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
from django.db import OperationalError, ProgrammingError, connection
from psycopg.errors import LockNotAvailable

from claims.models import Tag
from workbench.postgresql import schema

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL locks so"),
]

ADD = "ALTER TABLE claims_tag ADD COLUMN colour text"
DROP = "ALTER TABLE claims_tag DROP COLUMN colour"


@contextmanager
def somebody_else() -> Iterator:
    """Another connection, which waits for nobody."""
    other = connection.copy()
    with closing(other), other.cursor() as cursor:
        cursor.execute("SET lock_timeout = 1")
        yield cursor


def run(*changes: str) -> None:
    with connection.schema_editor() as editor:
        for change in changes:
            editor.execute(change)


def has_colours() -> bool:
    with connection.cursor() as cursor:
        table = connection.introspection.get_table_description(cursor, "claims_tag")
    return "colour" in {column.name for column in table}


@pytest.fixture
def _without_colours():
    yield
    with connection.cursor() as cursor:
        cursor.execute(f"{DROP.replace('COLUMN', 'COLUMN IF EXISTS')}")


@pytest.mark.usefixtures("_without_colours")
class TestChanges:
    def test_they_are_run_at_the_end_and_until_then_nobody_waits(self):
        with somebody_else() as other, connection.schema_editor() as editor:
            editor.execute(ADD)
            other.execute("SELECT count(*) FROM claims_tag")
        assert has_colours()

    def test_they_are_run_before_the_migration_asks_or_writes(self):
        with somebody_else() as other, connection.schema_editor() as editor:
            editor.execute(ADD)
            Tag.objects.create(name="water")
            with pytest.raises(OperationalError):
                other.execute("SELECT count(*) FROM claims_tag")
        assert Tag.objects.count() == 1
        assert has_colours()

    def test_all_or_none_are_run(self):
        with pytest.raises(ProgrammingError):
            run(ADD, "ALTER TABLE nowhere ADD COLUMN shade text")
        assert not has_colours()

    def test_values_are_put_into_them(self):
        with connection.schema_editor() as editor:
            editor.execute(f"{ADD} DEFAULT %s", ["it's 100% blue"])
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO claims_tag (name, name_key, public) VALUES ('a', 'a', true)"
            )
            cursor.execute("SELECT colour FROM claims_tag")
            assert cursor.fetchone() == ("it's 100% blue",)

    def test_a_lock_that_is_not_to_be_had_is_tried_again(self, monkeypatch):
        monkeypatch.setattr(schema, "PATIENCE", "10ms")
        with somebody_else() as other:
            other.execute("BEGIN")
            other.execute("SELECT count(*) FROM claims_tag")
            # The other one ends while the migration gives it its turn.
            monkeypatch.setattr(schema.time, "sleep", lambda _seconds: other.execute("COMMIT"))
            with connection.schema_editor() as editor:
                editor.execute(ADD)
        assert has_colours()

    def test_one_that_is_never_to_be_had_changes_nothing(self, monkeypatch):
        monkeypatch.setattr(schema, "PATIENCE", "10ms")
        monkeypatch.setattr(schema, "TRIES", 2)
        monkeypatch.setattr(schema, "BETWEEN", 0)
        with somebody_else() as other:
            other.execute("BEGIN")
            other.execute("SELECT count(*) FROM claims_tag")
            with pytest.raises(OperationalError) as refused:
                run("CREATE TABLE colours (id int)", ADD)
            other.execute("ROLLBACK")
        assert isinstance(refused.value.__cause__, LockNotAvailable)
        assert "colours" not in connection.introspection.table_names()
