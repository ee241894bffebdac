"""Check that the logs of decisions and changes are as they were written."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from claims.management.base import WorkbenchCommand
from claims.management.failures import in_words
from claims.management.progress import StepProgress
from claims.queries.claims.log_chain import check_log


class Command(WorkbenchCommand):
    """Exit status 0: whole. 1: not whole; the first fault is named."""

    help = (
        "Check every entry of the logs of decisions and changes, and name the first one that was changed, deleted, or not"
        " written by the workbench."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What the log is compared with."""
        parser.add_argument(
            "--heads",
            type=Path,
            default=settings.LOG_HEADS or None,
            help="a file with hashes that were noted (default: that of LOG_HEADS)",
        )

    def handle(self, **options: Any) -> None:
        """Name the first fault."""
        tell = StepProgress(self.stderr, quiet=not options["verbosity"])
        heads = _read(options["heads"]) if options["heads"] else {}
        found = check_log(heads, tell("checking"))
        if found.fault:
            raise CommandError(f"{found.links:,} links are whole. {found.fault}")
        self.stdout.write(
            f"{found.links:,} links are whole, {len(heads):,} of them noted before.\nThe last one: {found.head}"
        )


def _read(path: Path) -> dict[int, str]:
    """Return the noted hashes by position."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        return {int(position): noted for _at, position, noted in map(str.split, lines)}
    except OSError as error:
        raise CommandError(f"{path} could not be read: {in_words(error)}.") from error
    except ValueError:
        raise CommandError(f"{path} is not a file of noted hashes.") from None
