"""A lede or a conclusion that was wrong is corrected: dated, with a notice, and with what stood there before."""

import io
import json
from html import unescape

import docx
import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml import etree
from pypdf import PdfReader

from claims.actions import correct_text, draft_report, publish_report, write_report
from claims.choices import ReportText
from claims.errors import InvalidValueError, LookAgainError, NotPossibleError
from claims.models import Report, Snapshot, TextCorrection
from claims.queries.reports.editions import edition_of, frozen_edition
from claims.renderers import get
from claims.renderers.public import for_public, of_claim

WRONG = "Eight bridges *stand*."
RIGHT = "Nine bridges **stand**."
NOTICE = "The lede gave a wrong number of bridges."


@pytest.fixture
def everybody() -> Client:
    return Client()


@pytest.fixture
def report(chief, article) -> Report:
    """A public report with a lede and no conclusion."""
    made = draft_report(actor=chief, title="Bridges of Ostrey", article=article)
    write_report(actor=chief, report_id=made.pk, title=made.title, lede=WRONG, conclusion="")
    made.refresh_from_db()
    seen = edition_of(actor=chief, report=made).digest
    return publish_report(actor=chief, report_id=made.pk, seen=seen, public=True)


def corrected(chief, report: Report, text: str = RIGHT, notice: str = NOTICE) -> TextCorrection:
    report.refresh_from_db()
    return correct_text(
        actor=chief,
        report_id=report.pk,
        part=ReportText.LEDE,
        text=text,
        notice=notice,
        seen=report.lede,
    )


def page(browser: Client, name: str, *args: int) -> str:
    return unescape(browser.get(reverse(name, args=args)).content.decode())


class TestReadersSee:
    def test_on_the_page_what_stands_now_why_and_what_stood_before(self, everybody, chief, report):
        assert WRONG.replace("*", "") in _words(page(everybody, "public-report", report.pk))
        told = corrected(chief, report)
        shown = page(everybody, "public-report", report.pk)
        above, _, below = shown.partition('<h2 id="corrections">')
        assert "Nine bridges <strong>stand</strong>." in above
        assert "Eight bridges" not in above
        assert "1 correction or update" in above
        today = f"{timezone.localtime(told.published_at):%-d %B %Y}"
        for words in ("Lede corrected, ", today, NOTICE, "Eight bridges <em>stand</em>."):
            assert words in below

    def test_in_the_log_and_in_the_feeds(self, everybody, chief, report):
        told = corrected(chief, report)
        log = page(everybody, "public-corrections")
        assert NOTICE in log
        assert reverse("public-report", args=[report.pk]) in log
        atom = etree.fromstring(everybody.get(reverse("public-feed")).content)
        of_report = "{http://www.w3.org/2005/Atom}"
        updated = {
            entry.findtext(f"{of_report}id"): entry.findtext(f"{of_report}updated")
            for entry in atom.iter(f"{of_report}entry")
        }
        at = told.published_at.isoformat()
        assert updated[report.public_address] == at
        assert updated[f"{report.public_address}#text-{told.pk}"] == at
        items = json.loads(everybody.get(reverse("public-json-feed")).content)["items"]
        of_the_report = next(one for one in items if one["id"] == report.public_address)
        assert of_the_report["summary"] == "Nine bridges stand."
        assert f"Correction: {NOTICE}" in of_the_report["content_text"]

    def test_in_the_sitemap_that_the_report_has_changed(self, everybody, chief, report):
        Report.objects.update(published_at=timezone.now() - timezone.timedelta(days=9))
        told = corrected(chief, report)
        places = everybody.get(reverse("public-sitemap-section", args=["reports"])).content
        assert f"<lastmod>{told.published_at.date().isoformat()}" in places.decode()

    def test_in_each_file(self, chief, report):
        corrected(chief, report)
        edition = for_public(frozen_edition(report))
        files = {
            key: b"".join(get(key).write(edition)) for key in ("html", "pdf", "docx", "md", "xlsx")
        }
        texts = {
            "html": files["html"].decode(),
            "pdf": "".join(one.extract_text() for one in PdfReader(io.BytesIO(files["pdf"])).pages),
            "docx": "\n".join(
                one.text for one in docx.Document(io.BytesIO(files["docx"])).paragraphs
            ),
            "md": files["md"].decode(),
        }
        for text in texts.values():
            told = _words(text)
            assert told.index("Nine bridges stand.") < told.index("Eight bridges stand.")
            assert " ".join(NOTICE.split()) in told
        book = openpyxl.load_workbook(io.BytesIO(files["xlsx"]))
        about = dict(book["Report"].iter_rows(values_only=True, max_col=2))
        assert about["lede"] == "Nine bridges stand."
        assert about["lede_before"] == "Eight bridges stand."

    def test_in_the_data_both_and_the_digest_of_what_was_published(self, chief, report):
        before = Snapshot.objects.get(report=report)
        corrected(chief, report)
        edition = frozen_edition(report)
        assert edition.digest == before.digest
        data = json.loads(b"".join(get("json").write(for_public(edition))))
        assert data["report"]["lede"] == WRONG
        (told,) = data["text_corrections"]
        assert (told["before"], told["after"], told["notice"]) == (WRONG, RIGHT, NOTICE)

    def test_nothing_of_it_on_the_page_of_a_claim(self, chief, report, claim):
        corrected(chief, report)
        assert of_claim(for_public(frozen_edition(report)), claim.pk).text_corrections == ()


def _words(text: str) -> str:
    for mark in ("<em>", "</em>", "<strong>", "</strong>", "*"):
        text = text.replace(mark, "")
    return " ".join(text.split())


class TestTheNewsroom:
    def test_corrects_it_again_and_keeps_every_text(self, chief, report):
        corrected(chief, report)
        corrected(chief, report, "Ten bridges stand.", "There are ten.")
        told = frozen_edition(report).text_corrections
        assert [(one.before, one.after) for one in told] == [
            (WRONG, RIGHT),
            (RIGHT, "Ten bridges stand."),
        ]
        texts = report.history.order_by("history_id").values_list("lede", flat=True)
        assert list(dict.fromkeys(texts)) == ["", WRONG, RIGHT, "Ten bridges stand."]

    def test_may_take_a_text_away(self, everybody, chief, report):
        corrected(chief, report, "")
        above = page(everybody, "public-report", report.pk).partition('<h2 id="corrections">')[0]
        assert '<div class="lede">' not in above

    def test_tells_it_once(self, chief, report):
        first = corrected(chief, report)
        again = correct_text(
            actor=chief,
            report_id=report.pk,
            part=ReportText.LEDE,
            text=RIGHT,
            notice=NOTICE,
            seen=WRONG,
        )
        assert again == first
        assert TextCorrection.objects.count() == 1

    def test_does_not_overwrite_what_another_one_has_corrected(self, chief, report):
        corrected(chief, report)
        with pytest.raises(LookAgainError):
            correct_text(
                actor=chief,
                report_id=report.pk,
                part=ReportText.LEDE,
                text="Ten stand.",
                notice="There are ten.",
                seen=WRONG,
            )

    @pytest.mark.parametrize(
        ("text", "notice"), [(WRONG, NOTICE), (RIGHT, "  "), ("x" * 5_001, NOTICE)]
    )
    def test_changes_the_text_and_says_so(self, chief, report, text, notice):
        with pytest.raises(InvalidValueError):
            corrected(chief, report, text, notice)
        assert not TextCorrection.objects.exists()

    def test_corrects_only_what_was_published(self, chief, report, article):
        with pytest.raises(NotPossibleError):
            correct_text(
                actor=chief,
                report_id=report.pk,
                part=ReportText.CONCLUSION,
                text="Nine.",
                notice=NOTICE,
                seen="",
            )
        draft = draft_report(actor=chief, title="Another", article=article)
        with pytest.raises(NotPossibleError):
            corrected(chief, draft)

    def test_does_it_from_the_reports_page(self, client, everybody, chief, report):
        client.force_login(chief)
        form = reverse("correct-text", args=[report.pk, "lede"])
        shown = page(client, "report", report.pk)
        assert form in shown
        assert reverse("correct-text", args=[report.pk, "conclusion"]) not in shown
        answer = client.get(form)
        assert WRONG in answer.content.decode()
        sent = {"text": RIGHT, "notice": "", "seen": answer.context["seen"]}
        refused = client.post(form, sent)
        assert refused.status_code == 400
        assert RIGHT in refused.content.decode()
        assert client.post(form, sent | {"notice": NOTICE}).status_code == 302
        assert "Nine bridges" in page(everybody, "public-report", report.pk)
        for part in ("title", "conclusion"):
            address = reverse("correct-text", args=[report.pk, part])
            assert client.get(address).status_code == 404

    def test_a_stale_tab_shows_what_a_colleague_has_published_and_keeps_what_was_typed(
        self, client, chief, report
    ):
        client.force_login(chief)
        form = reverse("correct-text", args=[report.pk, "lede"])
        # As a browser sends line ends.
        seen = client.get(form).context["seen"].replace("\n", "\r\n")
        corrected(chief, report)
        sent = {"text": "Ten bridges.", "notice": NOTICE, "seen": seen}
        refused = client.post(form, sent)
        assert refused.status_code == 409
        told = unescape(refused.content.decode())
        assert "What readers see now" in told
        assert RIGHT in told
        assert "Ten bridges." in told
        assert TextCorrection.objects.count() == 1
        empty = client.post(form, sent | {"seen": refused.context["seen"], "notice": ""})
        assert "What readers see now" not in empty.content.decode()
