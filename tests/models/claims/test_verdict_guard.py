"""A verdict without its decision is refused by the database itself."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction
from django.db.models.signals import pre_migrate
from django.utils import timezone

from claims.actions import decide_claim, undo_change
from claims.choices import Verdict
from claims.models import Claim, Decision
from claims.models.claims.verdict_guard import let_go_of_verdicts
from tests.conftest import version_of
from tests.models import rows

pytestmark = pytest.mark.django_db

OTHER = "the verdict of a claim is that of its newest decision"


@pytest.fixture
def claim(editor) -> Claim:
    """A claim that was verified, and then disputed."""
    claim = rows.claim(rows.revision(editor))
    for verdict in (Verdict.VERIFIED, Verdict.DISPUTED):
        decide_claim(actor=editor, **version_of(claim), verdict=verdict, reason="As they say.")
        claim.refresh_from_db()
    return claim


def _refused(write: Callable[[], object]) -> None:
    before = list(Claim.objects.order_by("pk").values())
    with pytest.raises(DatabaseError, match=OTHER), transaction.atomic():
        write()
    assert list(Claim.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("verdict", ["verified", "pending"])
@pytest.mark.parametrize("version", [2, 3, 99])
def test_neither_an_earlier_verdict_nor_none_is_taken(claim, verdict, version):
    _refused(lambda: Claim.objects.update(verdict=verdict, version=version))


def test_a_claim_without_a_decision_stays_pending(editor):
    rows.claim(rows.revision(editor))
    _refused(lambda: Claim.objects.update(verdict="verified", touched_at=timezone.now()))


def test_the_decision_of_another_claim_does_not_count(claim, editor):
    other = rows.claim(claim.revision, 9)
    many = Claim.objects.filter(pk__in=[claim.pk, other.pk])
    _refused(lambda: many.update(verdict="disputed", touched_at=timezone.now()))


def test_what_is_not_about_the_verdict_is_not_refused(claim):
    Claim.objects.update(verdict="disputed", statement="Ostrey has ten bridges")
    assert Claim.objects.get().statement == "Ostrey has ten bridges"


def test_whatever_people_do_goes_through(claim, editor):
    change = claim.changed.latest("pk").change
    undone = undo_change(actor=editor, change_id=change.pk)
    assert Claim.objects.get().verdict == "verified"
    undo_change(actor=editor, change_id=undone.pk)
    assert Claim.objects.get().verdict == "disputed"
    decide_claim(actor=editor, **version_of(Claim.objects.get()), verdict=Verdict.PENDING)
    assert Claim.objects.get().verdict == "pending"


def _columns() -> str:
    return ", ".join(
        connection.ops.quote_name(field.column)
        for field in Claim._meta.concrete_fields
        if not field.generated
    )


def _copy(into: str) -> str:
    values = _columns().replace('"verdict"', "'verified'")
    return " ".join([into, "INTO claims_claim (", _columns(), ") SELECT", values, "FROM kept"])


@pytest.mark.django_db(transaction=True)
def test_a_claim_that_is_deleted_comes_back_with_no_other_verdict(claim):
    def write() -> None:
        with connection.cursor() as cursor:
            cursor.execute("CREATE TEMPORARY TABLE kept AS SELECT * FROM claims_claim")
            cursor.execute("DELETE FROM claims_claim")
            cursor.execute(_copy("INSERT"))

    _refused(write)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="REPLACE is SQLite's own statement")
def test_a_claim_is_replaced_with_no_other_verdict(claim):
    def write() -> None:
        with connection.cursor() as cursor:
            cursor.execute("CREATE TEMPORARY TABLE kept AS SELECT * FROM claims_claim")
            cursor.execute(_copy("REPLACE"))

    _refused(write)


@pytest.mark.django_db(transaction=True)
def test_it_outlives_rebuilt_tables(claim):
    """SQLite rebuilds a table by making a new one, without the triggers of the old one."""
    config, plan = apps.get_app_config("claims"), [(SimpleNamespace(operations=[]), False)]
    for model, name in ((Decision, "actor_name"), (Claim, "verdict")):
        pre_migrate.send(sender=config, app_config=config, using="default", plan=plan)
        kept, wider = model._meta.get_field(name), models.CharField(max_length=700)
        wider.set_attributes_from_name(name)
        for old, new in ((kept, wider), (wider, kept)):
            with connection.schema_editor() as editing:
                editing.alter_field(model, old, new)
        call_command("migrate", verbosity=0)
    _refused(lambda: Claim.objects.update(verdict="verified"))


def test_the_next_migrate_puts_a_lost_trigger_back(claim):
    let_go_of_verdicts(connection)
    assert Claim.objects.update(verdict="verified") == 1
    rows.become(claim, verdict=Verdict.DISPUTED)
    call_command("migrate", verbosity=0)
    _refused(lambda: Claim.objects.update(verdict="verified"))
