"""What the archive keeps of each claim to find it again: its vector, and how common its words are.

Its words have an index of their own, see `claims.models.search`. The database itself notes each claim that is new or
whose statement changed; a background task then encodes it.
"""

from typing import Self

from django.db import models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from claims.models.base.migrating import Plan, touches
from claims.models.base.outlines import BaseOutlinePage, BaseStemFrequency
from claims.models.claims.claim import Claim


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


class OutlinePage(BaseOutlinePage):
    """The outlines of the vectors of claims.

    A million claims are a thousand of these rows, of 48 kB each: few enough to be read for each new article.
    """


class StemFrequency(BaseStemFrequency):
    """How many encoded claims hold a stem. A claim whose statement changed counts twice, which does no harm."""


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
