"""Cards of claims and reports on other sites, and how programs are told to embed them."""

import json
import re
from html import unescape

import pytest
from django.urls import reverse

from claims.actions import publish_correction, set_public
from claims.models import Correction
from tests.web.public.pages import oembed, path, read

SITE = "https://desk.example.org"


def told(chief) -> None:
    """Tell readers what was decided since."""
    waiting = Correction.objects.get(published_at=None)
    publish_correction(
        actor=chief,
        correction_id=waiting.pk,
        decision_id=waiting.decision_id,
        notice="We looked again.",
    )


@pytest.fixture(params=["claim", "report"])
def card(request, report, claim) -> str:
    """The address of a card of each kind."""
    if request.param == "claim":
        return reverse("public-card", args=[claim.pk])
    return reverse("public-report-card", args=[report.pk])


class TestCards:
    def test_a_card_may_stand_anywhere_and_runs_nothing(self, everybody, card):
        answer = everybody.get(card)
        policy = answer["Content-Security-Policy"]
        assert "frame-ancestors *" in policy
        assert "default-src 'none'" in policy
        assert "script-src" not in policy
        assert "X-Frame-Options" not in answer
        assert not answer.cookies
        assert "<script" not in answer.content.decode()

    @pytest.mark.parametrize(
        ("sites", "policy"),
        [
            ([], "frame-ancestors 'none'"),
            (
                ["https://a.example", "https://b.example"],
                "frame-ancestors https://a.example https://b.example",
            ),
        ],
        ids=["none", "two"],
    )
    def test_only_on_the_sites_that_the_newsroom_names(
        self, everybody, settings, card, sites, policy
    ):
        settings.EMBED_SITES = sites
        assert policy in everybody.get(card)["Content-Security-Policy"]

    def test_no_other_public_page_may(self, everybody, report, claim):
        for address in (path(claim), reverse("public-report", args=[report.pk])):
            answer = everybody.get(address)
            assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
            assert answer["X-Frame-Options"] == "DENY"

    def test_it_is_kept_by_readers_as_the_pages_are(self, everybody, card):
        answer = everybody.get(card)
        assert answer["Cache-Control"] == "public, max-age=60, must-revalidate"
        again = everybody.get(card, headers={"If-None-Match": answer["ETag"]})
        assert again.status_code == 304
        assert "frame-ancestors *" in again["Content-Security-Policy"]

    def test_a_claims_card_says_the_verdict_in_force_and_leads_to_its_correction_and_report(
        self, everybody, chief, report, claim
    ):
        address = reverse("public-card", args=[claim.pk])
        assert 'verdict--small verified">' in read(everybody, address)
        told(chief)
        page = read(everybody, address)
        assert '<p class="verdict verdict--small disputed">' in page
        assert f'href="{SITE}{path(claim)}#corrections"' in page
        assert f'href="{SITE}{path(claim)}"' in page
        own = re.escape(f'href="{SITE}{reverse("public-report", args=[report.pk])}"')
        assert re.search(rf"{own}[^>]*>{re.escape(report.title)}</a>", page)
        assert claim.statement in page

    def test_a_reports_card_counts_the_verdicts_in_force(self, everybody, chief, report, claim):
        address = reverse("public-report-card", args=[report.pk])
        assert _numbers(read(everybody, address)) == {"verified": "1", "pending": "5"}
        told(chief)
        page = read(everybody, address)
        assert _numbers(page) == {"disputed": "1", "pending": "5"}
        assert "1 correction or update" in page
        assert report.title in page

    def test_one_of_a_withdrawn_report_is_gone(self, everybody, chief, report, card):
        set_public(actor=chief, report_id=report.pk, public=False, notice="A mix-up.")
        assert everybody.get(card).status_code == 410

    @pytest.mark.parametrize("kind", ["claim", "report"])
    def test_the_page_has_the_code_that_embeds_it(self, everybody, report, claim, kind):
        own = path(claim) if kind == "claim" else reverse("public-report", args=[report.pk])
        page = read(everybody, own)
        (shown,) = re.findall(r'id="embed-code"[^>]*>(.*?)</p>', page, re.DOTALL)
        code = unescape(shown)
        assert code.startswith("<iframe ")
        assert f'src="{SITE}{own}card/"' in code
        assert "<script" not in code


def _numbers(page: str) -> dict[str, str]:
    found = re.findall(r'<strong>(\d+)</strong> <span class="verdict (\w+)">', page)
    return {verdict: number for number, verdict in found}


class TestOEmbed:
    def test_a_page_says_where_programs_learn_how_to_embed_it(self, everybody, report, claim):
        for own in (path(claim), reverse("public-report", args=[report.pk])):
            page = read(everybody, own)
            (address,) = re.findall(r'type="application/json\+oembed" href="([^"]*)"', page)
            told = json.loads(read(everybody, unescape(address).removeprefix(SITE)))
            assert (told["version"], told["type"]) == ("1.0", "rich")
            assert f'src="{SITE}{own}card/"' in told["html"]
            assert (told["width"], told["provider_url"]) == (600, SITE)
        assert "oembed" not in read(everybody, reverse("public-about"))

    def test_the_card_is_no_larger_than_asked_for(self, everybody, claim, report):
        address = f"{oembed(path(claim))}&maxwidth=320&maxheight=150"
        told = json.loads(read(everybody, address))
        assert (told["width"], told["height"]) == (320, 150)
        assert 'width="320" height="150"' in told["html"]

    def test_the_words_of_a_claim_are_no_html(self, everybody, claim, report):
        told = json.loads(read(everybody, oembed(path(claim))))
        assert told["title"] == f"Verified: {claim.statement}"
        assert told["html"].count("<") == 2

    @pytest.mark.parametrize(
        "url",
        [
            "",
            "https://elsewhere.example.org/published/1/",
            f"{SITE}.elsewhere.example.org/published/1/",
            f"{SITE}/published/999999/",
            f"{SITE}/published/about/",
            f"{SITE}/claims/1/",
            f"{SITE}/published/{'9' * 30}/",
            f"{SITE}/{'x' * 600}",
        ],
        ids=range(8),
    )
    def test_of_another_page_it_knows_nothing(self, everybody, report, url):
        answer = everybody.get(reverse("public-oembed"), {"url": url})
        assert answer.status_code == 404

    @pytest.mark.parametrize(("length", "status"), [(500, 200), (501, 404)])
    def test_an_address_of_more_than_500_characters_is_not_read(
        self, everybody, claim, report, length, status
    ):
        url = f"{SITE}{path(claim)}?".ljust(length, "x")
        answer = everybody.get(reverse("public-oembed"), {"url": url})
        assert answer.status_code == status

    def test_another_form_is_not_there(self, everybody, claim, report):
        assert everybody.get(f"{oembed(path(claim))}&format=xml").status_code == 501

    def test_a_withdrawn_report_is_gone(self, everybody, chief, report):
        address = oembed(reverse("public-report", args=[report.pk]))
        set_public(actor=chief, report_id=report.pk, public=False, notice="A mix-up.")
        assert everybody.get(address).status_code == 410
