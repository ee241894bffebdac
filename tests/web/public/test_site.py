"""The public site around the reports: all checks, by words, source, topic and desk, and what it says of the newsroom."""

import json
import re

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.urls import reverse

from claims.actions import (
    change_newsroom,
    decide_claim,
    publish_correction,
    reword_claim,
    set_public,
)
from claims.actions.reports import public_claims
from claims.choices import Verdict
from claims.models import Claim, Correction, PublicClaim, Source
from claims.renderers.data.claimreview_rules import problems
from tests.conftest import version_of
from tests.renderers.reports import LOGO
from tests.web.public.pages import link, read

CHECKS = reverse("public-checks")


def told(chief, notice: str = "We looked again.") -> None:
    waiting = Correction.objects.get(published_at=None)
    publish_correction(
        actor=chief, correction_id=waiting.pk, decision_id=waiting.decision_id, notice=notice
    )


@pytest.fixture
def source(claim) -> Source:
    return Source.objects.get(pk=claim.source_id)


class TestChecks:
    def test_lists_each_claim_with_a_verdict_once_and_no_other(self, everybody, report, claim):
        page = read(everybody, CHECKS)
        assert page.count(link(claim)) == 1
        pending = report.claims.exclude(claim=claim).first().claim
        assert link(pending) not in page

    def test_a_search_finds_the_published_words_and_not_those_of_the_desk_today(
        self, everybody, editor, report, claim
    ):
        word = max(re.findall(r"\w+", claim.statement), key=len)
        assert link(claim) in read(everybody, f"{CHECKS}?q={word.upper()}")
        reword_claim(actor=editor, statement="Zqueensferry is closed", **version_of(claim))
        Source.objects.filter(pk=claim.source_id).update(name="Zqsource")
        assert link(claim) in read(everybody, f"{CHECKS}?q={word}")
        for word_of_the_desk in ("Zqueensferry", "Zqsource"):
            page = read(everybody, f"{CHECKS}?q={word_of_the_desk}")
            assert link(claim) not in page
            assert "No checked claims match." in page

    def test_what_readers_type_is_shown_as_text_and_not_to_search_engines(self, everybody, report):
        page = read(everybody, f"{CHECKS}?q=<script>alert(1)</script>")
        assert "<script>alert(1)" not in page
        assert '<meta name="robots" content="noindex">' in page
        assert '<meta name="robots"' not in read(everybody, CHECKS)

    def test_a_correction_moves_the_claim_to_its_new_verdict(self, everybody, chief, report, claim):
        for verdict, there in (("verified", True), ("disputed", False)):
            assert (link(claim) in read(everybody, f"{CHECKS}?verdict={verdict}")) == there
        told(chief)
        for verdict, there in (("verified", False), ("disputed", True)):
            assert (link(claim) in read(everybody, f"{CHECKS}?verdict={verdict}")) == there

    def test_what_is_no_verdict_is_left_out_of_the_question(self, everybody, report, claim):
        assert link(claim) in read(everybody, f"{CHECKS}?verdict=false")

    def test_a_withdrawn_report_takes_its_claims_along(self, everybody, chief, report, claim):
        set_public(actor=chief, report_id=report.pk, public=False, notice="A mix-up.")
        assert claim.statement not in read(everybody, CHECKS)
        assert everybody.get(reverse("public-source", args=[claim.source_id])).status_code == 404

    def test_the_lists_can_be_made_again_from_the_reports(self, everybody, chief, report, capsys):
        told(chief)
        before = list(PublicClaim.objects.values_list("claim", "verdict", "source", "changed_at"))
        page = read(everybody, CHECKS)
        PublicClaim.objects.all().delete()
        call_command("rebuild_public_lists")
        assert "Claims in them: 1" in capsys.readouterr().out
        after = list(PublicClaim.objects.values_list("claim", "verdict", "source", "changed_at"))
        assert after == before
        assert read(everybody, CHECKS) == page

    def test_making_them_again_can_be_stopped_and_started_again(
        self, everybody, report, monkeypatch
    ):
        monkeypatch.setattr(public_claims, "_AT_ONCE", 1)
        page = read(everybody, CHECKS)
        PublicClaim.objects.update(statement="Damaged")
        stopped = public_claims.rebuild_public_claims()
        while "Damaged" in PublicClaim.objects.values_list("statement", flat=True):
            done, total = next(stopped)
        assert done < total == report.claims.count()
        stopped.close()
        call_command("rebuild_public_lists")
        assert read(everybody, CHECKS) == page


class TestSources:
    def test_a_sources_page_has_its_claims_and_each_claim_leads_there(
        self, everybody, report, claim, source
    ):
        address = reverse("public-source", args=[source.pk])
        page = read(everybody, address)
        assert f"Claims by {source.name}" in page
        assert link(claim) in page
        assert f'href="{address}"' in read(everybody, CHECKS)

    def test_a_source_without_a_public_claim_has_no_page(self, everybody, report):
        other = Source.objects.create(name="Odile Marr")
        assert everybody.get(reverse("public-source", args=[other.pk])).status_code == 404

    def test_a_name_that_the_desk_corrects_later_stays_as_published_until_readers_are_told(
        self, everybody, chief, report, claim, source
    ):
        published = source.name
        Source.objects.filter(pk=source.pk).update(name="Zqname")
        assert published in read(everybody, reverse("public-source", args=[source.pk]))
        told(chief)
        page = read(everybody, reverse("public-source", args=[source.pk]))
        assert "Claims by Zqname" in page
        assert published not in page

    def test_a_claim_that_the_desk_gives_to_another_source_stays_where_it_was_published(
        self, everybody, report, claim, source
    ):
        other = Source.objects.create(name="Odile Marr")
        Claim.objects.filter(pk=claim.pk).update(source=other)
        assert link(claim) in read(everybody, reverse("public-source", args=[source.pk]))
        assert everybody.get(reverse("public-source", args=[other.pk])).status_code == 404


class TestAbout:
    def test_says_how_it_checks_who_pays_and_how_to_ask_for_a_correction(
        self, everybody, chief, report
    ):
        words = {
            "method": "Two look at each claim.",
            "funding": "Paid for by its readers.",
            "corrections": "Write to us.",
            "contact": "Quay 3",
        }
        change_newsroom(actor=chief, words=words)
        page = read(everybody, reverse("public-about"))
        for text in words.values():
            assert text in page
        assert "Disputed does not mean false." in page

    def test_without_words_of_its_own_it_says_how_the_software_is_used(self, everybody, report):
        page = read(everybody, reverse("public-about"))
        assert "Software split the article into individual claims" in page
        assert "Who pays for this" not in page


class TestLogo:
    def test_stands_at_the_top_of_each_page(self, everybody, chief, report):
        assert "<img" not in read(everybody, CHECKS)
        address = reverse("public-logo")
        assert everybody.get(address).status_code == 404
        change_newsroom(actor=chief, words={}, logo=ContentFile(LOGO, name="logo.png"))
        assert f'<img src="{address}" alt="">' in read(everybody, CHECKS)
        answer = everybody.get(address)
        assert answer["Content-Type"] == "image/png"
        assert answer.content == LOGO


class TestDataFeed:
    def test_has_the_review_of_each_claims_page(self, everybody, report, claim):
        answer = everybody.get(reverse("public-claimreview"))
        assert answer["Content-Type"] == "application/ld+json"
        feed = json.loads(answer.content)
        assert (feed["@context"], feed["@type"]) == ("https://schema.org", "DataFeed")
        (item,) = feed["dataFeedElement"]
        assert item["@type"] == "DataFeedItem"
        assert feed["dateModified"] == item["dateModified"]
        page = read(everybody, reverse("public-claim", args=[claim.pk]))
        (markup,) = re.findall(r"ld\+json\">(.*?)</script>", page, re.DOTALL)
        assert item["item"] == json.loads(markup)
        assert problems(item["item"]) == []

    def test_a_claim_without_a_verdict_in_force_is_not_in_it(
        self, everybody, chief, editor, report, claim
    ):
        decide_claim(actor=editor, verdict=Verdict.PENDING, reason="Open.", **version_of(claim))
        told(chief)
        feed = json.loads(read(everybody, reverse("public-claimreview")))
        assert feed["dataFeedElement"] == []

    def test_follows_the_newsroom_to_another_address(self, settings, everybody, report, claim):
        settings.PUBLIC_URL = "https://other.example.org"
        (item,) = json.loads(read(everybody, reverse("public-claimreview")))["dataFeedElement"]
        page = reverse("public-claim", args=[claim.pk])
        assert item["item"]["url"] == f"https://other.example.org{page}"
        assert item["item"]["author"]["url"] == "https://other.example.org"


def test_search_engines_are_kept_from_searches_and_cards(everybody, report):
    lines = read(everybody, reverse("robots")).splitlines()
    sitemap = f"Sitemap: https://desk.example.org{reverse('public-sitemap')}"
    for line in ("Disallow: /published/*?q=", "Disallow: /published/*/card/", sitemap):
        assert line in lines


def size_of(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG")
    return int.from_bytes(png[16:20]), int.from_bytes(png[20:24])


class TestPictures:
    def test_pages_name_a_picture_of_the_size_that_they_say(self, everybody, report, claim):
        for page, name, pk in (
            ("public-claim", "public-claim-picture", claim.pk),
            ("public-report", "public-report-picture", report.pk),
        ):
            head = read(everybody, reverse(page, args=[pk]))
            address = reverse(name, args=[pk])
            assert f'property="og:image" content="https://desk.example.org{address}"' in head
            answer = everybody.get(address)
            assert answer["Content-Type"] == "image/png"
            assert size_of(answer.content) == (1200, 630)

    def test_a_correction_makes_another_picture(self, everybody, chief, report, claim):
        address = reverse("public-claim-picture", args=[claim.pk])
        first = everybody.get(address).content
        assert everybody.get(address).content == first
        told(chief)
        assert everybody.get(address).content != first

    def test_a_withdrawn_claim_has_none(self, everybody, chief, report, claim):
        set_public(actor=chief, report_id=report.pk, public=False, notice="A mix-up.")
        assert everybody.get(reverse("public-claim-picture", args=[claim.pk])).status_code == 410
