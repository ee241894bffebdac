"""The public pages as readers and other sites use them."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from claims.actions import change_newsroom, decide_claim, draft_report, publish_report, set_public
from claims.choices import Verdict
from claims.models import Claim
from claims.queries.reports.editions import edition_of
from tests.browser.layout import layout_problems
from tests.browser.screens import on_screens
from tests.browser.test_look import violations
from tests.conftest import version_of


@contextmanager
def another_site(page: str) -> Iterator[str]:
    """A site of another origin with one page: its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, *_said):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()


@pytest.fixture
def claim(chief, article) -> Claim:
    """A disputed claim in a public report, and a verified one beside it."""
    first, second, *_rest = Claim.objects.of_article(article).in_reading_order()
    change_newsroom(actor=chief, words={"name": "The Ostrey Desk (fiction)", "funding": "Readers."})
    decide_claim(actor=chief, verdict=Verdict.DISPUTED, reason="It is not.", **version_of(first))
    decide_claim(actor=chief, verdict=Verdict.VERIFIED, **version_of(second))
    report = draft_report(actor=chief, title="Bridges of May", article=article)
    seen = edition_of(actor=chief, report=report).digest
    publish_report(actor=chief, report_id=report.pk, seen=seen)
    set_public(actor=chief, report_id=report.pk, public=True)
    return first


def test_a_reader_finds_a_check_takes_it_along_and_embeds_it(page, desk, settings, claim, problems):
    settings.PUBLIC_URL = desk
    page.goto(desk + reverse("public-checks"))
    for screen in on_screens(page):
        assert not violations(page), screen
        assert not layout_problems(page), screen
    page.get_by_label("Verdict").select_option("Disputed")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name=claim.statement).click()

    # On a phone, the verdict, the claim and why are on the first screen.
    page.set_viewport_size({"width": 390, "height": 844})
    for shown in (page.locator("main > .verdict"), page.locator("h1"), page.locator(".lede")):
        expect(shown).to_be_in_viewport(ratio=1)
    assert not violations(page)
    assert not layout_problems(page)

    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy the embed code").click()
    expect(page.get_by_role("status").last).to_have_text("Copied")
    code = page.evaluate("navigator.clipboard.readText()")

    with another_site(
        f"<!doctype html><title>News</title><link rel=icon href=data:,>{code}"
    ) as there:
        page.goto(there)
        card = page.frame_locator("iframe")
        expect(card.get_by_text("Disputed")).to_be_visible()
        with page.expect_popup() as opened:
            card.get_by_role("link", name=claim.statement).click()
        expect(opened.value).to_have_url(f"{desk}{reverse('public-claim', args=[claim.pk])}")

    for name in ("public-about", "public-reports"):
        page.goto(desk + reverse(name))
        assert not violations(page), name
    page.get_by_role("link", name="Bridges of May").click()
    for screen in on_screens(page):
        assert not violations(page), screen
        assert not layout_problems(page), screen
    page.get_by_text("undecided claims").click()
    expect(page.locator("details li").first).to_be_visible()
    assert problems == []
