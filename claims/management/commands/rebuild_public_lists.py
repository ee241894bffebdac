"""`manage.py rebuild_public_lists`: rebuilds the lists and the search index of the public pages."""

from typing import Any

from claims.actions.reports.public_claims import rebuild_public_claims
from claims.management.base import WorkbenchCommand
from claims.models import PublicClaim


class Command(WorkbenchCommand):
    """Make the public lists again, and report progress. It can be stopped."""

    help = (
        "Rebuild the lists and the search index of the public pages from the published reports. Readers notice nothing."
        " It can be stopped, and started again from the beginning."
    )

    def handle(self, **_options: Any) -> None:
        """Make all rows again, in small transactions; the site stays in use."""
        for done, total in rebuild_public_claims():
            self.stdout.write(f"{done:,} of {total:,}")
        number = PublicClaim.objects.count()
        self.stdout.write(f"The public lists are complete. Claims in them: {number:,}.")
