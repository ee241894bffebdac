"""Two people, or two tabs, on one claim: a conflict is resolved by its own keys, and agreement is not a conflict."""

import re

import pytest
from playwright.sync_api import Page, expect

from claims.actions import (
    EvidenceDraft,
    add_evidence,
    ask_second_check,
    decide_claim,
    edit_evidence,
    remove_evidence,
    reword_claim,
)
from claims.choices import Verdict
from claims.models import Decision, Evidence
from tests.browser.review.panel import all_saved, heading
from tests.conftest import claims_of


@pytest.fixture
def review(page, desk, editor, article, log_in):
    log_in(page, editor).goto(desk + article.get_absolute_url())
    expect(heading(page)).to_have_text(re.compile("Claim 1 of"))
    return page


@pytest.fixture
def disputed(review, article, chief):
    """The first claim, which the chief disputed after the editor had opened it."""
    first = claims_of(article)[0]
    decide_claim(
        actor=chief, claim_id=first.pk, version=1, verdict=Verdict.DISPUTED, reason="The chief's"
    )
    return first


def conflict(page: Page):
    return page.locator(".conflict")


@pytest.mark.parametrize("key", ["1", "2", "3", "d", "m", "Control+Enter"])
def test_no_key_for_the_next_claim_answers_a_conflict(review, disputed, key):
    review.keyboard.press("1")
    expect(conflict(review)).to_contain_text("The chief's")
    # Until then, the answer may still put its own notice in place of what the key says.
    expect(review.locator(".htmx-swapping, .htmx-settling, .htmx-request")).to_have_count(0)
    review.keyboard.press(key)
    expect(review.locator("#notice")).to_contain_text("Y saves your version, L keeps the saved one")
    expect(review.locator("#notice").get_by_role("alert")).to_be_visible()
    expect(conflict(review)).to_be_visible()
    assert Decision.objects.count() == 1


def test_y_saves_what_was_pressed_and_typed(review, disputed):
    review.locator("#id_reason").fill("My own words")
    review.keyboard.press("Escape")
    review.keyboard.press("1")
    expect(conflict(review)).to_contain_text("My own words")
    review.keyboard.press("y")
    expect(heading(review)).to_have_text(re.compile("Claim 2 of"))
    all_saved(review)
    newest = disputed.decisions.newest_first()[0]
    assert (newest.verdict, newest.reason) == (Verdict.VERIFIED, "My own words")
    expect(review.locator(".row__unsaved")).to_have_count(0)


def test_a_next_claim_that_comes_late_does_not_cover_the_conflict(
    page, desk, editor, article, chief, log_in
):
    first, second, *_rest = claims_of(article)
    late = re.compile(rf"claim={second.pk}\b|/claims/{second.pk}/")
    held = []
    page.route(late, lambda route: held.append(route))  # noqa: PLW0108  # it takes no method of a list
    log_in(page, editor).goto(desk + article.get_absolute_url())
    expect(heading(page)).to_have_text(re.compile("Claim 1 of"))
    decide_claim(
        actor=chief, claim_id=first.pk, version=1, verdict=Verdict.DISPUTED, reason="The chief's"
    )
    page.keyboard.press("1")
    expect(conflict(page)).to_contain_text("The chief's")
    with page.expect_response(late):
        for route in held:
            route.continue_()
    expect(page.locator(".htmx-request")).to_have_count(0)
    frames = "requestAnimationFrame(() => requestAnimationFrame(done))"
    page.evaluate(f"() => new Promise((done) => {frames})")
    expect(heading(page)).to_have_text(re.compile("Claim 1 of"))
    expect(conflict(page)).to_be_visible()


def test_l_leaves_what_is_saved(review, disputed):
    review.locator("#id_reason").fill("My own words")
    review.keyboard.press("Escape")
    review.keyboard.press("1")
    expect(conflict(review)).to_be_visible()
    review.keyboard.press("l")
    expect(conflict(review)).to_have_count(0)
    expect(review.locator("#id_reason")).to_have_value("The chief's")
    expect(review.locator(".row__unsaved")).to_have_count(0)
    review.keyboard.press("j")
    expect(heading(review)).to_have_text(re.compile("Claim 2 of"))
    assert Decision.objects.count() == 1


def test_other_words_are_saved_over_by_the_button(review, disputed):
    review.keyboard.press("r")
    review.keyboard.press("Control+A")
    review.keyboard.type("My wording")
    review.keyboard.press("Control+Enter")
    conflict(review).get_by_role("button", name="Save your version").click()
    expect(review.locator("#notice")).to_contain_text("Reworded")
    disputed.refresh_from_db()
    assert (disputed.statement, disputed.verdict) == ("My wording", Verdict.DISPUTED)


def test_a_person_who_decided_the_same_is_named_and_the_queue_moves_on(review, article, chief):
    first = claims_of(article)[0]
    decide_claim(actor=chief, claim_id=first.pk, version=1, verdict=Verdict.VERIFIED)
    review.keyboard.press("1")
    expect(heading(review)).to_have_text(re.compile("Claim 2 of"))
    expect(review.locator("#notice")).to_contain_text("Carl set the same verdict (Verified)")
    expect(review.locator(f"#row{first.pk}")).to_contain_text("Verified")
    assert Decision.objects.get().actor == chief


def test_ones_own_other_tab_is_called_that(review, article, editor):
    first = claims_of(article)[0]
    reword_claim(actor=editor, claim_id=first.pk, version=1, statement="Said in the other tab")
    review.keyboard.press("1")
    expect(conflict(review)).to_contain_text("You changed this claim in another tab")
    expect(conflict(review)).to_contain_text("Said in the other tab")
    expect(conflict(review)).not_to_contain_text("Someone else")


def test_evidence_alone_is_added_over_what_is_saved(review, disputed):
    review.locator("#id_reason").fill("My own words")
    review.keyboard.press("Escape")
    review.keyboard.press("e")
    review.keyboard.type("https://example.org/notice")
    review.get_by_role("button", name="Add this evidence").click()
    expect(conflict(review)).to_be_visible()
    review.keyboard.press("Escape")
    review.keyboard.press("y")
    expect(review.locator(".evidence__item")).to_have_count(1)
    expect(review.locator("#id_reason")).to_have_value("My own words")
    expect(review.locator(f"#row{disputed.pk}")).to_contain_text("Reason not saved yet")
    expect(review.locator(f"#row{disputed.pk}")).not_to_contain_text("Evidence not saved yet")
    assert disputed.evidence.get().url == "https://example.org/notice"
    assert Decision.objects.count() == 1


def test_nothing_typed_leaves_nothing_to_save_over_the_other(review, disputed):
    review.keyboard.press("d")
    expect(conflict(review)).to_be_visible()
    expect(conflict(review).get_by_role("button", name="Save your version")).to_have_count(0)
    expect(conflict(review).get_by_role("link", name="Keep the saved version")).to_be_visible()


@pytest.fixture
def retitled(review, article, editor, chief):
    """Evidence that the chief describes otherwise while the editor does; the editor has saved, and sees the conflict."""
    first = claims_of(article)[0]
    kept = add_evidence(
        actor=editor,
        claim_id=first.pk,
        version=1,
        evidence=EvidenceDraft(title="Notice", url="https://example.org/notice"),
    )
    review.reload()
    review.locator("summary", has_text="Change or remove").click()
    review.locator(".evidence-edit").get_by_label("Title").fill("My title")
    other = EvidenceDraft(title="The chief's title", url=kept.url)
    edit_evidence(actor=chief, evidence_id=kept.pk, version=2, evidence=other)
    review.get_by_role("button", name="Save this evidence").click()
    expect(conflict(review)).to_contain_text("The chief's title")
    return kept


def title_of(piece: Evidence) -> str:
    piece.refresh_from_db()
    return piece.title


def test_evidence_is_not_saved_over_anothers_until_y(review, retitled):
    field = review.locator(".evidence-edit").get_by_label("Title")
    review.get_by_role("button", name="Save this evidence").click()
    expect(review.locator(".evidence-edit .draft")).to_have_count(1)
    review.locator(".verdict--verified").click()
    expect(review.locator("#notice")).to_contain_text("These keys were ignored")
    assert title_of(retitled) == "The chief's title"
    assert not Decision.objects.exists()
    expect(field).to_have_value("My title")
    review.keyboard.press("Escape")
    review.keyboard.press("y")
    expect(conflict(review)).to_have_count(0)
    expect(review.locator("#notice")).to_contain_text("Changed evidence")
    expect(review.locator(".row__unsaved")).to_have_count(0)
    assert title_of(retitled) == "My title"


def test_l_leaves_anothers_evidence_and_forgets_what_was_typed(review, retitled):
    review.keyboard.press("Escape")
    review.keyboard.press("1")
    expect(review.locator("#notice")).to_contain_text("Y saves your version, L keeps the saved one")
    review.keyboard.press("l")
    expect(conflict(review)).to_have_count(0)
    # Nor is the question still asked.
    expect(review.locator("#notice")).not_to_contain_text("Y saves your version")
    expect(review.locator(".row__unsaved")).to_have_count(0)
    expect(review.locator(".evidence-edit .draft")).to_have_count(0)
    assert title_of(retitled) == "The chief's title"


def test_what_was_typed_into_removed_evidence_stays_until_it_is_added(review, retitled, chief):
    remove_evidence(actor=chief, evidence_id=retitled.pk, version=3)
    review.get_by_role("button", name="Save this evidence").click()
    expect(review.locator(".evidence__item")).to_have_count(0)
    review.keyboard.press("Escape")
    review.keyboard.press("j")
    expect(heading(review)).to_have_text(re.compile("Claim 2 of"))
    review.keyboard.press("k")
    expect(heading(review)).to_have_text(re.compile("Claim 1 of"))
    expect(review.locator("#id_evidence-title")).to_have_value("My title")
    review.get_by_role("button", name="Add this evidence").click()
    expect(review.locator(".evidence__item")).to_contain_text("My title")
    expect(review.locator(".row__unsaved")).to_have_count(0)


def test_evidence_beside_a_second_check_stays_until_it_is_added(review, article, chief):
    first = claims_of(article)[0]
    decide_claim(actor=chief, claim_id=first.pk, version=1, verdict=Verdict.VERIFIED)
    ask_second_check(actor=chief, claim_id=first.pk, version=2, blind=False)
    review.keyboard.press("e")
    review.keyboard.type("https://example.org/notice")
    review.locator("#id_reason").fill("My own words")
    review.keyboard.press("Escape")
    review.keyboard.press("2")
    expect(conflict(review)).to_be_visible()
    expect(review.locator("#id_evidence-url")).to_have_value("https://example.org/notice")
    expect(review.locator(".evidence-form")).to_contain_text("Your check does not save this")
    review.keyboard.press("y")
    expect(heading(review)).to_have_text(re.compile("Claim 2 of"))
    expect(review.locator(f"#row{first.pk}")).to_contain_text("Evidence not saved yet")
    review.keyboard.press("k")
    expect(heading(review)).to_have_text(re.compile("Claim 1 of"))
    expect(review.locator("#id_evidence-url")).to_have_value("https://example.org/notice")
