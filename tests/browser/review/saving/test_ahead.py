"""Verdicts show the next claim at once and are saved behind it: none is lost or doubled, and their order is kept."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from claims.actions import ask_second_check, decide_claim, import_article
from claims.choices import Verdict
from claims.ingest.types import ArticleDraft
from claims.models import Article, Change, Decision, SecondCheck
from tests.browser.review.panel import all_saved, heading, read_ahead
from tests.conftest import claims_of

DECIDE = re.compile(r"/claims/\d+/decide/")


@pytest.fixture
def bridges(editor):
    """Make an article with some claims."""

    def bridges(number: int) -> Article:
        body = "\n\n".join(f"Bridge {one} was built in {1900 + one}." for one in range(number))
        draft = ArticleDraft(headline="Bridges of Olm (fiction)", body=body)
        return import_article(actor=editor, draft=draft).article

    return bridges


def decided() -> list[tuple[int, str]]:
    """The claims that were decided and their verdicts, in the order of the log."""
    return list(Decision.objects.order_by("pk").values_list("claim", "verdict"))


def losing_every_third_answer(page: Page) -> list[str]:
    """Let the server take every verdict, and cut the connection before every third answer. What was sent so far."""
    sent: list[str] = []

    def handle(route: Route) -> None:
        sent.append(route.request.url)
        answer = route.fetch()
        if len(sent) % 3 == 0:
            route.abort("connectionreset")
        else:
            route.fulfill(response=answer)

    page.route(DECIDE, handle)
    return sent


def test_sixty_verdicts_in_a_burst_over_a_slow_and_bad_connection(review, bridges):
    article = bridges(60)
    page = review(article)
    network = page.context.new_cdp_session(page)
    network.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 300, "downloadThroughput": -1, "uploadThroughput": -1},
    )
    sent = losing_every_third_answer(page)
    expected = []
    for place, claim in enumerate(claims_of(article)):
        expect(page.locator(f".panel[data-claim='{claim.pk}']")).to_be_visible()
        page.keyboard.press("13"[place % 2])
        expected.append((claim.pk, ["verified", "pending"][place % 2]))
    all_saved(page)
    expect(heading(page)).to_have_text("End of the queue")
    assert decided() == expected
    assert Change.objects.count() == 60
    assert len(sent) > 60


def test_ten_verdicts_without_a_connection_are_saved_with_the_next_one(review, bridges):
    article = bridges(14)
    page = review(article)
    read_ahead(page, 10)
    page.context.set_offline(True)
    for place in range(1, 11):
        expect(heading(page)).to_have_text(f"Claim {place} of 14")
        page.keyboard.press("1")
    expect(page.locator("#saving")).to_contain_text("10 not saved yet")
    expect(page.locator("#rows")).to_contain_text("Saving: Verified")
    expect(page.locator("#verdict-counts")).to_contain_text("0 verified")
    assert not Decision.objects.exists()
    page.context.set_offline(False)
    all_saved(page)
    expect(page.locator("#verdict-counts")).to_contain_text("10 verified")
    assert decided() == [(claim.pk, "verified") for claim in claims_of(article)[:10]]


def test_a_reload_warns_and_sends_what_was_not_saved(review, bridges):
    article = bridges(4)
    page = review(article)
    expect(page.locator("#claim")).to_have_attribute("data-ahead", "3")
    page.route(DECIDE, lambda route: route.abort())
    for place in (1, 2):
        expect(heading(page)).to_have_text(f"Claim {place} of 4")
        page.keyboard.press("1")
    expect(page.locator("#saving")).to_contain_text("2 not saved yet")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.unroute(DECIDE)
    page.reload()
    all_saved(page)
    assert asked in ([], ["beforeunload"])  # saved before the reload, where the machine is slow
    assert decided() == [(claim.pk, "verified") for claim in claims_of(article)[:2]]


def test_the_last_verdict_is_taken_back_before_it_was_sent(review, bridges):
    article = bridges(4)
    page = review(article)
    expect(page.locator("#claim")).to_have_attribute("data-ahead", "3")
    page.context.set_offline(True)
    for place in (1, 2):
        expect(heading(page)).to_have_text(f"Claim {place} of 4")
        page.keyboard.press("1")
    expect(page.locator("#saving")).to_contain_text("2 not saved yet")
    page.keyboard.press("Control+z")
    expect(heading(page)).to_have_text("Claim 2 of 4")
    page.context.set_offline(False)
    all_saved(page)
    assert decided() == [(claims_of(article)[0].pk, "verified")]


def test_whoever_thinks_better_of_it_at_once_decides_again(review, bridges):
    article = bridges(3)
    first = claims_of(article)[0]
    page = review(article)
    expect(page.locator("#claim")).to_have_attribute("data-ahead", "2")
    page.context.set_offline(True)
    page.keyboard.press("1")
    expect(heading(page)).to_have_text("Claim 2 of 3")
    page.keyboard.press("k")
    expect(heading(page)).to_have_text("Claim 1 of 3")
    page.keyboard.press("3")
    expect(heading(page)).to_have_text("Claim 2 of 3")
    page.context.set_offline(False)
    all_saved(page)
    assert decided() == [(first.pk, "verified"), (first.pk, "pending")]
    expect(page.locator(f"#row{first.pk}")).to_contain_text("Pending")


def test_two_editors_in_one_queue(review, bridges, chief):
    article = bridges(5)
    _first, second, third, *_others = claims_of(article)
    page = review(article)
    read_ahead(page, 4)
    decide_claim(actor=chief, claim_id=second.pk, version=1, verdict=Verdict.VERIFIED)
    decide_claim(
        actor=chief, claim_id=third.pk, version=1, verdict=Verdict.DISPUTED, reason="Not so"
    )
    for _claim in range(4):
        page.keyboard.press("1")
    conflict = page.locator(".conflict")
    expect(conflict).to_contain_text("Not so")
    expect(heading(page)).to_have_text("Claim 3 of 5")
    expect(page.locator(f"#row{second.pk}")).to_contain_text("Verified")
    page.keyboard.press("y")
    expect(heading(page)).to_have_text("Claim 5 of 5")
    all_saved(page)
    assert [
        (one.claim_id, one.actor_id == chief.pk, one.verdict)
        for one in third.decisions.order_by("pk")
    ] == [
        (third.pk, True, "disputed"),
        (third.pk, False, "verified"),
    ]
    assert second.decisions.count() == 1
    assert {claim.verdict for claim in claims_of(article)[:4]} == {"verified"}


def test_whoever_is_typing_comes_to_what_was_refused_when_they_are_done(review, bridges, chief):
    article = bridges(3)
    first = claims_of(article)[0]
    page = review(article)
    expect(page.locator("#claim")).to_have_attribute("data-ahead", "2")
    decide_claim(
        actor=chief, claim_id=first.pk, version=1, verdict=Verdict.DISPUTED, reason="Not so"
    )
    page.context.set_offline(True)
    page.keyboard.press("1")
    expect(heading(page)).to_have_text("Claim 2 of 3")
    page.keyboard.press("n")
    page.keyboard.type("In the ")
    page.context.set_offline(False)
    expect(page.locator("#notice")).to_contain_text("Verified could not be saved: Bridge 0")
    page.keyboard.type("yearly list, 1 d")
    expect(heading(page)).to_have_text("Claim 2 of 3")
    page.keyboard.press("Escape")
    expect(page.locator(".conflict")).to_contain_text("Not so")
    page.keyboard.press("l")
    expect(page.locator(".conflict")).to_have_count(0)
    page.keyboard.press("j")
    expect(page.locator("#id_reason")).to_have_value("In the yearly list, 1 d")
    assert Decision.objects.count() == 1


def test_a_permission_that_is_gone_brings_back_the_claim(review, bridges, editor):
    article = bridges(3)
    page = review(article)
    expect(page.locator("#claim")).to_have_attribute("data-ahead", "2")
    page.locator("#id_reason").fill("My own words")
    page.keyboard.press("Escape")
    editor.groups.set(type(editor).groups.rel.model.objects.filter(name="reader"))
    page.keyboard.press("1")
    expect(page.locator("#notice")).to_contain_text("not allowed to do this")
    expect(heading(page)).to_have_text("Claim 1 of 3")
    expect(page.locator(f"#row{claims_of(article)[0].pk}")).to_contain_text("Reason not saved yet")
    assert not Decision.objects.exists()


def test_a_verdict_with_a_file_waits_behind_the_next_claim(review, bridges, tmp_path):
    article = bridges(4)
    first, second, *_others = claims_of(article)
    page = review(article)
    expect(page.locator("#claim")).to_have_attribute("data-ahead", "3")
    register = tmp_path / "register.txt"
    register.write_text("Bridge 0: 1901", encoding="utf-8")
    page.keyboard.press("e")
    page.set_input_files("[name=evidence-file]", register)
    page.context.set_offline(True)
    page.locator("#id_reason").fill("The register says 1901")
    page.get_by_role("button", name="Disputed").click()
    expect(heading(page)).to_have_text("Claim 2 of 4")
    page.keyboard.press("1")
    expect(heading(page)).to_have_text("Claim 3 of 4")
    expect(page.locator("#saving")).to_contain_text("2 not saved yet")
    page.context.set_offline(False)
    all_saved(page)
    assert decided() == [(first.pk, "disputed"), (second.pk, "verified")]
    evidence = first.evidence.get()
    assert (evidence.file.read(), evidence.stance) == (b"Bridge 0: 1901", "against")
    expect(page.locator(f"#row{first.pk}")).not_to_contain_text("not saved")


def test_a_file_that_a_reload_lost_is_asked_for_again(review, bridges, tmp_path):
    article = bridges(3)
    first = claims_of(article)[0]
    page = review(article)
    expect(page.locator("#claim")).to_have_attribute("data-ahead", "2")
    register = tmp_path / "register.txt"
    register.write_text("Bridge 0: 1901", encoding="utf-8")
    page.set_input_files("[name=evidence-file]", register)
    page.route(DECIDE, lambda route: route.abort())
    page.keyboard.press("1")
    expect(page.locator("#saving")).to_contain_text("1 not saved yet")
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(page.url.partition("?")[0] + f"?claim={first.pk}")
    expect(page.locator("#claim .draft")).to_contain_text("Choose the file again: register.txt")
    expect(page.locator("#saving")).to_be_empty()
    assert not Decision.objects.exists()


def test_second_checks_go_ahead_and_an_answer_that_was_lost_is_sent_again(review, bridges, chief):
    article = bridges(4)
    for claim in claims_of(article)[:3]:
        decide_claim(actor=chief, claim_id=claim.pk, version=1, verdict=Verdict.VERIFIED)
        ask_second_check(actor=chief, claim_id=claim.pk, version=2, blind=True)
    page = review(article)
    expect(page.locator("#claim")).to_have_attribute("data-ahead", "3")
    lost: list[str] = []

    def lose_first(route: Route) -> None:
        answer = route.fetch()
        if lost:
            route.fulfill(response=answer)
        else:
            lost.append(route.request.url)
            route.abort("connectionreset")

    page.route(re.compile(r"/claims/\d+/check/"), lose_first)
    page.context.set_offline(True)
    for place in (1, 2):
        expect(heading(page)).to_have_text(f"Claim {place} of 4")
        page.keyboard.press("1")
    expect(heading(page)).to_have_text("Claim 3 of 4")
    page.keyboard.press("n")
    page.keyboard.type("Not so")
    page.keyboard.press("Escape")
    page.keyboard.press("2")
    expect(heading(page)).to_have_text("Claim 4 of 4")
    expect(page.locator("#rows")).to_contain_text("Saving: Verified")
    page.context.set_offline(False)
    all_saved(page)
    first, second, third, _last = claims_of(article)
    for claim, status in (
        (first, "Second-checked"),
        (second, "Second-checked"),
        (third, "Sent back"),
    ):
        expect(page.locator(f"#row{claim.pk}")).to_contain_text(status)
    assert SecondCheck.objects.answered().count() == 3
    assert [claim.changed.count() for claim in (first, second, third)] == [3, 3, 3]


def test_a_claim_that_was_saved_while_the_next_was_on_its_way_is_shown_as_it_is_now(
    page, desk, editor, article, log_in
):
    second = claims_of(article)[1]
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(re.compile(rf"/claims/{second.pk}/$"), hold)
    log_in(page, editor).goto(desk + article.get_absolute_url())
    expect(heading(page)).to_have_text(re.compile("Claim 1 of"))
    page.locator("#id_reason").fill("The log says three.")
    page.locator("#claim h2").focus()
    page.keyboard.press("1")
    all_saved(page)
    while held:
        held.pop().continue_()
    expect(heading(page)).to_have_text(re.compile("Claim 2 of"))
    page.keyboard.press("k")
    expect(heading(page)).to_have_text(re.compile("Claim 1 of"))
    expect(page.locator("#claim .badge")).to_have_text("Verified")
    expect(page.locator("#claim .draft")).to_have_count(0)
