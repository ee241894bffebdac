"""PostgreSQL servers of the tests' own on this machine: a primary, and a replica that follows it."""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

import pytest

_VERSIONS = sorted(
    Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name)
)
PROGRAMS = _VERSIONS[-1] if _VERSIONS else None
"""The folder of the newest PostgreSQL's programs; None if there is none."""

needs_postgresql = pytest.mark.skipif(
    PROGRAMS is None, reason="needs the programs of a PostgreSQL server, in /usr/lib/postgresql"
)

_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    # Nothing needs to survive a power cut, and no test has rows enough for compiled queries to pay.
    "fsync": "off",
    "jit": "off",
    "autovacuum": "off",
    "shared_buffers": "32MB",
    "max_connections": "40",
}


def _run(program: str, *arguments: str | Path) -> None:
    """Run one of PostgreSQL's programs. As root, which it refuses, run it as the user "postgres"."""
    as_postgres = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
    subprocess.run(
        [*(as_postgres if os.geteuid() == 0 else []), PROGRAMS / program, *map(str, arguments)],
        check=True,
        cwd="/",
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


class Cluster:
    """A server with its data.

    Attributes:
        url: the address of its database "postgres".
    """

    def __init__(self, folder: Path, **settings: str) -> None:
        self.data, self.port = folder / "data", _free_port()
        self._settings = _SETTINGS | {"unix_socket_directories": str(folder)} | settings
        self.url = f"postgres://postgres@127.0.0.1:{self.port}/postgres"

    def initialise(self, trust: str = "") -> None:
        """Make an empty server, which also lets everybody in from a network, such as "10.0.0.1/24"."""
        _run(
            "initdb",
            *("--pgdata", self.data, "--username", "postgres", "--auth", "trust"),
            *("--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"),
        )
        if trust:
            with (self.data / "pg_hba.conf").open("a") as rules:
                rules.write(f"host all all {trust} trust\n")

    def copy(self, primary: "Cluster") -> None:
        """Become a replica: copy a running server, and follow it from then on."""
        _run(
            "pg_basebackup",
            *("--dbname", f"host=127.0.0.1 port={primary.port} user=postgres"),
            *("--pgdata", self.data, "--write-recovery-conf", "--checkpoint=fast", "--no-sync"),
        )

    def start(self) -> None:
        """Start it, until it answers."""
        options = [f"-c {name}={value}" for name, value in self._settings.items()]
        options.append(f"-c port={self.port}")
        log = self.data / "log"
        arguments = ["--pgdata", self.data, "--wait", "--timeout", "300", "--log", log]
        _run("pg_ctl", "start", *arguments, "--options", " ".join(options))

    def kill(self) -> None:
        """End it as a crash would."""
        _run("pg_ctl", "stop", "--pgdata", self.data, "--mode", "immediate", "--timeout", "300")


@contextmanager
def cluster(within: Path | None = None, **settings: str) -> Iterator[Cluster]:
    """Make a server in a folder of its own, not started yet; it is gone afterwards.

    Args:
        within: where that folder is; None for the folder of temporary files.
        settings: what differs from the settings of tests.
    """
    folder = Path(mkdtemp(prefix="cluster-", dir=within))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    made = Cluster(folder, **settings)
    try:
        yield made
    finally:
        if (made.data / "postmaster.pid").exists():
            made.kill()
        shutil.rmtree(folder)
