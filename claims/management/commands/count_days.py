"""`manage.py count_days`: recomputes the daily counts behind the statistics, while the site is in use."""

from typing import Any

from claims.actions.maintenance import count_all_days
from claims.management.base import WorkbenchCommand


class Command(WorkbenchCommand):
    """Count all days again, and report progress. It can be stopped."""

    help = (
        "Recompute the daily counts behind the statistics. Workers keep them up to date; this command is for a"
        " database that was changed while its triggers were missing. It can be stopped: workers then count the rest."
    )

    def handle(self, **_options: Any) -> None:
        """Count in small transactions; the site stays in use."""
        for done, total in count_all_days():
            self.stdout.write(f"{done:,} of {total:,}")
        self.stdout.write("All days are counted.")
