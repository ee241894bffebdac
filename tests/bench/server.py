"""`make bench-server`: how many requests a second the server answers to eight readers, by its processes and threads.

Serves the demo in each configuration in turn, several times, because the machine's speed varies; eight clients request
pages and decide claims, a limited number of times.
"""

import argparse
import contextlib
import http.client
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import perf_counter
from typing import Any
from urllib.parse import urlencode

from tests.bench.database import Database, environment
from tests.bench.figures import Figure, tell
from tests.printing import say
from tests.workbench.demo import free_port, password_of, running

CLIENTS, REQUESTS, TURNS = 8, 12, 3
SHAPES = "1x4,2x2,2x4,4x2,4x4"
"""Processes, and threads of each."""
GUNICORN = "gunicorn --config python:workbench.server --workers {} --threads {} workbench.wsgi"


class Reader:
    """A browser that is logged in, over one connection."""

    def __init__(self, port: int, password: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self.cookies: dict[str, str] = {}
        self.ask("GET", "/login/")
        self.ask("POST", "/login/", username="editor", password=password)

    def ask(self, method: str, path: str, **form: str) -> str:
        """One request. Returns the answer's text; raises `RuntimeError` for an error's."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if method == "POST":
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["X-CSRFToken"] = self.cookies["csrftoken"]
        answer = self._answer(method, path, urlencode(form) if form else None, headers)
        text = answer.read().decode()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        if answer.status >= 400 and answer.status != 409:
            raise RuntimeError(f"{method} {path} answered {answer.status}")
        return text

    def _answer(self, *request: Any) -> http.client.HTTPResponse:
        """The answer; over a new connection where the server has closed the old one meanwhile."""
        try:
            self.connection.request(*request)
            return self.connection.getresponse()
        except (http.client.RemoteDisconnected, ConnectionError):
            self.connection.close()
            self.connection.request(*request)
            return self.connection.getresponse()


def main() -> int:
    """Measure. Returns the exit status."""
    options = argparse.ArgumentParser(prog="make bench-server", description=__doc__)
    options.add_argument(
        "--server", action="append", default=[], help="another server's command, with {port}"
    )
    options.add_argument("--shapes", default=SHAPES, help="processes and threads of each: 1x4,2x4")
    options.add_argument(
        "--pools",
        default="0",
        help="sizes of each process's pool of connections to PostgreSQL, 0 for none: 0,2,4",
    )
    options.add_argument("--turns", type=int, default=TURNS, help="how often each is measured")
    chosen = options.parse_args()
    shapes = chosen.shapes.split(",")
    with tempfile.TemporaryDirectory() as folder, Database("server") as address:
        data = Path(folder) / "demo"
        with running(free_port(), data) as said:
            password = password_of("editor", said)
        commands = {
            f"{shape}{f', pool of {pool}' * (pool != '0')}": (
                GUNICORN.format(*shape.split("x")),
                pool,
            )
            for shape in shapes
            for pool in chosen.pools.split(",")
        }
        commands |= {command.split()[0]: (command, "0") for command in chosen.server}
        if address:
            moved = _environment(data, address, "0")
            subprocess.run(
                [sys.executable, "manage.py", "move_database", "-v0"], env=moved, check=True
            )
        rates: dict[str, list[float]] = {name: [] for name in commands}
        times: dict[str, list[float]] = {name: [] for name in commands}
        for _turn in range(chosen.turns):
            for name, (command, pool) in commands.items():
                with served(command, _environment(data, address, pool)) as port:
                    rate, took = _load(port, password)
                rates[name].append(rate)
                times[name] += took
    tell("server", list(_figures(rates, times)))
    return 0


def _figures(rates: dict[str, list[float]], times: dict[str, list[float]]) -> Iterator[Figure]:
    """The answers a second of each configuration, compared with the first one."""
    first = next(iter(rates))
    for name, measured in rates.items():
        took = sorted(times[name])
        say(
            f"{name:12}{statistics.median(measured):>10.1f} a second, median"
            f" {statistics.median(took):.0f} ms, 95 of 100 {took[int(0.95 * len(took))]:.0f} ms"
        )
        beside = None if name == first else round(statistics.median(rates[first]), 1)
        yield Figure(
            name=f"eight readers, {name} processes x threads",
            value=round(statistics.median(measured), 1),
            unit="answers a second",
            command="make bench-server",
            peer=first,
            beside=beside,
        )


def _environment(data: Path, address: str | None, pool: str) -> dict[str, str]:
    """The environment of the demo's server: with the demo's own database, or the one at an address."""
    return {
        **environment(str(data), address),
        "SECRET_KEY": (data / "secret-key").read_text(),
        "ALLOWED_HOSTS": "127.0.0.1",
        "DATABASE_POOL_MAX": pool,
    }


@contextlib.contextmanager
def served(
    command: str,
    environment: Mapping[str, str],
    folder: Path | None = None,
    *,
    port: int | None = None,
    end: signal.Signals = signal.SIGTERM,
) -> Iterator[int]:
    """Serve the application by a command, once it answers: its port.

    Args:
        command: the command, which may name {port}.
        environment: its environment, without its address.
        folder: the checkout; None for this one.
        port: its port; None for one that is free.
        end: how its processes are ended.
    """
    port = port or free_port()
    words = command.format(port=port).split()
    with subprocess.Popen(
        [Path(sys.executable).with_name(words[0]), *words[1:]],
        env={**environment, "BIND": f"127.0.0.1:{port}", "LOG_LEVEL": "error"},
        cwd=folder,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    ) as server:
        try:
            _wait_for(port)
            yield port
        finally:
            os.killpg(server.pid, end)


def _wait_for(port: int) -> None:
    while True:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        with contextlib.closing(connection), contextlib.suppress(ConnectionRefusedError):
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return


def _load(port: int, password: str) -> tuple[float, list[float]]:
    """Requests a second that all clients got answered, and the milliseconds that each took."""
    readers = [Reader(port, password) for _client in range(CLIENTS)]
    article = re.search(r'href="(/articles/\d+/)', readers[0].ask("GET", "/articles/"))[1]
    claim = re.search(r"/claims/(\d+)/decide/", readers[0].ask("GET", article))[1]
    pages = ["/", "/articles/", article, "/claims/", f"/claims/{claim}/", "/search/?q=minister"]

    def use(number: int) -> list[float]:
        took = []
        for request in range(REQUESTS):
            begun = perf_counter()
            if request % 4 == 3:
                readers[number].ask(
                    "POST", f"/claims/{claim}/decide/", version="0", verdict="verified"
                )
            else:
                readers[number].ask("GET", pages[(number + request) % len(pages)])
            took.append(1000 * (perf_counter() - begun))
        return took

    for number in range(CLIENTS):
        readers[number].ask("GET", pages[0])
    begun = perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        times = [one for took in pool.map(use, range(CLIENTS)) for one in took]
    return len(times) / (perf_counter() - begun), times


if __name__ == "__main__":
    sys.exit(main())
