"""Move the SQLite database to PostgreSQL."""

from argparse import ArgumentParser
from pathlib import Path
from time import monotonic
from typing import Any

from django.conf import settings

from claims.management.base import WorkbenchCommand
from claims.management.moving.mover import move
from claims.management.progress import StepProgress


class Command(WorkbenchCommand):
    """Exit status 0: moved, and compared. 1: refused or interrupted; run it again to go on."""

    help = (
        "Move the SQLite database into the empty PostgreSQL database that DATABASE_URL names. Stop the server and the"
        " workers first. It can be stopped at any time, and then goes on where it was. At the end, every row is compared."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """From where."""
        parser.add_argument(
            "source",
            type=Path,
            nargs="?",
            default=settings.DATA_DIR / "workbench.sqlite3",
            help="the SQLite database (default: the one in DATA_DIR)",
        )

    def handle(self, **options: Any) -> None:
        """Move it."""
        begun = monotonic()
        tell = StepProgress(self.stderr, quiet=not options["verbosity"])
        moved = move(options["source"].absolute(), tell)
        seconds = max(monotonic() - begun, 0.001)
        number, claims = sum(moved.rows.values()), moved.rows["claims_claim"]
        self.stdout.write(
            f"{number:,} rows of {len(moved.rows)} tables were moved and compared"
            f"{', going on where the move had stopped' if moved.went_on else ''}: {claims / seconds:,.0f} claims a second\n"
            f"The SQLite database is now {moved.left}. Start the server and the workers with this DATABASE_URL."
        )
