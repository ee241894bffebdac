"""What the database needs now and then to stay quick."""

from django.db import connection
from django_tasks import task

EVERY = 1000
"""After how many new articles the database looks at how its rows are spread."""


@task()
def look_at_rows() -> None:
    """Let the database count how its rows are spread: by that it chooses the index that answers a list.

    PostgreSQL does so by itself, too; SQLite never: without, it took one for lists of a desk that made it read half of
    a million claims. It takes some seconds there, in the background.
    """
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
