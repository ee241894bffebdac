"""What the feeds and the page of corrections tell, and by what readers' copies of public pages are known to be old."""

import pytest

from claims.actions import correct_notice, decide_claim, publish_correction, set_public
from claims.choices import Verdict
from claims.models import Correction, Report
from claims.queries.reports.feed import told_notices
from claims.queries.reports.public_version import public_version
from tests.conftest import version_of
from tests.queries.reports.making import published

NOTICE = "We found a ninth bridge."


@pytest.fixture
def corrected(chief, earlier) -> Report:
    """A public report, of which a claim has been corrected."""
    report = published(chief, "Bridges", earlier)
    decide_claim(actor=chief, verdict=Verdict.VERIFIED, reason="Nine.", **version_of(earlier))
    waiting = Correction.objects.get()
    publish_correction(
        actor=chief, correction_id=waiting.pk, decision_id=waiting.decision_id, notice=NOTICE
    )
    return report


def test_the_notices_of_a_withdrawn_report_are_told_no_more(chief, corrected):
    assert [one.notice for one in told_notices(30)] == [NOTICE]
    set_public(actor=chief, report_id=corrected.pk, public=False, notice="Published by mistake.")
    assert told_notices(30) == []


def test_a_notice_with_other_words_makes_kept_pages_old(chief, corrected):
    before = public_version()
    notice = Correction.objects.get()
    correct_notice(actor=chief, correction_id=notice.pk, notice=NOTICE)
    assert public_version() == before
    correct_notice(actor=chief, correction_id=notice.pk, notice="We found a tenth bridge.")
    assert public_version() != before
