"""Check that a backup is what it was when it was taken."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from claims.management.backups.checking import faults_of
from claims.management.backups.manifest import read_manifest
from claims.management.base import WorkbenchCommand
from claims.management.failures import in_words
from claims.management.progress import StepProgress


class Command(WorkbenchCommand):
    """Exit status 0: whole. 1: not whole; every fault is named."""

    help = (
        "Check a backup: every file is read and compared with its digest, the database is opened."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which one."""
        parser.add_argument("source", type=Path, help="the folder of one backup")

    def handle(self, **options: Any) -> None:
        """Name every fault."""
        folder: Path = options["source"]
        tell = StepProgress(self.stderr, quiet=not options["verbosity"])
        try:
            manifest = read_manifest(folder)
            faults = list(faults_of(folder, manifest, tell("checking")))
        except OSError as error:
            raise CommandError(f"{folder} could not be read: {in_words(error)}.") from error
        if faults:
            raise CommandError("\n".join([f"{folder} is damaged:", *faults]))
        self.stdout.write(
            f"{folder} is whole: {sum(manifest.rows.values()):,} rows, {manifest.files:,} files,"
            f" taken {manifest.moment:%Y-%m-%d %H:%M} UTC by {manifest.software}"
        )
