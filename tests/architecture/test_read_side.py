"""What the layers may import of Django itself, of which the linter of imports sees only the whole."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

CLAIMS = Path(__file__).parents[2] / "claims"


def imported(path: Path) -> Iterator[str]:
    """Every module that a file imports, and every name out of one, as a dotted path."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{each.name}" for each in node.names)


@pytest.mark.parametrize(
    ("package", "forbidden"),
    [
        ("queries", ("django.http", "django.shortcuts", "django.urls", "django.views")),
        ("models", ("django.forms", "django.http", "django.shortcuts", "django.views")),
    ],
)
def test_queries_know_no_request_and_models_no_form(package, forbidden):
    files = sorted((CLAIMS / package).rglob("*.py"))
    found = {
        f"{path.relative_to(CLAIMS)}: {name}"
        for path in files
        for name in imported(path)
        if any(f"{name}.".startswith(f"{module}.") for module in forbidden)
    }
    assert len(files) > 10
    assert not found
