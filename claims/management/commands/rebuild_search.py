"""`manage.py rebuild_search`: rebuilds the search index while the site is in use."""

from typing import Any

from django.db import connection

from claims.management.base import WorkbenchCommand
from claims.models import WORD_INDEXES
from claims.models.search import rebuild


class Command(WorkbenchCommand):
    """Rebuild the search index. It can be stopped, and started again from the beginning."""

    help = "Rebuild the search index. Claim Workbench stays available; on SQLite, searches find less until it is done."

    def handle(self, **_options: Any) -> None:
        """Rebuild each model's index in turn, and report progress."""
        for index in WORD_INDEXES:
            name = str(index.model._meta.verbose_name_plural)

            def tell(done: int, total: int, name: str = name) -> None:
                self.stdout.write(f"{name}: {done:,} of {total:,}")

            rebuild(connection, index, tell)
        self.stdout.write("The search index is complete.")
