"""`make bench-intake ARTICLES=2000`: importing an archive, from file to search index, compared with splitting alone.

Makes the archive of `tests.bench.newsroom_archive` and imports it into a separate database, beside the one that
`DATABASE_URL` names or in a temporary folder. The splitter alone splits the same articles in the same processes,
alternating with the import, because the machine's speed varies. A second import skips everything already imported.
"""

import argparse
import importlib
import os
import statistics
import sys
import tempfile
from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path
from time import perf_counter

import django

from tests.bench import newsroom_archive
from tests.bench.database import Database, engine, environment
from tests.bench.figures import Figure, tell

SHARE, GROWTH = 0.8, 1.1
"""The aims: the import's share of what the splitter does alone; its memory at the end over that at a quarter."""
ENOUGH = 1_000
"""The number of articles after which memory shows whether it grows; before, caches are still filling."""
TURNS = 4
"""How often splitting alone and importing take turns."""


def main() -> int:
    """Measure. Returns the exit status, 0 even if a target is missed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--articles", type=int, default=2_000, help="in the archive")
    options.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder, Database("intake") as address:
        os.environ.update(environment(folder, address))
        django.setup()
        connection = importlib.import_module("django.db").connection
        found = _measured(Path(folder), chosen.articles, chosen.processes)
        connection.close()
    tell("intake", list(_figures(found, chosen.articles)), where=engine())
    return 0


def _figures(found: dict[str, float], articles: int) -> Iterator[Figure]:
    command = f"make bench-intake ARTICLES={articles}"
    yield Figure(
        name=f"importing, {found['processes']} processes",
        value=found["import.articles_a_second"],
        unit="articles a second",
        command=command,
        peer="splitting alone",
        beside=found["splitting.articles_a_second"],
        least=SHARE,
    )
    yield Figure(
        name="skipping what is imported",
        value=found["skipping.articles_a_second"],
        unit="articles a second",
        command=command,
        peer="importing",
        beside=found["import.articles_a_second"],
    )
    yield Figure(
        name="memory at the end",
        value=found["memory.end_megabytes"],
        unit="MB",
        command=command,
        peer="after a quarter",
        beside=found["memory.quarter_megabytes"],
        most=GROWTH if articles >= ENOUGH else None,
    )


def _measured(folder: Path, articles: int, processes: int) -> dict[str, float]:
    importing = importlib.import_module("claims.management.bulk_import")
    reading = importlib.import_module("claims.management.files")
    splitting = importlib.import_module("claims.management.splitter_pool")
    models = importlib.import_module("claims.models")
    policy = importlib.import_module("claims.actions").COMMAND
    importlib.import_module("django.core.management").call_command("migrate", verbosity=0)
    size = articles // TURNS
    parts = [
        newsroom_archive.write(folder / f"{turn}.jsonl", size, start=turn * size)
        for turn in range(TURNS)
    ]

    def bodies(part: Path) -> Iterator[str]:
        return (found.body for _, found in reading.records([part]))

    def imported(files: list[Path]) -> float:
        begun = perf_counter()
        found = reading.records(files)
        outcomes = list(importing.import_all(found, splitters=splitters, policy=policy))
        return len(outcomes) / (perf_counter() - begun)

    alone, together, memory = [], [], []
    with splitting.Splitters(processes) as splitters:
        # The processes start and load what they need.
        _split(splitters, (newsroom_archive.article(number)["body"] for number in range(-30, 0)))
        for turn, part in enumerate(parts):
            # Each goes first as often as the other.
            if turn % 2:
                together.append(imported([part]))
            alone.append(_split(splitters, bodies(part)))
            if not turn % 2:
                together.append(imported([part]))
            memory.append(_megabytes())
        skipped = imported(parts)
    claims = models.Claim.objects.count()
    return {
        "articles": models.Article.objects.count(),
        "claims": claims,
        "processes": processes,
        "splitting.articles_a_second": round(statistics.median(alone), 2),
        "import.articles_a_second": round(statistics.median(together), 2),
        "skipping.articles_a_second": round(skipped),
        "memory.quarter_megabytes": memory[0],
        "memory.end_megabytes": memory[-1],
    }


def _split(splitters, bodies: Iterable[str]) -> float:
    """Split articles, and nothing else. How many a second."""
    begun, number, waiting = perf_counter(), 0, deque()
    for body in bodies:
        waiting.append(splitters.begin(body))
        number += 1
        if len(waiting) > splitters.ahead:
            waiting.popleft().claims()
    for promise in waiting:
        promise.claims()
    return number / (perf_counter() - begun)


def _megabytes() -> int:
    """What this process holds for itself; not what it maps of the database."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    held = next(line for line in status.splitlines() if line.startswith("RssAnon"))
    return int(held.split()[1]) // 1024


if __name__ == "__main__":
    sys.exit(main())
