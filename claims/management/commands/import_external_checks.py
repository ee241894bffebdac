"""Import other newsrooms' fact-checks from a file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from claims.actions import save_fact_checks
from claims.errors import WorkbenchError
from claims.ingest import sandbox
from claims.management.base import WorkbenchCommand

_NAMED = 20
"""How many of those that cannot be read are named."""


class Command(WorkbenchCommand):
    """Fact-checks that are already known are brought up to date. Nothing is withdrawn.

    Exit status 0: all are imported. 1: the file or some of its entries could not be read, each reported on standard error
    with the reason, and the others are imported.
    """

    help = "Import other newsrooms’ fact-checks: a web page with ClaimReview (.html), a data feed (.json) or a table (.csv)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which file, and in which language."""
        parser.add_argument(
            "file", type=Path, metavar="FILE", help="a file ending in .html, .json or .csv"
        )
        parser.add_argument(
            "--language",
            default="en",
            help="of the fact-checks that do not name their own (default: en)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Read the file."""
        path: Path = options["file"]
        try:
            with path.open("rb") as stream:
                entries = sandbox.fact_checks(stream, name=path.name)
                result = save_fact_checks(entries, language=options["language"])
        except (WorkbenchError, OSError) as error:
            raise CommandError(f"{path}: {error}", returncode=1) from error
        for number, why in result.refused[:_NAMED]:
            self.stderr.write(f"{path}, {number}: {why}")
        self.stdout.write(f"{result.new} new, {result.changed} changed, {result.same} known.")
        if result.refused:
            raise CommandError(f"{len(result.refused)} could not be read.", returncode=1)
