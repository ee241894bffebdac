"""The list of claims in a browser: filters, saved filters, a bulk change and its undo, search with accents."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from claims.actions import decide_claim, import_article, reword_claim
from claims.choices import Verdict
from claims.ingest.types import ArticleDraft
from claims.models import Claim
from tests.browser.layout import violations
from tests.browser.screens import on_screens


@pytest.fixture
def table(page, desk, editor, article, log_in):
    """The claims table, open, of two articles."""
    second = ArticleDraft(
        headline="Ferry to Łódź", body="The ferry will sail on Monday, officials said."
    )
    import_article(actor=editor, draft=second)
    log_in(page, editor).goto(desk + reverse("claims"))
    return page


def choose(page, name: str, option: str) -> None:
    """Open the filters, set one, and show what it leaves."""
    page.locator("summary", has_text="Filter").first.click()
    page.locator(f"#id_{name}").select_option(label=option)
    page.get_by_role("button", name="Show these claims").click()


def test_filter_keep_it_change_all_that_match_and_take_it_back(table, editor, chief, problems):
    page = table
    decided = Claim.objects.in_reading_order().first()
    decide_claim(actor=chief, claim_id=decided.pk, version=1, verdict=Verdict.DISPUTED, reason="R")
    choose(page, "verdict", "Pending")
    expect(page.locator(".chips .chip")).to_have_count(1)
    pending = Claim.objects.active().pending().count()
    expect(page.locator("table.list tbody tr")).to_have_count(pending)

    page.locator("summary", has_text="Saved filters").click()
    page.get_by_label("Save this filter as").fill("To do")
    page.get_by_label("Share with the newsroom").check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("Saved as “To do”.")
    page.get_by_role("link", name="Claims", exact=True).click()
    page.locator("summary", has_text="Saved filters").click()
    page.get_by_role("link", name="To do").click()
    expect(page.locator(".chips .chip")).to_have_text(re.compile("Verdict.*Pending"))

    page.get_by_role("button", name="Change all matching claims").click()
    page.get_by_label("Action").select_option(label="Verified")
    page.get_by_label("Reason").fill("As the register says.")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("heading", name=f"{pending} claims would change")).to_be_visible()
    assert not Claim.objects.filter(verdict=Verdict.VERIFIED).exists()
    assert not violations(page)
    page.get_by_role("button", name=f"Change {pending} claims").click()
    expect(page.get_by_text(f"{pending} claims changed.")).to_be_visible()
    assert Claim.objects.filter(verdict=Verdict.VERIFIED).count() == pending
    decided.refresh_from_db()
    assert decided.verdict == Verdict.DISPUTED

    page.get_by_role("button", name="Undo this bulk change").click()
    expect(page.get_by_role("heading", name="Done")).to_be_visible()
    assert not Claim.objects.filter(verdict=Verdict.VERIFIED).exists()
    page.get_by_role("link", name="Back to the list").click()
    expect(page.locator("table.list tbody tr")).to_have_count(pending)
    assert problems == []


def test_some_are_chosen_and_a_line_opens_the_queue_of_the_list(table, problems):
    page = table
    chosen = page.get_by_role("button", name="Change selected claims")
    expect(chosen).to_be_disabled()
    page.get_by_label("Select all claims on this page").check()
    page.get_by_label("Select this claim").first.uncheck()
    rows = page.locator("table.list tbody tr").count()
    expect(chosen).to_contain_text(str(rows - 1))
    chosen.click()
    expect(page.get_by_text(f"{rows - 1} selected claims.")).to_be_visible()
    page.get_by_role("link", name="Cancel").click()

    choose(page, "kind", "Minister")
    page.locator(".claim-link").first.click()
    expect(page.locator("#filters [aria-current]")).to_contain_text("From the list")
    listed = Claim.objects.filter(source_kind="minister").count()
    expect(page.locator(".queue .row")).to_have_count(listed)
    page.get_by_role("link", name="Back to the list").click()
    expect(page.locator(".chips .chip")).to_contain_text("Minister")
    assert problems == []


def test_j_leads_to_the_next_article_of_the_list(table, desk):
    page = table
    newest = Claim.objects.order_by("-listed_at", "-pk").first().revision.article
    page.goto(desk + newest.get_absolute_url() + "?list=")
    last = Claim.objects.of_article(newest).count()
    for _step in range(last - 1):
        page.keyboard.press("j")
    expect(page.get_by_role("link", name="Next article in the list")).to_be_visible()
    page.keyboard.press("j")
    expect(page.locator("h1")).to_have_text("Bridge over the Olm closed")
    expect(page.locator("#filters [aria-current]")).to_contain_text("From the list")


def test_search_finds_words_with_accents(table, desk, editor, problems):
    page = table
    claim = Claim.objects.in_reading_order().first()
    reword_claim(actor=editor, claim_id=claim.pk, version=1, statement="The café in Łódź is dry")
    page.goto(desk + reverse("dashboard"))
    page.keyboard.press("/")
    expect(page.get_by_label("Search claims, articles and sources")).to_be_focused()
    page.keyboard.type("LODZ")
    page.keyboard.press("Enter")
    expect(page.locator("#found-claims ~ .rows mark")).to_have_text("Łódź")
    expect(page.locator("#found-articles ~ .rows mark")).to_have_text("Łódź")
    assert not violations(page)
    page.get_by_role("link", name="Filter all claims with these words").click()
    expect(page.locator("table.list tbody tr")).to_have_count(1)
    page.get_by_role("searchbox").fill("cafe lodz")
    page.keyboard.press("Enter")
    expect(page.locator("table.list mark")).to_have_text(["café", "Łódź"])
    assert problems == []


def test_it_is_accessible_and_fits(table, desk):
    page = table
    for address in ("claims", "claims-filter", "search", "bulk-changes"):
        page.goto(desk + reverse(address) + "?verdict=pending&q=ferry")
        for screen in on_screens(page):
            assert (screen, violations(page)) == (screen, "")
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), screen
    page.goto(desk + reverse("claims") + "?verdict=pending")
    for word in ("Filter", "Columns", "Saved filters"):
        page.locator("summary", has_text=word).first.click()
    expect(page.locator("#id_outlet")).to_be_visible()
    for screen in on_screens(page):
        assert (screen, violations(page)) == (screen, "")
