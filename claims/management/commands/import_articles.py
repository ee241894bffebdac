"""Import articles from files and folders, splitting each into claims."""

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims import ingest
from claims.actions import import_article, workbench_account
from claims.errors import WorkbenchError


class Command(BaseCommand):
    """Each article is kept whole or not at all; one that is here already is left alone.

    So the command can be stopped and started again. Exit status 0: every file is in. 1: some could not be
    read, each named on standard error with the reason, and the others are in. 2: nothing to do.
    """

    help = "Import articles from files or folders and split them into claims."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Paths."""
        parser.add_argument(
            "paths",
            nargs="+",
            type=Path,
            metavar="PATH",
            help=f"a file or a folder of files: {', '.join(ingest.EXTENSIONS)}",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Import file by file, saying what becomes of each."""
        files = list(_files(options["paths"]))
        if not files:
            raise CommandError(
                "No article found: name a file or a folder that holds some.", returncode=2
            )
        actor = workbench_account()
        failed = 0
        for number, path in enumerate(files, start=1):
            place = f"[{number}/{len(files)}] {path}"
            try:
                with path.open("rb") as stream:
                    imported = import_article(
                        actor=actor, draft=ingest.read(stream, name=path.name)
                    )
            except (WorkbenchError, OSError) as error:
                failed += 1
                self.stderr.write(f"{place}: {error}")
                continue
            if options["verbosity"]:
                outcome = "imported" if imported.created else "already here"
                self.stdout.write(f"{place}: {outcome}")
        if failed:
            raise CommandError(
                f"{failed} of {len(files)} files could not be imported.", returncode=1
            )


def _files(paths: list[Path]) -> Iterator[Path]:
    """The files named, and those of the folders named that a reader knows, in the order of their names."""
    for path in paths:
        if path.is_dir():
            yield from sorted(
                each
                for each in path.rglob("*")
                if each.is_file() and each.suffix.lower().lstrip(".") in ingest.EXTENSIONS
            )
        else:
            yield path
