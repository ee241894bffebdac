"""`make bench-lists ROWS=1000000`: the claims table, a source's page and the first page, at ten thousand claims and at ROWS.

Makes separate databases, beside the one that DATABASE_URL names or in a temporary folder, fills each with the archive of
`tests.bench.archive`, and measures every figure in a separate process, as the browser would ask. Then changes the
verdict of a tenth of the larger archive's claims in the background, while an editor keeps deciding.
"""

import argparse
import importlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django

from tests.bench.database import Database, engine, environment
from tests.bench.figures import Figure, tell

FEW = 10_000
AIM = 60.0
"""The most milliseconds a page should take."""
AIMS = {
    "search, common words": 150.0,
    # Eight figures, each of which may take 100 ms.
    "statistics, 12 weeks": 800.0,
    "statistics, 52 weeks": 800.0,
    "statistics, three filters": 800.0,
}
"""Pages with a different target."""
COUNTS = 30.0
"""The most milliseconds the counts beside the filters should take if up to 12,000 claims are counted."""
DEEP, MANY = 1.3, 1.5
"""How many times as long as a first page a deep page may take, and a page of many claims compared with ten thousand."""
LISTS = ("filter", "three filters", "sort")
"""The lists of which only the slowest is reported."""
MORE_QUERIES = 2
"""How many more queries a page of many claims may need: samples, if its counts are estimated."""


def main() -> int:
    """Measure. Returns the exit status, 0 even if a target is missed."""
    options = argparse.ArgumentParser(prog="make bench-lists", description=__doc__)
    options.add_argument("--rows", type=int, default=1_000_000, help="claims in the larger archive")
    options.add_argument("--few", type=int, default=FEW, help="claims in the smaller archive")
    options.add_argument("--rounds", type=int, default=15, help="how often to request each page")
    options.add_argument(
        "--measure", type=Path, help="measure one archive; write the figures to this file"
    )
    options.add_argument("--bulk", action="store_true", help="measure its bulk change as well")
    chosen = options.parse_args()
    if chosen.measure:
        django.setup()
        measuring = importlib.import_module("tests.bench.lists_measuring")
        found = measuring.measure(chosen.rows, rounds=chosen.rounds, bulk=chosen.bulk)
        chosen.measure.write_text(json.dumps(found))
        return 0
    few, many = (_measured(size, chosen) for size in (chosen.few, chosen.rows))
    tell("lists", list(_figures(few, many, chosen)), where=engine())
    return 0


def _measured(size: int, chosen: argparse.Namespace) -> dict[str, float]:
    """Measure in a separate process. It prints its table as it goes, and writes its figures to a file."""
    with tempfile.TemporaryDirectory() as data, Database(f"lists_{size}") as address:
        out = Path(data) / "figures.json"
        command = [sys.executable, "-m", "tests.bench.lists", "--measure", str(out)]
        command += ["--rows", str(size), "--rounds", str(chosen.rounds)]
        bulk = ["--bulk"] if size == chosen.rows else []
        subprocess.run([*command, *bulk], env=environment(data, address), check=True)
        found: dict[str, float] = json.loads(out.read_text())
        return found


def _figures(
    few: dict[str, float], many: dict[str, float], chosen: argparse.Namespace
) -> Iterator[Figure]:
    command, small = f"make bench-lists ROWS={chosen.rows}", f"of {chosen.few:,}"
    size = f"of {chosen.rows:,} claims"

    def page(name: str, **aim: Any) -> Figure:
        ms = f"{name}.ms"
        aim = {"peer": small, "beside": few[ms], "most": MANY} | aim
        return Figure(f"{name}, {size}", many[ms], "ms", command, **aim)

    pages = [name.removesuffix(".ms") for name in many if name.endswith(".ms")]
    yield page("first page")
    yield page("deep page", peer="the first page", beside=many["first page.ms"], most=DEEP)
    for name in pages:
        if name.startswith("counts"):
            yield page(name, most=COUNTS, by_ratio=False)
    filters = [name for name in pages if name.startswith(LISTS)]
    slowest = max(filters, key=lambda name: many[f"{name}.ms"])
    yield page(f"{slowest}", most=AIM, by_ratio=False)
    rest = [name for name in pages if not name.startswith(("first", "deep", "counts", *LISTS))]
    for name in rest:
        yield page(name, most=AIMS.get(name, AIM), by_ratio=False)
    more = max(many[f"{name}.queries"] - few[f"{name}.queries"] for name in pages)
    yield Figure(f"queries more than {small}", more, "", command, most=MORE_QUERIES)
    yield Figure(
        name="changing claims in bulk",
        value=many["bulk.claims_a_second"],
        unit="claims a second",
        command=command,
        peer="writing the archive past the actions",
        beside=many["build.claims_a_second"],
    )
    yield Figure(
        name="a decision meanwhile, the median",
        value=many["bulk.other_decision_median_ms"],
        unit="ms",
        command=command,
    )
    yield Figure("memory of its worker", many["bulk.worker_megabytes"], "MB", command)


if __name__ == "__main__":
    sys.exit(main())
