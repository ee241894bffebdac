"""`manage.py index_claims`: prepares all claims for matching, for an archive that was there before."""

from argparse import ArgumentParser
from typing import Any

from claims.actions.matching.index import index_some, start_again
from claims.management.base import WorkbenchCommand
from claims.models import ClaimVector


class Command(WorkbenchCommand):
    """Encode the claims that have not been, and report progress. It can be stopped, and then goes on where it was."""

    help = (
        "Prepare the claims that have not been for matching, so that each can be found again in another article."
        " Workers do this by themselves; with many claims, this command shows how far it is. It can be stopped at any"
        " time, and then goes on where it was."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether to begin from the start."""
        parser.add_argument(
            "--again",
            action="store_true",
            help="Prepare all claims anew. Until it is done, fewer are found again.",
        )

    def handle(self, **options: Any) -> None:
        """Encode in small transactions; the site stays in use."""
        if options["again"]:
            start_again()
        total, done = ClaimVector.objects.waiting().count(), 0
        while some := index_some():
            done += len(some)
            self.stdout.write(f"{done:,} of {max(total, done):,}")
        self.stdout.write("All claims are prepared.")
