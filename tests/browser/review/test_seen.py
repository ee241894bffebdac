"""What the archive knows about a claim, worked on by keyboard: confirmed, taken over, undone, dismissed; and the group's page."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from claims.actions import confirm_match, decide_claim
from claims.choices import MatchRelation, MatchState, Verdict
from claims.models import Claim, ClaimMatch
from tests.actions.matching.conftest import REGISTER, claim_of
from tests.browser.layout import layout_problems, violations
from tests.browser.review.panel import all_saved, heading
from tests.browser.screens import on_screens
from tests.conftest import claims_of, version_of
from tests.models import match_rows


@pytest.fixture
def claim(article) -> Claim:
    """The first claim of the article."""
    return claims_of(article)[0]


@pytest.fixture
def seen(chief, claim) -> list[ClaimMatch]:
    """What the worker proposes for it: it was seen before, is contradicted, and a later state is known."""
    same, against = claim_of(chief, 1, "The Olm bridge is shut"), claim_of(chief, 2, "It is open")
    later = claim_of(chief, 12, "The bridge over the Olm stays closed until July")
    Claim.objects.filter(pk=claim.pk).update(listed_at=same.listed_at.replace(month=6))
    decide_claim(
        actor=chief,
        verdict=Verdict.DISPUTED,
        reason="The order names June.",
        evidence=REGISTER,
        **version_of(same),
    )
    return [
        match_rows.match(same, claim, why=[["same_words", {"closeness": "0.97"}]]),
        match_rows.match(
            against,
            claim,
            relation=MatchRelation.CONTRADICTS,
            why=[["opposite", {"earlier": "open", "later": "closed"}]],
        ),
        match_rows.match(
            claim,
            later,
            relation=MatchRelation.SUPERSEDES,
            why=[["later_count", {"earlier": "May", "later": "July"}]],
        ),
    ]


def _part(page: Page, name: str) -> Locator:
    return page.locator(f"#claim section[aria-labelledby={name}]")


def test_a_repeat_is_confirmed_its_verdict_taken_over_and_undone_by_keys(
    review, article, claim, seen
):
    page = review(article)
    before = _part(page, "seen-before")
    expect(before).to_contain_text("The order names June.")
    page.keyboard.press("i")
    expect(page.locator("#notice")).to_contain_text("Confirmed a match")
    expect(before).to_contain_text("1 repeat")
    page.keyboard.press("t")
    expect(heading(page)).to_have_text(re.compile("Claim 2 of"))
    expect(page.locator("#notice")).to_contain_text(
        re.compile("Took over an earlier verdict · *Disputed")
    )
    expect(page.locator("#verdict-counts")).to_contain_text("1 disputed")
    page.keyboard.press("k")
    expect(heading(page)).to_have_text(re.compile("Claim 1 of"))
    expect(page.locator("#claim .origin")).to_contain_text("The Olm bridge is shut")
    expect(page.locator("#claim .evidence")).to_contain_text("Bridge register")
    page.keyboard.press("Control+z")
    expect(page.locator("#verdict-counts")).to_contain_text("0 disputed")
    expect(page.locator("#announcement")).to_have_text(
        re.compile("^Undone: Took over an earlier verdict on")
    )
    expect(page.locator("#claim .origin")).to_have_count(0)
    seen[0].refresh_from_db()
    assert seen[0].state == MatchState.CONFIRMED
    assert Claim.objects.get(pk=claim.pk).verdict == Verdict.PENDING


def test_pressed_or_clicked_twice_a_verdict_is_taken_over_once(review, article, claim, seen):
    page = review(article)
    page.keyboard.press("t")
    page.keyboard.press("t")
    # The second press was for the next claim, and finds nothing there.
    expect(heading(page)).to_have_text(re.compile("Claim 2 of"))
    expect(page.locator("#notice")).to_contain_text("Nothing of the kind is known for this claim")
    page.keyboard.press("Control+z")
    expect(page.locator("#verdict-counts")).to_contain_text("0 disputed")
    page.keyboard.press("k")
    expect(heading(page)).to_have_text(re.compile("Claim 1 of"))
    page.locator("[data-match=take-over]").dblclick()
    expect(heading(page)).to_have_text(re.compile("Claim 2 of"))
    expect(page.locator("#verdict-counts")).to_contain_text("1 disputed")
    taken = claim.decisions.order_by("pk").values_list("verdict", flat=True)
    assert list(taken) == [Verdict.DISPUTED, Verdict.PENDING, Verdict.DISPUTED]
    assert not claims_of(article)[1].decisions.exists()


def test_a_contradiction_is_dismissed_by_key_and_comes_back(review, article, seen):
    page = review(article)
    expect(_part(page, "contradicted")).to_contain_text("The opposite: “open” and “closed”")
    page.keyboard.press("g")
    expect(page.locator("#notice")).to_contain_text("Dismissed a match")
    expect(_part(page, "contradicted")).to_have_count(0)
    expect(_part(page, "superseded")).to_contain_text("The later count: May, then July")
    page.keyboard.press("Control+z")
    expect(_part(page, "contradicted")).to_be_visible()


def test_what_is_not_the_same_goes_by_key_and_then_the_key_says_that_there_is_nothing(
    review, article, seen
):
    page = review(article)
    page.keyboard.press("f")
    expect(_part(page, "seen-before")).to_have_count(0)
    page.keyboard.press("t")
    expect(page.locator("#notice")).to_contain_text("Nothing of the kind is known for this claim")
    seen[0].refresh_from_db()
    assert seen[0].state == MatchState.DISMISSED


def test_typing_these_letters_settles_nothing(review, article, seen):
    page = review(article)
    page.keyboard.press("n")
    page.keyboard.type("tifg")
    expect(page.locator("#id_reason")).to_have_value("tifg")
    assert {one.state for one in ClaimMatch.objects.all()} == {MatchState.PROPOSED}


@pytest.mark.parametrize("width", [1440, 390])
def test_a_day_for_another_look_is_chosen_with_the_mouse_and_saved_with_the_verdict(
    review, article, claim, width
):
    page = review(article)
    page.set_viewport_size({"width": width, "height": 900})
    page.locator(".review-date > summary").click()
    page.locator("#id_review_by").fill("2027-03-01")
    page.locator("[name=verdict][value=verified]").click()
    expect(heading(page)).to_have_text(re.compile("Claim 2 of"))
    all_saved(page)
    assert str(Claim.objects.get(pk=claim.pk).review_by) == "2027-03-01"
    expect(page.locator("#id_review_by")).to_have_value("")


def test_the_keys_are_listed(review, article):
    page = review(article)
    page.keyboard.press("?")
    keys = page.locator("#keys")
    for key, does in (("T", "take over"), ("F", "not the same"), ("G", "no conflict")):
        expect(keys.locator("[data-pressed]", has_text=does).locator("dt")).to_have_text(key)


def test_axe_finds_nothing_in_the_panel_and_nothing_is_cut_off_and_buttons_fit_a_thumb(
    review, article, seen, problems
):
    page = review(article)
    _look(page)
    page.set_viewport_size({"width": 390, "height": 844})
    buttons = page.locator("#claim .match__actions button").all()
    assert buttons
    for button in buttons:
        assert button.bounding_box()["height"] >= 44
    page.keyboard.press("t")
    expect(heading(page)).to_have_text(re.compile("Claim 2 of"))
    page.keyboard.press("k")
    expect(page.locator("#claim .origin")).to_be_visible()
    _look(page)
    assert problems == []


def test_axe_finds_nothing_on_the_page_of_a_group_and_nothing_is_cut_off(
    page, desk, editor, chief, claim, seen, log_in, problems
):
    confirm_match(actor=editor, match_id=seen[0].pk, **version_of(claim))
    decide_claim(actor=editor, verdict=Verdict.VERIFIED, **version_of(claim))
    other = claim_of(chief, 7, "The bridge is shut until May")
    match_rows.group(other)
    match_rows.match(claim, other)
    claim.refresh_from_db()
    log_in(page, editor).goto(f"{desk}/groups/{claim.group_id}/")
    expect(page.locator("main")).to_contain_text("The verdicts differ:")
    expect(page.locator("#merge ~ .alike-groups")).to_be_visible()
    _look(page)
    page.get_by_role("button", name=re.compile("Take out.*The bridge over")).click()
    expect(page.locator("main")).to_contain_text("said 1 time")
    page.get_by_role("button", name="Undo the last change").click()
    expect(page.locator("main")).to_contain_text("said 2 times")
    assert problems == []


def _look(page: Page) -> None:
    """Look at the page on every screen."""
    for screen in on_screens(page):
        assert (screen, violations(page)) == (screen, "")
        assert layout_problems(page) == [], screen
