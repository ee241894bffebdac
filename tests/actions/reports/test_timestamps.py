"""When an authority is asked to confirm a published report, and what is kept of its answer."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims.actions import draft_report
from claims.actions.reports import timestamps
from claims.models import Report, ReportTimestamp
from claims.queries.reports.editions import both_editions
from tests.actions.reports.conftest import published


def test_each_edition_of_a_published_report_is_confirmed_once(tsa, authority, report, work):
    for _time in range(2):
        work()
        assert len(tsa.asked) == 2
    stamps = {one.edition: one for one in report.timestamps.given()}
    for edition in both_editions(report):
        stamp = stamps[edition.kind]
        assert (stamp.digest, stamp.authority, stamp.problem) == (edition.digest, tsa.address, "")
        assert authority.confirms(bytes(stamp.response), stamp.digest)


def test_only_what_has_no_timestamp_yet_is_asked_for(tsa, report, work):
    work()
    ReportTimestamp.objects.filter(edition="public").delete()
    work()
    assert len(tsa.asked) == 3
    assert report.timestamps.given().count() == 2


def test_a_draft_has_none(tsa, chief, article, work):
    draft_report(actor=chief, title="Draft", article=article)
    work()
    assert not tsa.asked


def test_nobody_is_asked_unless_an_authority_is_set(tsa, settings, report, work):
    settings.TIMESTAMP_AUTHORITY = ""
    work()
    assert not tsa.asked
    assert not ReportTimestamp.objects.exists()


def test_the_newest_are_asked_for_first_and_the_rest_later(
    tsa, chief, article, report, monkeypatch
):
    monkeypatch.setattr(timestamps, "_AT_ONCE", 1)
    newer = published(chief, draft_report(actor=chief, title="Newer", article=article))
    for first in (newer, report):
        timestamps.stamp_reports.func()
        assert first.timestamps.given().count() == 2
        assert len(tsa.asked) == (2 if first == newer else 4)


@pytest.mark.parametrize(("minutes", "again"), [(14, False), (16, True)])
def test_what_goes_wrong_is_kept_and_tried_again_after_a_quarter_of_an_hour(
    tsa, authority, report, work, minutes, again
):
    tsa.reply = lambda _query: (503, b"")
    work()
    assert {"503" in one.problem for one in report.timestamps.all()} == {True}
    assert not report.timestamps.given()
    tsa.reply = lambda query: (200, authority.answer(query))
    ReportTimestamp.objects.update(tried_at=timezone.now() - timedelta(minutes=minutes))
    work()
    assert report.timestamps.given().count() == (2 if again else 0)
    assert Report.objects.count() == 1
