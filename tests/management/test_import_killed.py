"""An import that is killed while it works leaves whole articles, and the next one goes on from there."""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.management.commands import ROOT, manage, on_file

TABLE = """
    SELECT a.headline, r.body, r.digest, c.spans, c.quote, c.statement, c.mention, s.name, s.kind
    FROM claims_article a
    LEFT JOIN claims_revision r ON r.article_id = a.id
    LEFT JOIN claims_claim c ON c.revision_id = r.id
    LEFT JOIN claims_source s ON s.id = c.source_id
    ORDER BY a.headline, c.start, c.id
"""


def _articles(database: Path) -> dict[str, list[tuple[Any, ...]]]:
    """What the file holds of each article: its text, and every claim with its source."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    with closing(sqlite3.connect(database)) as connection:
        for headline, *rest in connection.execute(TABLE):
            found.setdefault(headline, []).append(tuple(rest))
    return found


def _orphans(database: Path) -> list[Any]:
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute("PRAGMA foreign_key_check").fetchall()


@pytest.fixture
def folder(tmp_path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(8):
        body = "\n\n".join(
            f"Flood {day} hit {number + 3} villages near Ostrey, minister Vera Lund{day} said."
            for day in range(40)
        )
        text = f"---\nheadline: {json.dumps(f'Flood {number}')}\n---\n{body}\n"
        (folder / f"{number}.md").write_text(text)
    return folder


@pytest.fixture
def empty(tmp_path) -> Path:
    database = tmp_path / "empty.sqlite3"
    done = manage("migrate", "--verbosity=0", env=on_file(database))
    assert done.returncode == 0, done.stderr
    return database


def _copy(database: Path, name: str) -> Path:
    copy = database.with_name(name)
    copy.write_bytes(database.read_bytes())
    return copy


def _is_being_written(database: Path) -> bool:
    with closing(sqlite3.connect(database, timeout=0, isolation_level=None)) as connection:
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return True
        connection.execute("ROLLBACK")
        return False


def _kill_while_it_writes(database: Path, folder: Path) -> None:
    """Kill an import that holds the database's one place for a writer, after its first article."""
    command = [sys.executable, "manage.py", "import_articles", str(folder)]
    with subprocess.Popen(
        command, cwd=ROOT, env=on_file(database), stdout=subprocess.PIPE, text=True
    ) as process:
        for line in process.stdout:
            if line.endswith("imported\n"):
                break
        while not _is_being_written(database):
            if process.poll() is not None:
                pytest.fail("the import ended before it was seen writing")
        process.kill()
    assert process.returncode == -9


def test_after_a_kill_every_article_is_whole_or_absent(empty, folder):
    undisturbed, killed = _copy(empty, "undisturbed.sqlite3"), _copy(empty, "killed.sqlite3")
    assert manage("import_articles", folder, env=on_file(undisturbed)).returncode == 0
    expected = _articles(undisturbed)
    assert len(expected) == 8

    _kill_while_it_writes(killed, folder)
    left = _articles(killed)
    assert 1 <= len(left) < len(expected)
    assert left == {headline: expected[headline] for headline in left}
    assert not _orphans(killed)

    again = manage("import_articles", folder, env=on_file(killed))
    assert again.returncode == 0, again.stderr
    assert again.stdout.count("already here") == len(left)
    assert _articles(killed) == expected
