"""An editor at work, in a real browser."""

import re

from playwright.sync_api import expect

from claims.actions import decide_claim
from claims.choices import Verdict
from claims.models import Decision
from tests.browser.review.panel import all_saved, heading
from tests.conftest import claims_of


def test_log_in_open_an_article_and_decide_by_mouse(page, desk, article, problems):
    page.goto(desk)
    page.get_by_label("Username").fill("edda")
    page.get_by_label("Password").fill("correct horse")
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("link", name="Bridge over the Olm closed").click()
    first = claims_of(article)[0]
    # Until its scripts have run, the page sends its forms whole.
    expect(heading(page)).to_have_text(re.compile("Claim 1 of"))
    page.wait_for_load_state()

    page.get_by_role("button", name="Verified").click()

    expect(heading(page)).to_have_text(re.compile("Claim 2 of"))
    expect(page.locator("#notice")).to_contain_text("Verified")
    expect(page.locator("#verdict-counts")).to_contain_text("1 verified")
    expect(page.locator("#filters")).to_contain_text("Verified 1")
    expect(page.locator(f"#row{first.pk}")).to_contain_text("Verified")
    expect(page.locator(f".mark--verified[data-claims~='{first.pk}']")).to_have_count(1)
    first.refresh_from_db()
    assert first.verdict == Verdict.VERIFIED
    assert Decision.objects.get(claim=first).actor_name == "Edda"
    assert problems == []


def test_the_whole_queue_by_keyboard(page, desk, editor, article, log_in, problems):
    log_in(page, editor).goto(desk + article.get_absolute_url())
    number = len(claims_of(article))
    for place in range(1, number + 1):
        expect(heading(page)).to_have_text(re.compile(rf"Claim {place} of {number}"))
        page.keyboard.press("1")
    expect(page.locator("#verdict-counts")).to_contain_text("100 % decided")
    assert {claim.verdict for claim in claims_of(article)} == {Verdict.VERIFIED}
    assert problems == []


def test_moving_with_j_and_k_and_the_address_follows(page, desk, editor, article, log_in):
    _first, second, *_rest = claims_of(article)
    log_in(page, editor).goto(desk + article.get_absolute_url())
    page.keyboard.press("j")
    expect(heading(page)).to_have_text(re.compile("Claim 2 of"))
    expect(page).to_have_url(re.compile(rf"claim={second.pk}"))
    expect(page.locator("#announcement")).to_contain_text("Claim 2 of")
    expect(page.locator(".mark.is-current").first).to_have_attribute(
        "data-claims", re.compile(rf"\b{second.pk}\b")
    )
    page.keyboard.press("k")
    expect(heading(page)).to_have_text(re.compile("Claim 1 of"))
    page.go_back()
    expect(heading(page)).to_have_text(re.compile("Claim 2 of"))
    page.reload()
    expect(heading(page)).to_have_text(re.compile("Claim 2 of"))


def test_steps_pressed_faster_than_the_server_answers_are_all_taken(
    page, desk, editor, article, log_in
):
    log_in(page, editor).goto(desk + article.get_absolute_url())
    for _step in range(4):
        page.keyboard.press("j")
    page.keyboard.press("k")
    expect(heading(page)).to_have_text(re.compile("Claim 4 of"))


def test_disputed_asks_for_the_reason_and_keeps_the_key(page, desk, editor, article, log_in):
    first = claims_of(article)[0]
    log_in(page, editor).goto(desk + article.get_absolute_url())
    page.keyboard.press("2")
    expect(page.get_by_role("alert")).to_contain_text("Say why this claim is disputed")
    expect(page.locator("#id_reason")).to_be_focused()

    page.keyboard.type("The ministry's own notice says April, 1 2 3.")
    page.keyboard.press("Control+Enter")

    expect(heading(page)).to_have_text(re.compile("Claim 2 of"))
    all_saved(page)
    decision = Decision.objects.get()
    assert (decision.claim_id, decision.verdict) == (first.pk, Verdict.DISPUTED)
    assert decision.reason == "The ministry's own notice says April, 1 2 3."


def test_evidence_is_saved_with_the_verdict(page, desk, editor, article, log_in):
    first = claims_of(article)[0]
    log_in(page, editor).goto(desk + article.get_absolute_url())
    page.keyboard.press("e")
    expect(page.get_by_label("Link", exact=True)).to_be_focused()
    page.keyboard.type("https://example.org/notice")
    page.get_by_label("Title", exact=True).fill("Notice of the ministry")
    page.get_by_role("button", name="Verified").click()
    expect(heading(page)).to_have_text(re.compile("Claim 2 of"))
    all_saved(page)
    assert [item.title for item in first.evidence.all()] == ["Notice of the ministry"]
    assert first.decisions.get().evidence[0]["url"] == "https://example.org/notice"


def test_adding_evidence_keeps_the_reason_that_is_being_typed(page, desk, editor, article, log_in):
    log_in(page, editor).goto(desk + article.get_absolute_url())
    page.locator("#id_reason").fill("Two sources agree")
    page.locator("summary", has_text="Add evidence").click()
    page.get_by_label("Link", exact=True).fill("https://example.org/a")
    page.get_by_role("button", name="Add this evidence").click()
    expect(page.locator(".evidence__item")).to_have_count(1)
    expect(page.locator("#id_reason")).to_have_value("Two sources agree")
    expect(heading(page)).to_have_text(re.compile("Claim 1 of"))


def test_a_wrong_link_says_so_and_nothing_typed_is_lost(page, desk, editor, article, log_in):
    log_in(page, editor).goto(desk + article.get_absolute_url())
    page.locator("#id_reason").fill("See the notice")
    page.locator("summary", has_text="Add evidence").click()
    page.get_by_label("Link", exact=True).fill("javascript:alert(1)")
    page.get_by_role("button", name="Verified").click()
    expect(page.locator(".evidence-form .errorlist")).to_contain_text("valid URL")
    expect(page.get_by_label("Link", exact=True)).to_have_value("javascript:alert(1)")
    expect(page.locator("#id_reason")).to_have_value("See the notice")
    assert not Decision.objects.exists()


def test_undo_takes_the_verdict_back(page, desk, editor, article, log_in):
    first = claims_of(article)[0]
    log_in(page, editor).goto(desk + article.get_absolute_url())
    page.keyboard.press("1")
    page.locator("#notice").get_by_role("button", name="Undo").click()
    expect(heading(page)).to_have_text(re.compile("Claim 1 of"))
    expect(page.locator(".history li")).to_have_count(2)
    expect(page.locator("#verdict-counts")).to_contain_text("0 verified")
    first.refresh_from_db()
    assert first.verdict == Verdict.PENDING


def test_somebody_else_was_faster_both_sides_show(page, desk, editor, chief, article, log_in):
    first = claims_of(article)[0]
    log_in(page, editor).goto(desk + article.get_absolute_url())
    page.locator("#id_reason").fill("My own words")
    decide_claim(
        actor=chief,
        claim_id=first.pk,
        version=first.version,
        verdict=Verdict.DISPUTED,
        reason="Chief's words",
    )
    page.get_by_role("button", name="Verified").click()
    conflict = page.locator(".conflict")
    expect(conflict).to_contain_text("Someone else changed this claim")
    expect(conflict).to_contain_text("Carl")
    expect(conflict).to_contain_text("Chief's words")
    expect(conflict).to_contain_text("My own words")
    expect(page.locator("#id_reason")).to_have_value("My own words")
    expect(page.locator(f"#row{first.pk}")).to_contain_text("Disputed")
    expect(page.locator("#verdict-counts")).to_contain_text("1 disputed")
    assert Decision.objects.count() == 1

    page.get_by_role("button", name="Verified").click()

    expect(heading(page)).to_have_text(re.compile("Claim 2 of"))
    all_saved(page)
    assert first.decisions.newest_first()[0].reason == "My own words"


def test_an_expired_login_loses_no_word(page, desk, editor, article, log_in):
    first = claims_of(article)[0]
    log_in(page, editor).goto(desk + article.get_absolute_url())
    expect(page.locator("#claim")).to_have_attribute("data-ahead", "3")
    page.locator("#id_reason").fill("Typed before the login expired")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Verified").click()
    notice = page.locator("#notice")
    expect(notice).to_contain_text("Your login has expired")
    expect(page.locator("#saving")).to_contain_text("Saving 1")

    with page.expect_popup() as opened:
        notice.get_by_role("link").click()
    login = opened.value
    login.get_by_label("Username").fill("edda")
    login.get_by_label("Password").fill("correct horse")
    login.get_by_role("button", name="Log in").click()
    expect(login.get_by_role("heading", name="Articles")).to_be_visible()
    page.evaluate("window.dispatchEvent(new Event('focus'))")

    all_saved(page)
    expect(heading(page)).to_have_text(re.compile("Claim 2 of"))
    expect(notice).not_to_contain_text("expired")
    assert first.decisions.get().reason == "Typed before the login expired"


def test_a_lost_connection_loses_no_word(page, desk, editor, article, log_in):
    first = claims_of(article)[0]
    log_in(page, editor).goto(desk + article.get_absolute_url())
    expect(page.locator("#claim")).to_have_attribute("data-ahead", "3")
    page.locator("#id_reason").fill("Typed on the train")
    page.context.set_offline(True)
    page.get_by_role("button", name="Verified").click()
    expect(page.locator("#saving")).to_contain_text("1 not saved yet")
    expect(page.locator("#announcement")).to_contain_text("cannot be reached")
    expect(page.locator(f"#row{first.pk}")).to_contain_text("Reason not saved yet")
    page.context.set_offline(False)
    all_saved(page)
    expect(page.locator(f"#row{first.pk}")).not_to_contain_text("not saved yet")
    assert first.decisions.get().reason == "Typed on the train"


def test_what_was_said_of_a_lost_connection_goes_with_the_next_answer(
    page, desk, editor, article, log_in
):
    last = claims_of(article)[-1]
    log_in(page, editor).goto(desk + article.get_absolute_url())
    expect(page.locator("#claim")).to_have_attribute("data-ahead", "3")
    page.context.set_offline(True)
    # Behind what was fetched ahead.
    page.locator(f"#row{last.pk} a").click()
    expect(page.locator("#notice")).to_contain_text("cannot be reached")
    page.context.set_offline(False)
    page.locator(f"#row{last.pk} a").click()
    expect(page.locator("#claim .words")).to_have_text(last.quote)
    expect(page.locator("#notice")).not_to_contain_text("cannot be reached")


def test_the_filter_holds_while_claims_leave_it(page, desk, editor, article, log_in):
    number = len(claims_of(article))
    log_in(page, editor).goto(desk + article.get_absolute_url() + "?show=pending")
    expect(heading(page)).to_have_text(re.compile(f"Claim 1 of {number}"))
    page.keyboard.press("1")
    expect(heading(page)).to_have_text(re.compile(f"Claim 1 of {number - 1}"))
    expect(page).to_have_url(re.compile("show=pending"))


def test_it_works_without_scripts(browser, desk, editor, article, log_in):
    context = browser.new_context(java_script_enabled=False)
    page = log_in(context.new_page(), editor)
    page.goto(desk + article.get_absolute_url())
    page.get_by_role("button", name="Disputed").click()
    expect(page.get_by_role("alert")).to_contain_text("Say why this claim is disputed")
    page.locator("#id_reason").fill("Plain HTML works")
    page.get_by_role("button", name="Disputed").click()
    expect(heading(page)).to_have_text(re.compile("Claim 2 of"))
    assert Decision.objects.get().reason == "Plain HTML works"
    context.close()
