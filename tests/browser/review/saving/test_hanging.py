"""A connection that hangs is given up after a while: neither the next claim nor a key waits for it for ever."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from claims.models import Decision
from tests.browser.review.panel import all_saved, heading
from tests.conftest import claims_of

_PATIENCE = """
window.limits = [];
AbortSignal.timeout = () => {
  const controller = new AbortController();
  limits.push(() => controller.abort());
  return controller.signal;
};
const { get, set } = Object.getOwnPropertyDescriptor(XMLHttpRequest.prototype, "timeout");
Object.defineProperty(XMLHttpRequest.prototype, "timeout", {
  get,
  set(limit) {
    if (limit) limits.push(() => set.call(this, 1));
  },
});
"""
"""The limits of requests end when the test says so."""


@pytest.fixture
def review(page, desk, editor, article, log_in):
    page.add_init_script(_PATIENCE)

    def review() -> Page:
        log_in(page, editor).goto(desk + article.get_absolute_url())
        expect(heading(page)).to_contain_text("Claim 1 of")
        return page

    return review


def hang(page: Page, address: re.Pattern[str]) -> list[Route]:
    """Leave the first request for an address without an answer. It is added to the list once it is made."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        if held:
            route.continue_()
        else:
            held.append(route)

    page.route(address, hold)
    return held


def run_out_of_patience(page: Page) -> None:
    page.evaluate("limits.splice(0).forEach((end) => end())")


def test_the_next_claim_is_asked_for_again(review, page, article):
    second = claims_of(article)[1]
    with page.expect_request(re.compile(rf"/claims/{second.pk}/$")):
        hang(page, re.compile(rf"/claims/{second.pk}/$"))
        review()
    page.keyboard.press("1")
    all_saved(page)
    expect(heading(page)).to_contain_text("Claim 1 of")
    run_out_of_patience(page)
    expect(heading(page)).to_contain_text("Claim 2 of")
    assert Decision.objects.count() == 1


def test_what_was_typed_stays_and_keys_work_again(review, page, article):
    hang(page, re.compile("/reword/"))
    review()
    page.keyboard.press("r")
    page.keyboard.press("Control+A")
    page.keyboard.type("My wording")
    with page.expect_request(re.compile("/reword/")):
        page.keyboard.press("Control+Enter")
    run_out_of_patience(page)
    expect(page.locator("#notice")).to_contain_text("did not answer in time")
    expect(page.locator("#claim [name=statement]")).to_have_value("My wording")
    page.keyboard.press("j")
    expect(heading(page)).to_contain_text("Claim 2 of")
    expect(page.locator(f"#row{claims_of(article)[0].pk}")).to_contain_text("not saved yet")
