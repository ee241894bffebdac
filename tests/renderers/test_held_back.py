"""What the internal edition of a report holds that the public one does not."""

from dataclasses import replace

from claims.renderers.held_back import held_back
from tests.renderers.reports import several


def test_notices_that_are_not_published_and_reasons_are_counted():
    edition = several()
    found = held_back(edition)
    states = [each.published_at is None for each in edition.corrections]
    assert True in states
    assert False in states
    assert found.untold == states.count(True)
    assert found.reasons == len([each for each in edition.corrections if each.reason])
    assert found.scope == edition.report.scope


def test_of_a_report_without_corrections_none_is_untold():
    edition = several()
    told = tuple(each for each in edition.corrections if each.published_at)
    assert held_back(replace(edition, corrections=told)).untold == 0
