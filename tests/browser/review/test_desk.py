"""Work on claims in a real browser: selecting words, merging, splitting, undoing, two people."""

import re

import pytest
from playwright.sync_api import expect

from claims.actions import ask_second_check, decide_claim, import_article
from claims.choices import ReviewStatus, Verdict
from claims.ingest.types import ArticleDraft
from claims.models import Article, Change, Claim, Decision
from tests.browser.review.panel import all_saved, heading
from tests.conftest import claims_of

FESTIVAL = (
    "A hundred 🎉 guests came.\n\nThe poet Émile Łagiew (إميل) read first 👩🏽‍🎤 and left at noon. "
    "The hall was full."
)
"""Fiction, with an emoji of several code points, accents, and a name from right to left."""


@pytest.fixture
def festival(editor) -> Article:
    draft = ArticleDraft(headline="Festival (fiction)", body=FESTIVAL)
    return import_article(actor=editor, draft=draft).article


SELECT = """words => {
    const texts = [];
    for (const paragraph of document.querySelectorAll(".text p")) {
        const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            if (!node.parentElement.closest(".mark__end, .visually-hidden")) texts.push(node);
        }
    }
    const whole = texts.map((node) => node.data).join("");
    const at = (place, end) => {
        let passed = 0;
        for (const node of texts) {
            const inside = end ? place <= passed + node.length : place < passed + node.length;
            if (inside) return [node, place - passed];
            passed += node.length;
        }
    };
    const start = whole.indexOf(words);
    const range = document.createRange();
    range.setStart(...at(start, false));
    range.setEnd(...at(start + words.length, true));
    getSelection().removeAllRanges();
    getSelection().addRange(range);
}"""
"""Select words of the article as a mouse would, across marks."""


@pytest.mark.parametrize(
    "words", ["Émile Łagiew (إميل) read first 👩🏽‍🎤", "first 👩🏽‍🎤 and left", "full"]
)
def test_a_claim_is_made_of_selected_words(review, festival, words):
    page = review(festival)
    page.evaluate(SELECT, words)
    page.get_by_role("button", name="Create a claim").click()
    expect(page.locator("#notice")).to_contain_text("Created a claim")
    expect(page.locator("#claim .words")).to_have_text(words)
    made = Claim.objects.latest("pk")
    assert [FESTIVAL[start:end] for start, end in made.spans] == [words]
    assert made.quote == words


def test_words_are_selected_by_keyboard_alone(review, festival):
    page = review(festival)
    page.keyboard.press("w")
    field = page.locator("#words textarea")
    expect(field).to_be_focused()
    page.keyboard.press("Control+Home")
    for _character in "A hundred ":
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+End")
    page.keyboard.type("x")
    expect(field).to_have_value(FESTIVAL)
    page.keyboard.press("Enter")
    expect(page.locator("#claim .words")).to_have_text("🎉 guests came.")
    assert Claim.objects.latest("pk").spans == [[10, 24]]


def test_selected_words_become_the_claims_words(review, article):
    first = claims_of(article)[0]
    page = review(article)
    page.evaluate(SELECT, "stay closed until May")
    page.keyboard.press("b")
    expect(page.locator("#claim .words")).to_have_text("stay closed until May")
    first.refresh_from_db()
    assert first.quote == "stay closed until May"


def test_merge_split_undo_all_redo_all(review, article):
    before = {claim.pk: (claim.spans, claim.statement) for claim in claims_of(article)}
    boats = next(claim for claim in claims_of(article) if "boats" in claim.quote)
    page = review(article, f"?claim={boats.pk}")
    number = len(before)

    page.keyboard.press("m")
    expect(page.locator("#verdict-counts")).to_contain_text(f"{number - 1} claims")
    page.keyboard.press("x")
    expect(page.locator("#id_split")).to_be_focused()
    page.keyboard.press("Home")
    for _character in "At least three ":
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator("#verdict-counts")).to_contain_text(f"{number} claims")
    expect(page.locator("#claim .words")).to_have_text("At least three")
    page.keyboard.press("r")
    expect(page.get_by_label("Statement")).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("Three boats were damaged")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#notice")).to_contain_text("Reworded")
    after = {claim.pk: (claim.spans, claim.statement) for claim in claims_of(article)}

    undo, redo = page.locator("[data-undo]"), page.locator("[data-redo]")
    for action in ("Reworded", "Split a claim", "Merged claims"):
        expect(undo).to_contain_text(action)
        undo.click()
    expect(undo).to_be_disabled()
    expect(page.locator("#verdict-counts")).to_contain_text(f"{number} claims")
    standing = Claim.objects.of_article(article).not_dismissed()
    assert {claim.pk: (claim.spans, claim.statement) for claim in standing} == before

    for action in ("Merged claims", "Split a claim", "Reworded"):
        expect(redo).to_contain_text(action)
        redo.click()
    expect(redo).to_be_disabled()
    assert {claim.pk: (claim.spans, claim.statement) for claim in claims_of(article)} == after


def test_undo_and_redo_by_keys(review, article):
    first = claims_of(article)[0]
    page = review(article)
    page.keyboard.press("1")
    expect(page.locator("#verdict-counts")).to_contain_text("1 verified")
    page.keyboard.press("Control+z")
    expect(page.locator("#verdict-counts")).to_contain_text("0 verified")
    said = re.compile(f"Undone: Verified on .*{re.escape(first.statement[:30])}")
    expect(page.locator("#notice")).to_have_text(said)
    expect(page.locator("#announcement")).to_have_text(said)
    page.keyboard.press("j")
    expect(page.locator("#announcement")).to_have_text(re.compile("^Claim 2 of"))
    page.keyboard.press("Control+Shift+Z")
    expect(page.locator("#verdict-counts")).to_contain_text("1 verified")
    expect(page.locator("#notice")).to_contain_text("Redone: Verified on")
    assert [one.verdict for one in first.decisions.newest_first()] == [
        "verified",
        "pending",
        "verified",
    ]


def test_a_new_source_is_typed_in_place(review, article):
    first = claims_of(article)[0]
    page = review(article)
    page.keyboard.press("s")
    page.keyboard.press("Control+A")
    page.keyboard.type("Ilse Brandt")
    page.get_by_label("Kind", exact=True).select_option("minister")
    page.get_by_role("button", name="Change the source").click()
    expect(page.locator("#claim .facts")).to_contain_text("Ilse Brandt Minister")
    expect(page.locator(f"#row{first.pk}")).to_contain_text("Ilse Brandt")


def test_two_browsers_the_seconds_words_are_kept(review, browser, desk, chief, article, log_in):
    first = claims_of(article)[0]
    page = review(article)
    context = browser.new_context()
    other = log_in(context.new_page(), chief)
    other.goto(desk + article.get_absolute_url())
    other.keyboard.press("1")
    expect(heading(other)).to_have_text(re.compile("Claim 2 of"))

    page.keyboard.press("r")
    page.keyboard.press("Control+A")
    page.keyboard.type("My own wording")
    page.keyboard.press("Control+Enter")
    conflict = page.locator(".conflict")
    expect(conflict).to_contain_text("Carl")
    expect(conflict).to_contain_text("Verified")
    expect(page.get_by_label("Statement")).to_have_value("My own wording")
    page.get_by_role("button", name="Save your version").click()
    expect(page.locator("#notice")).to_contain_text("Reworded")
    first.refresh_from_db()
    assert (first.statement, first.verdict) == ("My own wording", Verdict.VERIFIED)
    context.close()


def test_what_was_typed_survives_an_expired_login_and_a_reload(review, article, page):
    first = claims_of(article)[0]
    review(article)
    page.keyboard.press("n")
    page.keyboard.type("Half a reason")
    page.context.clear_cookies(name="sessionid")
    page.reload()
    page.get_by_label("Username").fill("edda")
    page.get_by_label("Password").fill("correct horse")
    page.get_by_role("button", name="Log in").click()
    expect(heading(page)).to_have_text(re.compile("Claim 1 of"))
    expect(page.locator("#id_reason")).to_have_value("Half a reason")
    assert not first.decisions.exists()


def test_a_blind_second_check(review, chief, article):
    first = claims_of(article)[0]
    decide_claim(
        actor=chief, claim_id=first.pk, version=1, verdict=Verdict.DISPUTED, reason="Secret reason"
    )
    ask_second_check(actor=chief, claim_id=first.pk, version=2, blind=True)
    page = review(article)
    expect(page.locator("#claim")).to_contain_text("Blind second check")
    expect(page.locator("body")).not_to_contain_text("Secret reason")
    page.keyboard.press("2")
    expect(page.get_by_role("alert")).to_contain_text("Say why")
    page.keyboard.type("I see it too")
    page.keyboard.press("Control+Enter")
    expect(heading(page)).to_have_text(re.compile("Claim 2 of"))
    all_saved(page)
    first.refresh_from_db()
    assert (first.review_status, first.verdict) == (ReviewStatus.CHECKED, Verdict.DISPUTED)
    assert Decision.objects.count() == 1
    page.keyboard.press("k")
    expect(page.locator("#claim")).to_contain_text("Second-checked")
    expect(page.locator(".context")).to_contain_text("Secret reason")


def test_single_keys_can_be_switched_off(review, article):
    page = review(article)
    page.keyboard.press("?")
    page.get_by_label("Single-key shortcuts").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("1")
    page.keyboard.press("j")
    page.keyboard.press("?")
    expect(page.get_by_role("heading", name="Keyboard shortcuts")).to_be_visible()
    assert not Decision.objects.exists()
    expect(heading(page)).to_have_text(re.compile("Claim 1 of"))


def test_dismiss_moves_on_and_can_be_taken_back(review, article):
    first, second, *_rest = claims_of(article)
    page = review(article)
    page.keyboard.press("d")
    expect(page.locator(".panel")).to_have_attribute("data-claim", str(second.pk))
    expect(page.locator("#filters")).to_contain_text("Dismissed 1")
    expect(page.locator(f".mark[data-claims~='{first.pk}']")).to_have_count(0)
    page.locator("#notice").get_by_role("button", name="Undo").click()
    expect(page.locator(f".mark[data-claims~='{first.pk}']").first).to_be_visible()
    first.refresh_from_db()
    assert not first.dismissed
    assert Change.objects.count() == 2


def test_a_review_on_a_phone(review, article, page):
    page.set_viewport_size({"width": 390, "height": 844})
    review(article)
    page.get_by_role("button", name="Verified").click()
    expect(heading(page)).to_have_text(re.compile("Claim 2 of"))
    page.locator("summary", has_text="Wording").click()
    page.get_by_label("Statement").fill("Cracks were found in two pillars")
    page.get_by_role("button", name="Reword").click()
    expect(page.locator(".statement")).to_have_text("Cracks were found in two pillars")
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0


@pytest.fixture
def bridges(editor) -> Article:
    """An article of twenty claims."""
    body = "\n\n".join(
        f"Bridge {number} over the Olm was built in {1900 + number}." for number in range(20)
    )
    return import_article(actor=editor, draft=ArticleDraft(headline="Bridges", body=body)).article


def test_a_long_queue_on_a_phone_ends_before_the_foot_of_the_page(review, bridges, page):
    page.set_viewport_size({"width": 390, "height": 600})
    review(bridges)
    foot = page.locator("#footer").bounding_box()
    last = page.locator(".rows li").last.bounding_box()
    assert foot["y"] >= last["y"] + last["height"]


def test_twenty_claims_by_keyboard_in_one_queue(review, bridges):
    page = review(bridges, "?show=pending")
    for left in range(20, 0, -1):
        expect(heading(page)).to_have_text(re.compile(rf"Claim 1 of {left}"))
        page.keyboard.press("1")
    expect(page.locator("#verdict-counts")).to_contain_text("100 % decided")
    assert Decision.objects.count() == 20


def test_what_no_claim_covers_is_selected_in_turn_and_made_a_claim(review, editor):
    body = "The hall was full. Nobody paid 40 %.\n\nThat was in March 1931, at Olm Works."
    made = import_article(actor=editor, draft=ArticleDraft(headline="Hall", body=body)).article
    for claim in claims_of(made):
        if claim.quote != "The hall was full":
            claim.delete()
    page = review(made)
    line = page.locator(".gaps")
    expect(line).to_contain_text("3 figures, names, dates or quotations")
    expect(page.locator(".text p .unclaimed")).to_have_text(["40 %", "March 1931", "Olm Works"])
    page.keyboard.press("u")
    expect(page.locator("#announcement")).to_have_text("No claim covers this figure: 40 %")
    page.keyboard.press("u")
    expect(page.locator("#announcement")).to_have_text("No claim covers this date: March 1931")
    expect(page.get_by_role("button", name="Create a claim")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#claim .words")).to_have_text("March 1931")
    expect(line).to_contain_text("2 figures, names, dates or quotations")
    line.get_by_role("button").click()
    expect(page.locator("#announcement")).to_have_text("No claim covers this name: Olm Works")
    line.get_by_role("button").click()
    expect(page.locator("#announcement")).to_have_text("No claim covers this figure: 40 %")
