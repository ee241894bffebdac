"""Whether an order is total: rows that tie in it are returned in whatever order the database likes, and pages skip some.

On SQLite, ties usually come by id, so that no test of a page would see that a tie-break is missing.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, Model
from django.db.models.constants import LOOKUP_SEP
from django.db.models.expressions import Col, OrderBy
from django.db.models.sql import Query
from django.db.models.sql.compiler import SQLCompiler

import claims

OURS = str(Path(claims.__file__).parent)


def order_of(query: Query) -> list[str]:
    """The names that a query orders its rows by. An expression that has no name is what it is written as."""
    meta = query.get_meta()
    order = query.order_by or (meta.ordering if query.default_ordering else ())
    asked = [one.expression if isinstance(one, OrderBy) else one for one in order]
    names = [one.name if isinstance(one, F) else str(one).removeprefix("-") for one in asked]
    return [_field(query.model, name) for name in names]


def is_total(query: Query) -> bool:
    """Whether no two different rows of a query can tie. A query of several things ("in") counts for each of them."""
    order = {*order_of(query)}
    if not order or "?" in order:
        return True
    selected = {*query.values_select, *query.annotation_select}
    if not query.default_cols and selected <= order:
        return True
    return any(unique <= order | _fixed(query) for unique in _uniques(query.model))


def _field(model: type[Model], name: str) -> str:
    """The field that a name stands for. What is of one related row alone stands for that row."""
    first, *path = name.split(LOOKUP_SEP)
    try:
        field = model._meta.pk if first == "pk" else model._meta.get_field(first)
        end = field.related_model._meta.get_field(*path) if path else None
    except (AttributeError, FieldDoesNotExist, TypeError):
        return name
    return field.name if end is None or (end.unique and not end.null) else name


def _fixed(query: Query) -> set[str]:
    """The fields of which a query wants certain values only."""
    where = query.where
    conditions = where.children if where.connector == "AND" and not where.negated else []
    return {
        condition.lhs.target.name
        for condition in conditions
        if getattr(condition, "lookup_name", "") in {"exact", "in"}
        and isinstance(condition.lhs, Col)
        and condition.lhs.alias == query.base_table
    }


def _uniques(model: type[Model]) -> Iterator[set[str]]:
    """Fields of a model that together are of one row alone."""
    meta = model._meta
    yield from ({field.name} for field in meta.concrete_fields if field.unique and not field.null)
    yield from ({*constraint.fields} for constraint in meta.total_unique_constraints)


def _is_shown(query: Query) -> bool:
    """Whether a query reads rows of the workbench's own models, or people. A union is not ordered by its parts."""
    model = query.model
    if model is None or query.combinator:
        return False
    return model is User or (model._meta.app_label == "claims" and not model._meta.proxy)


def _is_ours() -> bool:
    """Whether the workbench itself asks, and not a test."""
    frame = sys._getframe(2)
    while frame:
        if frame.f_code.co_filename.startswith(OURS):
            return True
        frame = frame.f_back
    return False


def require_total_orders(patch: pytest.MonkeyPatch) -> None:
    """Fail whatever test has the workbench read rows in an order in which two of them can tie."""
    compiled = SQLCompiler.get_order_by

    def get_order_by(compiler: SQLCompiler) -> list:
        query = compiler.query
        if _is_shown(query) and not is_total(query) and _is_ours():
            pytest.fail(f"{query.model.__name__} is read in an order with ties: {order_of(query)}")
        return compiled(compiler)

    patch.setattr(SQLCompiler, "get_order_by", get_order_by)
