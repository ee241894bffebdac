"""What a plan of migrations is about to change, by which indexes and triggers are let go of before."""

import pytest
from django.db import models
from django.db.migrations import AddField, AlterField, CreateModel, Migration, RenameField

from claims.models import Claim
from claims.models.base.migrating import touches


@pytest.mark.parametrize(
    ("operation", "touched"),
    [
        (AlterField("claim", "statement", models.TextField()), True),
        (RenameField("claim", "statement", "wording"), True),
        (RenameField("claim", "wording", "statement"), True),
        (AlterField("claim", "role", models.TextField()), False),
        (AddField("source", "statement", models.TextField()), False),
        (CreateModel("statement", []), False),
    ],
)
def test_one_that_names_a_field_of_the_model_touches_it(operation, touched):
    migration = type("", (Migration,), {"operations": [operation]})("0099_later", "claims")
    assert touches([(migration, False)], Claim, {"statement", "quote"}) is touched
    assert touches([], Claim, {"statement"}) is False
