"""Remove the names of an editor who left, or of a source."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import CommandError

from claims.actions import erase_account, erase_source, workbench_account
from claims.errors import WorkbenchError
from claims.management.base import WorkbenchCommand
from claims.management.persons import add_person, person_of, rows_of
from claims.models import Erasure, Source
from claims.queries.personal_data.kept import counts_of

_STAYS = """What was published stays as it was published, and what articles say, as well as words that others typed about the person. Backups
and files that people downloaded are not changed: see docs/personal-data.md."""


class Command(WorkbenchCommand):
    """Exit status 0: done, or shown. 1: it is not possible, and nothing was changed."""

    help = (
        "Replace the name of a person by a pseudonym wherever the workbench keeps it, and delete what is theirs alone."
        " The logs stay provable. Without --confirm, nothing is changed: the command says what there is."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whose, and what becomes of comments."""
        add_person(parser)
        parser.add_argument(
            "--empty-comments",
            action="store_true",
            help="also remove the text of the person's comments",
        )
        parser.add_argument("--confirm", action="store_true", help="do it; this cannot be undone")

    def handle(self, **options: Any) -> None:
        """Show what there is, or replace it."""
        person, empty = person_of(options), options["empty_comments"]
        if empty and isinstance(person, Source):
            raise CommandError("--empty-comments is for accounts: a source writes none.")
        if not options["confirm"]:
            self._show(person)
            return
        try:
            erasure = _erase(person, empty_comments=empty)
        except WorkbenchError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"The person is “{erasure}” from now on.\n{_STAYS}")

    def _show(self, person: User | Source) -> None:
        """Say how many rows of each kind there are."""
        for model, number in counts_of(rows_of(person)).items():
            self.stdout.write(f"{number:>9,}  {model._meta.verbose_name_plural}")
        self.stdout.write(f"Nothing was changed. Add --confirm to do it.\n{_STAYS}")


def _erase(person: User | Source, *, empty_comments: bool) -> Erasure:
    actor = workbench_account()
    if isinstance(person, Source):
        return erase_source(actor=actor, source=person)
    return erase_account(actor=actor, account=person, empty_comments=empty_comments)
