"""What folds away on the desk: claims that are decided and lie behind, and in narrow windows the queue."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from claims.actions import decide_claim, import_article
from claims.choices import Verdict
from claims.ingest.types import ArticleDraft
from tests.browser.review.panel import all_saved, heading
from tests.conftest import claims_of


def shown(page: Page) -> int:
    """How many rows of the queue can be seen."""
    return page.locator("#rows .row:visible").count()


def test_decided_claims_behind_fold_and_the_queue_of_a_narrow_window(review, editor):
    body = "\n\n".join(f"Bridge {one} was built in {1900 + one}." for one in range(12))
    draft = ArticleDraft(headline="Bridges of Olm (fiction)", body=body)
    article = import_article(actor=editor, draft=draft).article
    claims = claims_of(article)
    for claim in claims[:4]:
        decide_claim(actor=editor, claim_id=claim.pk, version=1, verdict=Verdict.VERIFIED)
    page = review(article, f"?claim={claims[4].pk}")
    fold = page.get_by_role("button", name="Decided before this")
    expect(fold).to_have_count(0)
    assert shown(page) == 12
    page.keyboard.press("1")
    expect(heading(page)).to_have_text("Claim 6 of 12")
    all_saved(page)
    expect(fold).to_have_text("Decided before this: 3")
    assert shown(page) == 9
    expect(page.locator("#rows [aria-current]")).to_be_in_viewport()

    # Whoever goes back comes to them one by one, and the line opens all.
    fold.press("Enter")
    expect(fold).to_have_attribute("aria-expanded", "true")
    assert shown(page) == 12
    fold.press("Enter")
    assert shown(page) == 9
    page.locator(f"#row{claims[3].pk} a").click()
    expect(heading(page)).to_have_text("Claim 4 of 12")
    assert shown(page) == 12

    page.set_viewport_size({"width": 1000, "height": 768})
    queue = page.get_by_role("button", name="Claims in this article")
    assert shown(page) == 0
    assert Axe().run(page).violations_count == 0
    queue.press("Enter")
    expect(page.locator("#rows [aria-current]")).to_be_in_viewport()
    assert Axe().run(page).violations_count == 0
    page.reload()
    expect(queue).to_have_attribute("aria-expanded", "true")

    # Behind the last claim the verdicts keep their places, and nothing is left to press there.
    box = page.locator(".verdict").first.bounding_box()
    page.goto(page.url.partition("?")[0] + "?claim=end")
    expect(page.locator(".verdict").first).to_be_disabled()
    assert page.locator(".verdict").first.bounding_box() == box
    assert Axe().run(page).violations_count == 0
    expect(page.locator(".row__next")).to_have_count(0)
