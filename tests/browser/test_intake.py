"""Adding articles in a browser: dropped, fetched, previewed, accepted; and a new version of an article."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from claims.actions import decide_claim
from claims.choices import Verdict
from claims.models import Article, Claim, IntakeItem
from tests.browser.layout import violations
from tests.conftest import BODY
from tests.fetching.sites import page as answer

FERRY = b"""---
headline: Ferry to Marrow Quay
outlet: The Ostrey Courier (fiction)
---
The ferry will sail on Monday, officials said.
"""
HTML = """<!doctype html><html lang="en"><head><title>Rain</title></head><body><article><h1>Rain on the Olm</h1>
<p>Rain fell for nine days, officials said, and the river rose by two metres.</p>
<p>Nobody had expected it before the summer, the harbour master said on Friday.</p></article></body></html>"""


def file(name: str, content: bytes) -> dict[str, object]:
    return {"name": name, "mimeType": "text/plain", "buffer": content}


@pytest.fixture
def inbox(page, desk, editor, log_in) -> Page:
    """The page on which articles come in."""
    log_in(page, editor).goto(desk + reverse("new-article"))
    return page


def test_a_file_is_looked_at_mended_and_kept_by_keyboard(inbox, problems):
    inbox.locator("#files").set_input_files([file("ferry.md", FERRY), file("pier.gif", b"GIF")])
    lines = inbox.locator("#inbox li")
    expect(lines).to_have_count(2)
    expect(lines.last).to_contain_text("There is no format “gif”")
    lines.first.get_by_role("link", name="Preview").press("Enter")
    expect(inbox.get_by_role("heading", name="1 claim found from 1 source")).to_be_visible()
    headline = inbox.get_by_label("Headline")
    expect(headline).to_have_value("Ferry to Marrow Quay")
    headline.fill("Ferry sails again")
    headline.press("Enter")
    expect(inbox.get_by_role("heading", name="Ferry sails again")).to_be_visible()
    expect(inbox.locator("#claim h2")).to_contain_text("Claim 1 of 1")
    assert Article.objects.get().headline == "Ferry sails again"
    assert problems == []


def test_all_that_is_new_is_kept_at_once_and_what_is_like_another_waits(inbox, article, problems):
    nearly = f"A bridge\n\n{BODY}\n\nA ferry sails instead, officials said.".encode()
    inbox.locator("#files").set_input_files([file("ferry.md", FERRY), file("bridge.txt", nearly)])
    lines = inbox.locator("#inbox li")
    expect(lines.last).to_contain_text("Nearly the same text")
    assert violations(inbox) == ""
    inbox.get_by_role("button", name="Accept all new articles").click()
    expect(lines.first).to_contain_text("Accepted: Ferry to Marrow Quay")
    expect(lines.last.get_by_role("link", name="Preview")).to_be_visible()
    assert Article.objects.count() == 2
    assert problems == []


def test_an_address_is_fetched_and_one_that_fails_is_tried_again(inbox, site, problems):
    site.pages["/rain"] = answer(status=503)
    inbox.get_by_label("Or addresses, one per line").fill(f"{site.at('/rain')}\nnowhere")
    inbox.get_by_role("button", name="Fetch").click()
    line = inbox.locator("#inbox li", has_text="/rain")
    expect(line).to_contain_text("1 attempt so far. Next attempt at")
    expect(inbox.locator("#inbox")).to_contain_text("it must begin with http:// or https://")
    expect(inbox.get_by_label("Or addresses, one per line")).to_have_value("nowhere")
    assert violations(inbox) == ""
    site.pages["/rain"] = answer(HTML.encode(), headers={"Content-Type": "text/html"})
    line.get_by_role("button", name="Try again").click()
    kept = inbox.locator("#inbox li", has_text="Rain on the Olm")
    kept.get_by_role("button", name="Accept", exact=True).click()
    expect(inbox.locator("#inbox")).to_contain_text("Accepted: Rain on the Olm")
    assert Article.objects.get().url == site.at("/rain")
    assert problems == []


def test_what_was_brought_in_is_there_after_the_page_was_left(inbox, desk, problems):
    inbox.get_by_label("Text").fill("Rain fell on Ostrey, officials said.")
    inbox.get_by_label("Headline").fill("Rain")
    inbox.get_by_role("button", name="Preview").click()
    expect(inbox.get_by_role("button", name="Accept")).to_be_visible()
    inbox.goto(desk + reverse("dashboard"))
    inbox.goto(desk + reverse("new-article"))
    line = inbox.locator("#inbox li", has_text="Rain")
    line.get_by_role("button", name="Discard").click()
    expect(inbox.get_by_text("Your inbox is empty.")).to_be_visible()
    assert not IntakeItem.objects.exists()
    assert problems == []


def test_a_new_text_is_compared_from_the_preview_and_keeps_the_verdicts(
    inbox, article, editor, problems
):
    claim = Claim.objects.of_article(article).in_reading_order()[1]
    decide_claim(actor=editor, claim_id=claim.pk, version=claim.version, verdict=Verdict.VERIFIED)
    new = BODY.replace("until May", "until June") + "\n\nA ferry sails instead, officials said."
    inbox.get_by_label("Text").fill(new)
    inbox.get_by_role("button", name="Preview").click()
    here = inbox.get_by_role("region", name="Possible duplicates")
    expect(here).to_contain_text(article.headline)
    expect(here).to_contain_text("1 of")
    here.get_by_role("button", name="Compare and update").click()
    expect(inbox.get_by_role("heading", name="What happens to the claims")).to_be_visible()
    inbox.get_by_role("button", name="Save the new version").click()
    expect(inbox.locator("#text")).to_contain_text("until June")
    claim.refresh_from_db()
    assert (claim.verdict, claim.anchor_status) == (Verdict.VERIFIED, None)
    assert article.current_revision().number == 2
    assert not IntakeItem.objects.exists()
    assert problems == []


def test_the_bookmark_brings_a_page_and_its_selection_to_the_form(inbox, desk, context, problems):
    inbox.goto(desk + reverse("bookmarklet"))
    script = inbox.get_by_role("link", name="Check this page").get_attribute("href")
    elsewhere = context.new_page()
    elsewhere.route("https://courier.example.org/**", lambda route: route.fulfill(body=HTML))
    elsewhere.goto("https://courier.example.org/rain")
    for selected, field, value in (
        ("", "Or addresses, one per line", "https://courier.example.org/rain"),
        ("p", "Text", "Rain fell for nine days, officials said, and the river rose by two metres."),
    ):
        if selected:
            elsewhere.evaluate("getSelection().selectAllChildren(document.querySelector('p'))")
        with elsewhere.expect_popup() as opened:
            elsewhere.evaluate(script.removeprefix("javascript:"))
        expect(opened.value.get_by_label(field, exact=True)).to_have_value(value)
    opened.value.get_by_role("button", name="Preview").click()
    expect(opened.value.get_by_role("heading", name="2 claims found from 1 source")).to_be_visible()
    assert problems == []
