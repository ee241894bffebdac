"""Two editors in one queue: each sees where the other is, and what the other decides, without losing their own place."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page, Route, expect

from claims.actions import assign_claims, decide_claim, import_article
from claims.choices import Verdict
from claims.ingest.types import ArticleDraft
from claims.models import Article, Decision
from tests.browser.review.panel import all_saved, heading
from tests.conftest import claims_of, version_of

pytestmark = pytest.mark.presence

PLACE = "document.querySelector('#rows [aria-current]').getBoundingClientRect().top"


def told_again(page: Page, article) -> None:
    """Come back to the page, which then asks what the others did."""
    with page.expect_response(f"**{reverse('presence', args=[article.pk])}*"):
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


@pytest.fixture
def article(editor) -> Article:
    """An article with thirty claims."""
    body = "\n\n".join(f"Bridge {one} was built in {1900 + one}." for one in range(30))
    draft = ArticleDraft(headline="Bridges of Olm (fiction)", body=body)
    return import_article(actor=editor, draft=draft).article


@pytest.fixture
def other(browser, chief, log_in, desk, article) -> Iterator[Page]:
    """The article as the chief has it open in another browser."""
    room = browser.new_context()
    page = log_in(room.new_page(), chief)
    page.goto(desk + article.get_absolute_url())
    yield page
    room.close()


def test_each_sees_where_the_other_is_and_what_they_decide(review, article, other, problems):
    claims = claims_of(article)
    page = review(article, f"?claim={claims[19].pk}")
    told_again(page, article)
    told_again(other, article)
    expect(other.locator("#presence")).to_have_text(re.compile(r"Edda.* at claim 20"))
    expect(other.locator(f"#row{claims[19].pk}")).to_contain_text("is here")
    told_again(page, article)
    expect(page.locator("#presence a")).to_have_text("at claim 1")
    assert Axe().run(page).violations_count == 0
    before = page.evaluate(PLACE)

    # The other decides: rows fold above what this one looks at, which stays where it is.
    for number in range(2, 7):
        other.keyboard.press("1")
        expect(heading(other)).to_have_text(f"Claim {number} of 30")
    all_saved(other)
    page.keyboard.press("n")
    page.keyboard.type("In my own")
    told_again(page, article)
    expect(page.locator("#verdict-counts")).to_contain_text("5 verified")
    expect(heading(page)).to_have_text("Claim 20 of 30")
    expect(page.locator("#rows .row:visible")).to_have_count(27)
    expect(page.locator(f"#text [data-end='{claims[0].pk}']")).to_contain_text("Verified")
    assert abs(page.evaluate(PLACE) - before) < 2
    page.keyboard.type(" words")
    expect(page.locator("#id_reason")).to_have_value("In my own words")

    # The other comes to the same claim and decides it while this one has it on the screen.
    other.get_by_role("link", name="at claim 20").click()
    expect(heading(other)).to_have_text("Claim 20 of 30")
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.keyboard.press("Escape")
    other.keyboard.press("1")
    expect(heading(other)).to_have_text("Claim 21 of 30")
    all_saved(other)
    told_again(page, article)
    expect(page.locator(".panel .badge")).to_contain_text("Verified")
    expect(page.locator("#announcement")).to_have_text(re.compile(r"Claim .*, Verified$"))

    # What this one decides is the other's news, too; nothing was decided twice.
    page.keyboard.press("J")
    expect(page.locator(f".panel[data-claim='{claims[20].pk}']")).to_be_visible()
    page.keyboard.press("3")
    all_saved(page)
    told_again(other, article)
    expect(other.locator(f"#row{claims[20].pk} .row__state")).to_have_text("Pending")
    expect(other.locator(".panel .badge")).to_contain_text("Pending")
    assert Decision.objects.count() == 7
    assert problems == []


def test_a_verdict_for_what_was_there_a_moment_ago_does_not_replace_the_others(
    review, article, chief
):
    """The other's verdict shows just before the key is pressed."""
    first = claims_of(article)[0]
    page = review(article)
    decide_claim(
        actor=chief, verdict=Verdict.DISPUTED, reason="The register says 1901.", **version_of(first)
    )
    told_again(page, article)
    expect(page.locator(".panel .badge")).to_contain_text("Disputed")
    page.keyboard.press("1")
    expect(page.locator(".conflict")).to_contain_text("The register says 1901.")
    assert Decision.objects.get().verdict == Verdict.DISPUTED
    page.keyboard.press("y")
    all_saved(page)
    expect(page.locator(f"#row{first.pk}")).to_contain_text("Verified")
    assert Decision.objects.count() == 2


@pytest.mark.parametrize("is_panel_first", [True, False])
def test_what_others_do_takes_away_neither_a_form_that_waits_nor_its_answer(
    review, article, chief, is_panel_first
):
    first = claims_of(article)[0]
    page = review(article)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/reword/**", hold)
    page.keyboard.press("r")
    page.locator("[data-action=reword] [name=statement]").fill("Bridge 0 dates from 1900.")
    with page.expect_request("**/reword/**"):
        page.locator("[data-action=reword] button").click()
    page.locator("#claim h2").focus()
    assign_claims(actor=chief, versions={first.pk: 1}, to=chief)
    drawn = page.locator("#claim [data-part]").get_attribute("data-part")
    page.route(f"**{drawn}", hold)
    with page.expect_request(f"**{drawn}"):
        told_again(page, article)
    expect(page.locator(f"#row{first.pk}")).to_contain_text("Pending")
    form, panel = held
    if is_panel_first:
        with page.expect_response(f"**{drawn}"):
            panel.continue_()
        form.continue_()
        expect(page.locator(".conflict")).to_be_visible()
    else:
        form.continue_()
        expect(page.locator(".conflict")).to_be_visible()
        with page.expect_response(f"**{drawn}"):
            panel.continue_()
        page.evaluate("new Promise(requestAnimationFrame)")
    expect(page.locator(".conflict")).to_be_visible()
    expect(page.locator("[data-action=reword] [name=statement]")).to_have_value(
        "Bridge 0 dates from 1900."
    )
