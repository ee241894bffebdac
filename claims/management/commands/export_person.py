"""Write down all that is kept of an editor or of a source."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from claims.management.base import WorkbenchCommand
from claims.management.failures import in_words
from claims.management.persons import add_person, person_of, write_down


class Command(WorkbenchCommand):
    """Exit status 0: written. 1: there is no such person, or the folder cannot be written."""

    help = "Write all that is kept of a person into a new folder: person.json, and a README.md that explains its fields."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whose, and where to."""
        add_person(parser)
        parser.add_argument("folder", type=Path, help="the folder, which must not be there yet")

    def handle(self, **options: Any) -> None:
        """Write it."""
        folder = options["folder"]
        person = person_of(options)
        try:
            written = write_down(person, folder)
        except FileExistsError as error:
            raise CommandError(f"{folder} is there already. Name a new folder.") from error
        except OSError as error:
            raise CommandError(f"{folder} could not be written: {in_words(error)}.") from error
        self.stdout.write(f"{folder}: {sum(written.values()):,} rows of {len(written)} tables")
