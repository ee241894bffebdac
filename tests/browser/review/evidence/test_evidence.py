"""Evidence in a browser: files of every type, changed, removed, undone and redone."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from claims.actions import EvidenceDraft, add_evidence
from claims.models import Claim, Evidence
from tests.browser.layout import violations
from tests.conftest import claims_of, version_of

PNG = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0\x1f\x15\xc4\x89"
    b"\0\0\0\rIDATx\x9cc\xf8\xff\xff?\0\5\xfe\2\xfe\xa75\x81\x84\0\0\0\0IEND\xaeB`\x82"
)
SCRIPT = "<script>document.title = 'run'; fetch('/articles/')</script>"


def _docx() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("word/document.xml", "<document/>")
    return file.getvalue()


FILES = {
    "Verkündung der Schließung.pdf": b"%PDF-1.7\n%%EOF\n",
    "photo.png": PNG,
    "photo.jpg": b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0\xff\xd9",
    "drawing.svg": f'<svg xmlns="http://www.w3.org/2000/svg">{SCRIPT}</svg>'.encode(),
    "page.html": f"<!doctype html><title>Page</title>{SCRIPT}".encode(),
    "notice.docx": _docx(),
    "tool.exe": b"MZ\x90\0\3\0\0\0",
}


def at_the_desk(page: Page, desk: str, claim: Claim) -> None:
    page.goto(f"{desk}{claim.revision.article.get_absolute_url()}?claim={claim.pk}")


def open_form(page: Page) -> None:
    page.locator("summary", has_text="Add evidence").click()


def item(page: Page):
    return page.locator(".evidence__item")


def steps(claim: Claim) -> list[str]:
    return [row.change.action for row in claim.changed.order_by("pk")]


@pytest.fixture
def first(article) -> Claim:
    return claims_of(article)[0]


@pytest.fixture
def at(page, desk, editor, first, log_in) -> Page:
    """The first claim on an editor's screen."""
    at_the_desk(log_in(page, editor), desk, first)
    return page


@pytest.fixture
def kept(editor, first) -> Evidence:
    draft = EvidenceDraft(title="Notice of closure", url="https://example.org/notice")
    return add_evidence(actor=editor, claim_id=first.pk, version=first.version, evidence=draft)


def test_files_of_every_kind_are_kept_and_come_back_as_downloads(at, first, problems, tmp_path):
    for number, (name, words) in enumerate(FILES.items(), start=1):
        path = tmp_path / name
        path.write_bytes(words)
        open_form(at)
        at.get_by_label("or a file").set_input_files(path)
        at.get_by_role("button", name="Add this evidence").click()
        expect(item(at)).to_have_count(number)
        with at.expect_download() as started:
            item(at).last.locator("a.file").click()
        assert started.value.suggested_filename == name
        assert Path(started.value.path()).read_bytes() == words
    assert [one.file_name for one in first.evidence.order_by("pk")] == list(FILES)
    assert "run" not in at.title()
    assert problems == []


@pytest.mark.parametrize(
    ("size", "why"),
    [(0, "The file is empty."), (30_000_000, "The file is larger than 20 MB.")],
    ids=["empty", "30 MB"],
)
def test_a_file_that_cannot_be_kept_is_refused_in_words(at, tmp_path, size, why):
    path = tmp_path / "notice.pdf"
    with path.open("wb") as file:
        file.truncate(size)
    at.locator("#id_reason").fill("See the notice")
    open_form(at)
    at.get_by_label("or a file").set_input_files(path)
    at.get_by_label("Excerpt").first.fill("Closed until May")
    at.get_by_role("button", name="Add this evidence").click()
    expect(at.locator(".evidence-form .errorlist")).to_contain_text(why)
    expect(at.locator(".evidence-form .errorlist")).to_contain_text("Choose another file.")
    expect(at.get_by_label("Excerpt").first).to_have_value("Closed until May")
    expect(at.locator("#id_reason")).to_have_value("See the notice")
    assert not Evidence.objects.exists()


def test_a_link_that_is_none_keeps_the_rest_and_asks_for_the_file_again(at, tmp_path):
    path = tmp_path / "notice.pdf"
    path.write_bytes(FILES["Verkündung der Schließung.pdf"])
    open_form(at)
    at.get_by_label("or a file").set_input_files(path)
    at.get_by_label("Link").first.fill("javascript:alert(1)")
    at.get_by_role("button", name="Verified").click()
    form = at.locator(".evidence-form")
    expect(form).to_contain_text("“notice.pdf” was not saved. Choose the file again.")
    expect(form.get_by_label("Link")).to_have_value("javascript:alert(1)")
    form.get_by_label("Link").fill("")
    form.get_by_label("or a file").set_input_files(path)
    at.get_by_role("button", name="Add this evidence").click()
    expect(item(at)).to_contain_text("notice.pdf")


def test_a_title_without_a_document_says_what_is_missing(at):
    open_form(at)
    at.get_by_label("Title").fill("Notice")
    at.get_by_role("button", name="Add this evidence").click()
    expect(at.locator(".evidence-form .errorlist")).to_contain_text("The document is missing")
    expect(at.get_by_label("Title")).to_have_value("Notice")


def test_evidence_is_the_step_that_the_next_undo_takes_back(at, article, first, problems):
    last = claims_of(article)[-1]
    at_the_desk(at, at.url.split("/articles")[0], last)
    at.keyboard.press("1")
    expect(at.locator("#verdict-counts")).to_contain_text("1 verified")
    at_the_desk(at, at.url.split("/articles")[0], first)
    at.keyboard.press("e")
    at.keyboard.type("https://example.org/notice")
    at.get_by_role("button", name="Add this evidence").click()
    expect(item(at)).to_have_count(1)
    expect(at.locator("#notice")).to_contain_text("Added evidence")
    expect(at.locator(".history")).to_contain_text("Added evidence")
    at.locator("#claim h2").focus()
    at.keyboard.press("Control+z")
    expect(item(at)).to_have_count(0)
    expect(at.locator(".history li")).to_have_count(2)
    expect(at.locator("#verdict-counts")).to_contain_text("1 verified")
    at.locator("#claim h2").focus()
    at.keyboard.press("Control+Shift+z")
    expect(item(at)).to_have_count(1)
    expect(at.locator("#verdict-counts")).to_contain_text("1 verified")
    assert steps(first) == ["attach"] * 3
    assert problems == []


def test_it_is_changed_and_removed_where_it_stands(at, desk, first, kept, problems):
    at.reload()
    at.locator("#id_reason").fill("Typed before")
    at.locator("summary", has_text="Change or remove").click()
    form = at.locator(".evidence-edit")
    form.get_by_label("Title").fill("The ministry's notice")
    form.get_by_label("Stance").select_option("against")
    form.get_by_role("button", name="Save this evidence").click()
    expect(item(at)).to_contain_text("The ministry's notice")
    expect(item(at).locator(".stance")).to_have_text("Against")
    expect(at.locator(".history")).to_contain_text("Evidence “Notice of closure”: Title")
    expect(at.locator("#id_reason")).to_have_value("Typed before")
    at.locator("summary", has_text="Change or remove").click()
    at.get_by_role("button", name="Remove").click()
    expect(item(at)).to_have_count(0)
    expect(at.locator("#notice")).to_contain_text("Removed evidence")
    for titles in (["The ministry's notice"], ["Notice of closure"]):
        at.locator("#claim h2").focus()
        at.keyboard.press("Control+z")
        expect(item(at).locator("a").first).to_have_text(titles)
    assert steps(first) == ["attach", "amend", "detach", "detach", "amend"]
    assert problems == []


def test_saving_by_keyboard(at, kept):
    at.reload()
    at.locator("summary", has_text="Change or remove").press("Enter")
    at.locator(".evidence-edit").get_by_label("Title").fill("The ministry's notice")
    at.keyboard.press("Control+Enter")
    expect(item(at)).to_contain_text("The ministry's notice")


def test_a_double_click_adds_one(at, first):
    open_form(at)
    at.get_by_label("Link").first.fill("https://example.org/notice")
    at.get_by_role("button", name="Add this evidence").dblclick()
    expect(item(at)).to_have_count(1)
    expect(at.locator(".history li")).to_have_count(1)
    assert steps(first) == ["attach"]


def test_somebody_else_was_faster_and_the_words_are_kept(at, chief, first, kept):
    at.reload()
    at.locator("summary", has_text="Change or remove").click()
    at.locator(".evidence-edit").get_by_label("Title").fill("The ministry's notice")
    add_evidence(
        actor=chief,
        claim_id=first.pk,
        version=2,
        evidence=EvidenceDraft(title="Map", url="https://example.org/map"),
    )
    at.get_by_role("button", name="Save this evidence").click()
    expect(at.locator(".conflict")).to_be_visible()
    expect(item(at)).to_have_count(2)
    expect(at.locator(".evidence-edit[open]").get_by_label("Title")).to_have_value(
        re.compile("The ministry's notice")
    )


@pytest.mark.parametrize("width", [1440, 390])
def test_the_open_form_is_accessible_and_fits_the_screen(at, kept, width):
    at.set_viewport_size({"width": width, "height": 1000})
    at.reload()
    open_form(at)
    at.locator("summary", has_text="Change or remove").click()
    assert violations(at) == ""
    assert at.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("width", [1440, 390])
def test_a_notice_stands_below_its_document(at, editor, article, kept, width):
    """A document that is confidential for another claim, of several that can be put in order."""
    for claim, secret in ((claims_of(article)[1], True), (kept.claim, False)):
        draft = EvidenceDraft(title="Map", url="https://example.org/map", confidential=secret)
        add_evidence(actor=editor, evidence=draft, **version_of(claim))
    at.set_viewport_size({"width": width, "height": 1000})
    at.reload()
    shown = item(at).last
    notice = shown.get_by_text("Readers do not see this document").bounding_box()
    words, keys = (
        shown.locator(part).bounding_box() for part in (".evidence__body", ".evidence__place")
    )
    assert words["y"] + words["height"] <= notice["y"]
    assert abs(words["y"] - keys["y"]) < words["height"]
    assert min(words["width"], notice["width"]) > 150
