"""`make bench-desk`: the server's time and queries for deciding, opening a claim, and opening the page.

Builds articles with 20 and with 500 claims in a separate database, and sends requests in the same process, as the
browser would.
"""

import argparse
import importlib
import os
import sys
import tempfile
from collections.abc import Iterator

import django

from tests.bench.database import environment
from tests.bench.figures import Figure, tell

AIMS = {"decision": 30.0, "claim": 30.0, "page": 120.0}
"""The most milliseconds each should take with 500 claims."""
SHARE, BYTES = 0.35, 6000
"""The most that the answer to a verdict may take of the time of a whole answer, with the next claim and the text, as a page
without scripts and one that cannot go ahead get it; and the most that it may weigh."""


def main() -> int:
    """Measure. Returns the exit status, 0 even if a target is missed."""
    argparse.ArgumentParser(prog="make bench-desk", description=__doc__).parse_args()
    with tempfile.TemporaryDirectory() as data:
        os.environ.pop("DATABASE_URL", None)
        os.environ.update(environment(data))
        django.setup()
        measuring = importlib.import_module("tests.bench.desk.measuring")
        tell("desk", list(_figures(measuring.measure(), *measuring.SIZES)), where="SQLite")
    return 0


def _figures(found: dict[str, float], few: int, many: int) -> Iterator[Figure]:
    for name, most in AIMS.items():
        for what, unit, aim in (
            (name, "ms", {"most": most, "by_ratio": False}),
            (f"queries of a {name}", "queries", {"most": 1.0}),
        ):
            yield Figure(
                name=f"{what}, article of {many} claims",
                value=found[f"{name}.{many}.{unit}"],
                unit=unit,
                command="make bench-desk",
                peer=f"of {few}",
                beside=found[f"{name}.{few}.{unit}"],
                **aim,
            )
    for size in (few, many):
        yield Figure(
            name=f"decision, article of {size} claims",
            value=found[f"decision.{size}.ms"],
            unit="ms",
            command="make bench-desk",
            peer="a whole answer",
            beside=found[f"whole.{size}.ms"],
            most=SHARE,
        )
        yield Figure(
            name=f"bytes of the answer, article of {size} claims",
            value=found[f"decision.{size}.bytes"],
            unit="bytes",
            command="make bench-desk",
            most=BYTES,
        )


if __name__ == "__main__":
    sys.exit(main())
