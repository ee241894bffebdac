"""Adding articles in a browser: dropped, fetched, previewed, accepted; and a new version of an article."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from claims.actions import decide
from claims.choices import Verdict
from claims.models import Article, Claim, Intake
from tests.browser.test_look import violations
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
def tray(page, desk, editor, log_in) -> Page:
    """The page on which articles come in."""
    log_in(page, editor).goto(desk + reverse("new-article"))
    return page


def test_a_file_is_looked_at_mended_and_kept_by_keyboard(tray, problems):
    tray.locator("#files").set_input_files([file("ferry.md", FERRY), file("pier.gif", b"GIF")])
    lines = tray.locator("#tray li")
    expect(lines).to_have_count(2)
    expect(lines.last).to_contain_text("There is no format “gif”")
    lines.first.get_by_role("link", name="Preview").press("Enter")
    expect(tray.get_by_role("heading", name="1 claim found by 1 source")).to_be_visible()
    headline = tray.get_by_label("Headline")
    expect(headline).to_have_value("Ferry to Marrow Quay")
    headline.fill("Ferry sails again")
    headline.press("Enter")
    expect(tray.get_by_role("heading", name="Ferry sails again")).to_be_visible()
    expect(tray.locator("#claim h2")).to_contain_text("Claim 1 of 1")
    assert Article.objects.get().headline == "Ferry sails again"
    assert problems == []


def test_all_that_is_new_is_kept_at_once_and_what_is_like_another_waits(tray, article, problems):
    nearly = f"A bridge\n\n{BODY}\n\nA ferry sails instead, officials said.".encode()
    tray.locator("#files").set_input_files([file("ferry.md", FERRY), file("bridge.txt", nearly)])
    lines = tray.locator("#tray li")
    expect(lines.last).to_contain_text("Nearly the same text")
    assert violations(tray) == ""
    tray.get_by_role("button", name="Accept all new articles").click()
    expect(lines.first).to_contain_text("Kept: Ferry to Marrow Quay")
    expect(lines.last.get_by_role("link", name="Preview")).to_be_visible()
    assert Article.objects.count() == 2
    assert problems == []


def test_an_address_is_fetched_and_one_that_fails_is_tried_again(tray, site, problems):
    site.pages["/rain"] = answer(status=503)
    tray.get_by_label("Or addresses, one per line").fill(f"{site.at('/rain')}\nnowhere")
    tray.get_by_role("button", name="Fetch").click()
    line = tray.locator("#tray li", has_text="/rain")
    expect(line).to_contain_text("1 attempt so far. Next attempt at")
    expect(tray.locator("#tray")).to_contain_text("it must begin with http:// or https://")
    expect(tray.get_by_label("Or addresses, one per line")).to_have_value("nowhere")
    assert violations(tray) == ""
    site.pages["/rain"] = answer(HTML.encode(), headers={"Content-Type": "text/html"})
    line.get_by_role("button", name="Try again").click()
    kept = tray.locator("#tray li", has_text="Rain on the Olm")
    kept.get_by_role("button", name="Keep").click()
    expect(tray.locator("#tray")).to_contain_text("Kept: Rain on the Olm")
    assert Article.objects.get().url == site.at("/rain")
    assert problems == []


def test_what_was_brought_in_is_there_after_the_page_was_left(tray, desk, problems):
    tray.get_by_label("Text").fill("Rain fell on Ostrey, officials said.")
    tray.get_by_label("Headline").fill("Rain")
    tray.get_by_role("button", name="Preview").click()
    expect(tray.get_by_role("button", name="Accept")).to_be_visible()
    tray.goto(desk + reverse("home"))
    tray.goto(desk + reverse("new-article"))
    line = tray.locator("#tray li", has_text="Rain")
    line.get_by_role("button", name="Discard").click()
    expect(tray.get_by_text("Your inbox is empty.")).to_be_visible()
    assert not Intake.objects.exists()
    assert problems == []


def test_a_new_text_is_compared_from_the_preview_and_keeps_the_verdicts(
    tray, article, editor, problems
):
    claim = Claim.objects.of_article(article).in_reading_order()[1]
    decide(actor=editor, claim_id=claim.pk, version=claim.version, verdict=Verdict.VERIFIED)
    new = BODY.replace("until May", "until June") + "\n\nA ferry sails instead, officials said."
    tray.get_by_label("Text").fill(new)
    tray.get_by_role("button", name="Preview").click()
    here = tray.get_by_role("region", name="Possible duplicates")
    expect(here).to_contain_text(article.headline)
    expect(here).to_contain_text("1 of")
    here.get_by_role("button", name="Compare and update").click()
    expect(tray.get_by_role("heading", name="What happens to the claims")).to_be_visible()
    tray.get_by_role("button", name="Save the new version").click()
    expect(tray.locator("#text")).to_contain_text("until June")
    claim.refresh_from_db()
    assert (claim.verdict, claim.fate) == (Verdict.VERIFIED, None)
    assert article.current_revision().number == 2
    assert not Intake.objects.exists()
    assert problems == []
