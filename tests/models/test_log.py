"""The log of decisions is append-only in the database itself."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction
from django.db.models.signals import post_migrate

from claims.choices import Verdict
from claims.models import Decision
from tests.models import rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def decision(editor) -> Decision:
    return rows.decision(rows.claim(rows.revision(editor)), editor, reason="Register of bridges.")


def _sql(statement: str):
    def run(decision: Decision) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, [decision.pk])

    return run


def _save_changed(decision: Decision) -> None:
    decision.reason = "Something else."
    decision.save()


def _upsert(decision: Decision) -> None:
    decision.reason = "Something else."
    Decision.objects.bulk_create(
        [decision], update_conflicts=True, unique_fields=["id"], update_fields=["reason"]
    )


TAMPERING = {
    "save": _save_changed,
    "update": lambda decision: Decision.objects.update(verdict=Verdict.PENDING),
    "bulk update": lambda decision: Decision.objects.bulk_update([decision], ["reason"]),
    "bulk create over it": _upsert,
    "delete": lambda decision: decision.delete(),
    "delete all": lambda decision: Decision.objects.all().delete(),
    "raw update": _sql("UPDATE claims_decision SET reason = 'Else.' WHERE id = %s"),
    "raw update of nothing": _sql("UPDATE claims_decision SET reason = reason WHERE id = %s"),
    "raw delete": _sql("DELETE FROM claims_decision WHERE id = %s"),
}


def _tampering_is_refused(tamper, decision: Decision) -> None:
    before = list(Decision.objects.values())
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        tamper(decision)
    assert list(Decision.objects.values()) == before


@pytest.mark.parametrize("tamper", TAMPERING.values(), ids=TAMPERING)
def test_no_decision_is_changed_or_deleted(decision, tamper):
    _tampering_is_refused(tamper, decision)


REPLACE = """
    REPLACE INTO claims_decision (id, claim_id, verdict, previous, reason, evidence, actor_id, actor_name, decided_at, version)
    SELECT id, claim_id, verdict, previous, 'Something else.', evidence, actor_id, actor_name, decided_at, version
    FROM claims_decision WHERE id = %s
"""


@pytest.mark.skipif(connection.vendor != "sqlite", reason="REPLACE is SQLite's own statement")
def test_no_decision_is_replaced(decision):
    """REPLACE deletes the row in its way without asking the delete trigger."""
    _tampering_is_refused(_sql(REPLACE), decision)


def _drop_triggers() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            names = [name for (name,) in cursor.fetchall() if name.startswith("decision_")]
            statements = [f"DROP TRIGGER {name}" for name in names]
        else:
            statements = ["DROP TRIGGER decision_append_only ON claims_decision"]
        assert statements
        for statement in statements:
            cursor.execute(statement)


def test_the_next_migrate_puts_lost_triggers_back(decision):
    _drop_triggers()
    assert Decision.objects.update(reason="Nothing holds it now.") == 1
    config = apps.get_app_config("claims")
    post_migrate.send(sender=config, app_config=config, using="default", verbosity=0)
    _tampering_is_refused(TAMPERING["update"], decision)
    _tampering_is_refused(TAMPERING["delete"], decision)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_log_can_be_flushed")
def test_triggers_outlive_a_rebuilt_table_and_a_second_migrate(editor):
    """SQLite alters a table by making a new one, which comes without the old one's triggers."""
    decision = rows.decision(rows.claim(rows.revision(editor)), editor)
    kept, wider = Decision._meta.get_field("actor_name"), models.CharField(max_length=400)
    wider.set_attributes_from_name("actor_name")
    with connection.schema_editor() as editing:
        editing.alter_field(Decision, kept, wider)
    with connection.schema_editor() as editing:
        editing.alter_field(Decision, wider, kept)
    for _time in range(2):
        call_command("migrate", verbosity=0)
    _tampering_is_refused(TAMPERING["update"], decision)
    _tampering_is_refused(TAMPERING["delete"], decision)
