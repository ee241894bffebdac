"""Take a backup of the database and the stored files while people keep working."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from claims.management.backups.storing import forget_old, take_backup
from claims.management.base import WorkbenchCommand
from claims.management.failures import NO_FOLDER, in_words
from claims.management.progress import StepProgress


class Command(WorkbenchCommand):
    """Exit status 0: taken. 1: it could not be taken, or a stored file is missing or damaged."""

    help = (
        "Take a backup of the database and the stored files while people keep working. Each is a folder of its own in"
        " TARGET; files that have not changed are hard links to the backup before."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where, and what becomes of older ones."""
        parser.add_argument("target", type=Path, help="the folder of all backups, on another disk")
        parser.add_argument(
            "--full",
            action="store_true",
            help="read all files again instead of linking them to the backup before",
        )
        parser.add_argument(
            "--keep", type=int, metavar="N", help="delete all but the newest N backups afterwards"
        )

    def handle(self, **options: Any) -> None:
        """Take it. Nothing is left behind if it fails."""
        target, keep = options["target"], options["keep"]
        if keep is not None and keep < 1:
            raise CommandError("--keep must be at least 1.")
        tell = StepProgress(self.stderr, quiet=not options["verbosity"])
        try:
            taken = take_backup(target, full=options["full"], tell=tell)
            old = forget_old(target, keep) if keep and not taken.faults else 0
        except OSError as error:
            raise CommandError(
                f"No backup was taken into {target}: {in_words(error, missing=NO_FOLDER)}."
            ) from error
        found = taken.manifest
        self.stdout.write(
            f"{taken.folder}\n{sum(found.rows.values()):,} rows in {taken.size / 1e6:,.1f} MB;"
            f" {found.files:,} files, of which {taken.copied:,} were copied; {old:,} old backups deleted\n"
            f"SHA-256 of the manifest’s contents: {taken.digest}"
        )
        if taken.faults:
            raise CommandError("\n".join(["The backup was taken, but:", *taken.faults]))
