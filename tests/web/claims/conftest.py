"""Claims of several articles, for lists."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import User

from claims.models import Article, Claim
from tests.models import rows


@pytest.fixture
def several(editor: User) -> list[Claim]:
    """Four claims each of three articles, an hour apart, the last one published last."""
    found = []
    for number in range(3):
        revision = rows.revision(editor)
        Article.objects.filter(pk=revision.article_id).update(
            headline=f"Article {number}", published_at=datetime(2026, 3, 1 + number, 12, tzinfo=UTC)
        )
        revision.article.refresh_from_db()
        found += [rows.claim(revision, start) for start in range(4)]
    return found
