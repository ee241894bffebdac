"""`make bench-desk`: the server's time and queries for deciding, opening a claim, and opening the page.

Builds its own articles with 20 and with 500 claims in a database of its own, and asks in the same process, as
the browser would. Prints a table for people and, as its last line, one JSON object.
"""

import importlib
import json
import os
import platform
import sys
import tempfile

import django

AIMS = {"decision": 30.0, "claim": 30.0, "page": 120.0}
"""The most milliseconds that each should take with 500 claims."""


def main() -> int:
    """Measure. Returns the exit status, 0 also where an aim is missed."""
    with tempfile.TemporaryDirectory() as data:
        os.environ.update(
            DJANGO_SETTINGS_MODULE="workbench.settings.base",
            SECRET_KEY="bench " * 12,
            ALLOWED_HOSTS="testserver",
            HTTPS="off",
            DATA_DIR=data,
        )
        os.environ.pop("DATABASE_URL", None)
        django.setup()
        measuring = importlib.import_module("tests.web.measuring")
        figures = measuring.measure()
    few, many = measuring.SIZES
    missed = [name for name, most in AIMS.items() if figures[f"{name}.{many}.ms"] > most]
    missed += [
        f"{name}.queries"
        for name in AIMS
        if figures[f"{name}.{few}.queries"] != figures[f"{name}.{many}.queries"]
    ]
    machine = f"{platform.machine()}, Python {platform.python_version()}"
    measuring.say(
        json.dumps({"bench": "desk", "machine": machine, "figures": figures, "missed": missed})
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
