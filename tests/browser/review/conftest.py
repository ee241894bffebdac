"""The review page, as most of its tests begin."""

import pytest
from playwright.sync_api import Page, expect

from claims.models import Article
from tests.browser.review.panel import heading


@pytest.fixture
def review(page, desk, editor, log_in):
    """Open an article as the editor."""

    def review(article: Article, query: str = "") -> Page:
        log_in(page, editor).goto(desk + article.get_absolute_url() + query)
        expect(heading(page)).to_be_visible()
        return page

    return review
