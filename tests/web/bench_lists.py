"""`make bench-lists ROWS=1000000`: the claims table, a source's page and the first page, at ten thousand claims and at ROWS.

Makes databases of its own, beside the one that DATABASE_URL names or in a folder that goes afterwards, fills each with
the archive of `tests.web.archive`, and asks a process of its own for every figure, as the browser would. Then changes
the verdict of a tenth of the greater one's claims in the background, while an editor goes on deciding. Prints a table for
people and, as its last line, one JSON object.
"""

import argparse
import importlib
import json
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import django

FEW = 10_000
AIM = 60.0
"""The most milliseconds that a page should take."""
AIMS = {"search, common words": 150.0}
"""Where it is another number."""
DEEP, MANY = 1.3, 1.5
"""How many times a first page's time a deep page may take; and a page of many claims, that of ten thousand."""


def main() -> int:
    """Measure. Returns the exit status, 0 also where an aim is missed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument(
        "--rows", type=int, default=1_000_000, help="claims in the greater archive"
    )
    options.add_argument(
        "--measure", type=Path, help="measure one archive; the figures into this file"
    )
    options.add_argument("--bulk", action="store_true", help="its bulk change, too")
    chosen = options.parse_args()
    rows = chosen.rows
    if chosen.measure:
        django.setup()
        measuring = importlib.import_module("tests.web.measuring_lists")
        chosen.measure.write_text(json.dumps(measuring.measure(rows, bulk=chosen.bulk)))
        return 0
    found: dict[int, dict[str, float]] = {}
    for size in dict.fromkeys((FEW, rows)):
        with tempfile.TemporaryDirectory() as data, Database(f"lists_{size}") as address:
            found[size] = _measured(size, data, address, bulk=size == rows)
    figures = {f"{name}.{size}": value for size in found for name, value in found[size].items()}
    missed = list(_missed(found[FEW], found[rows])) if rows > FEW else []
    engine = "PostgreSQL" if "DATABASE_URL" in os.environ else "SQLite"
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {engine}"
    result = {"bench": "lists", "machine": machine, "figures": figures, "missed": missed}
    sys.stdout.write(json.dumps(result) + "\n")
    return 0


class Database:
    """A database of its own on the server that DATABASE_URL names, dropped afterwards; without one, the folder's."""

    def __init__(self, name: str) -> None:
        self.server = os.environ.get("DATABASE_URL")
        self.name = f"bench_{name}"

    def __enter__(self) -> str | None:
        if not self.server:
            return None
        self._say(f"DROP DATABASE IF EXISTS {self.name}")
        self._say(f"CREATE DATABASE {self.name}")
        return urlunsplit(urlsplit(self.server)._replace(path=f"/{self.name}"))

    def __exit__(self, *_error: object) -> None:
        if self.server:
            self._say(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")

    def _say(self, sql: str) -> None:
        import psycopg  # noqa: PLC0415  # nothing is needed of it on SQLite

        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(sql)


def _measured(size: int, data: str, address: str | None, *, bulk: bool) -> dict[str, float]:
    """What a process of its own measures. It prints its table as it goes, and its figures into a file."""
    out = Path(data) / "figures.json"
    environment = {
        **{key: value for key, value in os.environ.items() if key != "DATABASE_URL"},
        **({"DATABASE_URL": address} if address else {}),
        "DJANGO_SETTINGS_MODULE": "workbench.settings.base",
        "SECRET_KEY": "bench " * 12,
        "ALLOWED_HOSTS": "testserver",
        "HTTPS": "off",
        "DATA_DIR": data,
    }
    command = [sys.executable, "-m", "tests.web.bench_lists", "--rows", str(size), "--measure", out]
    subprocess.run([*command, *(["--bulk"] if bulk else [])], env=environment, check=True)
    found: dict[str, float] = json.loads(out.read_text())
    return found


def _missed(few: dict[str, float], many: dict[str, float]):
    for name, took in many.items():
        what, _dot, unit = name.rpartition(".")
        if unit == "ms":
            if took > AIMS.get(what, AIM):
                yield f"{what}: {took} ms"
            if what not in AIMS and took > MANY * few[name]:
                yield f"{what}: {took / few[name]:.2f} times ten thousand"
        # A list's counts take one query where they are exact, and up to two samples more where they are estimated.
        if unit == "queries" and took > few[name] + 2:
            yield f"{what}: {took:.0f} queries, {few[name]:.0f} with ten thousand"
    if many["deep page.ms"] > DEEP * many["first page.ms"]:
        yield f"deep page: {many['deep page.ms'] / many['first page.ms']:.2f} times the first"


if __name__ == "__main__":
    sys.exit(main())
