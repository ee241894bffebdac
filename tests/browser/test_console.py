"""Using the site leaves the browser's console free of errors."""

import re

from playwright.sync_api import expect


def test_nothing_is_refused_or_fails_in_a_session_on_the_desk(
    page, desk, editor, article, log_in, problems
):
    log_in(page, editor).goto(desk + article.get_absolute_url())
    heading = page.locator("#claim h2")
    page.keyboard.press("c")
    field = page.locator(".context textarea")
    expect(field).to_be_focused()
    _drag_larger(page, field)
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    expect(heading).to_have_text(re.compile("Claim 2 of"))
    page.keyboard.press("1")
    expect(heading).to_have_text(re.compile("Claim 3 of"))
    page.keyboard.press("n")
    page.keyboard.type("As the notice says")
    page.keyboard.press("Escape")
    page.keyboard.press("2")
    expect(heading).to_have_text(re.compile("Claim 4 of"))
    page.keyboard.press("Control+z")
    expect(heading).to_have_text(re.compile("Claim 3 of"))
    # The answer to this takes the panel's place, and the scripts must not give its fields the old ones' style.
    page.keyboard.press("c")
    expect(field).to_be_focused()
    _drag_larger(page, field)
    page.keyboard.press("Escape")
    page.keyboard.press("d")
    expect(page.locator("#notice")).to_contain_text("Dismissed")
    page.keyboard.press("u")
    page.keyboard.press("Escape")
    page.keyboard.press("w")
    page.keyboard.press("Escape")
    page.keyboard.press("k")
    expect(heading).to_have_text(re.compile("Claim 2 of"))
    assert problems == []


def _drag_larger(page, field) -> None:
    """Make a field of the panel larger, as a mouse does: the browser keeps its height in the element's style."""
    field.scroll_into_view_if_needed()
    box = field.bounding_box()
    x, y = box["x"] + box["width"] - 4, box["y"] + box["height"] - 4
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y + 40, steps=4)
    page.mouse.up()
    assert field.bounding_box()["height"] > box["height"]
