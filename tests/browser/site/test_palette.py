"""The palette: what can be done and found by its name, from the keyboard alone."""

import re

from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page, expect

from claims.choices import Verdict
from claims.models import Claim
from tests.browser.review.panel import all_saved
from tests.conftest import claims_of


def offered(page: Page) -> list[str]:
    """What the palette lists, without keys."""
    options = page.locator("#palette [role=option] > :first-child")
    return [" ".join(one.split()) for one in options.all_inner_texts()]


def test_everything_is_a_few_letters_away(page, desk, editor, article, log_in, problems):
    first, second, *_ = claims_of(article)
    log_in(page, editor).goto(desk + article.get_absolute_url())
    field = page.get_by_role("combobox", name="Command, page, claim, article or source")
    heading = page.locator("#claim h2")
    expect(heading).to_have_text(re.compile("Claim 1 of"))

    # What the panel does with a key is done as if by that key, with single keys switched off, too.
    page.evaluate("localStorage.setItem('single-keys', 'off')")
    page.keyboard.press("Control+k")
    expect(field).to_be_focused()
    page.keyboard.type("verif")
    expect(page.locator("#palette [aria-selected=true]")).to_contain_text("Verified, and move on")
    expect(field).to_have_attribute("aria-activedescendant", "palette-0")
    page.keyboard.press("Enter")
    expect(heading).to_have_text(re.compile("Claim 2 of"))
    all_saved(page)
    assert Claim.objects.get(pk=first.pk).verdict == Verdict.VERIFIED

    # What has no key opens its form.
    page.keyboard.press("k")
    page.goto(f"{desk}{article.get_absolute_url()}?claim={first.pk}")
    page.keyboard.press("Control+k")
    page.keyboard.type("request")
    page.keyboard.press("Enter")
    expect(page.locator("[data-action=ask] [name=of]")).to_be_focused()

    # Escape closes it, and leaves the focus where it was.
    page.keyboard.press("Control+k")
    expect(field).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).to_be_hidden()
    expect(page.locator("[data-action=ask] [name=of]")).to_be_focused()

    # A claim is found by the beginning of a word, a place by its name.
    page.keyboard.press("Control+k")
    page.keyboard.type("pilla")
    expect(page.locator("#palette [role=group][aria-label=Claims]")).to_contain_text(
        second.statement
    )
    assert Axe().run(page).violations_count == 0
    page.keyboard.press("Enter")
    expect(heading).to_have_text(re.compile("Claim 2 of"))
    page.keyboard.press("Control+k")
    page.keyboard.type("my que")
    expect(page.locator("#palette [aria-selected=true]")).to_have_text("My queue")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/claims/\?verdict=to-decide&assigned=me"))
    assert problems == []


def test_it_offers_only_what_the_account_may_do(page, desk, reader, article, log_in):
    log_in(page, reader).goto(desk + article.get_absolute_url())
    page.get_by_role("button", name="Commands, pages and search").click()
    expect(page.locator("#palette [role=group][aria-label='Go to']")).to_be_visible()
    shown = offered(page)
    assert {"Next claim", "Dashboard", "Corrections", "Log out"} <= set(shown)
    assert not {"Verified, and move on", "Reword", "Comment", "New article", "My queue"} & set(
        shown
    )
    assert reverse("new-article") not in page.locator("#palette").inner_html()
