"""What the tests of actions compare: the database as a whole."""

from typing import Any

from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User

from claims.models import Claim

Rows = dict[str, list[dict[str, Any]]]
"""The rows of each table, by the model's name."""


def everything() -> Rows:
    """Every row that an action may write, histories included."""
    models = [*apps.get_app_config("claims").get_models(), User, User.groups.through, LogEntry]
    return {
        model._meta.object_name: list(model._default_manager.order_by("pk").values())
        for model in models
    }


def claims_as_they_stand() -> dict[int, dict[str, Any]]:
    """Every claim that stands, by its id: all but what counts and dates its changes, and the reason in force."""
    return {
        claim.pk: {
            field.attname: getattr(claim, field.attname)
            for field in Claim._meta.concrete_fields
            if field.name not in {"version", "touched_at", "decided_at"}
        }
        | {"reason": getattr(claim.decisions.newest_first().first(), "reason", "")}
        for claim in Claim.objects.standing()
    }


def added(before: Rows, after: Rows) -> Rows:
    """The rows of `after` that `before` does not hold."""
    return {name: [row for row in after[name] if row not in before[name]] for name in after}
