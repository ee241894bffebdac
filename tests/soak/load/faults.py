"""What goes wrong while editors work: each fault is a function of the desk that is under load."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from time import sleep
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import psycopg

from tests.clusters import Cluster
from tests.soak.load.disk import Disk
from tests.soak.network import Host

ROOT = Path(__file__).resolve().parents[3]
LOCKED, FILLED, AWAY = 30.0, 15.0, 3.0
"""Seconds for which the database is locked, the disk is full, and the server is not there."""
_PATIENCE = 180.0


@dataclass
class Desk:
    """The server under load, and its database.

    Attributes:
        host: where it runs.
        env: the environment of its programs.
        disk: where its data is.
        server: its PostgreSQL, which is on the same disk; None on SQLite.
    """

    host: Host
    env: Mapping[str, str]
    disk: Disk
    server: Cluster | None

    @property
    def database(self) -> str | Path:
        """The address of the database, or its file."""
        return self.server.url if self.server else self.disk.folder / "workbench.sqlite3"

    def start(self) -> None:
        """Start the server with its worker, until it answers."""
        gunicorn = Path(sys.executable).with_name("gunicorn")
        command = [gunicorn, "--config", "python:workbench.server", "workbench.wsgi"]
        self.host.start(command, self.env, self.disk.folder.parent / "server.log")
        self.wait()

    def wait(self) -> None:
        """Wait until it answers."""
        for _try in range(int(_PATIENCE / 0.1)):
            with suppress(URLError, HTTPError, OSError):
                urlopen(f"http://{self.host.address}:{self.host.port}/readyz", timeout=10).close()
                return
            sleep(0.1)
        raise TimeoutError("the server does not answer")

    def processes(self, words: str) -> Iterator[int]:
        """The processes of the desk whose command line has these words, each after the one that started it."""
        for process in self.host.processes():
            with suppress(FileNotFoundError, ProcessLookupError):
                if words in Path(f"/proc/{process}/cmdline").read_text().replace("\0", " "):
                    yield process


def kill_web_process(desk: Desk) -> None:
    """One process of the server is killed, and replaced by the others' parent."""
    _parent, first, *_others = desk.processes("gunicorn")
    os.kill(first, signal.SIGKILL)


def kill_worker(desk: Desk) -> None:
    """The worker of background tasks is killed, and replaced."""
    os.kill(next(desk.processes("manage.py work")), signal.SIGKILL)


def restart_gracefully(desk: Desk) -> None:
    """The server gets new processes, and lets the old ones end what they have begun."""
    os.kill(next(desk.processes("gunicorn")), signal.SIGHUP)


def kill_server(desk: Desk) -> None:
    """Everything is killed, and started again after some seconds."""
    desk.host.cut_off()
    sleep(AWAY)
    desk.start()


def lock_database(desk: Desk) -> None:
    """Somebody else locks the database against all writing, or in PostgreSQL the claims against all use."""
    if desk.server is None:
        with closing(sqlite3.connect(desk.database, timeout=60, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            sleep(LOCKED)
            other.execute("ROLLBACK")
        return
    with psycopg.connect(desk.server.url) as connection:
        connection.execute("LOCK TABLE claims_claim IN ACCESS EXCLUSIVE MODE")
        sleep(LOCKED)
        connection.rollback()


def fill_disk(desk: Desk) -> None:
    """The disk with the database is full for a while. A PostgreSQL that ends because of that is started again."""
    desk.disk.fill()
    sleep(FILLED)
    desk.disk.clear()
    if desk.server and not _answers(desk.server):
        with suppress(subprocess.CalledProcessError):
            desk.server.kill()
        desk.server.start()


def restart_database(desk: Desk) -> None:
    """PostgreSQL crashes, and is started again after some seconds."""
    if desk.server:
        desk.server.kill()
        sleep(AWAY)
        desk.server.start()


def _answers(server: Cluster) -> bool:
    for _try in range(20):
        with suppress(psycopg.OperationalError), psycopg.connect(server.url) as connection:
            connection.execute("SELECT 1")
            return True
        sleep(0.5)
    return False


FAULTS: dict[str, Callable[[Desk], None]] = {
    "web-process": kill_web_process,
    "worker": kill_worker,
    "graceful-restart": restart_gracefully,
    "server": kill_server,
    "lock": lock_database,
    "disk": fill_disk,
    "database": restart_database,
}
"""All of them by the words of the command line, in the order in which they happen."""


def possible(desk: Desk) -> list[str]:
    """The faults that this desk can have."""
    impossible = {"disk": not desk.disk.is_own, "database": desk.server is None}
    return [name for name in FAULTS if not impossible.get(name)]
