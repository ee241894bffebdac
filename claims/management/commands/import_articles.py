"""Import articles from files and folders, splitting each into claims."""

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims import ingest
from claims.errors import WorkbenchError
from claims.ingest import archives
from claims.ingest.types import ArticleDraft
from claims.management.bringing import bring

_READ = {*ingest.EXTENSIONS, *archives.ARCHIVES}
"""The extensions of files that articles come in."""


class Command(BaseCommand):
    """Each article is kept whole or not at all; one that is here already is left alone.

    So the command can be stopped and started again. Exit status 0: all are in. 1: some could not be
    read, each named on standard error with the reason, and the others are in. 2: nothing to do.
    """

    help = "Import articles from files or folders and split them into claims."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Paths, and what to do with new texts of articles that are here."""
        parser.add_argument(
            "paths",
            nargs="+",
            type=Path,
            metavar="PATH",
            help=f"a file or a folder of files: {', '.join(sorted(_READ))}",
        )
        parser.add_argument(
            "--update",
            action="store_true",
            help="take over the text where the article of an address has another one; its claims are found again",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Import file by file, saying what becomes of each."""
        files = list(_files(options["paths"]))
        if not files:
            raise CommandError(
                "No article found: name a file or a folder that holds some.", returncode=2
            )
        failed = whole = 0
        for number, path in enumerate(files, start=1):
            for place, found in _articles(path):
                whole += 1
                where = f"[{number}/{len(files)}] {path}{place}"
                try:
                    if isinstance(found, Exception):
                        raise found
                    outcome = bring(found, update=options["update"])
                except (WorkbenchError, OSError) as error:
                    failed += 1
                    self.stderr.write(f"{where}: {error}")
                    continue
                if options["verbosity"]:
                    self.stdout.write(f"{where}: {outcome}")
        if failed:
            raise CommandError(f"{failed} of {whole} articles could not be imported.", returncode=1)


def _articles(path: Path) -> Iterator[tuple[str, ArticleDraft | Exception]]:
    """What a file holds: its article, or each record of an archive with its line; or why it could not be read."""
    try:
        with path.open("rb") as stream:
            if _extension(path) in archives.ARCHIVES:
                for entry in archives.articles(stream, path.name):
                    yield f", line {entry.number}", entry.found
            else:
                yield "", ingest.read(stream, name=path.name)
    except (WorkbenchError, OSError) as error:
        yield "", error


def _extension(path: Path) -> str:
    return path.suffix.lower().lstrip(".")


def _files(paths: list[Path]) -> Iterator[Path]:
    """The files named, and those of the folders named that a reader knows, in the order of their names."""
    for path in paths:
        if path.is_dir():
            yield from sorted(
                each for each in path.rglob("*") if each.is_file() and _extension(each) in _READ
            )
        else:
            yield path
