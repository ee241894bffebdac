"""Checking that a report is what this installation published."""

import io

from django.core.management import call_command
from django.utils import timezone

from claims.choices import Verdict
from claims.queries.reports.editions import frozen_edition
from claims.renderers.data import json_file
from tests.models import rows
from tests.queries.reports.making import published


def test_each_report_is_compared_with_what_was_published_under_its_own_number(chief, tmp_path):
    text = rows.revision(chief)
    made = []
    for start, title in ((0, "Bridges"), (10, "Ferries")):
        claim = rows.claim(text, start)
        rows.become(claim, verdict=Verdict.VERIFIED, touched_at=timezone.now())
        made.append(published(chief, title, claim))
    for report in made:
        path, said = tmp_path / f"{report.pk}.json", io.StringIO()
        path.write_bytes(b"".join(json_file.FORMAT.write(frozen_edition(report))))
        call_command("verify_report", path, stdout=said)
        assert f"it is report {report.pk} as this installation published it" in said.getvalue()
