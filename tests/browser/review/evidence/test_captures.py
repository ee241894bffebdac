"""Captured evidence in a browser: asked for beside the document, found in the words, and shown without asking anybody."""

from playwright.sync_api import Page, expect

from claims.actions import EvidenceDraft, add_evidence
from claims.actions.captures.taking import enqueue_captures
from tests.capturing import pages
from tests.conftest import claims_of, version_of


def test_a_page_is_captured_and_looked_at(review, article, editor, site, page: Page, desk):
    site.pages["/notice"] = pages.READ["plain"]
    first = claims_of(article)[0]
    draft = EvidenceDraft(
        title="Notice", url=site.at("/notice"), excerpt="will run again from Monday"
    )
    add_evidence(actor=editor, evidence=draft, **version_of(first))
    review(article, f"?claim={first.pk}")
    state = page.locator(".captured-state")
    state.get_by_role("button", name="Capture now").click()
    expect(state).to_contain_text("It is being captured.")
    enqueue_captures()
    expect(state).to_contain_text("excerpt found")

    state.get_by_role("link", name="Page captured").click()
    expect(page.locator("mark")).to_have_text(draft.excerpt)
    refused: list[str | None] = []
    answered: list[str] = []
    page.context.on("requestfailed", lambda request: refused.append(request.failure))
    page.context.on("requestfinished", lambda request: answered.append(request.url))
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="The page as it was").click()
    shown = opened.value
    expect(shown.get_by_role("heading", name="Ferry returns")).to_be_visible()
    expect(shown).to_have_title("Ferry returns | Ostrey Courier")
    # The policy keeps the browser from asking for the picture that its style names.
    assert set(refused) <= {"csp"}
    assert [url for url in answered if not url.startswith(desk)] == []
    assert site.asked == ["/notice"]
