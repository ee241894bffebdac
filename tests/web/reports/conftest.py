"""A report of an article, before and after publication, and a chief's browser."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from claims.actions import draft_report, publish_report
from claims.models import Report
from claims.queries.reports.editions import edition_of


@pytest.fixture
def lead(chief: User) -> Client:
    """A browser in which a chief editor has logged in."""
    browser = Client()
    browser.force_login(chief)
    return browser


@pytest.fixture
def kept(editor, article) -> Report:
    return draft_report(actor=editor, title="Bridges of May", article=article)


@pytest.fixture
def published(chief, kept) -> Report:
    seen = edition_of(actor=chief, report=kept).digest
    return publish_report(actor=chief, report_id=kept.pk, seen=seen)
