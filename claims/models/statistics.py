"""Daily counts: what the statistics are computed from, kept for each day so that no page reads a million claims.

Four things are counted, each on its own day in UTC: pending claims on the day of their article, decided claims on the
day of their verdict, answered second checks on the day of the answer, and published claims and corrections on the day of
their publication. `claims.queries.statistics.kept` says what is kept of each of them.

Triggers note each day on which something may have changed, whichever way it was written, and a worker counts these days
again. Notes are only ever inserted and deleted, so people who work on the same day never wait for each other.
"""

from collections.abc import Iterator, Sequence

from django.db import models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

PENDING, DECIDED, CHECKED, PUBLISHED = "pending", "decided", "checked", "published"
COUNTED = (PENDING, DECIDED, CHECKED, PUBLISHED)
"""What is counted by day."""


class DailyCount(models.Model):
    """What was counted on a day in UTC, packed as `claims.queries.statistics.kept` does."""

    what = models.CharField(max_length=9)
    day = models.DateField()
    data = models.BinaryField(default=b"")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["what", "day"], name="daily_count_once"),
            models.CheckConstraint(
                condition=models.Q(what__in=COUNTED), name="daily_count_of_what_is_counted"
            ),
        ]

    def __str__(self) -> str:
        """What is counted, and the day."""
        return f"{self.what} {self.day}"


class StaleDay(models.Model):
    """A note that something on a day has changed since it was counted. Several may say so of the same day."""

    what = models.CharField(max_length=9)
    day = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["what", "day"], name="stale_day_by_day")]

    def __str__(self) -> str:
        """What is to be counted, and the day."""
        return f"{self.what} {self.day}"


_DAY = {"sqlite": "substr({0}, 1, 10)", "postgresql": "({0} AT TIME ZONE 'UTC')::date"}
"""The day in UTC of a moment, as each database keeps it."""

_DAYS = {
    # Not by an index of verdicts, which databases without statistics prefer: they read all pending claims for an article.
    PENDING: ("claims_claim c", "c.id", "c.listed_at", "c.verdict || '' = 'pending'"),
    DECIDED: ("claims_claim c", "c.id", "c.decided_at", "c.decided_at IS NOT NULL"),
    CHECKED: (
        "claims_secondcheck s",
        "s.claim_id",
        "s.answered_at",
        "s.answered_at IS NOT NULL",
    ),
    PUBLISHED: (
        "claims_reportedclaim r JOIN claims_report p ON p.id = r.report_id",
        "r.claim_id",
        "p.published_at",
        "p.published_at IS NOT NULL",
    ),
}
"""Where the claims of each count are, by id, with their moment, and which of them are counted."""

_CORRECTED = (
    "claims_correction n JOIN claims_reportedclaim r ON r.id = n.reported_id",
    "r.claim_id",
    "n.published_at",
    "n.published_at IS NOT NULL",
)

_OF_CLAIM = (
    *("verdict", "decided_at", "listed_at", "dismissed", "checkable", "outlet_id", "source_id"),
    *("source_kind", "assigned_to_id", "due_on", "review_status", "blind", "revision_id"),
)
"""The columns of a claim on which a count depends."""

_WATCHED = {
    "claims_claim": (_OF_CLAIM, ["{row}.id"]),
    "claims_decision": ((), ["{row}.claim_id"]),
    "claims_evidence": (
        ("claim_id", "primary", "archive_url", "removed_at"),
        ["{row}.claim_id"],
    ),
    "claims_secondcheck": (
        ("decision_id", "blind", "withdrawn_at", "answered_by_id", "answered_at", "verdict"),
        ["{row}.claim_id"],
    ),
    "claims_reportedclaim": ((), ["{row}.claim_id"]),
    "claims_correction": (
        ("published_at", "previous_verdict", "decision_id"),
        ["{row}.reported_id", "SELECT claim_id FROM claims_reportedclaim WHERE id"],
    ),
    "claims_report": (
        ("published_at",),
        ["{row}.id", "SELECT claim_id FROM claims_reportedclaim WHERE report_id"],
    ),
    "claims_article": (
        ("desk_id",),
        [
            "{row}.id",
            "SELECT id FROM claims_revision WHERE article_id",
            "SELECT id FROM claims_claim WHERE revision_id",
        ],
    ),
}
"""For each table, the columns on which a count depends, and the steps from a row to the claims whose days it concerns."""

_ONLY_CHANGED = {"claims_article", "claims_report"}
"""Tables whose rows have no claims when they are added, and none any more when they are deleted."""


def hold_daily_counts(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers that note which days are to be counted again.

    Runs after every migrate, like `hold_index`. If there are none, a migration may have changed anything unnoticed, and
    what was counted may have another form: all days are to be counted again.
    """
    tables = {DailyCount._meta.db_table, StaleDay._meta.db_table, *_WATCHED}
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        if not tables <= set(connection.introspection.table_names(cursor)):
            return
        cursor.execute(_THERE[connection.vendor])
        if cursor.fetchone():
            return
        for statement in _triggers(connection.vendor):
            cursor.execute(statement)
        cursor.execute(f"DELETE FROM {DailyCount._meta.db_table}")
        cursor.execute(f"DELETE FROM {StaleDay._meta.db_table}")
        cursor.execute(f"{_NOTE} SELECT DISTINCT what, day FROM ({_days(connection.vendor)}) d")


def let_go_of_daily_counts(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers, which name columns that migrations may change. Runs before every migrate that does anything."""
    with connection.cursor() as cursor:
        for table in _WATCHED:
            if connection.vendor == "postgresql":
                cursor.execute(f"DROP FUNCTION IF EXISTS {table}_days_old CASCADE")
                cursor.execute(f"DROP FUNCTION IF EXISTS {table}_days_new CASCADE")
                continue
            for name in ("insert", "update_old", "update_new", "delete"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_days_{name}")


def note_all_days(connection: BaseDatabaseWrapper) -> None:
    """Note that every day on which there is anything, or was when it was counted, is to be counted again."""
    with connection.cursor() as cursor:
        kept = f"SELECT what, day FROM {DailyCount._meta.db_table}"
        cursor.execute(f"{_NOTE} {kept} UNION SELECT what, day FROM ({_days(connection.vendor)}) d")


_NOTE = "INSERT INTO claims_staleday (what, day)"
_THERE = {
    "sqlite": "SELECT 1 FROM sqlite_master WHERE name = 'claims_claim_days_insert'",
    "postgresql": "SELECT 1 FROM pg_proc WHERE proname = 'claims_claim_days_new'",
}


def _days(vendor: str, claims: str = "") -> str:
    """Return SQL for what is counted on which days, of some claims or of all."""
    parts = [*_DAYS.items(), (PUBLISHED, _CORRECTED)]
    return " UNION ALL ".join(
        f"SELECT '{what}' AS what, {_DAY[vendor].format(moment)} AS day FROM {rows}"
        f" WHERE {condition}{f' AND {claim} {_among(vendor, claims)}' if claims else ''}"
        for what, (rows, claim, moment, condition) in parts
    )


def _among(vendor: str, values: str) -> str:
    """Return SQL for being one of some values: a value, or a query for them.

    For PostgreSQL, a query's values are put into an array first: what is found in them is then looked up by its id.
    """
    is_query = values.startswith("SELECT")
    return f"= ANY (ARRAY({values}))" if is_query and vendor == "postgresql" else f"IN ({values})"


def _claims(vendor: str, steps: Sequence[str], row: str) -> str:
    """Return SQL for the claims that a row concerns."""
    first, *queries = steps
    found = first.format(row=row)
    for query in queries:
        found = f"{query} {_among(vendor, found)}"
    return found


def _triggers(vendor: str) -> Iterator[str]:
    """Yield the statements that create the triggers: before a row changes for its old days, and after it for its new ones."""
    for table, (columns, steps) in _WATCHED.items():
        names = ", ".join(f'"{column}"' for column in columns)
        update = f"UPDATE OF {names}" if names else ""
        old, new = (
            f"{_NOTE} SELECT DISTINCT what, day FROM ({_days(vendor, _claims(vendor, steps, row))}) d;"
            for row in ("OLD", "NEW")
        )
        comes_and_goes = table not in _ONLY_CHANGED
        if vendor == "sqlite":
            if comes_and_goes:
                yield f"CREATE TRIGGER {table}_days_insert AFTER INSERT ON {table} BEGIN {new} END"
                yield f"CREATE TRIGGER {table}_days_delete BEFORE DELETE ON {table} BEGIN {old} END"
            if update:
                yield f"CREATE TRIGGER {table}_days_update_old BEFORE {update} ON {table} BEGIN {old} END"
                yield f"CREATE TRIGGER {table}_days_update_new AFTER {update} ON {table} BEGIN {new} END"
            continue
        # PostgreSQL keeps a function's plans until the tables' statistics change. One that reads a whole table or index, as is
        # best while it is small, must not be kept when it has grown.
        plans = f"SET enable_seqscan = off{' SET plan_cache_mode = force_custom_plan' if steps[1:] else ''}"
        for name, when, body, event in (
            ("old", "BEFORE", old, "DELETE"),
            ("new", "AFTER", new, "INSERT"),
        ):
            events = " OR ".join(filter(None, [event if comes_and_goes else "", update]))
            # Of a row that is to be deleted, a trigger returns the old one.
            yield (
                f"CREATE FUNCTION {table}_days_{name}() RETURNS trigger LANGUAGE plpgsql"
                f" {plans} AS $$ BEGIN {body}"
                f" IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$"
            )
            yield (
                f"CREATE TRIGGER {table}_days_{name} {when} {events} ON {table}"
                f" FOR EACH ROW EXECUTE FUNCTION {table}_days_{name}()"
            )
