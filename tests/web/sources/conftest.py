"""A source, claims of sources, and how many queries a page takes."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.models import Claim, Source
from tests.models import rows
from tests.web.sources.pages import MINISTER


@pytest.fixture
def venn(db) -> Source:
    return rows.source("Ada Venn", kind=MINISTER, country="Ostrey", organisation="Ministry")


@pytest.fixture
def said(editor):
    """A claim of a source, in an article of its own."""

    def said(source: Source, at=None, **fields) -> Claim:
        article = rows.article(editor, published_at=at or timezone.now())
        return rows.claim(rows.revision(editor, article=article), source=source, **fields)

    return said


@pytest.fixture
def count(desk):
    """How many queries a page takes, once what is kept between requests is there."""

    def count(address: str) -> int:
        desk.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(address).status_code == 200
        return len(queries)

    return count
