"""The report as an editor gets it: in the browser, and as a file of each format."""

import re

from playwright.sync_api import expect
from pypdf import PdfReader

from claims.actions import EvidenceDraft, decide
from claims.choices import Verdict
from claims.exports import FORMATS
from claims.models import Claim


def test_every_format_holds_both_decisions(page, desk, editor, article, log_in, tmp_path):
    first, second, *_rest = Claim.objects.of_article(article).in_reading_order()
    decide(
        actor=editor,
        claim_id=first.pk,
        version=1,
        verdict=Verdict.VERIFIED,
        evidence=EvidenceDraft(title="Notice of closure", url="https://example.org/notice"),
    )
    decide(
        actor=editor,
        claim_id=second.pk,
        version=1,
        verdict=Verdict.DISPUTED,
        reason="The log says three.",
    )
    log_in(page, editor).goto(desk + article.get_absolute_url())
    for export in FORMATS.values():
        with page.expect_download() as started:
            page.get_by_role("link", name=export.label, exact=True).click()
        assert (
            started.value.suggested_filename
            == f"bridge-over-the-olm-closed-{article.pk}.{export.key}"
        )
        path = tmp_path / export.key
        started.value.save_as(path)
        text = _text(path)
        assert "Notice of closure" in text, export.key
        assert "The log says three." in text, export.key


def test_the_report_opens_in_the_browser_with_its_style(
    page, desk, editor, article, log_in, problems
):
    log_in(page, editor).goto(desk + article.get_absolute_url())
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Report ↗").click()
    report = opened.value
    expect(report.get_by_role("heading", level=1)).to_contain_text(
        re.compile("Bridge over the Olm")
    )
    # The policy of the page lets the report's own style through: it is not the browser's default font.
    assert "Times" not in report.evaluate("getComputedStyle(document.body).fontFamily")
    assert problems == []


def _text(path) -> str:
    if path.name != "pdf":
        return path.read_text(encoding="utf-8")
    return " ".join(" ".join(sheet.extract_text().split()) for sheet in PdfReader(path).pages)
