"""A published report, and how claims of it are decided."""

import pytest
from django.contrib.auth.models import User

from claims.actions import decide_claim, draft_report, publish_report
from claims.choices import Verdict
from claims.models import Claim, Report
from claims.queries.reports.editions import edition_of
from tests.conftest import version_of


def decided(actor: User, claim: Claim, verdict: Verdict, reason: str = "As the log says."):
    """Decide a claim in its version of now."""
    return decide_claim(actor=actor, verdict=verdict, reason=reason, **version_of(claim))


def published(actor: User, report: Report) -> Report:
    """Publish a report as it stands."""
    seen = edition_of(actor=actor, report=report).digest
    return publish_report(actor=actor, report_id=report.pk, seen=seen)


@pytest.fixture
def report(chief, editor, article, claim) -> Report:
    """A published report of the article, whose first claim is verified."""
    decided(editor, claim, Verdict.VERIFIED)
    return published(chief, draft_report(actor=editor, title="Bridges", article=article))
