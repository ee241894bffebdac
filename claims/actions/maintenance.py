"""Regular maintenance that keeps the database fast."""

from django.db import connection
from django_tasks import task

EVERY = 1000
"""After how many new articles the database looks at how its rows are spread."""


@task()
def analyze_tables() -> None:
    """Update the database's statistics, by which it chooses indexes.

    PostgreSQL also does this by itself; SQLite never does. Without it, SQLite chose an index for lists that made it
    read half of a million claims. It takes some seconds there, in the background.
    """
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
