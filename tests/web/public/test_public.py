"""What the public may read, and what must never be shown to it: field by field."""

import json
import re
from dataclasses import fields

from django.urls import reverse

from claims.actions import (
    change_newsroom,
    decide_claim,
    draft_report,
    publish_correction,
    publish_report,
    set_public,
)
from claims.choices import Verdict
from claims.models import Claim, Evidence
from claims.models import Correction as OpenCorrection
from claims.queries.reports.editions import edition_of
from claims.renderers.public import for_public
from claims.renderers.types import (
    Correction,
    EvidenceLine,
    Newsroom,
    Report,
    ReportArticle,
    ReportLine,
)
from tests.conftest import version_of
from tests.web.public.pages import INTERNAL, addresses, read, shown

HELD_BACK = {
    Report: {"made_by", "scope", "approved_by", "published_by"},
    ReportArticle: set(),
    ReportLine: {"checked_by", "second_checked_by"},
    EvidenceLine: set(),
    Newsroom: set(),
    Correction: {"reason"},
}
"""Of what goes out, by its type: what the public does not see. Everything else is meant for it."""


def test_what_is_held_back_is_empty_and_the_rest_is_as_it_was(chief, report):
    whole = edition_of(actor=chief, report=report)
    public = for_public(whole)
    pairs = [
        (whole.report, public.report),
        *zip(whole.report.articles, public.report.articles, strict=True),
        *zip(whole.report.lines, public.report.lines, strict=True),
        (whole.report.newsroom, public.report.newsroom),
    ]
    for before, after in pairs:
        for field in fields(before):
            if field.name in {"lines", "evidence", "referred", "earlier", "earlier_public"}:
                continue
            if field.name in {"edition", "withheld"}:
                # What the public edition says of itself.
                continue
            value = getattr(after, field.name)
            held_back = field.name in HELD_BACK[type(before)]
            assert value == ("" if held_back else getattr(before, field.name)), field.name
    evidence = [each for line in public.report.lines for each in line.evidence]
    assert [each.title for each in evidence] == ["Notice of closure"]
    assert public.corrections == ()
    assert public.digest != whole.digest


def test_nothing_of_the_desks_own_shows_anywhere(everybody, report):
    assert shown(INTERNAL, everybody, addresses(report)) == []


def test_the_published_words_show(everybody, report, claim):
    whole = read(everybody, reverse("public-report", args=[report.pk]))
    page = read(everybody, reverse("public-claim", args=[claim.pk]))
    for words in (claim.statement, "Notice of closure"):
        assert words in whole
        assert words in page
    for words in ("As the notice says.", "Closed until May."):
        assert words in page


def test_a_correction_shows_once_readers_are_told_and_without_the_desks_reason(
    everybody, chief, report, claim
):
    waiting = OpenCorrection.objects.get()
    publish_correction(
        actor=chief,
        correction_id=waiting.pk,
        decision_id=waiting.decision_id,
        notice="We looked again: the notice was withdrawn.",
    )
    for address in (
        reverse("public-report", args=[report.pk]),
        reverse("public-claim", args=[claim.pk]),
    ):
        page = read(everybody, address)
        assert "We looked again: the notice was withdrawn." in page.partition("What was said")[0]
        assert INTERNAL["later reason"] not in page
        assert INTERNAL["checker"] not in page


class TestMarkup:
    def markup(self, page: str) -> dict:
        found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
        return json.loads(found[1])

    def test_a_claims_page_says_in_words_what_its_markup_says(self, everybody, report, claim):
        page = read(everybody, reverse("public-claim", args=[claim.pk]))
        review = self.markup(page)
        visible = re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)
        assert review["url"] == f"https://desk.example.org/published/claims/{claim.pk}/"
        assert review["claimReviewed"] == claim.statement
        for said in (
            review["claimReviewed"],
            review["reviewRating"]["alternateName"],
            review["itemReviewed"]["author"]["name"],
            review["author"]["name"],
            review["itemReviewed"]["appearance"]["url"],
            review["datePublished"],
        ):
            assert said in visible

    def test_a_pending_claim_has_a_page_and_no_markup(self, everybody, report, claim):
        pending = report.claims.exclude(claim=claim).first().claim_id
        page = read(everybody, reverse("public-claim", args=[pending]))
        assert "application/ld+json" not in page

    def test_a_statement_cannot_end_the_markup(self, everybody, chief, editor, article, claim):
        bad = "</script><script>alert(1)</script>"
        Claim.objects.filter(pk=claim.pk).update(statement=bad)
        change_newsroom(actor=chief, words={"name": "The Ostrey Desk (fiction)"})
        decide_claim(actor=editor, verdict=Verdict.VERIFIED, **version_of(claim))
        made = draft_report(actor=chief, title="Hostile", article=article)
        seen = edition_of(actor=chief, report=made).digest
        publish_report(actor=chief, report_id=made.pk, seen=seen)
        set_public(actor=chief, report_id=made.pk, public=True)
        page = read(everybody, reverse("public-claim", args=[claim.pk]))
        assert bad not in page
        assert self.markup(page)["claimReviewed"] == bad


def test_the_evidence_form_asks_whether_it_is_confidential(desk, claim):
    page = desk.get(reverse("claim", args=[claim.pk]), follow=True).content.decode()
    assert 'name="evidence-confidential"' in page
    assert (
        "Left out of everything public, to protect someone. Everyone with an account here sees it."
        in page
    )
    desk.post(
        reverse("add-evidence", args=[claim.pk]),
        {
            "version": claim.version,
            "verdict": "",
            "evidence-title": "A letter",
            "evidence-url": "https://drop.example.org/letter",
            "evidence-stance": "for",
            "evidence-looked_up": "2026-03-04",
            "evidence-confidential": "on",
        },
    )
    assert Evidence.objects.get().confidential


def test_who_has_an_account_reads_confidential_evidence_and_is_told_that_the_public_does_not(
    client, reader, report, claim
):
    client.force_login(reader)
    panel = client.get(reverse("claim", args=[claim.pk]), follow=True).content.decode()
    assert INTERNAL["confidential title"] in panel
    assert "confidential: not for publication" in panel
    page = client.get(reverse("report", args=[report.pk])).content.decode()
    assert "It names newsroom staff and may contain confidential evidence." in page


def test_public_pages_link_the_files_that_they_speak_of(everybody, report, claim):
    for address in (
        reverse("public-report", args=[report.pk]),
        reverse("public-claim", args=[claim.pk]),
    ):
        page = read(everybody, address)
        for key in ("json", "pdf"):
            assert f'href="{reverse("public-report-file", args=[report.pk, key])}" download' in page
