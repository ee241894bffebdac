"""Accessibility: large print, keyboard, screen reader, few colours, no motion."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from claims.actions import decide_claim
from claims.choices import Verdict
from claims.models import Article
from tests.conftest import claims_of


@pytest.fixture
def decided(article, chief) -> Article:
    """The article with a claim of each verdict, and others as proposed."""
    for claim, verdict in zip(claims_of(article), Verdict, strict=False):
        decide_claim(
            actor=chief, claim_id=claim.pk, version=1, verdict=verdict, reason="As it says"
        )
    return article


@pytest.fixture
def pages(decided) -> dict[str, str]:
    """Every page of the desk by its name."""
    return {
        "home": reverse("dashboard"),
        "articles": reverse("articles"),
        "new article": reverse("new-article"),
        "review": decided.get_absolute_url(),
        "history": reverse("article-history", args=[decided.pk]),
        "bulk": f"{reverse('change-claims')}?every=1&list=article%3D{decided.pk}",
        "report": reverse("report", args=[decided.pk]),
        "not found": "/nowhere/",
    }


CONTROLS = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
    .filter((one) => !one.closest("dialog, .visually-hidden, .skip-to-content-link") && one.checkVisibility({visibilityProperty: true}))
    .filter((one) => { for (let part = one; part; part = part.parentElement) if (getComputedStyle(part).clipPath !== "none") return false; return true; })
    .map((one) => [one, one.getBoundingClientRect()])
    .filter(([one, box]) => one.tabIndex >= 0 && box.width > 1 && box.height > 1)"""


@pytest.mark.parametrize("width", [640, 320])
def test_large_print_needs_no_sideways_scrolling_and_loses_no_control(
    page, desk, chief, pages, log_in, width
):
    """At 200 and 400 % on a window 1280 pixels wide (WCAG 1.4.4, 1.4.10)."""

    def controls(within: str = "body") -> int:
        inside = "box.left >= -1 && box.right <= document.documentElement.clientWidth + 1"
        found = f"({CONTROLS})().filter(([one, box]) => one.closest('{within}') && {inside}).length"
        return page.evaluate(found)

    def controls_with_menus() -> int:
        """All of them; for a menu what it holds, and not its button."""
        number = controls()
        for button in page.locator("[popovertarget]:visible").all():
            button.click()
            number += controls(f"#{button.get_attribute('popovertarget')}") - 1
            page.keyboard.press("Escape")
        return number

    def look(name: str, address: str) -> None:
        page.set_viewport_size({"width": 1280, "height": 1024})
        page.goto(desk + address)
        number = controls()
        page.set_viewport_size({"width": width, "height": 512})
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert (name, wide) == (name, min(wide, 0))
        assert controls_with_menus() >= number, name

    look("login", reverse("login"))
    log_in(page, chief)
    for name, address in pages.items():
        look(name, address)


def test_targets_are_large_enough_for_a_finger(page, desk, chief, pages, log_in):
    """24 by 24 pixels, but for links inside a sentence (WCAG 2.5.8)."""
    small = f"""() => ({CONTROLS})()
        .filter(([one]) => !one.matches("a") || getComputedStyle(one).display !== "inline" || one.closest("nav, .bar, .places"))
        .filter(([one, box]) => box.width < 24 || box.height < 24)
        .filter(([one, box]) => !(one.matches("[type=checkbox], [type=radio]") && one.labels.length))
        .map(([one, box]) => `${{one.outerHTML.slice(0, 90)}} ${{Math.round(box.width)}}x${{Math.round(box.height)}}`)"""
    log_in(page, chief)
    found = {}
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 900})
        for name, address in pages.items():
            page.goto(desk + address)
            page.evaluate(
                "for (const fold of document.querySelectorAll('details')) fold.open = true"
            )
            found[width, name] = page.evaluate(small)
    assert "\n".join(f"{place}: {one}" for place, targets in found.items() for one in targets) == ""


def test_few_colours_are_enough(page, desk, chief, decided, log_in):
    """Where the reader sets the colours, states, the focus and the current claim still differ."""
    page.emulate_media(forced_colors="active")
    log_in(page, chief).goto(desk + decided.get_absolute_url())

    def style(selector: str, name: str) -> str:
        return page.locator(selector).first.evaluate(
            "(one, name) => getComputedStyle(one).getPropertyValue(name)", name
        )

    lines = {
        state: style(f".text .mark--{state}:not(.mark--inner)", "text-decoration-style")
        for state in ("verified", "disputed", "pending", "proposed")
    }
    assert lines == {
        "verified": "solid",
        "disputed": "wavy",
        "pending": "dotted",
        "proposed": "dashed",
    }
    assert style(".text .unclaimed", "text-decoration-style") == "dotted"
    for state in lines:
        assert style(f".text .mark--{state}", "text-decoration-color") != "rgba(0, 0, 0, 0)"
    for state in ("verified", "disputed", "pending"):
        assert style(f".mark__end--{state} .icon", "stroke") != "none"
    for current in (".text .mark.is-current", ".row a[aria-current]", ".filters a[aria-current]"):
        assert style(current, "outline-style") == "solid", current
        assert style(current, "outline-width") != "0px", current
    assert style('.verdict[aria-pressed="true"]', "outline-style") == "solid"
    page.get_by_role("button", name="Verified").focus()
    page.keyboard.press("Tab")
    focused = page.locator(":focus-visible")
    assert focused.evaluate("one => getComputedStyle(one).outlineStyle") == "solid"
    assert style(".panel", "border-top-style") == "solid"


def test_nothing_moves_where_the_reader_wants_no_motion(page, desk, chief, pages, log_in):
    page.emulate_media(reduced_motion="reduce")
    moving = """() => [...document.querySelectorAll("*")].filter((one) => {
        const style = getComputedStyle(one);
        const longest = (...lists) => Math.max(...lists.flatMap((list) => list.split(",").map(parseFloat)));
        return longest(style.transitionDuration, style.animationDuration) > 0.01 || style.scrollBehavior === "smooth";
    }).map((one) => one.outerHTML.slice(0, 90))"""
    page.goto(desk + reverse("login"))
    assert page.evaluate(moving) == []
    log_in(page, chief)
    for name, address in pages.items():
        page.goto(desk + address)
        assert (name, page.evaluate(moving)) == (name, [])


FOCUSED = """() => {
    const one = document.activeElement;
    const box = one.getBoundingClientRect();
    const part = ["#header", ".bar", ".hint", "#text", ".verdicts", ".panel", ".queue", "#footer"].find((part) => one.closest(part));
    const [x, y] = [box.left + box.width / 2, box.top + Math.min(box.height / 2, 12)];
    const top = document.elementFromPoint(x, y);
    return {
        end: one === document.body,
        part: part ?? (one.classList.contains("skip-to-content-link") ? "skip" : one.id),
        seen: one === top || one.contains(top) || Boolean(top?.contains(one)) && !top.matches(".verdicts, #notice"),
        name: one.outerHTML.slice(0, 120),
    };
}"""


@pytest.mark.parametrize("size", [(1440, 900), (1024, 700), (390, 844)])
def test_the_focus_goes_in_reading_order_and_is_never_covered(
    page, desk, editor, decided, log_in, size
):
    """Nothing that takes the focus is hidden or under a bar that stays (WCAG 2.4.3, 2.4.11)."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    log_in(page, editor).goto(desk + decided.get_absolute_url())
    expect(page.locator("#claim h2")).to_be_visible()
    parts: list[str] = []
    for _press in range(150):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused["end"]:
            break
        assert focused["seen"], focused["name"]
        if parts[-1:] != [focused["part"]]:
            parts.append(focused["part"])
    assert parts == [
        "skip",
        "#header",
        ".bar",
        ".hint",
        "#text",
        ".panel",
        ".verdicts",
        ".queue",
        # Side by side the window is full without it.
        *(["#footer"] if size[0] <= 900 else []),
    ]


def test_moves_and_decisions_are_announced(page, desk, editor, article, log_in):
    number = len(claims_of(article))
    second, third = (claim.statement for claim in claims_of(article)[1:3])
    log_in(page, editor).goto(desk + article.get_absolute_url())
    said = page.locator("#announcement")
    assert (said.get_attribute("role"), said.inner_text()) == ("status", "")
    page.keyboard.press("j")
    expect(said).to_contain_text(f"Claim 2 of {number}, Proposed, Ada Venn: {second}")
    page.keyboard.press("1")
    expect(said).to_contain_text(f"Claim 3 of {number}, Proposed, Ada Venn: {third}")
    notice = page.locator("#notice")
    expect(notice).to_contain_text("Verified")
    page.keyboard.press("k")
    expect(said).to_contain_text(f"Claim 2 of {number}, Verified, Ada Venn: {second}")


def test_the_skip_link_leads_into_the_page(page: Page, desk, editor, article, log_in):
    log_in(page, editor).goto(desk + article.get_absolute_url())
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to main content")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_what_is_marked_as_hidden_is_hidden(page: Page, desk, editor, pages, log_in):
    log_in(page, editor)
    for name, address in pages.items():
        page.goto(desk + address)
        shown = "[...document.querySelectorAll('[hidden]')].filter((one) => one.checkVisibility()).length"
        assert (name, page.evaluate(shown)) == (name, 0)
