"""`make bench-public`: how many requests a second a claim's public page answers from the cache, in how many bytes and queries.

Serves the demo with as many processes as there are cores. Readers on connections of their own ask for a claim's page:
some have never seen it, others ask whether it has changed. Beside it, the shortest text that the same server gives.
"""

import argparse
import http.client
import os
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import perf_counter

from tests.bench.figures import Figure, tell
from tests.bench.server import served
from tests.printing import say
from tests.workbench.demo import free_port, running

READERS, SECONDS, TURNS = 8, 3.0, 3
TARGET = 300
"""Requests a second on two cores."""
COMMAND = "make bench-public"

_COUNTING = """
import sys, django
django.setup()
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
reader = Client(headers={"host": "127.0.0.1"})
first = reader.get(sys.argv[1])
with CaptureQueriesContext(connection) as asked:
    whole = reader.get(sys.argv[1])
    unchanged = reader.get(sys.argv[1], headers={"if-none-match": first["ETag"]})
assert (whole.status_code, unchanged.status_code) == (200, 304)
print(len(asked))
"""


def main() -> int:
    """Measure. Returns the exit status."""
    options = argparse.ArgumentParser(prog=COMMAND, description=__doc__)
    options.add_argument("--seconds", type=float, default=SECONDS, help="how long each is asked")
    options.add_argument("--turns", type=int, default=TURNS, help="how often each is measured")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "demo"
        with running(free_port(), data):
            pass
        figures = list(_figures(data, chosen.seconds, chosen.turns))
    tell("public", figures)
    return 0


def _figures(data: Path, seconds: float, turns: int) -> Iterator[Figure]:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "workbench.settings.base",
        "SECRET_KEY": (data / "secret-key").read_text(),
        "DATA_DIR": str(data),
        "ALLOWED_HOSTS": "127.0.0.1",
        "PUBLIC_URL": "https://desk.example.org",
        "HTTPS": "off",
    }
    workers = os.cpu_count() or 1
    server = (
        f"gunicorn --config python:workbench.server --workers {workers} --threads 4 workbench.wsgi"
    )
    with served(server, environment) as port:
        listed = _get(port, "/published/checks/")[1].decode()
        page = re.search(r'href="(/published/claims/\d+/)"', listed)[1]
        answer, body = _get(port, page)
        etag = {"If-None-Match": answer.headers["ETag"]}
        kinds = {"whole": (page, {}), "unchanged": (page, etag), "shortest": ("/robots.txt", {})}
        rates = {name: [] for name in kinds}
        for _turn in range(turns):
            for name, (path, headers) in kinds.items():
                rates[name].append(_rate(port, path, headers, seconds))
    for name, measured in rates.items():
        say(f"{name:10}{statistics.median(measured):>8.0f} a second")
    shortest = round(statistics.median(rates["shortest"]))
    for name, words in (("whole", "a claim's page"), ("unchanged", "whether it has changed")):
        yield Figure(
            name=f"{words}, from the cache",
            value=round(statistics.median(rates[name])),
            unit="requests a second",
            command=COMMAND,
            peer="robots.txt",
            beside=shortest,
            least=TARGET,
            by_ratio=False,
        )
    yield Figure(name="a claim's page", value=len(body), unit="bytes", command=COMMAND)
    queries = _queries(environment, page)
    name = "queries where nothing has changed"
    yield Figure(name=name, value=queries, unit="", command=COMMAND, most=0)


def _get(port: int, path: str) -> tuple[http.client.HTTPResponse, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer, answer.read()


def _rate(port: int, path: str, headers: dict[str, str], seconds: float) -> float:
    """Answers a second to all readers together."""

    def read(_reader: int) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        answered = 0
        while perf_counter() < ends:
            try:
                connection.request("GET", path, headers=headers)
                connection.getresponse().read()
            except (http.client.RemoteDisconnected, ConnectionError):
                connection.close()
            else:
                answered += 1
        return answered

    begun = perf_counter()
    ends = begun + seconds
    with ThreadPoolExecutor(READERS) as pool:
        answered = sum(pool.map(read, range(READERS)))
    return answered / (perf_counter() - begun)


def _queries(environment: dict[str, str], page: str) -> int:
    """How many queries a page costs that has not changed, whole and asked for again."""
    command = [sys.executable, "-c", _COUNTING, page]
    said = subprocess.run(
        command, env=environment, check=True, stdout=subprocess.PIPE, text=True
    ).stdout
    return int(said.split()[-1])


if __name__ == "__main__":
    sys.exit(main())
