"""Documents by keyboard in a browser: pasted, with a stance that follows the verdict, moved, and attached to other claims."""

import pytest
from playwright.sync_api import Page, expect

from claims.actions import EvidenceDraft, add_evidence
from claims.choices import Stance, Verdict
from claims.models import Claim
from tests.conftest import claims_of, version_of

LINK = "https://example.org/notice?id=7"

PASTE = """(words) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", words);
  const pasted = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
  document.activeElement.dispatchEvent(pasted);
}"""
"""What Ctrl+V does: a browser that is driven gives no page what the clipboard holds."""


@pytest.fixture
def first(article) -> Claim:
    return claims_of(article)[0]


@pytest.fixture
def at(review, article, first) -> Page:
    return review(article, f"?claim={first.pk}")


def paste(page: Page, words: str) -> None:
    page.evaluate(PASTE, words)


def item(page: Page):
    return page.locator(".evidence__item")


def test_a_pasted_link_is_evidence_with_one_more_key(at, first, problems):
    paste(at, LINK)
    expect(at.locator("#announcement")).to_contain_text("Press Enter to add it")
    at.keyboard.press("Enter")
    expect(item(at)).to_contain_text(LINK)
    assert first.evidence.get().url == LINK
    assert problems == []


def test_disputed_with_reason_and_link_takes_three_keys_and_the_words(at, first):
    paste(at, LINK)
    at.keyboard.press("2")
    expect(at.locator("#id_reason")).to_be_focused()
    at.keyboard.type("The notice says June.")
    at.keyboard.press("Control+Enter")
    expect(at.locator(".row a[aria-current]")).not_to_have_attribute("data-claim", str(first.pk))
    expect(at.locator("#saving")).to_contain_text("Saved")
    first.refresh_from_db()
    assert (first.verdict, first.evidence.get().stance) == (Verdict.DISPUTED, Stance.AGAINST)


def test_what_is_pasted_into_a_field_stays_there(at):
    at.locator("#id_reason").focus()
    paste(at, LINK)
    expect(at.locator("[name=evidence-url]")).to_have_value("")


def test_no_link_takes_the_place_of_another_one(at):
    paste(at, LINK)
    paste(at, "https://example.org/other")
    expect(at.locator("#notice")).to_contain_text("Other evidence is not saved yet")
    expect(at.locator("[name=evidence-url]")).to_have_value(LINK)


def test_a_document_that_moves_keeps_the_cursor(at, editor, first):
    for title in ("One", "Two", "Three"):
        draft = EvidenceDraft(title=title, url=f"https://example.org/{title}")
        add_evidence(actor=editor, evidence=draft, **version_of(first))
    at.reload()
    at.get_by_role("button", name="Move down: One").press("Enter")
    expect(item(at).first).to_contain_text("Two")
    expect(at.get_by_role("button", name="Move down: One")).to_be_focused()
    at.keyboard.press("Enter")
    expect(item(at).last).to_contain_text("One")
    expect(at.get_by_role("button", name="Move up: One")).to_be_focused()


def test_a_document_is_found_as_it_is_typed_and_attached(at, article, editor, first, problems):
    draft = EvidenceDraft(title="Register of bridges", url="https://olm.example.org/bridges")
    add_evidence(actor=editor, evidence=draft, **version_of(claims_of(article)[1]))
    at.locator("summary", has_text="Use an existing document").press("Enter")
    at.get_by_label("Search the newsroom").press_sequentially("regis")
    at.get_by_role("button", name="Attach here too").press("Enter")
    expect(item(at)).to_contain_text("Register of bridges")
    expect(at.locator("#notice")).to_contain_text("Added evidence")
    assert first.evidence.get().title == "Register of bridges"
    assert problems == []
