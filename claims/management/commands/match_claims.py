"""`manage.py match_claims`: looks for repeats and contradictions in the whole archive."""

from argparse import ArgumentParser
from typing import Any

from claims.actions.matching.index import index_some
from claims.actions.matching.proposals import match_next, queue_archive
from claims.management.base import WorkbenchCommand
from claims.models import UnmatchedClaim

_TELL_EVERY = 1000
"""After how many claims progress is reported."""


class Command(WorkbenchCommand):
    """Match all claims again, for instance after an update of the matcher. What people have settled stays."""

    help = (
        "Look for repeats and contradictions in the whole archive. It can be stopped at any time: `--waiting`, or the"
        " worker, goes on where it was. What people have confirmed or dismissed stays."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether to begin with all claims, or to go on."""
        parser.add_argument(
            "--waiting",
            action="store_true",
            help="Match only the claims that are still waiting for it.",
        )

    def handle(self, **options: Any) -> None:
        """Put all claims in line, then match them slice by slice, and report progress."""
        if not options["waiting"]:
            for noted in queue_archive():
                self.stdout.write(f"{noted:,} claims are waiting")
        while index_some():
            pass
        total, done, told = UnmatchedClaim.objects.count(), 0, 0
        while number := match_next():
            done += number
            if done - told >= _TELL_EVERY:
                self.stdout.write(f"{done:,} of {max(total, done):,} claims matched")
                told = done
        self.stdout.write(f"All claims are matched: {done:,}.")
