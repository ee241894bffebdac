"""What was captured of the evidence, and having it captured."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.actions import EvidenceDraft, add_evidence, remove_evidence
from claims.actions.captures.taking import enqueue_captures
from claims.models import Capture, DueCapture, Evidence
from tests.api.conftest import program_of
from tests.capturing import pages
from tests.conftest import version_of
from tests.fetching.sites import page


@pytest.fixture
def piece(editor, claim, site, settings, tmp_path) -> Evidence:
    settings.MEDIA_ROOT = tmp_path
    site.pages["/"] = pages.READ["plain"]
    draft = EvidenceDraft(
        title="Notice", url=site.at("/"), excerpt="“run again from Monday, the harbour office”"
    )
    return add_evidence(actor=editor, evidence=draft, **version_of(claim))


@pytest.fixture
def capture(program, piece):
    """Has the evidence captured, and returns what the API then says of it, the newest first."""

    def capture() -> list[dict]:
        asked = program.post(f"/evidence/{piece.pk}/captures")
        assert (asked.status_code, asked.json()["due"]) == (202, True)
        enqueue_captures()
        return program.get(f"/evidence/{piece.pk}/captures")["items"]

    return capture


def test_nothing_is_fetched_until_a_program_asks(program, piece, site):
    assert program.get(f"/evidence/{piece.pk}/captures") == {"items": [], "due": False}
    (seen,) = program.get(f"/claims/{piece.claim_id}/evidence")["items"]
    assert seen["captures"] == []
    assert site.asked == []


def test_a_capture_is_named_with_its_evidence(program, piece, capture, editor):
    (listed,) = capture()
    kept = Capture.objects.get()
    (seen,) = program.get(f"/claims/{piece.claim_id}/evidence")["items"]
    assert seen["captures"] == [listed]
    assert (listed["of"], listed["reason"]) == ("page", "asked")
    assert (listed["status"], listed["sha256"], listed["address"]) == (200, kept.sha256, piece.url)
    assert listed["asked_by"]["username"] == editor.username
    assert (listed["excerpt_found"], listed["changed"], listed["problem"]) == (True, None, "")


def test_a_page_that_changed_says_so_and_keeps_both(capture, site):
    capture()
    site.pages["/"] = pages.html(pages.ARTICLE.replace("Monday", "Friday"))
    newest, before = capture()
    assert (newest["excerpt_found"], newest["changed"]) == (False, True)
    assert (before["excerpt_found"], before["changed"]) == (True, None)


def test_what_could_not_be_captured_says_why(program, piece, capture, site):
    capture()
    site.pages["/"] = page(status=410)
    failed, kept = capture()
    assert (failed["sha256"], failed["status"], failed["excerpt_found"]) == ("", None, None)
    assert failed["problem_code"] == "bad-answer"
    assert "taken down" in failed["problem"]
    (seen,) = program.get(f"/claims/{piece.claim_id}/evidence")["items"]
    assert seen["captures"] == [failed, kept]


def test_the_same_request_has_a_page_captured_once(program, piece):
    path = f"/evidence/{piece.pk}/captures"
    first = program.post(path, Idempotency_Key="a1")
    enqueue_captures()
    again = program.post(path, Idempotency_Key="a1")
    assert (first.status_code, again.status_code) == (202, 202)
    assert again.json() == first.json()
    assert not DueCapture.objects.exists()


def test_the_warc_is_what_was_kept(program, capture):
    (listed,) = capture()
    answer = program.ask("GET", f"/captures/{listed['id']}/file")
    body = answer.getvalue()
    assert (len(body), body[:2]) == (listed["size"], b"\x1f\x8b")
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert "attachment" in answer.headers["Content-Disposition"]


def test_of_what_is_no_evidence_any_more_nothing_is_shown(program, piece, capture, editor, claim):
    (listed,) = capture()
    remove_evidence(actor=editor, evidence_id=piece.pk, version=claim_version(claim))
    for path in (f"/evidence/{piece.pk}/captures", f"/captures/{listed['id']}/file"):
        assert program.ask("GET", path).status_code == 404
    assert program.post(f"/evidence/{piece.pk}/captures").status_code == 404


def claim_version(claim) -> int:
    claim.refresh_from_db(fields=["version"])
    return claim.version


def test_who_may_only_read_has_nothing_captured(piece, reader):
    reading = program_of(reader)
    assert reading.get(f"/evidence/{piece.pk}/captures")["items"] == []
    assert reading.post(f"/evidence/{piece.pk}/captures").status_code == 403
    assert not DueCapture.objects.exists()


def test_much_evidence_takes_no_more_queries_than_little(program, piece, capture, editor, claim):
    capture()
    counts = []
    for _turn in range(2):
        with CaptureQueriesContext(connection) as queries:
            program.get(f"/claims/{claim.pk}/evidence")
        counts.append(len(queries))
        for number in range(3):
            draft = EvidenceDraft(title="More", url=f"{piece.url}{number}", excerpt="none")
            add_evidence(
                actor=editor, claim_id=claim.pk, version=claim_version(claim), evidence=draft
            )
    assert counts[0] == counts[1] <= 12
