"""The logs are append-only in the database itself."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction
from django.db.models.signals import post_migrate

from claims.choices import ChangeAction
from claims.models import (
    APPEND_ONLY,
    Change,
    ChangedClaim,
    Claim,
    Comment,
    Decision,
    Erasure,
    ReportedClaim,
    Revision,
    Snapshot,
    TextCorrection,
)
from claims.models.claims.log_chain import FIRST, KINDS, LogLink, digests_of, hash_of
from claims.models.claims.verdict_guard import let_go_of_verdicts
from tests.models import rows
from tests.models.triggers import drop_triggers

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Log:
    """A log in a test: how to make an entry, and what a tamperer would write over it.

    Attributes:
        make: an entry for a claim in a person's name.
        field: one of its fields.
        forged: another value of that field.
    """

    make: Callable[[Claim, User], models.Model]
    field: str
    forged: str


def _snapshot(_claim: Claim, user: User) -> Snapshot:
    return Snapshot.objects.create(report=rows.report(user), data='{"title":"x"}', digest="d")


def _erasure(_claim: Claim, user: User) -> Erasure:
    return Erasure.objects.create(kind="source", number=7, pseudonym="Former source 7", actor=user)


LOGS: dict[type[models.Model], Log] = {
    Decision: Log(rows.decision, "reason", "Something else."),
    Change: Log(rows.change, "action", ChangeAction.DISMISS.value),
    ChangedClaim: Log(rows.changed, "before", '{"role": "the thief"}'),
    Comment: Log(rows.comment, "text", "Something else."),
    Snapshot: Log(_snapshot, "data", "{}"),
    ReportedClaim: Log(rows.reported, "verdict", "disputed"),
    Erasure: Log(_erasure, "pseudonym", "Somebody else"),
}


@pytest.fixture(params=APPEND_ONLY, ids=lambda model: model.__name__)
def log(request) -> Log:
    return LOGS[request.param]


@pytest.fixture
def entry(editor, log) -> models.Model:
    return log.make(rows.claim(rows.revision(editor)), editor)


def _sql(statement: str):
    def run(entry: models.Model, log: Log) -> None:
        table = connection.ops.quote_name(entry._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(
                statement.format(table=table, field=log.field, forged=log.forged), [entry.pk]
            )

    return run


def _save_changed(entry: models.Model, log: Log) -> None:
    setattr(entry, log.field, log.forged)
    entry.save()


def _update_in_bulk(entry: models.Model, log: Log) -> None:
    setattr(entry, log.field, log.forged)
    type(entry)._default_manager.bulk_update([entry], [log.field])


def _upsert(entry: models.Model, log: Log) -> None:
    setattr(entry, log.field, log.forged)
    type(entry)._default_manager.bulk_create(
        [entry], update_conflicts=True, unique_fields=["id"], update_fields=[log.field]
    )


TAMPERING = {
    "save": _save_changed,
    "update": lambda entry, log: type(entry)._default_manager.update(**{log.field: log.forged}),
    "bulk update": _update_in_bulk,
    "bulk create over it": _upsert,
    "delete": lambda entry, log: entry.delete(),
    "delete all": lambda entry, log: type(entry)._default_manager.all().delete(),
    "raw update": _sql("UPDATE {table} SET {field} = '{forged}' WHERE id = %s"),
    "raw update of nothing": _sql("UPDATE {table} SET {field} = {field} WHERE id = %s"),
    "raw delete": _sql("DELETE FROM {table} WHERE id = %s"),
}


def _tampering_is_refused(tamper, entry: models.Model, log: Log) -> None:
    kept = type(entry)._default_manager
    before = list(kept.values())
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        tamper(entry, log)
    assert list(kept.values()) == before


@pytest.mark.parametrize("tamper", TAMPERING.values(), ids=TAMPERING)
def test_no_entry_is_changed_or_deleted(entry, log, tamper):
    _tampering_is_refused(tamper, entry, log)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="REPLACE is SQLite's own statement")
def test_no_entry_is_replaced(entry, log):
    """REPLACE deletes the row in its way without asking the delete trigger."""
    columns = [field.column for field in entry._meta.concrete_fields]
    values = ["'{forged}'" if column == log.field else column for column in columns]
    insert = ["REPLACE INTO {table} (", ", ".join(columns), ") SELECT ", ", ".join(values)]
    _tampering_is_refused(_sql("".join([*insert, " FROM {table} WHERE id = %s"])), entry, log)


FORGED = {"body": "Something else.", "digest": "0" * 64, "number": 7, "article_id": 7}
"""What a tamperer would write over the text that claims stand in."""


@pytest.mark.parametrize("field", FORGED)
def test_no_text_of_an_article_is_changed(editor, field):
    revision = rows.revision(editor)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Revision.objects.filter(pk=revision.pk).update(**{field: FORGED[field]})
    assert Revision.objects.values_list(field, flat=True).get() == getattr(revision, field)


@pytest.mark.parametrize("field", ["text", "notice", "part", "published_by_name"])
def test_no_correction_of_a_report_is_changed(editor, field):
    told = TextCorrection.objects.create(
        report=rows.report(editor), part="lede", text="Nine.", notice="It was nine."
    )
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        TextCorrection.objects.update(**{field: "conclusion"})
    told.refresh_from_db()
    assert getattr(told, field) != "conclusion"


def test_a_text_that_nobody_has_worked_on_may_be_deleted(editor):
    rows.revision(editor).delete()
    assert not Revision.objects.exists()


def test_the_next_migrate_puts_lost_triggers_back(entry, log):
    drop_triggers(type(entry))
    assert type(entry)._default_manager.update(**{log.field: log.forged}) == 1
    config = apps.get_app_config("claims")
    post_migrate.send(sender=config, app_config=config, using="default", verbosity=0)
    _tampering_is_refused(TAMPERING["update"], entry, log)
    _tampering_is_refused(TAMPERING["delete"], entry, log)


@pytest.mark.django_db(transaction=True)
def test_triggers_outlive_a_rebuilt_table_and_a_second_migrate(editor):
    """SQLite alters a table by making a new one, which comes without the old one's triggers."""
    claim = rows.claim(rows.revision(editor))
    entries = {model: log.make(claim, editor) for model, log in LOGS.items()}
    let_go_of_verdicts(connection)
    for model in (Decision, Change):
        kept, wider = model._meta.get_field("actor_name"), models.CharField(max_length=400)
        wider.set_attributes_from_name("actor_name")
        with connection.schema_editor() as editing:
            editing.alter_field(model, kept, wider)
        with connection.schema_editor() as editing:
            editing.alter_field(model, wider, kept)
    for _time in range(2):
        call_command("migrate", verbosity=0)
    for model, entry in entries.items():
        _tampering_is_refused(TAMPERING["update"], entry, LOGS[model])
        _tampering_is_refused(TAMPERING["delete"], entry, LOGS[model])


class TestChain:
    """Each entry has a link, and each link holds the one before."""

    @pytest.fixture
    def entries(self, editor) -> list[Decision]:
        claim = rows.claim(rows.revision(editor))
        return [rows.decision(claim, editor, version=version) for version in (2, 3, 4)]

    def test_links_follow_each_other_from_the_first(self, entries):
        assert LogLink.objects.head() is None
        LogLink.objects.add(entries[:2])
        LogLink.objects.add(entries[2:])
        before, kind = FIRST, KINDS["decision"]
        for position, (entry, link) in enumerate(
            zip(entries, LogLink.objects.after(0, 9), strict=True), 1
        ):
            digests = digests_of(kind, entry.pk, kind.values_of(entry))
            before = hash_of(before, position, kind, entry.pk, digests)
            assert link == (position, "decision", entry.pk, *digests, before)
        assert LogLink.objects.head().hash == before

    def test_they_are_read_in_order_after_a_position(self, entries):
        LogLink.objects.add(entries)
        assert [link.position for link in LogLink.objects.after(0, 2)] == [1, 2]
        assert [link.position for link in LogLink.objects.after(1, 9)] == [2, 3]
        assert LogLink.objects.after(3, 9) == []

    def test_what_is_stored_is_what_was_linked(self, entries, editor):
        change = rows.changed(entries[0].claim, editor)
        for code, entry in (
            ("decision", entries[0]),
            ("claim", change),
            ("change", change.change),
        ):
            kind = KINDS[code]
            entry.refresh_from_db()
            assert list(kind.stored([entry.pk])) == [(entry.pk, kind.values_of(entry))]

    def test_a_name_is_proven_apart_and_differently_in_each_entry(self):
        """As the printed proofs have it: this text, and no other, is what is hashed."""
        kind = KINDS["claim"]
        values = (1, 2, 3, {"b": "Ölm", "a": 1}, {}, None, None, "")
        text = '["claim",7,1,2,3,{"a":1,"b":"Ölm"},{},null,null]'
        content, name = digests_of(kind, 7, values)
        assert content == hashlib.sha256(text.encode()).digest()
        assert name == hashlib.sha256(content).digest()
