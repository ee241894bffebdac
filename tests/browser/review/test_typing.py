"""Reasons from templates, the internal note, and words looked for in the article."""

import re

from playwright.sync_api import expect

from claims.choices import Verdict
from claims.models import Decision, ReasonTemplate
from tests.browser.layout import violations
from tests.browser.review.panel import all_saved, heading

SELECTED = "field => field.value.slice(field.selectionStart, field.selectionEnd)"


def _templates() -> None:
    for order, (verdict, name, text) in enumerate(
        (
            (Verdict.VERIFIED, "Document seen", "We have seen {document}."),
            (Verdict.DISPUTED, "Another figure", "{source} says {figure}."),
        )
    ):
        ReasonTemplate.objects.create(verdict=verdict, name=name, text=text, order=order)


def test_a_template_is_filled_in_place_by_place_and_the_note_stays_on_the_desk(
    review, article, claim, problems
):
    _templates()
    page = review(article)
    page.keyboard.press("n")
    page.keyboard.press("/")
    menu = page.get_by_role("menu", name="Templates")
    expect(menu.get_by_role("menuitem").first).to_be_focused()
    assert violations(page) == ""
    # A digit here is a template, and no verdict.
    page.keyboard.press("2")
    expect(menu).to_have_count(0)
    reason = page.locator("#id_reason")
    expect(reason).to_have_value("{source} says {figure}.")
    assert reason.evaluate(SELECTED) == "{source}"
    page.keyboard.type("The port")
    page.keyboard.press("Tab")
    assert reason.evaluate(SELECTED) == "{figure}"
    page.keyboard.press("Escape")
    page.keyboard.press("2")
    expect(page.get_by_role("alert")).to_contain_text("placeholders to fill in: {figure}")
    page.keyboard.press("n")
    page.keyboard.press("Home")
    page.keyboard.press("Tab")
    page.keyboard.type("four")
    page.keyboard.press("Escape")
    page.keyboard.press("Shift+N")
    page.keyboard.type("By phone")
    page.keyboard.press("Escape")
    page.keyboard.press("2")
    expect(heading(page)).to_have_text(re.compile("Claim 2 of"))
    all_saved(page)
    made = Decision.objects.get()
    assert (made.verdict, made.reason, made.note) == (
        Verdict.DISPUTED,
        "The port says four.",
        "By phone",
    )
    # The refused decision is told by the browser as well.
    assert [one for one in problems if "400" not in one] == []


def test_words_are_looked_for_here_first_and_then_everywhere(review, article):
    page = review(article)
    page.keyboard.press("/")
    field = page.get_by_role("combobox", name="Search in this article")
    page.keyboard.type("officials")
    options = page.get_by_role("listbox", name="Search in this article").get_by_role("option")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(options.last).to_have_text("Search everywhere for “officials”")
    assert violations(page) == ""
    page.keyboard.press("Enter")
    expect(page.locator("#claim .words")).to_contain_text("boats")
    expect(heading(page)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#claim .words")).to_contain_text("piers")
    page.keyboard.press("Shift+Enter")
    expect(page.locator("#claim .words")).to_contain_text("boats")
    expect(heading(page)).to_be_focused()
    # Words that no claim has.
    page.keyboard.press("/")
    page.keyboard.type("told radio")
    page.keyboard.press("Enter")
    expect(page.locator("#announcement")).to_contain_text("told Radio Ostrey")
    expect(page.locator("#text")).to_be_focused()
    page.keyboard.press("/")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(field).to_be_hidden()
    page.keyboard.press("/")
    page.keyboard.type("harbour")
    expect(page.get_by_text("Not in this article.")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?q=harbour"))
