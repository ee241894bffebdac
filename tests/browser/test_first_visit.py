"""The hints of a first visit, the search key, and the list of keyboard shortcuts."""

import re

from django.urls import reverse
from playwright.sync_api import expect


def test_a_line_explains_each_page_until_it_is_dismissed(page, desk, editor, article, log_in):
    log_in(page, editor)
    for address in (reverse("dashboard"), article.get_absolute_url()):
        page.goto(desk + address)
        line = page.locator(".hint")
        expect(line).to_be_visible()
        line.get_by_role("button", name="Got it").click()
        expect(line).to_be_hidden()
        expect(page.locator("main")).to_be_focused()
        page.reload()
        expect(page.locator("[data-hint]")).to_be_hidden()
    page.goto(desk + reverse("dashboard"))
    expect(page.locator("[data-hint]")).to_be_hidden()


def test_slash_leads_to_the_search_and_into_its_field(page, desk, editor, article, log_in):
    log_in(page, editor).goto(desk + article.get_absolute_url())
    expect(page.get_by_role("link", name="Search")).to_have_attribute("aria-keyshortcuts", "/")
    page.locator("#id_reason").press("/")
    expect(page.locator("#id_reason")).to_have_value("/")
    page.goto(desk + reverse("dashboard"))
    page.keyboard.press("/")
    expect(page).to_have_url(re.compile("/search/#searchbar"))
    field = page.locator("#searchbar")
    expect(field).to_be_focused()
    page.keyboard.type("pillars")
    page.keyboard.press("Enter")
    expect(page.locator("#found-claims ~ .rows")).to_contain_text("cracks in two pillars")
    page.get_by_role("link", name="Search").press("/")
    expect(field).to_be_focused()
    expect(field).to_have_value("pillars")


def test_the_list_of_keys_opens_by_mouse_and_switches_single_keys_off(
    page, desk, editor, article, log_in
):
    log_in(page, editor).goto(desk + article.get_absolute_url())
    page.get_by_role("button", name="Keys").click()
    page.get_by_label("Single-key shortcuts").uncheck()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("/")
    page.keyboard.press("j")
    expect(page.locator("#claim h2")).to_have_text(re.compile("Claim 1 of"))
    expect(page).to_have_url(re.compile("/articles/"))
