"""What the database itself refuses to store."""

import re

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from claims.models import Claim, Decision, Evidence, Source
from tests.models import rows
from tests.models.refused import REFUSED

MODELS = list(apps.get_app_config("claims").get_models())


@pytest.mark.parametrize(
    ("name", "break_it"),
    [pytest.param(*each, id=f"{each[0]}-{number}") for number, each in enumerate(REFUSED)],
)
def test_the_database_refuses(editor, name, break_it):
    """PostgreSQL names them all. SQLite names an index by its columns, and may ask the log's triggers first."""
    before = {model: model._default_manager.count() for model in MODELS}
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        break_it(editor)
    assert re.search(f"{name}|UNIQUE constraint failed|append-only", str(refusal.value))
    assert {model: model._default_manager.count() for model in MODELS} == before


def test_every_named_constraint_is_broken():
    named = {constraint.name for model in MODELS for constraint in model._meta.constraints}
    assert named == {name for name, _break_it in REFUSED}


class TestWhatIsAllowed:
    """The neighbours of what is refused: constraints that were too tight would fail here."""

    def test_the_same_name_with_another_kind_is_somebody_else(self, db):
        rows.source("Ada Venn", kind="minister")
        rows.source("Ada Venn", kind="witness")
        assert Source.objects.count() == 2

    def test_the_officials_of_two_articles_are_two_sources(self, editor):
        for _time in range(2):
            rows.source("officials", article=rows.article(editor))
        assert Source.objects.count() == 2

    def test_a_disputed_decision_with_a_reason(self, editor):
        kept = rows.decision(
            rows.claim(rows.revision(editor)), editor, verdict="disputed", reason="No register."
        )
        assert Decision.objects.get().reason == kept.reason

    def test_evidence_that_is_a_file_alone(self, editor):
        claim = rows.claim(rows.revision(editor))
        kept = rows.evidence(claim, editor, url="", file="f" * 64, sha256="f" * 64, size=1)
        assert Evidence.objects.get() == kept

    @pytest.mark.parametrize("checkworthiness", [0.0, 1.0])
    def test_the_ends_of_checkworthiness(self, editor, checkworthiness):
        rows.claim(rows.revision(editor), checkworthiness=checkworthiness)
        assert Claim.objects.get().checkworthiness == checkworthiness
