"""What is true of every page: accessible, nothing cut off or wider than the screen, nothing blocked by the policy."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import expect

from claims.actions import (
    EvidenceDraft,
    add_to_inbox,
    decide_claim,
    draft_report,
    publish_report,
    set_public,
)
from claims.actions.accounts.links import RESET, token_for
from claims.choices import Verdict
from claims.ingest.types import ArticleDraft
from claims.models import Claim, Correction, Evidence, Report
from claims.queries.reports.editions import edition_of
from tests.browser.layout import layout_problems, violations
from tests.browser.screens import WIDTHS, on_screens
from tests.models import rows


@pytest.fixture
def reports(article, chief) -> list[Report]:
    """A draft, and one that everyone may read with a claim that was decided anew since."""
    draft, public = (
        draft_report(actor=chief, title="Bridges of May", article=article) for _time in range(2)
    )
    seen = edition_of(actor=chief, report=public).digest
    publish_report(actor=chief, report_id=public.pk, seen=seen)
    last = Claim.objects.of_article(article).in_reading_order().last()
    decide_claim(actor=chief, claim_id=last.pk, version=1, verdict=Verdict.VERIFIED)
    return [draft, set_public(actor=chief, report_id=public.pk, public=True)]


@pytest.fixture
def captured_evidence(article, chief) -> Evidence:
    """A page that was captured twice, and has changed in between."""
    claim = Claim.objects.of_article(article).in_reading_order().last()
    piece = rows.evidence(claim, chief, url=f"https://example.org/{'n' * 300}", excerpt="closed")
    for text in ("The bridge is closed.", f"The bridge is open.\n\n{'n' * 300}"):
        rows.capture(piece, chief, text, title="Bridge", beside="Menu", changed="open" in text)
    return piece


@pytest.fixture
def addresses(article, reports, captured_evidence, chief) -> dict[str, str]:
    text = article.current_revision().body + "\n\nA ferry sails instead, officials said."
    brought = add_to_inbox(actor=chief, draft=ArticleDraft(headline="A ferry", body=text))
    rows.intake(chief, address="https://example.org/" + "n" * 300, draft=None, status="waiting")
    rows.task(brought.pk)
    record = {"line": 2, "headline": "A ferry", "outlet": "", "published": None, "text": text}
    preview = {"columns": ["Title", "Section"], "records": [record]}
    archive = rows.archive(chief, preview=preview, status="stopped", failed=2)
    link = rows.link(
        captured_evidence,
        state="changed",
        text="Shut.",
        moved_to="https://example.org/" + "m" * 300,
    )
    return {
        "home": reverse("dashboard"),
        "notifications": reverse("notifications"),
        "keyboard shortcuts": reverse("help-keys"),
        "articles": reverse("articles"),
        "account": reverse("account"),
        "confirm it": reverse("account_reauthenticate"),
        "change password": reverse("change-password"),
        "new article": reverse("new-article"),
        "bookmarklet": reverse("bookmarklet"),
        "archives": reverse("archives"),
        "archive": reverse("archive", args=[archive.pk]),
        "preview": reverse("intake", args=[brought.pk]),
        "review": article.get_absolute_url(),
        "review, nothing matches": article.get_absolute_url() + "?show=dismissed",
        "captured evidence": reverse("captures", args=[captured_evidence.pk]),
        "broken links": reverse("broken-links"),
        "broken link": reverse("broken-link", args=[link.pk]),
        "history": reverse("article-history", args=[article.pk]),
        "several claims": f"{reverse('change-claims')}?every=1&list=article%3D{article.pk}",
        "article's report": reverse("article-report", args=[article.pk]),
        "reports": reverse("reports"),
        "access tokens": reverse("tokens"),
        "byline": reverse("byline"),
        "notices": reverse("notices"),
        "manual": reverse("help"),
        "page of the manual": reverse("help-page", args=["performance"]),
        "passages of the manual": reverse("help") + "?q=claim",
        "draft": reports[0].get_absolute_url(),
        "published report": reports[1].get_absolute_url(),
        "corrections": reverse("corrections"),
        "correction": reverse("correction", args=[Correction.objects.get().pk]),
        "export": reverse("export-claims") + "?every=1&list=kind%3Dminister",
        "public reports": reverse("public-reports"),
        "public report": reverse("public-report", args=[reports[1].pk]),
        "public claim": reverse("public-claim", args=[reports[1].claims.first().claim_id]),
        "public corrections": reverse("public-corrections"),
        "public people": reverse("public-people"),
        "public page that is missing": "/published/nowhere/",
        "editions": reverse("report-editions", args=[reports[1].pk]),
        "a fact to correct": reverse(
            "correct-claim", args=[reports[1].pk, reports[1].claims.first().claim_id]
        ),
        "a text to correct": reverse("correct-text", args=[reports[1].pk, "lede"]),
        "newsroom in the admin": reverse("admin:claims_newsroom_change", args=[1]),
        "admin": reverse("admin:index"),
        "claims in the admin": reverse("admin:claims_claim_changelist"),
        "claim in the admin": reverse(
            "admin:claims_claim_change", args=[Claim.objects.of_article(article).first().pk]
        ),
        "background work in the admin": reverse("admin:claims_task_changelist"),
        "feeds in the admin": reverse("admin:claims_feed_changelist"),
        "not found": "/nowhere/",
    }


def all_violations(page, name: str, **screens) -> dict[str, str]:
    """What axe finds on each screen, by the name of the page and the screen."""
    return {f"{name}, {screen}": violations(page) for screen in on_screens(page, **screens)}


@pytest.mark.parametrize(("scheme", "language"), [("light", "en"), ("dark", "de")])
def test_axe_finds_nothing_and_nothing_is_cut_off_or_wider_than_the_screen(
    page, desk, chief, article, addresses, log_in, problems, scheme, language
):
    first, second, third, *_rest = Claim.objects.of_article(article).in_reading_order()
    decide_claim(
        actor=chief,
        claim_id=first.pk,
        version=1,
        verdict=Verdict.VERIFIED,
        reason="As the notice says",
        evidence=EvidenceDraft(
            title="Notice", url="https://example.org/" + "n" * 300, excerpt="until May"
        ),
    )
    decide_claim(
        actor=chief, claim_id=second.pk, version=1, verdict=Verdict.DISPUTED, reason="x" * 400
    )
    decide_claim(actor=chief, claim_id=third.pk, version=1, verdict=Verdict.PENDING)
    page.set_extra_http_headers({"Accept-Language": language})
    page.goto(desk + reverse("login"))
    assert page.locator("html").get_attribute("lang") == language
    found = {}

    def look(name: str) -> None:
        for screen in on_screens(page, schemes=[scheme]):
            place = f"{name}, {screen}"
            assert (place, layout_problems(page)) == (place, [])
            if not name.endswith("in the admin"):  # Django's own pages have violations of their own
                found[place] = violations(page)

    look("login")
    page.goto(desk + reverse("forgotten-password"))
    look("forgotten password")
    page.goto(desk + reverse("choose-password", args=[token_for(chief, RESET)]))
    look("a password to choose")
    log_in(page, chief)
    for name, address in addresses.items():
        page.goto(desk + address)
        look(name)
    log_in(page, User.objects.create_superuser("root"))
    page.goto(desk + reverse("admin:claims_webhook_changelist"))
    look("webhooks in the admin")
    page.goto(desk + reverse("admin:claims_webhook_change", args=[rows.webhook().pk]))
    look("webhook in the admin")
    assert {place: told for place, told in found.items() if told} == {}
    assert [problem for problem in problems if "404" not in problem] == []


def test_axe_finds_nothing_before_anything_is_there(page, desk, chief, log_in):
    """Empty pages, and a form that comes back."""
    page.goto(desk + reverse("login"))
    page.get_by_label("Username").fill("nobody")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("alert")).to_be_visible()
    found = all_violations(page, "login refused")
    log_in(page, chief)
    for name in ("dashboard", "articles"):
        page.goto(desk + reverse(name))
        expect(page.locator(".empty").first).to_be_visible()
        found |= all_violations(page, f"empty {name}")
    page.goto(desk + reverse("new-article"))
    page.get_by_role("button", name="Split into claims").click()
    expect(page.get_by_role("alert")).to_be_visible()
    found |= all_violations(page, "nothing pasted")
    assert {place: told for place, told in found.items() if told} == {}


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_in_any_state_of_the_panel(
    page, desk, editor, chief, article, log_in, width
):
    first = Claim.objects.of_article(article).in_reading_order()[0]
    page.set_viewport_size({"width": width, "height": 900})
    log_in(page, editor).goto(desk + article.get_absolute_url())
    found = {}

    def look(state: str) -> None:
        found.update(all_violations(page, state, widths=[width]))

    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    look("keys")
    page.keyboard.press("Escape")
    page.keyboard.press("w")
    expect(page.locator("#words")).to_be_visible()
    look("words")
    page.keyboard.press("Escape")
    page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
    look("all folds open")
    # An open menu covers what is below it.
    page.evaluate("for (const menu of document.querySelectorAll('details.menu')) menu.open = false")
    page.keyboard.press("2")
    expect(page.get_by_role("alert")).to_contain_text("Say why")
    look("no reason")
    page.locator("#id_reason").fill("My own words")
    decide_claim(
        actor=chief, claim_id=first.pk, version=1, verdict=Verdict.DISPUTED, reason="Theirs"
    )
    page.get_by_role("button", name="Verified").click()
    expect(page.locator(".conflict")).to_be_visible()
    look("conflict")
    page.get_by_role("button", name="Verified").click()
    expect(page.locator("#notice")).to_contain_text("Saved")
    look("saved")
    page.context.set_offline(True)
    page.get_by_role("button", name="Verified").click()
    expect(page.locator("#saving")).to_contain_text("not saved yet")
    look("offline")
    page.context.set_offline(False)
    assert {name: told for name, told in found.items() if told} == {}


def test_the_buttons_stay_in_reach_of_a_thumb(page, desk, editor, article, log_in):
    page.set_viewport_size({"width": 390, "height": 844})
    log_in(page, editor).goto(desk + article.get_absolute_url())
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    for name in ("Verified", "Disputed", "Pending"):
        button = page.get_by_role("button", name=name)
        expect(button).to_be_in_viewport()
        assert button.bounding_box()["height"] >= 44


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_verdicts_stay_inside_the_panel(page, desk, editor, article, log_in, language):
    page.set_extra_http_headers({"Accept-Language": language})
    log_in(page, editor).goto(desk + article.get_absolute_url())
    for width in (390, 1024, 1200, 1366, 1440):
        page.set_viewport_size({"width": width, "height": 844})
        last = page.locator("[name=verdict][value=pending]").bounding_box()
        panel = page.locator(".panel").bounding_box()
        assert last["x"] + last["width"] <= panel["x"] + panel["width"], width


def test_the_language_is_switched_where_one_is(page, desk, editor, article, log_in):
    # On a wide screen the desk has no room for the foot of the page.
    page.set_viewport_size({"width": 820, "height": 900})
    log_in(page, editor).goto(f"{desk}{article.get_absolute_url()}?show=pending")
    page.keyboard.press("j")
    expect(page.locator("#claim h2")).to_contain_text("Claim 2 of")
    here = page.url
    page.get_by_role("button", name="Deutsch").click()
    expect(page.locator("#claim h2")).to_contain_text("Behauptung 2 von")
    expect(page.get_by_role("button", name="Deutsch")).to_have_attribute("aria-current", "true")
    assert page.url == here
