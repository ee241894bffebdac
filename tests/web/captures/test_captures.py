"""What the desk shows of captured evidence."""

import re
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.actions import EvidenceDraft, add_evidence, capture_evidence, remove_evidence
from claims.actions.captures.taking import enqueue_captures
from claims.actions.files import digest_of, keep_file
from claims.capturing import payload_of
from claims.models import Capture, Evidence
from tests.capturing import pages
from tests.conftest import version_of
from tests.fetching.sites import page
from tests.models import rows

PART = {"HX-Request": "true"}


@pytest.fixture
def piece(editor, claim, site) -> Evidence:
    site.pages["/"] = pages.READ["plain"]
    draft = EvidenceDraft(
        title="Notice", url=site.at("/"), excerpt="“run again from Monday, the harbour office”"
    )
    return add_evidence(actor=editor, evidence=draft, **version_of(claim))


@pytest.fixture
def captured(editor, piece):
    def captured(**fields) -> Capture:
        Evidence.objects.filter(pk=piece.pk).update(**fields)
        capture_evidence(actor=editor, evidence_id=piece.pk)
        enqueue_captures()
        return Capture.objects.of([piece]).first()

    return captured


@pytest.fixture
def look(desk, piece):
    def look(**query) -> str:
        answer = desk.get(reverse("captures", args=[piece.pk]), query)
        assert answer.status_code == 200
        return answer.content.decode()

    return look


def panel(desk, claim) -> str:
    return desk.get(reverse("claim", args=[claim.pk]), headers=PART).content.decode()


def words_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


class TestPanel:
    def test_what_was_not_captured_can_be(self, desk, claim, piece, site):
        assert "The page has not been captured." in panel(desk, claim)
        answer = desk.post(reverse("capture-evidence", args=[piece.pk]), headers=PART)
        assert "It is being captured." in answer.content.decode()
        assert site.asked == []
        enqueue_captures()
        shown = words_of(panel(desk, claim))
        assert "Page captured" in shown
        assert "excerpt found" in shown
        assert Capture.objects.get().sha256[:12] in shown

    def test_an_excerpt_that_is_not_in_it(self, desk, claim, captured):
        captured(excerpt="run again from Tuesday")
        assert "The excerpt is not in it." in panel(desk, claim)

    def test_evidence_without_an_excerpt(self, desk, claim, captured):
        captured(excerpt="")
        shown = panel(desk, claim)
        assert "Page captured" in shown
        assert "excerpt found" not in shown
        assert "not in it" not in shown

    def test_a_page_that_changed(self, desk, claim, captured, site):
        captured()
        site.pages["/"] = pages.html(pages.ARTICLE.replace("Monday", "Friday"))
        captured()
        shown = panel(desk, claim)
        assert "It has changed since the capture before." in shown
        assert "The excerpt is not in it." in shown

    @pytest.mark.parametrize(
        ("answer", "why", "what_to_do"),
        [
            (page(status=404), "there is nothing at this address (404)", "an archived copy"),
            (page(status=403), "does not allow programs to read it (403)", "save it as a PDF"),
            (page(status=503), "server error", "A worker will try again."),
            (pages.KEPT["scripts-only"][0], "a script would have to fetch them", "as a PDF"),
            (pages.KEPT["frames"][0], "which it shows in frames", "save it as a PDF"),
        ],
    )
    def test_what_could_not_be_captured_says_why_and_what_to_do(
        self, desk, claim, captured, site, answer, why, what_to_do
    ):
        site.pages["/"] = answer
        captured()
        shown = words_of(panel(desk, claim))
        assert why in shown
        assert what_to_do in shown
        assert "Paste" not in shown

    def test_a_damaged_file_is_not_taken_for_a_page(self, desk, editor, claim):
        file = SimpleUploadedFile("log.pdf", b"%PDF-1.7 broken")
        draft = EvidenceDraft(title="Log", file=file)
        piece = add_evidence(actor=editor, evidence=draft, **version_of(claim))
        capture_evidence(actor=editor, evidence_id=piece.pk)
        enqueue_captures()
        shown = words_of(panel(desk, claim))
        assert "it is not a valid PDF, or it is damaged" in shown
        assert "Open the page" not in shown

    def test_what_is_tried_again_later_can_be_tried_now(self, desk, piece, captured, site):
        site.pages["/"] = page(status=503)
        captured()
        address = reverse("captures", args=[piece.pk])
        waiting = desk.get(address, headers=PART).content.decode()
        assert "hx-trigger" not in waiting
        assert "Capture again" in waiting
        now = desk.post(reverse("capture-evidence", args=[piece.pk]), headers=PART)
        assert 'hx-trigger="every 2s"' in now.content.decode()
        site.pages["/"] = pages.READ["plain"]
        enqueue_captures()
        assert "excerpt found" in desk.get(address, headers=PART).content.decode()

    def test_what_vanished_keeps_the_earlier_capture(self, desk, claim, captured, site):
        captured()
        site.pages["/"] = page(status=410)
        captured()
        shown = words_of(panel(desk, claim))
        assert "excerpt found" in shown
        assert "the page has been taken down" in shown

    def test_the_same_page_for_another_claim_is_captured_too(
        self, desk, claims, editor, captured, piece
    ):
        captured()
        draft = EvidenceDraft(title="The same", url=f"{piece.url}#top", excerpt="nothing of it")
        add_evidence(actor=editor, evidence=draft, **version_of(claims[1]))
        shown = panel(desk, claims[1])
        assert "Page captured" in shown
        assert "The excerpt is not in it." in shown

    def test_no_page_says_what_cannot_be_done(self, reader, claim, piece, client):
        client.force_login(reader)
        assert "Capture now" not in panel(client, claim)


class TestPage:
    def test_the_words_with_the_excerpt_marked(self, captured, look):
        captured()
        shown = look()
        assert "<mark>run again from Monday, the harbour office</mark>" in shown
        assert "Ferry returns" in shown
        assert "Noa Brill" in shown
        assert "More news" in shown

    def test_an_excerpt_of_a_caption(self, captured, look):
        captured(excerpt="More news")
        shown = look()
        assert "The excerpt stands beside the main text" in shown
        assert "<mark>More news</mark>" in shown

    def test_an_excerpt_that_is_not_there(self, captured, look):
        captured(excerpt="run again from Tuesday")
        shown = look()
        assert "The excerpt is not in these words:" in shown
        assert "<mark>" not in shown

    def test_what_changed_side_by_side_and_the_earlier_one(self, captured, look, site):
        first = captured()
        site.pages["/"] = pages.html(pages.ARTICLE.replace("from Monday", "from Friday"))
        captured()
        shown = look()
        assert "<del>Monday</del>" in shown
        assert "<ins>Friday</ins>" in shown
        assert "<mark>" in look(show=first.pk)
        assert "<del>" not in look(show=first.pk)

    @pytest.mark.parametrize("show", ["", "nobody", "999999", "9" * 30])
    def test_an_address_that_names_no_capture_shows_the_newest(self, captured, look, show):
        captured()
        assert pages.WORDS[:20] in look(show=show)

    def test_what_vanished_is_shown_as_it_was_kept(self, captured, look, site):
        first = captured()
        site.pages["/"] = page(status=410)
        gone = captured()
        shown = look()
        assert "<mark>run again from Monday, the harbour office</mark>" in shown
        assert shown.index(f"?show={gone.pk}") < shown.index(f"?show={first.pk}")
        shown = look(show=gone.pk)
        assert "<mark>" not in shown
        assert "How the site answered" in shown

    def test_where_nothing_could_be_kept_the_attempt_is_shown(self, captured, look, site):
        site.pages["/"] = page(status=410, headers={"Content-Type": "text/html"})
        captured()
        shown = look()
        assert "How the site answered" in shown
        assert "The page as it was" not in shown
        assert "Only the page itself is kept" not in shown

    def test_what_was_kept_without_its_words_is_shown_rather_than_a_failure(
        self, captured, look, site
    ):
        site.pages["/"] = pages.KEPT["scripts-only"][0]
        captured()
        site.pages["/"] = page(status=410)
        captured()
        assert "The page as it was" in look()

    @pytest.mark.parametrize("kind", ["text/html", "application/pdf"])
    def test_a_page_is_opened_and_a_file_downloaded(self, captured, look, site, kind):
        body = pages.ARTICLE.encode() if kind == "text/html" else b"%PDF-1.7"
        site.pages["/"] = page(body, headers={"Content-Type": kind})
        captured()
        shown = look()
        assert ("The page as it was" in shown) == (kind == "text/html")
        assert ("The file as it was" in shown) == (kind != "text/html")

    def test_who_waits_for_a_worker_is_told_that_there_is_none(self, desk, piece, look):
        assert "No worker is running" not in look()
        address = reverse("capture-evidence", args=[piece.pk])
        shown = desk.post(address, follow=True).content.decode()
        assert "will be captured in a moment" in shown
        assert "No worker is running" in shown
        enqueue_captures()
        assert "No worker is running" not in look()

    def test_hostile_words_are_shown_as_words(self, captured, look, site):
        site.pages["/"] = pages.html(
            pages.ARTICLE.replace("<h1>", "<h1>&lt;script&gt;alert(1)&lt;/script&gt;")
        )
        captured()
        assert "<script>alert(1)" not in look()

    def test_nothing_yet(self, look):
        assert "Nothing has been captured yet." in look()

    def test_evidence_that_was_removed_is_not_there(self, desk, editor, claim, piece, captured):
        found = captured()
        remove_evidence(actor=editor, evidence_id=piece.pk, version=version_of(claim)["version"])
        for name, pk in (
            ("captures", piece.pk),
            ("captured-page", found.pk),
            ("capture-warc", found.pk),
        ):
            assert desk.get(reverse(name, args=[pk])).status_code == 404


class TestFiles:
    def test_the_warc_file_is_a_download(self, desk, captured):
        answer = desk.get(reverse("capture-warc", args=[captured().pk]))
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
        payload = payload_of(BytesIO(b"".join(answer)))
        assert payload.body.decode() == pages.ARTICLE

    def test_the_page_runs_nothing_and_asks_for_nothing(self, desk, captured):
        answer = desk.get(reverse("captured-page", args=[captured().pk]))
        policy = answer["Content-Security-Policy"]
        assert policy.startswith("sandbox; default-src 'none'; style-src 'unsafe-inline';")
        assert "allow-" not in policy
        assert answer["Referrer-Policy"] == "no-referrer"
        assert answer["Content-Type"] == "text/html; charset=utf-8"
        text = answer.content.decode()
        assert pages.WORDS in text
        for gone in ("<script", "onload", "preconnect", "iframe", "refresh", "href"):
            assert gone not in text

    def test_a_picture_is_shown_where_there_is_one(self, desk, piece, captured, editor, look):
        without = captured()
        assert desk.get(reverse("capture-picture", args=[without.pk])).status_code == 404
        png = ContentFile(b"a picture")
        name = keep_file(png, without.file.storage, digest_of(png))
        found = rows.capture(piece, editor, page="<p>The notice.", picture=name)
        address = reverse("capture-picture", args=[found.pk])
        assert f'src="{address}"' in look()
        answer = desk.get(address)
        assert (answer["Content-Type"], b"".join(answer)) == ("image/png", b"a picture")
        assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"

    def test_what_is_no_web_page_is_a_download(self, desk, captured, site):
        site.pages["/"] = page(b"%PDF-1.7", headers={"Content-Type": "application/pdf"})
        answer = desk.get(reverse("captured-page", args=[captured().pk]))
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["Content-Type"] == "application/pdf"

    @pytest.mark.parametrize("kind", ["image/svg+xml", "text/html5", "application/xml"])
    def test_nothing_else_is_opened_as_what_it_says_it_is(self, desk, captured, site, kind):
        site.pages["/"] = page(b"<svg onload='alert(1)'/>", headers={"Content-Type": kind})
        answer = desk.get(reverse("captured-page", args=[captured().pk]))
        assert answer["Content-Type"] == "application/octet-stream"
        assert answer["Content-Disposition"].startswith("attachment")


def test_a_panel_asks_the_same_however_many_captures_there_are(
    desk, claim, piece, captured, editor, django_assert_num_queries
):
    captured()
    panel(desk, claim)
    with CaptureQueriesContext(connection) as once:
        panel(desk, claim)
    for number in range(3):
        draft = EvidenceDraft(title=f"Notice {number}", url=f"https://example.org/{number}")
        added = add_evidence(actor=editor, evidence=draft, **version_of(claim))
        rows.capture(added, editor)
    with django_assert_num_queries(len(once)):
        panel(desk, claim)
