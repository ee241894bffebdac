"""What migrations are about to change."""

from collections.abc import Collection, Sequence
from typing import Any

from django.db import models

Plan = Sequence[tuple[Any, bool]]
"""Migrations, each with whether it is being reversed."""


def touches(plan: Plan, model: type[models.Model], fields: Collection[str]) -> bool:
    """Return whether migrations change one of some fields of a model."""
    return any(
        getattr(operation, "model_name", "") == model._meta.model_name
        and getattr(operation, part, "") in fields
        for migration, _backwards in plan
        for operation in migration.operations
        for part in ("name", "old_name", "new_name")
    )
