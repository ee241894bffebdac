"""The report for an editor: in the browser, and as a file in each format."""

import html
import json
import re
import zipfile

from django.urls import reverse
from playwright.sync_api import expect
from pypdf import PdfReader

from claims.actions import EvidenceDraft, decide_claim
from claims.choices import Verdict
from claims.models import Claim, Report
from claims.queries.reports.editions import frozen_edition
from claims.renderers import FORMATS
from tests.browser.layout import violations
from tests.renderers.reports import LOGO


def test_every_format_holds_both_decisions(page, desk, editor, article, log_in, tmp_path):
    first, second, *_rest = Claim.objects.of_article(article).in_reading_order()
    decide_claim(
        actor=editor,
        claim_id=first.pk,
        version=1,
        verdict=Verdict.VERIFIED,
        evidence=EvidenceDraft(title="Notice of closure", url="https://example.org/notice"),
    )
    decide_claim(
        actor=editor,
        claim_id=second.pk,
        version=1,
        verdict=Verdict.DISPUTED,
        reason="The log says three.",
    )
    log_in(page, editor)
    for export in FORMATS.values():
        if export.public:
            continue
        page.goto(desk + article.get_absolute_url())
        page.get_by_role("button", name="Article", exact=True).click()
        page.locator("summary", has_text="Download").click()
        with page.expect_download() as started:
            page.get_by_role("link", name=export.label, exact=True).click()
        name = export.file_name(f"bridge-over-the-olm-closed-{article.pk}-INTERNAL")
        assert started.value.suggested_filename == name
        path = tmp_path / name
        started.value.save_as(path)
        text = _text(path)
        assert "Notice of closure" in text, export.key
        assert "The log says three." in text, export.key


def test_the_report_opens_in_the_browser_with_its_style(
    page, desk, editor, article, log_in, problems
):
    log_in(page, editor).goto(desk + article.get_absolute_url())
    page.get_by_role("button", name="Article", exact=True).click()
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Report", exact=True).click()
    report = opened.value
    expect(report.get_by_role("heading", level=1)).to_contain_text(
        re.compile("Bridge over the Olm")
    )
    # The policy of the page lets the report's own style through: it is not the browser's default font.
    assert "Times" not in report.evaluate("getComputedStyle(document.body).fontFamily")
    assert problems == []


def test_a_draft_is_looked_at_published_corrected_and_read_by_everybody(
    page, desk, chief, article, log_in, problems, new_context, settings
):
    settings.PUBLIC_URL = desk
    log_in(page, chief).goto(desk + article.get_absolute_url())
    page.keyboard.press("1")
    expect(page.locator(".queue")).to_contain_text("Verified")
    page.get_by_role("button", name="Article", exact=True).click()
    page.get_by_role("button", name="Create a report").click()
    shown = page.frame_locator("iframe")
    expect(shown.get_by_text("Draft: not published").first).to_be_visible()
    page.get_by_label("Title").fill("The bridge, checked")
    page.get_by_role("button", name="Rename").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The bridge, checked")
    _publish(page)
    expect(page.locator(".messagelist")).to_contain_text("can no longer be changed")
    expect(shown.get_by_text("Draft: not published")).to_have_count(0)
    report = Report.objects.get()
    digest = frozen_edition(report).digest
    expect(page.locator(".digest").first).to_have_text(digest)

    claim = Claim.objects.of_article(article).in_reading_order().first()
    page.goto(desk + claim.get_absolute_url())
    page.keyboard.press("n")
    page.keyboard.type("A second log says June.")
    page.keyboard.press("Escape")
    page.keyboard.press("2")
    expect(page.locator(".queue")).to_contain_text("Disputed")
    page.get_by_role("link", name="Reports", exact=True).click()
    page.get_by_role("link", name="Corrections").first.click()
    page.get_by_role("link", name=claim.statement).click()
    expect(page.get_by_label("Notice to readers")).to_have_value(re.compile("We first marked"))
    page.get_by_label("Notice to readers").fill("We first called this verified. It is disputed.")
    page.get_by_role("button", name="Publish the correction").click()
    expect(page.get_by_text("Nothing to do")).to_be_visible()

    page.goto(desk + report.get_absolute_url())
    expect(page.locator(".digest").first).to_have_text(digest)
    expect(shown.get_by_text("We first called this verified.").first).to_be_visible()
    page.get_by_role("link", name="Make public").click()
    page.get_by_role("button", name="Make public").click()
    address = page.get_by_role("link", name=f"{desk}/published/{report.pk}/").get_attribute("href")

    stranger = new_context().new_page()
    stranger.goto(f"{desk}/published/")
    stranger.get_by_role("link", name="The bridge, checked").click()
    expect(stranger).to_have_url(address)
    expect(stranger.get_by_text("We first called this verified.").first).to_be_visible()
    expect(stranger.get_by_text("A second log says June.")).to_have_count(0)
    expect(stranger.get_by_text("Carl")).to_have_count(0)
    # The address that the claim had in the report leads to its one page.
    stranger.goto(f"{address}{claim.pk}/")
    expect(stranger).to_have_url(f"{desk}/published/claims/{claim.pk}/")
    expect(stranger.get_by_role("heading", level=1)).to_have_text(claim.statement)
    expect(stranger.locator("main > .verdict")).to_contain_text("Disputed")
    assert not violations(stranger)
    assert problems == []


def test_what_a_filter_shows_is_exported_at_once_or_by_the_worker(
    page, desk, editor, article, log_in, tmp_path, monkeypatch, settings, problems
):
    log_in(page, editor).goto(desk + reverse("claims") + "?kind=minister")
    number = page.locator("table.list tbody tr").count()
    page.get_by_role("button", name="Export all matching claims").click()
    expect(page.locator(".lead")).to_contain_text(f"{number} claim")
    assert not violations(page)
    page.get_by_label("JSON Lines").check()
    with page.expect_download() as started:
        page.get_by_role("button", name="Export", exact=True).click()
    started.value.save_as(tmp_path / "claims.jsonl")
    lines = (tmp_path / "claims.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == number
    assert {json.loads(line)["source_kind"] for line in lines} == {"minister"}

    monkeypatch.setattr("claims.web.exports.AT_ONCE", 0)
    page.get_by_label("CSV for Excel", exact=True).check()
    page.get_by_role("button", name="Export", exact=True).click()
    expect(page.get_by_role("heading", name="Done")).to_be_visible()
    expect(page.get_by_text(f"{number} of {number} claims")).to_be_visible()
    with page.expect_download() as started:
        page.get_by_role("link", name="Download").click()
    started.value.save_as(tmp_path / "claims.csv")
    assert (tmp_path / "claims.csv").read_bytes().startswith(b"\xef\xbb\xbfid,")
    assert problems == []


def test_the_newsroom_is_set_in_the_admin_and_stands_in_reports(
    page, desk, chief, article, log_in, tmp_path
):
    (tmp_path / "logo.png").write_bytes(LOGO)
    (tmp_path / "bad.png").write_bytes(b"<svg/>")
    log_in(page, chief).goto(desk + reverse("admin:index"))
    page.get_by_role("link", name="Newsroom", exact=True).first.click()
    page.get_by_label("Name").fill("The Ostrey Desk (fiction)")
    page.get_by_label("Funding").fill("Its readers pay for it.")
    page.get_by_label("Logo").set_input_files(tmp_path / "bad.png")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("must be a PNG or a JPEG")).to_be_visible()
    expect(page.get_by_label("Name")).to_have_value("The Ostrey Desk (fiction)")
    page.get_by_label("Logo").set_input_files(tmp_path / "logo.png")
    page.get_by_role("button", name="Save", exact=True).click()
    page.goto(desk + reverse("article-report", args=[article.pk]))
    expect(page.get_by_text("The Ostrey Desk (fiction)").first).to_be_visible()
    expect(page.get_by_text("Its readers pay for it.")).to_be_visible()
    assert page.locator("header img").evaluate("one => one.naturalWidth") == 1


def _publish(page) -> None:
    """Publish a draft without making it public: by way of what readers would see."""
    page.get_by_role("link", name="Publish the report").click()
    expect(page.get_by_text("claims that are on no public page yet")).to_be_visible()
    page.get_by_label("Make it public at once").uncheck()
    page.get_by_role("button", name="Publish the report").click()


def _text(path) -> str:
    if path.suffix == ".pdf":
        return " ".join(" ".join(sheet.extract_text().split()) for sheet in PdfReader(path).pages)
    if path.suffix in {".docx", ".xlsx"}:
        with zipfile.ZipFile(path) as parts:
            found = "".join(
                parts.read(name).decode() for name in parts.namelist() if ".xml" in name
            )
        return html.unescape(re.sub(r"<[^>]+>", "", found))
    return path.read_text(encoding="utf-8")
