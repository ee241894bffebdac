"""Captures of evidence, made by a worker."""

from datetime import timedelta
from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction

from claims.actions import (
    EvidenceDraft,
    add_evidence,
    capture_evidence,
    decide_claim,
    draft_report,
    edit_evidence,
    publish_report,
    remove_evidence,
)
from claims.actions.captures import taking
from claims.actions.captures.taking import WAITS, enqueue_captures
from claims.choices import CaptureReason, Verdict
from claims.errors import NotPossibleError
from claims.models import Capture, Claim, DueCapture, Evidence, Task
from claims.queries.reports.contents import draft_of
from tests.actions.later import time_passes
from tests.browser.screens import CHROMIUM
from tests.capturing import pages
from tests.conftest import version_of
from tests.fetching.sites import page
from tests.ingest.documents.files import FILES, WORDS


@pytest.fixture
def add(editor, claim):
    def add(**fields) -> Evidence:
        draft = EvidenceDraft(**{"title": "Notice", **fields})
        return add_evidence(actor=editor, evidence=draft, **version_of(claim))

    return add


@pytest.fixture
def captured(editor):
    """Captures a piece of evidence, and returns the newest capture."""

    def captured(piece: Evidence) -> Capture:
        capture_evidence(actor=editor, evidence_id=piece.pk)
        enqueue_captures()
        return Capture.objects.of([piece]).first()

    return captured


class TestWhatIsKept:
    def test_a_page_its_words_and_its_warc_file(self, site, add, captured, editor):
        site.pages["/"] = pages.READ["plain"]
        found = captured(add(url=site.at("/")))
        assert pages.WORDS in found.text
        assert (found.title, found.author, found.status) == ("Ferry returns", "Noa Brill", 200)
        assert (found.reason, found.asked_by) == (CaptureReason.ASKED, editor)
        assert found.error is None
        assert found.changed is None
        with found.file.open() as file:
            assert file.read(2) == b"\x1f\x8b"
        assert found.file.name == found.sha256
        assert not DueCapture.objects.exists()

    @pytest.mark.parametrize("name", pages.KEPT)
    def test_a_page_that_cannot_be_read_is_kept_all_the_same(self, site, add, captured, name):
        site.pages["/"], code = pages.KEPT[name]
        found = captured(add(url=site.at("/")))
        assert found.sha256
        assert (found.text, found.error_code) == ("", code)

    def test_a_changed_page_says_so_and_an_unchanged_one_too(self, site, add, captured):
        site.pages["/"] = pages.READ["plain"]
        piece = add(url=site.at("/"))
        captured(piece)
        assert captured(piece).changed is False
        site.pages["/"] = pages.html(pages.ARTICLE.replace("Monday", "Friday"))
        assert captured(piece).changed is True

    @pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
    def test_a_picture_where_a_browser_is_named(self, site, add, captured, settings):
        settings.CAPTURE_PICTURES = str(CHROMIUM)
        site.pages["/"] = pages.READ["plain"]
        found = captured(add(url=site.at("/")))
        with found.file.storage.open(found.picture) as file:
            assert sha256(file.read()).hexdigest() == found.picture
        assert site.asked == ["/"]

    def test_a_browser_that_fails_costs_the_picture_alone(self, site, add, captured, settings):
        settings.CAPTURE_PICTURES = "/nowhere/chromium"
        site.pages["/"] = pages.READ["plain"]
        found = captured(add(url=site.at("/")))
        assert (found.picture, found.error) == ("", None)
        assert found.text

    def test_it_is_never_changed_or_deleted(self, site, add, captured):
        found = captured(add(url=site.at("/gone")))
        rows = Capture.objects.filter(pk=found.pk)
        for change in (lambda: rows.update(text="x"), rows.delete):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()


class TestFiles:
    @pytest.mark.parametrize("extension", FILES)
    def test_the_words_of_a_file_are_read_when_it_is_added(self, add, extension):
        add(file=SimpleUploadedFile(f"notice.{extension}", FILES[extension]))
        enqueue_captures()
        found = Capture.objects.get()
        assert WORDS in found.text
        assert (found.reason, found.is_page, found.sha256) == (CaptureReason.ADDED, False, "")

    def test_the_same_file_is_read_once(self, add):
        for _time in range(2):
            add(file=SimpleUploadedFile("notice.txt", FILES["txt"]))
            enqueue_captures()
        assert Capture.objects.count() == 1

    def test_a_file_that_cannot_be_read_is_not_tried(self, add):
        add(file=SimpleUploadedFile("photo.jpg", b"no words"))
        assert not DueCapture.objects.exists()


class TestWhatCannotBeKept:
    @pytest.mark.parametrize("name", ["gone", "forbidden", "in-a-circle", "inside"])
    def test_it_says_why_and_is_not_tried_again(self, site, add, captured, name):
        site.pages[f"/{name}"], code = pages.REFUSED[name]
        found = captured(add(url=site.at(f"/{name}")))
        assert (found.sha256, found.text, found.error_code) == ("", "", code)
        assert not DueCapture.objects.exists()

    def test_what_may_pass_is_tried_again_later_and_given_up_at_last(self, site, add, captured):
        site.pages["/"] = page(status=503)
        captured(add(url=site.at("/")))
        enqueue_captures()
        assert Capture.objects.count() == 1
        for wait in WAITS:
            time_passes(wait + timedelta(seconds=1))
            enqueue_captures()
        assert Capture.objects.count() == len(WAITS) + 1
        assert not DueCapture.objects.exists()

    def test_evidence_that_was_removed_is_left_alone(self, site, add, editor):
        piece = add(url=site.at("/"))
        capture_evidence(actor=editor, evidence_id=piece.pk)
        remove_evidence(
            actor=editor, evidence_id=piece.pk, version=version_of(piece.claim)["version"]
        )
        enqueue_captures()
        assert not Capture.objects.exists()
        assert site.asked == []
        with pytest.raises(NotPossibleError):
            capture_evidence(actor=editor, evidence_id=piece.pk)


class TestWhatHappensBeforeTheWorkerComes:
    @pytest.fixture
    def edit(self, editor):
        def edit(piece: Evidence, **fields) -> None:
            draft = EvidenceDraft(**{"title": "Notice", "url": piece.url, **fields})
            version = version_of(piece.claim)["version"]
            edit_evidence(actor=editor, evidence_id=piece.pk, version=version, evidence=draft)

        return edit

    def test_a_page_is_never_kept_under_the_address_of_another(self, site, add, edit, editor):
        site.pages["/other"] = pages.READ["plain"]
        piece = add(url=site.at("/first"))
        capture_evidence(actor=editor, evidence_id=piece.pk)
        edit(piece, url=site.at("/other"))
        enqueue_captures()
        assert site.asked == []
        assert not Capture.objects.exists()

    def test_the_page_is_captured_for_whoever_cites_it_still(self, site, add, editor):
        site.pages["/"] = pages.READ["plain"]
        piece, other = add(url=site.at("/")), add(url=site.at("/"), title="Again")
        capture_evidence(actor=editor, evidence_id=piece.pk)
        version = version_of(piece.claim)["version"]
        remove_evidence(actor=editor, evidence_id=piece.pk, version=version)
        enqueue_captures()
        assert Capture.objects.get().evidence == other

    def test_the_site_of_what_became_confidential_does_not_learn_of_it(
        self, site, add, edit, settings
    ):
        settings.CAPTURE_EVIDENCE = True
        piece = add(url=site.at("/"))
        edit(piece, confidential=True)
        enqueue_captures()
        assert site.asked == []
        assert not DueCapture.objects.exists()

    def test_whoever_asks_gets_a_confidential_page_all_the_same(self, site, add, editor):
        site.pages["/"] = pages.READ["plain"]
        capture_evidence(actor=editor, evidence_id=add(url=site.at("/"), confidential=True).pk)
        enqueue_captures()
        assert Capture.objects.get().text


class TestWhen:
    def test_nothing_is_fetched_unless_somebody_asks(self, site, add):
        add(url=site.at("/"))
        enqueue_captures()
        assert site.asked == []

    def test_a_new_link_is_captured_where_that_is_on(self, site, add, settings):
        settings.CAPTURE_EVIDENCE = True
        site.pages["/"] = pages.READ["plain"]
        add(url=site.at("/"))
        enqueue_captures()
        assert Capture.objects.get().reason == CaptureReason.ADDED

    def test_a_confidential_one_is_not(self, site, add, settings):
        settings.CAPTURE_EVIDENCE = True
        add(url=site.at("/"), confidential=True)
        assert not DueCapture.objects.exists()

    def test_another_link_of_the_same_evidence_is_captured_too(self, site, add, editor, settings):
        piece = add(url=site.at("/a"))
        settings.CAPTURE_EVIDENCE = True
        for url in (site.at("/a"), site.at("/b")):
            draft = EvidenceDraft(title="Other words", url=url)
            version = version_of(piece.claim)["version"]
            edit_evidence(actor=editor, evidence_id=piece.pk, version=version, evidence=draft)
        assert [row.evidence.url for row in DueCapture.objects.all()] == [site.at("/b")]

    @pytest.mark.parametrize("is_on", [True, False])
    def test_what_a_report_cites_is_captured_again_when_it_is_published(
        self, site, add, chief, editor, claim, settings, is_on
    ):
        add(url=site.at("/"))
        add(url=site.at("/secret"), confidential=True)
        version = Claim.objects.get(pk=claim.pk).version
        decide_claim(actor=editor, claim_id=claim.pk, version=version, verdict=Verdict.VERIFIED)
        settings.CAPTURE_EVIDENCE = is_on
        report = draft_report(
            actor=chief, title="Ferries", claims=Claim.objects.filter(pk=claim.pk)
        )
        publish_report(actor=chief, report_id=report.pk, seen=draft_of(report).digest)
        due = [(row.evidence.url, row.reason) for row in DueCapture.objects.all()]
        assert due == ([(site.at("/"), CaptureReason.PUBLISHED)] if is_on else [])

    def test_a_task_takes_a_few_and_the_next_one_the_rest(self, site, add, editor, monkeypatch):
        monkeypatch.setattr(taking, "_AT_ONCE", 1)
        for path in ("/a", "/b"):
            site.pages[path] = pages.READ["plain"]
            capture_evidence(actor=editor, evidence_id=add(url=site.at(path)).pk)
        enqueue_captures()
        assert site.asked == ["/a", "/b"]

    def test_there_is_one_task_where_something_is_due_and_none_where_nothing_is(
        self, site, add, editor, monkeypatch, work
    ):
        enqueue_captures()
        assert not Task.objects.exists()
        monkeypatch.setattr(taking, "_AT_ONCE", 2)
        for path in ("/a", "/b"):
            site.pages[path] = pages.READ["plain"]
            capture_evidence(actor=editor, evidence_id=add(url=site.at(path)).pk)
        for _time in range(2):
            enqueue_captures()
        work()
        assert Task.objects.filter(task_path=taking.capture_documents.module_path).count() == 1
        assert site.asked == ["/a", "/b"]

    def test_two_workers_who_read_the_same_row_make_one_capture(self, site, add, editor):
        site.pages["/"] = pages.READ["plain"]
        capture_evidence(actor=editor, evidence_id=add(url=site.at("/")).pk)
        first, second = DueCapture.objects.get(), DueCapture.objects.get()
        for row in (first, second):
            taking.take_capture(row)
        assert site.asked == ["/"]
        assert Capture.objects.count() == 1

    def test_two_who_ask_get_one_capture(self, site, add, editor, chief):
        piece = add(url=site.at("/"))
        assert capture_evidence(actor=editor, evidence_id=piece.pk)
        assert not capture_evidence(actor=chief, evidence_id=piece.pk)
        enqueue_captures()
        assert Capture.objects.count() == 1
