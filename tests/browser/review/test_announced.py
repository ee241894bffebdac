"""What screen readers announce of the desk's events: each once, and of a move which claim it is and how it stands."""

import re

from playwright.sync_api import expect

from claims.actions import decide_claim
from claims.choices import Verdict
from claims.models import Claim
from tests.browser.review.panel import all_saved
from tests.conftest import claims_of

RECORD = """() => {
    window.said = [];
    const LIVE = "[role=status], [role=alert], [aria-live=polite], [aria-live=assertive]";
    const words = (element) => element.textContent.replace(/\\s+/g, " ").trim();
    const keep = (element) => words(element) && window.said.push(words(element));
    new MutationObserver((changes) => {
        const changed = new Set();
        for (const { target, addedNodes } of changes) {
            const region = (target.closest ? target : target.parentElement)?.closest(LIVE);
            if (region) changed.add(region);
            for (const node of addedNodes) {
                if (node.matches?.("[role=alert]")) changed.add(node);
                for (const one of node.querySelectorAll?.("[role=alert]") ?? []) changed.add(one);
            }
        }
        for (const one of changed) if (one.isConnected) keep(one);
    }).observe(document.body, { childList: true, subtree: true, characterData: true });
}"""
"""Write down what live regions say, as a screen reader that reads a region whenever it changes, and alerts when they come."""


def test_every_event_is_announced_once(review, article, chief):
    first, second, third, *_ = claims_of(article)
    number = len(claims_of(article))
    page = review(article)
    expect(page.locator("#claim")).to_have_attribute("data-ahead", "3")
    page.evaluate(RECORD)

    def said(*expected: str) -> None:
        """Check what was announced since the last time, and nothing beside it."""
        page.wait_for_function("number => window.said.length >= number", arg=len(expected))
        page.wait_for_load_state("networkidle")
        page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
        announced = page.evaluate("window.said.splice(0)")
        assert len(announced) == len(expected), announced
        for words, pattern in zip(announced, expected, strict=True):
            assert re.search(pattern, words), announced

    def claim(place: int, state: str, one: Claim) -> str:
        words = f"Claim {place} of {number}, {state}, {one.source.name}: {one.statement}"
        return f"{re.escape(words)}$"

    page.keyboard.press("j")
    said(f"^{claim(2, 'Proposed', second)}")
    page.keyboard.press("1")
    all_saved(page)
    said(f"^{claim(3, 'Proposed', third)}")
    page.keyboard.press("2")
    said("^Say why this claim is disputed")
    page.keyboard.type("Not so")
    page.keyboard.press("Control+Enter")
    all_saved(page)
    said(r"^Claim 4 of")
    page.keyboard.press("Control+z")
    expect(page.locator("#notice")).to_contain_text("Undone")
    said(f"^Undone: Disputed on .* {claim(3, 'Proposed', third)}")

    # What is done to a claim that stays: not the claim once more.
    page.keyboard.press("e")
    page.keyboard.type("https://example.org/register")
    page.get_by_role("button", name="Add this evidence").click()
    said("^Saved at .*: Added evidence")
    page.keyboard.press("r")
    page.keyboard.press("Control+a")
    page.keyboard.type("Something else")
    page.keyboard.press("Control+Enter")
    said("^Saved at .*: Reworded")

    # What another person decided, in other words or in the same.
    for words in ("^Claim 2 of", f"^{claim(1, 'Proposed', first)}"):
        page.keyboard.press("k")
        said(words)
    # The next one is at hand: otherwise the conflict comes first, and stays.
    expect(page.locator("#claim")).to_have_attribute("data-ahead", str(number - 1))
    decide_claim(
        actor=chief, claim_id=first.pk, version=1, verdict=Verdict.DISPUTED, reason="Not so"
    )
    page.keyboard.press("1")
    expect(page.locator(".conflict")).to_be_visible()
    said("^Claim 2 of", "Carl.*Not so")
    page.keyboard.press("1")
    said("^Resolve the conflict first")
    page.keyboard.press("l")
    said(f"^{claim(1, 'Disputed', first)}")
