"""What the archive keeps of each claim to find it again: its vector, and how common its words are.

Its words have an index of their own, see `claims.models.search`. The database itself notes each claim that is new or
whose statement changed; a background task then encodes it.
"""

from collections.abc import Iterable, Iterator
from typing import Self

import numpy as np
from django.db import connection, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from claims.matching.vectors import SIZE, Vectors, outline
from claims.models.base.migrating import Plan, touches
from claims.models.claims.claim import Claim

PAGE = 1024
"""How many claims' outlines a page has: of as many ids in a row, whether there are such claims or not."""

WORDS = SIZE // 64
"""How many numbers of 64 bits an outline has."""


class ClaimVectorQuerySet(models.QuerySet["ClaimVector"]):
    """Queries for vectors."""

    def waiting(self) -> Self:
        """Those of claims that have not been encoded as they are now, the oldest claims first."""
        return self.filter(vector=None).order_by("pk")


class ClaimVector(models.Model):
    """A claim's sentence vector: a byte for each number, `SIZE` of them. None until it has been encoded.

    Triggers make its row together with the claim's, and empty it when the statement changes.
    """

    claim = models.OneToOneField(
        Claim, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    vector = models.BinaryField(null=True)

    objects = ClaimVectorQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["claim"], condition=models.Q(vector=None), name="claim_to_encode")
        ]

    def __str__(self) -> str:
        """The claim's id."""
        return str(self.pk)


class OutlinePageQuerySet(models.QuerySet["OutlinePage"]):
    """Queries for outlines."""

    def put(self, claims: Iterable[int], vectors: Vectors) -> None:
        """Store the outlines of claims' vectors, in a transaction of the caller's."""
        ids = np.fromiter(claims, np.int64)
        outlines = outline(vectors)
        for number in np.unique(ids // PAGE):
            page, _new = self.select_for_update().get_or_create(
                number=int(number), defaults={"outlines": bytes(PAGE * WORDS * 8)}
            )
            here = ids // PAGE == number
            lines = np.frombuffer(page.outlines, np.uint64).reshape(PAGE, WORDS).copy()
            lines[ids[here] % PAGE] = outlines[here]
            page.outlines = lines.tobytes()
            page.save(update_fields=["outlines"])

    def in_chunks(self, pages: int = 64) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Yield all outlines, some pages at a time, so that memory is bounded.

        Yields:
            The ids of encoded claims, some of which may be gone, and their outlines: [`WORDS`, claims].
        """
        after = -1
        while some := list(
            self.filter(number__gt=after)
            .order_by("number")
            .values_list("number", "outlines")[:pages]
        ):
            after = some[-1][0]
            numbers = np.array([number for number, _lines in some], np.int64)
            ids = (numbers[:, None] * PAGE + np.arange(PAGE)).ravel()
            lines = np.frombuffer(b"".join(bytes(lines) for _number, lines in some), np.uint64)
            lines = lines.reshape(-1, WORDS)
            there = lines.any(axis=1)
            yield ids[there], np.ascontiguousarray(lines[there].T)


class OutlinePage(models.Model):
    """The outlines of `PAGE` claims with ids in a row: zeros where none is.

    A million claims are a thousand of these rows, of 48 kB each: few enough to be read for each new article.
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    outlines = models.BinaryField()

    objects = OutlinePageQuerySet.as_manager()

    def __str__(self) -> str:
        """Its number."""
        return str(self.number)


class StemFrequencyQuerySet(models.QuerySet["StemFrequency"]):
    """Queries for how common stems are."""

    def add(self, counts: Iterable[tuple[str, int]]) -> None:
        """Count claims that hold stems, in a transaction of the caller's. Several may do so at the same time."""
        table = connection.ops.quote_name(self.model._meta.db_table)
        # In one order, so that two who count the same stems never wait for each other.
        rows = sorted((stem[:STEM], number) for stem, number in counts)
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {table} (stem, claims) VALUES (%s, %s)"
                f" ON CONFLICT (stem) DO UPDATE SET claims = {table}.claims + excluded.claims",
                rows,
            )


STEM = 64
"""How many characters of a stem are kept."""

ALL = ""
"""What stands in the place of a stem where all claims are counted."""


class StemFrequency(models.Model):
    """How many encoded claims hold a stem. A claim whose statement changed counts twice, which does no harm."""

    stem = models.CharField(max_length=STEM, primary_key=True)
    claims = models.PositiveBigIntegerField()

    objects = StemFrequencyQuerySet.as_manager()

    def __str__(self) -> str:
        """The stem."""
        return self.stem


_SQLITE = [
    """CREATE TRIGGER IF NOT EXISTS {vectors}_add AFTER INSERT ON {claims}
       BEGIN INSERT INTO {vectors} (claim_id) VALUES (NEW.id); END""",
    """CREATE TRIGGER IF NOT EXISTS {vectors}_change AFTER UPDATE OF statement ON {claims}
       WHEN OLD.statement IS NOT NEW.statement
       BEGIN UPDATE {vectors} SET vector = NULL WHERE claim_id = NEW.id; END""",
    """CREATE TRIGGER IF NOT EXISTS {vectors}_take BEFORE DELETE ON {claims}
       BEGIN DELETE FROM {vectors} WHERE claim_id = OLD.id; END""",
]
_POSTGRESQL = [
    """CREATE OR REPLACE FUNCTION hold_vector() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
       IF TG_OP = 'INSERT' THEN INSERT INTO {vectors} (claim_id) VALUES (NEW.id); RETURN NEW;
       ELSIF TG_OP = 'UPDATE' THEN UPDATE {vectors} SET vector = NULL WHERE claim_id = NEW.id; RETURN NEW;
       ELSE DELETE FROM {vectors} WHERE claim_id = OLD.id; RETURN OLD; END IF; END $$""",
    """CREATE OR REPLACE TRIGGER hold_vector_add AFTER INSERT ON {claims}
       FOR EACH ROW EXECUTE FUNCTION hold_vector()""",
    """CREATE OR REPLACE TRIGGER hold_vector_change AFTER UPDATE OF statement ON {claims}
       FOR EACH ROW WHEN (OLD.statement IS DISTINCT FROM NEW.statement) EXECUTE FUNCTION hold_vector()""",
    """CREATE OR REPLACE TRIGGER hold_vector_take BEFORE DELETE ON {claims}
       FOR EACH ROW EXECUTE FUNCTION hold_vector()""",
]
_TRIGGERS = {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}
_DROPPED = {
    "sqlite": [f"DROP TRIGGER IF EXISTS {{vectors}}_{what}" for what in ("add", "change", "take")],
    "postgresql": ["DROP FUNCTION IF EXISTS hold_vector CASCADE"],
}


def hold_vectors(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers that note which claims are to be encoded, and note those that were there before.

    Runs after every migrate, like `hold_index` and for the same reason. A database whose migrations were reversed to
    before there were vectors gets nothing.
    """
    claims, vectors = Claim._meta.db_table, ClaimVector._meta.db_table
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        if not {claims, vectors} <= set(connection.introspection.table_names(cursor)):
            return
        for statement in _TRIGGERS[connection.vendor]:
            cursor.execute(statement.format(claims=claims, vectors=vectors))
        cursor.execute(
            f"INSERT INTO {vectors} (claim_id) SELECT id FROM {claims} AS claim"
            f" WHERE NOT EXISTS (SELECT 1 FROM {vectors} WHERE claim_id = claim.id)"
        )


def let_go_of_vectors(connection: BaseDatabaseWrapper, plan: Plan) -> None:
    """Drop the triggers if migrations are about to change the column that they name. Runs before every migrate."""
    if touches(plan, Claim, {"statement"}):
        with connection.cursor() as cursor:
            for statement in _DROPPED[connection.vendor]:
                cursor.execute(statement.format(vectors=ClaimVector._meta.db_table))
