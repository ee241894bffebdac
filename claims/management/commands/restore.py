"""Put a backup in the place of an empty database and an empty folder of files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from claims.management.backups.restoring import restore_backup
from claims.management.base import WorkbenchCommand
from claims.management.failures import in_words
from claims.management.progress import StepProgress


class Command(WorkbenchCommand):
    """Exit status 0: restored. 1: refused, and nothing was changed."""

    help = (
        "Restore a backup into an empty database and an empty folder of files. The backup is checked first, and nothing"
        " is overwritten."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which one."""
        parser.add_argument("source", type=Path, help="the folder of one backup")

    def handle(self, **options: Any) -> None:
        """Restore it, and say what is to be done next."""
        folder: Path = options["source"]
        tell = StepProgress(self.stderr, quiet=not options["verbosity"])
        try:
            manifest, waiting = restore_backup(folder, tell)
        except OSError as error:
            raise CommandError(f"{folder} could not be restored: {in_words(error)}.") from error
        self.stdout.write(
            f"Restored as it was {manifest.moment:%Y-%m-%d %H:%M} UTC: {sum(manifest.rows.values()):,} rows,"
            f" {manifest.files:,} files."
        )
        if waiting:
            self.stdout.write("This version has newer migrations. Next: python manage.py migrate")
