"""`manage.py rebuild_search`: makes the index of words anew, while the desk is in use."""

from typing import Any

from django.db import connection

from claims.management.helping import OwnHelp
from claims.models import SEARCHED
from claims.models.search import rebuild


class Command(OwnHelp):
    """Rebuild the index of words. It can be stopped, and started again from its beginning."""

    help = "Rebuild the search index. Claim Workbench stays available; on SQLite, searches find less until it is done."

    def handle(self, **_options: Any) -> None:
        """Rebuild each model's index in turn, and say how far it is."""
        for model in SEARCHED:
            name = str(model._meta.verbose_name_plural)

            def tell(done: int, total: int, name: str = name) -> None:
                self.stdout.write(f"{name}: {done:,} of {total:,}")

            rebuild(connection, model, tell)
        self.stdout.write("The search index is complete.")
