"""Keys that used to say nothing, or to save the wrong thing."""

import re

from playwright.sync_api import expect

from claims.actions import COMMAND, SplitArticle, receive_articles
from claims.ingest.types import ArticleDraft
from claims.models import Claim, Evidence
from tests.browser.review.panel import heading
from tests.conftest import claims_of, proposed


def test_a_new_source_does_not_inherit_the_kind_of_the_one_before(
    page, desk, editor, article, log_in
):
    claim = claims_of(article)[0]
    assert claim.source.kind == "minister"
    log_in(page, editor).goto(desk + claim.get_absolute_url())
    page.keyboard.press("s")
    expect(page.locator("[data-action=source] [name=name]")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("The Olm Works")
    page.keyboard.press("Enter")
    expect(page.get_by_label("This claim only")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#notice")).to_contain_text("Changed the source")
    source = Claim.objects.get(pk=claim.pk).source
    assert (source.name, source.kind) == ("The Olm Works", "other")


def test_save_in_the_evidence_of_a_proposed_claim_adds_it(page, desk, editor, article, log_in):
    claim = claims_of(article)[0]
    log_in(page, editor).goto(desk + claim.get_absolute_url())
    page.keyboard.press("e")
    expect(page.locator("[name=evidence-url]")).to_be_focused()
    page.keyboard.type("https://register.example.org/olm")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#notice")).to_contain_text("Added evidence")
    assert Evidence.objects.get().claim == claim
    expect(heading(page)).to_have_text(re.compile("Claim 1 of"))


def test_u_says_that_there_is_nothing_left_to_select(page, desk, editor, log_in):
    draft = ArticleDraft(headline="Quiet night (fiction)", body="Nobody was hurt, officials said.")
    split = SplitArticle(draft, proposed(draft.body))
    (imported,) = receive_articles(actor=editor, articles=[split], policy=COMMAND)
    log_in(page, editor).goto(desk + imported.article.get_absolute_url())
    expect(heading(page)).to_have_text(re.compile("Claim 1 of"))
    expect(page.locator(".text p .unclaimed")).to_have_count(0)
    page.keyboard.press("u")
    expect(page.locator("#notice")).to_contain_text("Every figure, name, date and quotation")
