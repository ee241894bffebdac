"""All evidence of a report as one file."""

import json
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

from django.utils import timezone

from claims.models import Claim
from claims.queries.captures.archive import write_evidence
from claims.queries.reports.editions import report_of
from tests.models import rows


def test_each_capture_of_a_page_is_in_it_the_oldest_first(editor):
    piece = rows.evidence(rows.claim(rows.revision(editor)), editor)
    for said, days in (("Two bridges are open.", 1), ("All bridges are open.", 2)):
        at = timezone.now() - timedelta(days=days)
        rows.capture(piece, editor, said, final_url=piece.url, fetched_at=at)
    edition, out = report_of(actor=editor, claims=Claim.objects.all(), title="Bridges"), BytesIO()
    write_evidence(edition, out)
    with ZipFile(out) as archive:
        _format, *pages = archive.read("pages/pages.jsonl").decode().splitlines()
    told = [json.loads(page)["text"] for page in pages]
    assert told == ["All bridges are open.", "Two bridges are open."]
