"""`make bench-api ROWS=1000000`: a page of 1,000 claims over the API, and all claims by its cursor, beside the export as CSV.

Makes the archive of `tests.bench.archive` in a temporary folder, and asks in a separate process, without the network.
"""

import argparse
import importlib
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from time import perf_counter, process_time
from typing import Any

import django

from tests.bench import exports
from tests.bench.database import environment
from tests.bench.figures import Figure, tell

PAGE, MEGABYTES, FLAT = 100, 200, 1.2
"""The aims: milliseconds of a page of 1,000 claims, the most memory, and how much more a page costs far down a pull."""
LIMIT, TURNS = 1000, 15
PLACES = ("start", "middle", "end")
"""Where in a pull the processor time of a page is measured."""


def main() -> int:
    """Measure. Returns the exit status, 0 even if a target is missed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, default=1_000_000, help="claims in the archive")
    options.add_argument("--part", help="what to measure in a separate process")
    chosen = options.parse_args()
    if chosen.part:
        django.setup()
        found = PARTS[chosen.part](chosen.rows)
        sys.stdout.write(json.dumps(found))
        return 0
    with tempfile.TemporaryDirectory() as data:
        figures = {
            name: value
            for part in ("build", "page", "pull", "csv")
            for name, value in _part(part, chosen.rows, data).items()
        }
    tell("api", list(_figures(figures, chosen.rows)), where="SQLite")
    return 0


def _figures(found: dict[str, float], rows: int) -> Iterator[Figure]:
    command = f"make bench-api ROWS={rows}"
    yield Figure("page of 1,000 claims of the API", found["page.ms"], "ms", command, most=PAGE)
    yield Figure(
        "the same, nine tenths down the list", found["page.deep_ms"], "ms", command, most=PAGE
    )
    yield Figure(
        name="all claims by the API's cursor",
        value=found["pull.claims_a_second"],
        unit="claims a second",
        command=command,
        peer="the export as CSV",
        beside=found["csv.claims_a_second"],
    )
    yield Figure("memory of that", found["pull.megabytes"], "MB", command, most=MEGABYTES)
    start, middle, end = (found[f"pull.{place}_ms"] for place in PLACES)
    beside = {"peer": "the same at its start", "beside": start, "most": FLAT}
    yield Figure("processor time of a page at the start of it", start, "ms", command)
    yield Figure("the same in its middle", middle, "ms", command, **beside)
    yield Figure("the same at its end", end, "ms", command, **beside)


def _part(name: str, rows: int, data: str) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.bench.api", "--rows", str(rows), "--part", name]
    given = environment(data) | {"API_REQUESTS_PER_MINUTE": "1000000"}
    run = subprocess.run(command, env=given, check=True, stdout=subprocess.PIPE)
    return dict(json.loads(run.stdout))


def _build(rows: int) -> dict[str, float]:
    return exports.PARTS["build"]("build", rows)


def _csv(rows: int) -> dict[str, float]:
    return exports.PARTS["table"]("table:csv", rows)


def _asking() -> Callable[[str], Any]:
    """Return what asks the API for a path, and returns the data."""
    auth = importlib.import_module("django.contrib.auth.models")
    actions = importlib.import_module("claims.actions")
    test = importlib.import_module("django.test")
    boss, _made = auth.User.objects.get_or_create(username="api", is_superuser=True)
    _token, secret = actions.create_token(actor=boss, owner=boss, name="bench", scopes=["read"])
    client = test.Client(headers={"Authorization": f"Bearer {secret}"})

    def ask(path: str) -> Any:
        answer = client.get(f"/api/v1{path}")
        if answer.status_code != 200:
            raise RuntimeError(answer.content)
        return answer.json()

    return ask


def _page(rows: int) -> dict[str, float]:
    ask = _asking()
    cursor, left = "", rows * 9 // 10
    while left > 0:
        cursor, left = ask(f"/claims?limit={LIMIT}&cursor={cursor}")["next"] or "", left - LIMIT
    return {
        "page.ms": _median(lambda: ask(f"/claims?limit={LIMIT}")),
        "page.deep_ms": _median(lambda: ask(f"/claims?limit={LIMIT}&cursor={cursor}")),
    }


def _median(step: Callable[[], object]) -> float:
    times = []
    for _turn in range(TURNS):
        begun = perf_counter()
        step()
        times.append(1000 * (perf_counter() - begun))
    return round(statistics.median(times), 1)


def _pull(_rows: int) -> dict[str, float]:
    ask = _asking()
    cursor: str | None = ""
    number, begun = 0, perf_counter()
    cursors = []
    with exports.Memory() as memory:
        while cursor is not None:
            cursors.append(cursor)
            page = ask(_step(cursor))
            number, cursor = number + len(page["items"]), page["next"]
    return {
        "pull.claims_a_second": round(number / (perf_counter() - begun)),
        "pull.megabytes": memory.most,
        **_by_place(ask, cursors),
    }


def _step(cursor: str) -> str:
    return f"/claims?limit={LIMIT}&sort=id&cursor={cursor}"


def _by_place(ask: Callable[[str], Any], cursors: list[str]) -> dict[str, float]:
    """Return the processor time of a page at some places of a pull, which are asked for in turns."""
    # The last page is seldom full.
    places = (0, len(cursors) // 2, max(len(cursors) - 2, 0))
    spent: dict[str, list[float]] = {place: [] for place in PLACES}
    for _turn in range(TURNS):
        for place, at in zip(PLACES, places, strict=True):
            used = process_time()
            ask(_step(cursors[at]))
            spent[place].append(1000 * (process_time() - used))
    return {f"pull.{place}_ms": round(statistics.median(some), 1) for place, some in spent.items()}


PARTS: dict[str, Callable[[int], dict[str, float]]] = {
    "build": _build,
    "page": _page,
    "pull": _pull,
    "csv": _csv,
}

if __name__ == "__main__":
    sys.exit(main())
