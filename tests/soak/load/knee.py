"""`make soak-knee`: how many requests a second the server answers before the 95th percentile passes half a second.

More and more editors work, without anything going wrong. BESIDE=folder measures another checkout in the same run, in turns. The
processor time that the server takes for a request says the same on a busy machine, where the times that people wait do not.
"""

import argparse
import json
import os
import secrets
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from time import sleep
from typing import Any

from tests.bench.database import environment
from tests.bench.figures import Figure, tell
from tests.bench.server import served
from tests.printing import say
from tests.soak.load.__main__ import LOCUST, PLAYS, ROOT
from tests.soak.network import tree_of

STEPS = (5, 10, 15, 20, 30, 40, 60, 80)
"""How many editors work at the same time."""
STEP, WARM = 60, 30
"""Seconds of a step, and those at its beginning that are not measured: editors log in, and the server does much for the first time."""
THINKING = 1.0
MOST = 500.0
"""Milliseconds that the 95th percentile may take."""
PROCESSES = 2
SERVER = (
    f"gunicorn --config python:workbench.server --workers {PROCESSES} --threads 4 workbench.wsgi"
)
SIZES = ["--rows", "20000", "--articles", "30", "--editors", "40"]
COMMAND = "make soak-knee"


@dataclass
class Checkout:
    """A version of the workbench under load.

    Attributes:
        name: what it is called.
        folder: where it is.
        data: the folder of its database.
        env: the environment of its programs.
        knee: the most requests a second with a 95th percentile below `MOST`.
        past: whether a step was above it.
        seconds: processor time of the server, in all steps.
        requests: answers in all steps.
        decisions: answered decisions in all steps.
    """

    name: str
    folder: Path
    data: Path
    env: dict[str, str]
    knee: float = 0.0
    past: bool = False
    seconds: float = 0.0
    requests: int = 0
    decisions: int = 0
    told: dict[str, str] = field(default_factory=dict)

    def fill(self, password: str) -> None:
        """Make its database, by its own code."""
        desk = self.data / "desk.json"
        program = Path(__file__).with_name("desk.py")
        env = {**self.env, "SOAK_PASSWORD": password, "PYTHONPATH": str(self.folder)}
        with desk.open("w") as printed:
            command = [sys.executable, program, *SIZES]
            subprocess.run(command, cwd=self.folder, env=env, check=True, stdout=printed)
        self.told = {
            "PLAYS_DESK": str(desk),
            "PLAYS_PASSWORD": password,
            "PLAYS_THINKING": str(THINKING),
            "PLAYS_WARM": str(WARM),
        }

    def step(self, editors: int) -> dict[str, Any]:
        """Let so many editors work. Returns what was measured of it."""
        with (
            served(SERVER, self.env, self.folder) as port,
            TemporaryDirectory(prefix="plays-") as into,
        ):
            # The oldest of this process's own that serves there.
            (server,) = _serving(port)
            command = [LOCUST, "--locustfile", PLAYS, "--headless", "--only-summary"]
            command += ["--host", f"http://127.0.0.1:{port}", "--users", str(editors)]
            command += ["--spawn-rate", "8", "--run-time", f"{STEP}s", "--loglevel", "ERROR"]
            env = {**os.environ, **self.told, "PLAYS_INTO": into}
            with subprocess.Popen(
                command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            ) as plays:
                sleep(WARM)
                before = _processor_time(server)
                sleep(STEP - WARM)
                seconds = _processor_time(server) - before
                plays.wait(timeout=120)
            found = json.loads(Path(into, "load.json").read_text())["whole"]
        rate = found["requests"] / found["seconds"]
        self.seconds += seconds
        self.requests += found["requests"]
        self.decisions += found["decisions"]
        self.past |= found["p95"] > MOST
        if not self.past:
            self.knee = max(self.knee, rate)
        cost = 1000 * seconds / max(1, found["requests"])
        say(
            f"{self.name:8}{editors:4} editors {rate:7.1f} a second, 95 of 100 within {found['p95']:6.0f} ms,"
            f" {cost:5.1f} ms of processor time each"
        )
        return found


def main() -> int:
    """Measure. Returns the exit status."""
    options = argparse.ArgumentParser(prog=COMMAND, description=__doc__)
    options.add_argument("--beside", type=Path, help="the folder of another checkout")
    options.add_argument("--steps", default=",".join(map(str, STEPS)))
    chosen = options.parse_args()
    # Whoever stops it, or a limit of time, leaves no server and no disk behind.
    signal.signal(signal.SIGTERM, lambda *_signal: sys.exit(143))
    with ExitStack() as stack:
        folders = {"here": ROOT} | ({"before": chosen.beside.resolve()} if chosen.beside else {})
        checkouts = []
        for name, folder in folders.items():
            data = Path(stack.enter_context(TemporaryDirectory(prefix=f"knee-{name}-")))
            env = {**environment(str(data)), "ALLOWED_HOSTS": "*", "WORKER": "off"}
            checkouts.append(Checkout(name, folder, data, env))
            checkouts[-1].fill(secrets.token_urlsafe(16))
            say(f"{name}: the database is filled")
        for editors in map(int, chosen.steps.split(",")):
            for checkout in checkouts:
                checkout.step(editors)
    tell("soak-knee", list(_figures(*checkouts)), where="SQLite")
    return 0


def _serving(port: int) -> Iterator[int]:
    """The first process of the server that listens on a port."""
    for process in tree_of(os.getpid()):
        told = Path(f"/proc/{process}/environ")
        if process != os.getpid() and f"BIND=127.0.0.1:{port}\0" in told.read_text() + "\0":
            yield process
            return


def _processor_time(process: int) -> float:
    """The seconds of processor time that a process and those it has started have taken."""
    ticks = 0
    for one in tree_of(process):
        fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _figures(here: Checkout, before: Checkout | None = None) -> Iterator[Figure]:
    def figure(name: str, unit: str, of: Any) -> Figure:
        peer = {"peer": "before", "beside": round(of(before), 1)} if before else {}
        return Figure(name, round(of(here), 1), unit, COMMAND, **peer)

    yield figure(
        "requests a second before the 95th passes 500 ms", "a second", lambda one: one.knee
    )
    yield figure(
        "processor time of a request", "ms", lambda one: 1000 * one.seconds / max(1, one.requests)
    )
    yield figure(
        "processor time of a decision, with all that editors ask for between two",
        "ms",
        lambda one: 1000 * one.seconds / max(1, one.decisions),
    )


if __name__ == "__main__":
    sys.exit(main())
