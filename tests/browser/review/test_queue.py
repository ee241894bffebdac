"""The queue at typing speed, and after its last claim."""

import re

from playwright.sync_api import expect

from claims.actions import decide_claim, import_article
from claims.choices import Verdict
from claims.ingest.types import ArticleDraft
from claims.models import Article, Change, Claim, Decision
from tests.browser.review.panel import all_saved, heading
from tests.conftest import claims_of

PRESS = """keys => {
    for (const key of keys) {
        document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    }
}"""
"""Press keys at once, before the server can have answered the first."""


def verdicts(article: Article) -> list[str]:
    return [claim.verdict for claim in claims_of(article)]


def test_all_keys_are_done_in_their_order(review, article):
    page = review(article)
    page.evaluate(PRESS, ["1", "3", "j", "1", "k", "k"])
    expect(heading(page)).to_have_text(re.compile("Claim 3 of"))
    expect(page.locator("#verdict-counts")).to_contain_text("2 verified")
    assert verdicts(article)[:4] == ["verified", "pending", "pending", "verified"]
    assert Decision.objects.count() == 3


def test_words_typed_before_the_field_is_there_are_words(review, article):
    """The letters are keys as well: d dismisses, 1 decides."""
    second = claims_of(article)[1]
    page = review(article)
    page.keyboard.press("1")
    page.keyboard.type("nAdd 1 dam")
    expect(heading(page)).to_have_text(re.compile("Claim 2 of"))
    expect(page.locator("#id_reason")).to_have_value("Add 1 dam")
    all_saved(page)
    assert Change.objects.count() == 1
    second.refresh_from_db()
    assert not second.dismissed


def test_what_is_typed_after_disputed_is_its_reason(review, article):
    page = review(article)
    page.keyboard.type("21 j")
    expect(page.locator("#claim").get_by_role("alert")).to_contain_text("Say why")
    expect(page.locator("#id_reason")).to_have_value("1 j")
    expect(heading(page)).to_have_text(re.compile("Claim 1 of"))


def test_a_key_that_is_held_is_pressed_once(review, article):
    page = review(article)
    page.keyboard.down("1")
    page.keyboard.down("1")
    page.keyboard.down("1")
    page.keyboard.up("1")
    expect(heading(page)).to_have_text(re.compile("Claim 2 of"))
    page.keyboard.press("j")
    expect(heading(page)).to_have_text(re.compile("Claim 3 of"))
    all_saved(page)
    assert Decision.objects.count() == 1


def test_ctrl_enter_without_a_verdict_says_what_is_missing(review, article):
    page = review(article)
    page.keyboard.press("n")
    page.keyboard.type("A reason for what?")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#notice").get_by_role("alert")).to_contain_text(
        "Nothing has been saved yet"
    )
    expect(page.locator("#id_reason")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("1")
    expect(heading(page)).to_have_text(re.compile("Claim 2 of"))
    all_saved(page)
    assert Decision.objects.get().reason == "A reason for what?"


def test_behind_the_last_claim_the_queue_ends(review, article):
    *_others, last = claims_of(article)
    page = review(article, f"?claim={last.pk}")
    page.keyboard.press("1")
    expect(heading(page)).to_have_text("End of the queue")
    expect(heading(page)).to_be_focused()
    expect(page.locator("#announcement")).to_contain_text("End of the queue: That was the last")
    expect(page.locator("#claim")).to_contain_text(
        "5 claims in this article have not been reviewed"
    )
    expect(page.locator("#claim .sums")).to_contain_text("Verified 1")
    expect(page.locator("#notice")).to_contain_text("Saved")
    page.keyboard.press("1")
    expect(page.locator("#notice")).to_contain_text("No claim is selected")
    page.reload()
    expect(heading(page)).to_have_text("End of the queue")
    page.keyboard.press("k")
    expect(page.locator("#claim .words")).to_have_text(last.quote)
    page.keyboard.press("j")
    expect(heading(page)).to_have_text("End of the queue")
    page.keyboard.press("j")
    expect(heading(page)).to_have_text(re.compile("Claim 1 of"))
    assert Decision.objects.count() == 1


def test_shift_j_goes_on_from_the_first_pending_claim(review, article):
    first, second, *_others, last = claims_of(article)
    page = review(article, f"?claim={last.pk}")
    page.keyboard.press("Shift+J")
    expect(page.locator("#claim .words")).to_have_text(first.quote)
    page.keyboard.press("Shift+J")
    expect(page.locator("#claim .words")).to_have_text(second.quote)


def test_shift_j_says_when_nothing_else_is_pending(review, editor, article):
    *others, last = claims_of(article)
    for one in others:
        decide_claim(actor=editor, claim_id=one.pk, version=1, verdict=Verdict.VERIFIED)
    page = review(article, f"?claim={last.pk}")
    page.keyboard.press("Shift+J")
    expect(page.locator("#notice")).to_contain_text("No other claim is pending")


def test_a_filter_that_is_emptied_says_so_with_the_next_step(review, editor, article):
    text = "Nine boats left Ostrey in June.\n\nTwo of them came back in July."
    other = import_article(actor=editor, draft=ArticleDraft(headline="Boats", body=text)).article
    Article.objects.filter(pk=other.pk).update(published_at="2020-01-01T00:00Z")
    Claim.objects.of_article(other).update(listed_at="2020-01-01T00:00Z")
    page = review(article, "?show=pending")
    for _claim in claims_of(article):
        page.keyboard.press("1")
    expect(heading(page)).to_have_text("End of the queue")
    expect(page.locator("#claim")).to_contain_text("No claim in this article matches this filter")
    expect(page.get_by_role("link", name="All claims in this article")).to_be_visible()
    expect(page.locator("#claim").get_by_role("button", name="Create a report")).to_be_visible()
    page.get_by_role("link", name="Next article with pending claims").click()
    expect(page.get_by_role("heading", name="Boats")).to_be_visible()
    expect(heading(page)).to_have_text(re.compile("Claim 1 of 2"))


def test_a_filter_that_shows_nothing_is_no_blank_column(review, article):
    page = review(article, "?show=disputed")
    expect(page.locator("#claim")).to_contain_text("No claim in this article matches this filter")
    page.keyboard.press("j")
    expect(page).to_have_url(re.compile("show=pending"))


def test_a_report_is_the_next_step(review, article):
    page = review(article, "?claim=end")
    page.locator("#claim").get_by_role("button", name="Create a report").click()
    expect(page).to_have_url(re.compile(r"/reports/\d+/"))


def test_some_claims_of_the_queue_are_changed_and_undone_with_one_key(review, article):
    first, second, third, fourth, *_others = claims_of(article)
    page = review(article, "?show=pending")
    chosen = page.get_by_role("button", name="Change selected claims")
    expect(chosen).to_be_disabled()
    for claim in (first, second, fourth):
        name = f"Select this claim {claim.statement}"
        page.get_by_role("checkbox", name=name, exact=True).check()
    # Boxes stay ticked while the desk goes on by its keys, and its rows come anew.
    page.keyboard.press("j")
    expect(page.locator("#claim .words")).to_have_text(second.quote)
    page.keyboard.press("d")
    expect(page.locator("#rows .row")).to_have_count(len(claims_of(article)) - 1)
    expect(page.locator("#claim .words")).to_have_text(third.quote)
    expect(chosen).to_have_text(re.compile("Change selected claims 2 …"))

    left = page.url
    chosen.click()
    page.get_by_label("Action").select_option(label="Verified")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator(".preview li")).to_have_count(2)
    page.get_by_role("button", name="Change 2 claims").click()
    page.wait_for_url(left)
    expect(page.get_by_text("2 claims changed.")).to_be_visible()
    expect(page.locator("#claim .words")).to_have_text(third.quote)

    page.keyboard.press("Control+z")
    expect(page.locator("#notice")).to_contain_text("Undone: Verified on 2 claims")
    assert set(Claim.objects.values_list("verdict", flat=True)) == {"pending"}
