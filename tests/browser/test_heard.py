"""What screen readers announce, from the browser's accessibility tree."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from claims.actions import decide_claim, draft_report
from claims.choices import Verdict
from claims.models import Article, Claim
from tests.conftest import claims_of

WORDS = re.compile(r"1 verified, 1 disputed, 2 pending")


@pytest.fixture
def decided(article, chief) -> Article:
    """An article of one source's claims: one verified, one disputed, one pending, one proposed."""
    first, second, third, last = claims_of(article)[:4]
    for other in claims_of(article)[4:]:
        other.delete()
    Claim.objects.update(source=first.source)
    for claim, verdict in ((first, "verified"), (second, "disputed"), (third, "pending")):
        decide_claim(
            actor=chief, claim_id=claim.pk, version=1, verdict=Verdict(verdict), reason="As it says"
        )
    assert not last.touched_at
    return article


def heard(part: Locator) -> str:
    """What a screen reader makes of a part of a page, on one line."""
    return re.sub(r"\s+", " ", part.aria_snapshot()).replace(" ,", ",")


def test_every_count_of_verdicts_is_heard_with_its_words(page: Page, desk, chief, decided, log_in):
    log_in(page, chief)
    report = draft_report(actor=chief, title="Bridges", article=decided)
    source = claims_of(decided)[0].source
    places = {
        "home": (reverse("dashboard"), "section[aria-labelledby=newest]"),
        "articles": (reverse("articles"), "main"),
        "article": (decided.get_absolute_url(), "#verdict-counts"),
        "source on the desk": (decided.get_absolute_url(), ".context"),
        "source": (source.get_absolute_url(), "section[aria-labelledby=record]"),
        "report": (report.get_absolute_url(), "section[aria-labelledby=holds]"),
    }
    silent = {}
    for name, (address, part) in places.items():
        page.goto(desk + address)
        said = heard(page.locator(part).first)
        if not WORDS.search(said):
            silent[name] = said
    assert silent == {}


def test_a_claim_that_nobody_touched_is_heard_as_proposed(page: Page, desk, chief, decided, log_in):
    last = claims_of(decided)[3]
    log_in(page, chief).goto(f"{desk}{decided.get_absolute_url()}?claim={last.pk}")
    for part in (page.locator("#claim .panel__head"), page.locator(f"#row{last.pk}")):
        assert "Proposed" in heard(part)
        assert "Pending" not in heard(part)


def test_moving_says_which_claim_how_it_stands_who_said_it_and_what(
    page: Page, desk, chief, decided, log_in
):
    second, third, last = claims_of(decided)[1:4]
    log_in(page, chief).goto(desk + decided.get_absolute_url())
    said = page.get_by_role("status").filter(has_text="Claim")
    for key, place, state, claim in (
        ("j", 2, "Disputed", second),
        ("j", 3, "Pending", third),
        ("j", 4, "Proposed", last),
        ("k", 3, "Pending", third),
    ):
        page.keyboard.press(key)
        expect(said).to_have_text(
            f"Claim {place} of 4, {state}, {claim.source.name}: {claim.statement}"
        )
        assert claim.statement in said.aria_snapshot()
