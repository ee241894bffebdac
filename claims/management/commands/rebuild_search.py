"""`manage.py rebuild_search`: makes the index of words anew, while the desk is in use."""

from typing import Any

from django.db import connection

from claims.management.helping import OwnHelp
from claims.models import SEARCHED
from claims.models.search import rebuild


class Command(OwnHelp):
    """Rebuild the index of words. It can be stopped, and started again from its beginning."""

    help = "Make the index of words anew. The desk can be used meanwhile; on SQLite a search finds less until the end."

    def handle(self, **_options: Any) -> None:
        """Rebuild each model's index in turn, and say how far it is."""
        for model in SEARCHED:
            name = str(model._meta.verbose_name_plural)

            def tell(done: int, total: int, name: str = name) -> None:
                self.stdout.write(f"{name}: {done:,} of {total:,}")

            rebuild(connection, model, tell)
        self.stdout.write("The index of words is complete.")
