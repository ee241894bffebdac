"""`make soak-upgrade`: how long an upgrade takes, and how long anybody waits for a lock meanwhile.

An archive of ROWS claims is made, and taken back to the migration BACK_TO. Then `migrate` brings it forward, while another
connection to PostgreSQL reads and writes what people read and write, twenty times a second.
"""

import argparse
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

import psycopg

from tests.bench.database import environment
from tests.bench.figures import Figure, tell
from tests.clusters import cluster
from tests.printing import say

BACK_TO = "0005_group_without_main_claim"
"""The last migration of the claims before which nothing is tried."""

EVERY = 0.05
"""Seconds between two rounds of what people do."""

MOST = 1.0
"""Seconds that anybody may wait."""

READS = (
    "SELECT statement FROM claims_claim ORDER BY listed_at DESC, id DESC LIMIT 50",
    "SELECT headline FROM claims_article ORDER BY id DESC LIMIT 50",
    "SELECT title FROM claims_evidence ORDER BY id DESC LIMIT 50",
    "SELECT reason FROM claims_decision ORDER BY id DESC LIMIT 50",
    "SELECT title FROM claims_report ORDER BY id DESC LIMIT 50",
    "SELECT name FROM claims_source ORDER BY id DESC LIMIT 50",
)
WRITES = (
    "UPDATE claims_claim SET statement = statement WHERE id = 7",
    "UPDATE claims_article SET headline = headline WHERE id = 7",
    "UPDATE claims_evidence SET title = title WHERE id = 7",
    "UPDATE claims_source SET name = name WHERE id = 7",
    "UPDATE claims_newsroom SET name = name",
)


@dataclass
class Waits:
    """The longest wait for a statement, and what the migration was at then."""

    seconds: float = 0.0
    statement: str = ""
    step: str = ""


@dataclass
class People:
    """Somebody who reads and writes all the time, on a connection of their own.

    Attributes:
        url: the database.
        step: what the migration is at.
        reads, writes: the longest waits.
        rounds: how often everything was done.
    """

    url: str
    step: str = ""
    reads: Waits = field(default_factory=Waits)
    writes: Waits = field(default_factory=Waits)
    rounds: int = 0
    done: threading.Event = field(default_factory=threading.Event)

    def work(self) -> None:
        """Read and write until it is done."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            while not self.done.wait(EVERY):
                for statements, waits in ((READS, self.reads), (WRITES, self.writes)):
                    for statement in statements:
                        self._run(connection, statement, waits)
                self.rounds += 1

    def _run(self, connection: psycopg.Connection, statement: str, waits: Waits) -> None:
        step, begun = self.step, perf_counter()
        connection.execute(statement)
        took = perf_counter() - begun
        if took > waits.seconds:
            waits.seconds, waits.statement, waits.step = took, statement, step


def main() -> int:
    """Measure. Returns the exit status: 1 if somebody waits for too long."""
    options = argparse.ArgumentParser(prog="make soak-upgrade", description=__doc__)
    options.add_argument("--rows", type=int, default=100_000, help="claims in the archive")
    options.add_argument(
        "--fill", action="store_true", help="only fill the database of DATABASE_URL"
    )
    chosen = options.parse_args()
    if chosen.fill:
        _fill(chosen.rows)
        return 0
    figures = [*_on_postgresql(chosen.rows), *_on_sqlite(chosen.rows)]
    tell("soak-upgrade", figures)
    return int(any(figure.is_missed for figure in figures))


def _on_postgresql(rows: int) -> Iterator[Figure]:
    with ExitStack() as stack:
        data = stack.enter_context(tempfile.TemporaryDirectory())
        server = stack.enter_context(cluster(fsync="on", autovacuum="on"))
        server.initialise()
        server.start()
        env = dict(environment(data, server.url))
        _filled(env, rows)
        with psycopg.connect(server.url) as connection:
            ((size,),) = connection.execute("SELECT pg_database_size('postgres')").fetchall()
        people = People(server.url)
        working = threading.Thread(target=people.work)
        working.start()
        try:
            took = _migrated(env, people)
        finally:
            people.done.set()
            working.join()
    for what, waits in (("reads", people.reads), ("writes", people.writes)):
        say(
            f"{people.rounds} rounds, {what}: {waits.seconds:.2f} s in “{waits.step}” for {waits.statement}"
        )
    yield Figure("database, for each claim", round(size / rows), "bytes", "make soak-upgrade")
    yield _figure(f"PostgreSQL, {rows:,} claims, migrate", took)
    yield _figure("longest wait of somebody who reads", people.reads.seconds, most=MOST)
    yield _figure("longest wait of somebody who writes", people.writes.seconds, most=MOST)


def _on_sqlite(rows: int) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as data:
        env = dict(environment(data))
        _filled(env, rows)
        yield _figure(f"SQLite, {rows:,} claims, migrate", _migrated(env, People("")))


def _figure(name: str, seconds: float, most: float | None = None) -> Figure:
    return Figure(name, round(seconds, 2), "s", "make soak-upgrade", most=most)


def _filled(env: dict[str, str], rows: int) -> None:
    command = [sys.executable, "-m", "tests.soak.upgrade", "--fill", "--rows", str(rows)]
    begun = perf_counter()
    subprocess.run(command, env=env, check=True)
    say(f"the old state was made in {perf_counter() - begun:.0f} s")


def _migrated(env: dict[str, str], people: People) -> float:
    """Bring a database forward. Returns the seconds that it took."""
    begun = perf_counter()
    with subprocess.Popen(
        [sys.executable, "-u", "manage.py", "migrate"],
        env=env,
        cwd=Path(__file__).resolve().parents[2],
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        words = ""
        while piece := process.stdout.read(1):
            words = "" if piece == "\n" else words + piece
            # Each is named before it begins, and its end is told on the same line.
            if words.endswith(("...", " OK")):
                people.step = words.strip()
                say(f"{perf_counter() - begun:7.2f}  {people.step}")
    took = perf_counter() - begun
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, "migrate")
    return took


def _fill(rows: int) -> None:
    """Make an archive in an empty database, and take it back."""
    import django  # noqa: PLC0415  # for this part alone

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415
    from django.core.management.sql import emit_pre_migrate_signal  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415
    from django.db.migrations.loader import MigrationLoader  # noqa: PLC0415

    from tests.bench.archive import Sizes, build  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    build(Sizes(rows))
    # One by one, not as the squashed one that replaces them.
    back = MigrationExecutor(connection)
    back.loader = MigrationLoader(connection, replace_migrations=False)
    squashed = [name for name in back.loader.replacements if name[0] == "claims"]
    to = [("claims", BACK_TO)]
    emit_pre_migrate_signal(0, interactive=False, db="default", plan=back.migration_plan(to))
    back.migrate(to)
    for app, name in squashed:
        back.recorder.record_unapplied(app, name)


if __name__ == "__main__":
    sys.exit(main())
