"""A report is written, put in order, approved under an embargo, and published by the worker."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from claims.actions import decide_claim, draft_report
from claims.actions.reports.scheduling import publish_due_reports
from claims.choices import Verdict
from claims.models import Claim, Report
from tests.browser.layout import violations
from tests.conftest import version_of


@pytest.fixture
def draft(editor, article) -> Report:
    """A draft with three decided claims."""
    for claim in Claim.objects.of_article(article).in_reading_order()[:3]:
        decide_claim(actor=editor, verdict=Verdict.VERIFIED, reason="Seen.", **version_of(claim))
    return draft_report(actor=editor, title="The bridge, checked", article=article)


def order_on(page) -> list[str]:
    return page.locator(".order__list [lang]").all_inner_texts()


def test_claims_are_put_in_order_by_keyboard_by_dragging_and_under_headings(
    page, desk, editor, draft, log_in, problems
):
    log_in(page, editor).goto(f"{desk}{draft.get_absolute_url()}write/")
    first, second, third, *rest = order_on(page)
    page.get_by_role("button", name="Move claim 1 down").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#moved")).to_have_text(re.compile("Now at place 2 of"))
    assert order_on(page) == [second, first, third, *rest]
    # The focus stays with the claim, so that the next key moves it on.
    expect(page.get_by_role("button", name="Move claim 2 down")).to_be_focused()
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator("#moved")).to_have_text(re.compile("Now at place 3 of"))
    assert order_on(page) == [second, third, first, *rest]
    expect(page.get_by_role("button", name="Move claim 3 down")).to_be_focused()

    page.locator(".order__row", has_text=first).drag_to(
        page.locator(".order__row", has_text=second), target_position={"x": 60, "y": 4}
    )
    expect(page.locator(".order__row").first).to_contain_text(first)
    assert order_on(page) == [first, second, third, *rest]

    page.get_by_label("Heading", exact=True).fill("What is left of it")
    page.get_by_label("Begins with").select_option(index=1)
    page.get_by_role("button", name="Add", exact=True).click()
    heading = page.get_by_label("Heading of the section")
    expect(heading).to_have_value("What is left of it")
    heading.fill("What is left")
    heading.press("Enter")
    expect(page.locator("#moved")).to_have_text("The headings are saved.")
    row = page.locator(".order__row", has_text=third)
    row.get_by_role("button", name=re.compile("Leave out")).click()
    expect(page.get_by_role("heading", name="1 claim is left out")).to_be_visible()
    assert not violations(page)

    draft.refresh_from_db()
    ids = {claim.statement: claim.pk for claim in Claim.objects.active()}
    assert draft.outline[:3] == [ids[first], "What is left", ids[second]]
    assert draft.omitted == [ids[third]]
    assert problems == []


def test_without_scripts_the_buttons_do_it(new_context, desk, editor, draft, log_in):
    page = new_context(java_script_enabled=False).new_page()
    log_in(page, editor).goto(f"{desk}{draft.get_absolute_url()}write/")
    first, second, *rest = order_on(page)
    page.get_by_role("button", name="Move claim 2 up").click()
    expect(page.locator(".order__row").first).to_contain_text(second)
    assert order_on(page) == [second, first, *rest]


def test_a_draft_goes_to_the_chief_and_back_and_is_published_when_its_embargo_ends(
    page, desk, editor, chief, draft, log_in, problems, new_context, settings
):
    settings.PUBLIC_URL = desk
    address = desk + draft.get_absolute_url()
    log_in(page, editor).goto(address)
    page.get_by_role("link", name="Write the report").click()
    page.get_by_label("Lede").fill(
        "The bridge is **closed**. [The notice](https://port.example) says so."
    )
    page.get_by_label("Conclusion").fill("- It was planned\n- It is over")
    page.get_by_role("button", name="Save the text").click()
    expect(page.locator(".messagelist")).to_contain_text("Saved.")
    page.get_by_role("link", name="Back to the report").click()
    expect(page.frame_locator("iframe").locator(".lede strong")).to_have_text("closed")
    page.get_by_role("button", name="Submit for approval").click()
    expect(page.locator(".messagelist")).to_contain_text("submitted")

    boss = new_context().new_page()
    log_in(boss, chief).goto(f"{desk}/reports/?state=submitted")
    boss.get_by_role("link", name="The bridge, checked").click()
    boss.get_by_text("Send it back").click()
    boss.get_by_label("What is to be changed").fill("Say since when.")
    boss.get_by_role("button", name="Send back").click()
    expect(boss.locator(".messagelist")).to_contain_text("sent back")
    assert not violations(boss)

    page.goto(address)
    expect(page.get_by_text("Say since when.")).to_be_visible()
    page.get_by_role("button", name="Submit for approval").click()
    boss.goto(address)
    boss.get_by_role("button", name="Approve the draft").click()
    boss.get_by_role("link", name="Publish the report").click()
    at = timezone.localtime() + timedelta(days=2)
    boss.get_by_label("Not before").fill(at.strftime("%Y-%m-%dT%H:%M"))
    assert not violations(boss)
    boss.get_by_role("button", name="Publish at this time").click()
    expect(boss.get_by_text("Will be published on")).to_be_visible()

    stranger = new_context().new_page()
    public = f"{desk}/published/{draft.pk}/"
    assert stranger.goto(public).status == 404
    Report.objects.filter(pk=draft.pk).update(publish_at=timezone.now() - timedelta(seconds=1))
    publish_due_reports()
    # A browser keeps for a while that there was no such page: this is another one.
    stranger = new_context().new_page()
    assert stranger.goto(public).status == 200
    expect(stranger.locator(".lede strong")).to_have_text("closed")
    expect(stranger.locator(".lede a")).to_have_attribute("href", "https://port.example")
    expect(stranger.locator(".conclusion li").first).to_have_text("It was planned")
    expect(stranger.get_by_role("heading", name="What the verdicts mean")).to_be_visible()
    assert not violations(stranger)
    assert problems == []
