"""`make bench-matching SETS=folder ROWS=1000000`: how well claims are found again, and how fast in a large archive.

With SETS, a folder of labelled sets: the matcher beside plain baselines, on each set that is there. With ROWS: an archive
of so many invented claims is made in a separate database, and the candidates for 40 of its claims are looked for in a
separate process, as a worker does for a new article.
"""

import argparse
import importlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import django

from tests.bench.database import Database, engine, environment
from tests.bench.figures import Figure, tell
from tests.bench.matcher.sets import quality

AT_ONCE = 1000.0
"""The most milliseconds for the claims of an article."""
EACH = 20.0
"""The most milliseconds of processor time for each of them."""
MEMORY = 1000.0
"""The most megabytes of the process."""
SMALL = 20_000


def main() -> int:
    """Measure. Returns the exit status, 0 even if a target is missed."""
    options = argparse.ArgumentParser(prog="make bench-matching", description=__doc__)
    options.add_argument("--sets", type=Path, help="a folder of labelled sets")
    options.add_argument("--rows", type=int, default=SMALL, help="claims of the archive")
    options.add_argument("--limit", type=int, help="of each set, only the first texts or pairs")
    options.add_argument("--build", type=int, help=argparse.SUPPRESS)
    options.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.build or chosen.measure:
        django.setup()
        archive = importlib.import_module("tests.bench.matcher.archive")
        if chosen.build:
            archive.build_indexed(chosen.build)
        else:
            chosen.measure.write_text(json.dumps(archive.measure()))
        return 0
    figures = [*quality(chosen.sets, chosen.limit)] if chosen.sets else []
    tell("matching", [*figures, *_archive(chosen.rows)], where=engine())
    return 0


def _archive(rows: int) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as data, Database(f"matching_{rows}") as address:
        out = Path(data) / "figures.json"
        for arguments in (["--build", str(rows)], ["--measure", str(out)]):
            command = [sys.executable, "-m", "tests.bench.matcher", *arguments]
            subprocess.run(command, env=environment(data, address), check=True)
        found: dict[str, float] = json.loads(out.read_text())
    command, size = f"make bench-matching ROWS={rows}", f"of {rows:,} claims"
    yield Figure(f"candidates for 40 claims, {size}", found["wall"], "ms", command, most=AT_ONCE)
    yield Figure(
        f"the same, processor, database included, {size}",
        found["used"],
        "ms",
        command,
        most=AT_ONCE,
    )
    yield Figure(
        f"candidates for one of them, processor, {size}", found["each"], "ms", command, most=EACH
    )
    yield Figure(f"candidates for one alone, {size}", found["alone"], "ms", command)
    yield Figure("encoding a claim, processor", found["encoding"], "ms", command)
    yield Figure(f"memory of the worker, {size}", found["memory"], "MB", command, most=MEMORY)
    yield Figure(f"outlines, read for each article, {size}", found["outlines"], "MB", command)
    yield Figure(f"vectors, {size}", found["vectors"], "MB", command)
    yield Figure(
        "nearest claims found by outlines", found["kept"], "%", command, "all vectors", 100.0
    )


if __name__ == "__main__":
    sys.exit(main())
