"""A refused file stays in the inbox until someone discards it."""

from django.urls import reverse
from playwright.sync_api import Page, expect


def test_a_refused_file_says_why_and_can_be_discarded(page: Page, desk, editor, log_in):
    log_in(page, editor).goto(desk + reverse("new-article"))
    page.locator("#files").set_input_files(
        [
            {"name": "x.rtf", "mimeType": "text/rtf", "buffer": b"{}"},
            {"name": "empty.txt", "mimeType": "text/plain", "buffer": b""},
        ]
    )
    lines = page.locator("#inbox li")
    expect(lines).to_have_count(2)
    expect(lines.nth(0)).to_contain_text("There is no format “rtf”")
    expect(lines.nth(1)).to_contain_text("no text to split")
    page.get_by_role("button", name="Discard x.rtf").click()
    expect(lines).to_have_count(1)
    discard = page.get_by_role("button", name="Discard empty.txt")
    expect(discard).to_be_focused()
    discard.press("Enter")
    expect(lines).to_have_count(0)
    expect(page.locator("#files")).to_be_focused()


def test_a_file_that_could_not_be_sent_can_be_discarded(page: Page, desk, editor, log_in):
    log_in(page, editor).goto(desk + reverse("new-article"))
    page.context.set_offline(True)
    page.locator("#files").set_input_files(
        [{"name": "rain.txt", "mimeType": "text/plain", "buffer": b"Rain fell."}]
    )
    expect(page.locator("#inbox li")).to_contain_text("The file could not be sent")
    page.context.set_offline(False)
    page.get_by_role("button", name="Discard rain.txt").click()
    expect(page.locator("#inbox li")).to_have_count(0)
