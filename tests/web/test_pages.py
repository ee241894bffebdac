"""The desk's pages, without a browser."""

import pytest
from django.urls import reverse

from claims.models import Article


def test_review_page_shows_every_claim(client, editor, article):
    client.force_login(editor)
    page = client.get(article.get_absolute_url())
    assert page.status_code == 200
    assert "Ada Venn" in page.content.decode()
