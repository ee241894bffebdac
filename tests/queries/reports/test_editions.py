"""Who gets which edition of a report."""

import pytest
from django.contrib.auth.models import User

from claims.actions import draft_report, publish_report
from claims.errors import NotAllowedError
from claims.models import Report
from claims.queries.reports.editions import edition_of, public_edition_of


@pytest.mark.parametrize("edition", [edition_of, public_edition_of])
def test_a_draft_is_for_whoever_made_it_and_for_those_who_publish(
    editor, chief, reader, article, edition
):
    draft = draft_report(actor=editor, title="Bridges of May", article=article)
    for actor in (editor, chief):
        assert edition(actor=actor, report=draft).report.title == "Bridges of May"
    with pytest.raises(Report.DoesNotExist):
        edition(actor=reader, report=draft)
    seen = edition_of(actor=chief, report=draft).digest
    published = publish_report(actor=chief, report_id=draft.pk, seen=seen)
    assert edition(actor=reader, report=published).report.title == "Bridges of May"
    with pytest.raises(NotAllowedError, match="export reports"):
        edition(actor=User.objects.create_user("nobody"), report=published)
