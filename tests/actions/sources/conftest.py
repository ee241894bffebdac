"""Sources with claims, and two that look alike."""

import pytest

from claims.choices import SourceKind
from claims.models import Claim, Source
from tests.models import rows


@pytest.fixture
def said(editor):
    """A claim of a source in an article of its own, or in a given text."""

    def said(source: Source, at=None) -> Claim:
        at = at or rows.revision(editor)
        return rows.claim(at, start=6 * at.claims.count(), source=source)

    return said


@pytest.fixture
def two() -> tuple[Source, Source]:
    """Two sources that look alike."""
    kind = SourceKind.MINISTER
    return rows.source("R. Venn", kind=kind), rows.source("Rana Venn", kind=kind)


def names_of(source: Source) -> dict[str, int | None]:
    """The aliases of a source, each with what it came with."""
    return dict(source.aliases.order_by("pk").values_list("name", "merged_from"))


def fresh(source: Source) -> Source:
    """A source as the database has it now."""
    return Source.objects.get(pk=source.pk)
