"""What the public may read, and what must never be shown to it: field by field."""

import json
import re
from dataclasses import fields
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from claims.actions import (
    EvidenceDraft,
    add_evidence,
    ask_second_check,
    change_newsroom,
    comment,
    decide_claim,
    draft_report,
    publish_correction,
    publish_report,
    second_check,
    set_public,
)
from claims.choices import Verdict
from claims.models import Article, Claim, Evidence, Source
from claims.models import Correction as OpenCorrection
from claims.models import Report as ReportRecord
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

HELD_BACK = {
    Report: {"made_by", "scope"},
    ReportArticle: set(),
    ReportLine: {"checked_by", "second_checked_by"},
    EvidenceLine: set(),
    Newsroom: set(),
    Correction: {"reason"},
}
"""Of what goes out, by its type: what the public does not see. Everything else is meant for it."""

INTERNAL = {
    "maker": "Quillon the maker",
    "checker": "Vesna the checker",
    "second": "Osric the second",
    "comment": "A comment for the desk",
    "source note": "A note on the source for the desk",
    "confidential title": "A letter that puts somebody at risk",
    "confidential excerpt": "The writer's own words",
    "confidential link": "https://drop.example.org/letter",
    "later evidence": "Found after publication",
    "later reason": "A reason written for the desk",
    "open notice": "A notice that is not published",
    "draft title": "A draft about something else",
}
"""What is on the desk, and not for the public."""


@pytest.fixture
def everybody() -> Client:
    """A browser of someone without an account."""
    return Client()


@pytest.fixture
def report(chief, editor, article, claim) -> ReportRecord:
    """A public report of an article, with everything internal around it."""
    second = User.objects.create_superuser("osric", first_name=INTERNAL["second"])
    User.objects.filter(pk=editor.pk).update(first_name=INTERNAL["checker"])
    User.objects.filter(pk=chief.pk).update(first_name=INTERNAL["maker"])
    editor.refresh_from_db()
    chief.refresh_from_db()
    change_newsroom(actor=chief, words={"name": "The Ostrey Desk (fiction)"})
    Article.objects.filter(pk=article.pk).update(
        url="https://courier.example.org/bridge", published_at=timezone.now()
    )
    Source.objects.filter(pk=claim.source_id).update(note=INTERNAL["source note"])
    for title, url, excerpt, confidential in (
        ("Notice of closure", "https://roads.example.org/notice", "Closed until May.", False),
        (
            INTERNAL["confidential title"],
            INTERNAL["confidential link"],
            INTERNAL["confidential excerpt"],
            True,
        ),
    ):
        added = add_evidence(
            actor=editor,
            evidence=EvidenceDraft(
                title=title, url=url, excerpt=excerpt, confidential=confidential
            ),
            **version_of(claim),
        )
        assert added.confidential == confidential
    decide_claim(
        actor=editor, verdict=Verdict.VERIFIED, reason="As the notice says.", **version_of(claim)
    )
    ask_second_check(actor=editor, **version_of(claim))
    second_check(actor=second, verdict=Verdict.VERIFIED, **version_of(claim))
    comment(actor=editor, claim_id=claim.pk, text=INTERNAL["comment"])
    made = draft_report(actor=chief, title="The bridge over the Olm", article=article)
    seen = edition_of(actor=chief, report=made).digest
    publish_report(actor=chief, report_id=made.pk, seen=seen)
    draft_report(actor=chief, title=INTERNAL["draft title"], article=article)
    add_evidence(
        actor=editor,
        evidence=EvidenceDraft(title=INTERNAL["later evidence"], url="https://later.example.org/"),
        **version_of(claim),
    )
    decide_claim(
        actor=editor,
        verdict=Verdict.DISPUTED,
        reason=INTERNAL["later reason"],
        **version_of(claim),
    )
    OpenCorrection.objects.update(notice=INTERNAL["open notice"])
    return set_public(actor=chief, report_id=made.pk, public=True)


def addresses(report: ReportRecord) -> list[str]:
    claims = report.claims.values_list("claim", flat=True)
    return [
        reverse("public-reports"),
        reverse("public-report", args=[report.pk]),
        *(reverse("public-claim", args=[report.pk, claim]) for claim in claims),
        *(reverse("public-report-file", args=[report.pk, key]) for key in ("json", "pdf")),
        reverse("public-feed"),
        reverse("public-sitemap"),
    ]


def read(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, address
    content = answer.getvalue()
    if address.endswith(".pdf"):
        from io import BytesIO  # noqa: PLC0415

        from pypdf import PdfReader  # noqa: PLC0415

        return " ".join(
            " ".join(p.extract_text().split()) for p in PdfReader(BytesIO(content)).pages
        )
    return content.decode()


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
            if field.name in {"lines", "evidence"}:
                continue
            value = getattr(after, field.name)
            held_back = field.name in HELD_BACK[type(before)]
            assert value == ("" if held_back else getattr(before, field.name)), field.name
    evidence = [each for line in public.report.lines for each in line.evidence]
    assert [each.title for each in evidence] == ["Notice of closure"]
    assert public.corrections == ()
    assert public.digest != whole.digest


@pytest.mark.parametrize("what", INTERNAL)
def test_nothing_of_the_desks_own_shows_anywhere(everybody, report, what):
    for address in addresses(report):
        assert INTERNAL[what] not in read(everybody, address), address


def test_the_published_words_show(everybody, report, claim):
    page = read(everybody, reverse("public-report", args=[report.pk]))
    for words in (claim.statement, "As the notice says.", "Notice of closure", "Closed until May."):
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
        reverse("public-claim", args=[report.pk, claim.pk]),
    ):
        page = read(everybody, address)
        cover = page.partition("<main>")[0]
        assert "We looked again: the notice was withdrawn." in cover
        assert INTERNAL["later reason"] not in page
        assert INTERNAL["checker"] not in page


class TestMarkup:
    def markup(self, page: str) -> dict:
        found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
        return json.loads(found[1])

    def test_a_claims_page_says_in_words_what_its_markup_says(self, everybody, report, claim):
        page = read(everybody, reverse("public-claim", args=[report.pk, claim.pk]))
        review = self.markup(page)
        visible = re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)
        assert review["url"] == f"https://desk.example.org/published/{report.pk}/{claim.pk}/"
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
        page = read(everybody, reverse("public-claim", args=[report.pk, pending]))
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
        page = read(everybody, reverse("public-claim", args=[made.pk, claim.pk]))
        assert bad not in page
        assert self.markup(page)["claimReviewed"] == bad


class TestOffByDefault:
    def test_without_a_public_address_there_is_nothing(self, settings, everybody, report):
        there = addresses(report)
        settings.PUBLIC_URL = ""
        assert {everybody.get(address).status_code for address in there} == {404}

    def test_a_report_that_is_not_public_is_not_there(self, everybody, chief, report, claim):
        set_public(actor=chief, report_id=report.pk, public=False)
        for address in addresses(report)[1:-2]:
            assert everybody.get(address).status_code == 404
        for address in (
            reverse("public-reports"),
            reverse("public-feed"),
            reverse("public-sitemap"),
        ):
            page = read(everybody, address)
            assert report.title not in page
            assert f"/published/{report.pk}/" not in page

    def test_a_draft_is_not_there(self, everybody, report):
        draft = ReportRecord.objects.get(published_at=None)
        assert everybody.get(reverse("public-report", args=[draft.pk])).status_code == 404

    def test_a_claim_of_another_report_is_not_there(self, everybody, report):
        assert everybody.get(reverse("public-claim", args=[report.pk, 4711])).status_code == 404

    @pytest.mark.parametrize("key", ["html", "csv", "xlsx", "docx", "md", "claimreview", "odt"])
    def test_other_formats_are_not_there(self, everybody, report, key):
        address = reverse("public-report-file", args=[report.pk, key])
        assert everybody.get(address).status_code == 404


class TestAddresses:
    def test_the_feed_tells_of_it_under_the_public_address(self, everybody, report):
        feed = ElementTree.fromstring(read(everybody, reverse("public-feed")))  # noqa: S314
        atom = "{http://www.w3.org/2005/Atom}"
        (entry,) = feed.findall(f"{atom}entry")
        assert entry.find(f"{atom}title").text == report.title
        address = f"https://desk.example.org/published/{report.pk}/"
        assert entry.find(f"{atom}link").get("href") == address
        assert entry.find(f"{atom}id").text == address
        assert feed.find(f"{atom}title").text == "The Ostrey Desk (fiction)"

    def test_the_feed_and_the_sitemap_tell_of_a_correction(self, everybody, chief, report, claim):
        atom = "{http://www.w3.org/2005/Atom}"
        waiting = OpenCorrection.objects.get()
        publish_correction(
            actor=chief,
            correction_id=waiting.pk,
            decision_id=waiting.decision_id,
            notice="We looked again: <b>3 < 4</b> notices were withdrawn.",
        )
        corrected = datetime(2031, 5, 17, 11, 5, tzinfo=UTC)
        OpenCorrection.objects.filter(pk=waiting.pk).update(published_at=corrected)
        feed = ElementTree.fromstring(read(everybody, reverse("public-feed")))  # noqa: S314
        (entry,) = feed.findall(f"{atom}entry")
        for told in (entry, feed):
            assert datetime.fromisoformat(told.find(f"{atom}updated").text) == corrected
        published = datetime.fromisoformat(entry.find(f"{atom}published").text)
        assert published == report.published_at
        summary = entry.find(f"{atom}summary")
        assert summary.get("type") == "html"
        assert summary.text == (
            f"<p>{report.number_of_claims} claims</p>\n\n<p>Correction: We looked again:"
            " &lt;b&gt;3 &lt; 4&lt;/b&gt; notices were withdrawn.</p>"
        )
        lastmod = re.findall(
            r"<loc>([^<]*)</loc><lastmod>([^<]*)</lastmod>",
            read(everybody, reverse("public-sitemap")),
        )
        home = f"https://desk.example.org/published/{report.pk}/"
        changed = {address for address, at in lastmod if at == "2031-05-17"}
        assert changed == {home, f"{home}{claim.pk}/"}

    def test_a_corrected_report_stands_first_in_the_feed(self, everybody, chief, report, article):
        second = draft_report(actor=chief, title="A later report", article=article)
        publish_report(
            actor=chief, report_id=second.pk, seen=edition_of(actor=chief, report=second).digest
        )
        set_public(actor=chief, report_id=second.pk, public=True)
        waiting = OpenCorrection.objects.get()
        publish_correction(
            actor=chief,
            correction_id=waiting.pk,
            decision_id=waiting.decision_id,
            notice="We looked again.",
        )
        feed = ElementTree.fromstring(read(everybody, reverse("public-feed")))  # noqa: S314
        titles = [each.text for each in feed.iterfind("{*}entry/{*}title")]
        assert titles == [report.title, "A later report"]

    def test_the_sitemap_has_it_and_each_of_its_claims(self, everybody, report):
        tree = ElementTree.fromstring(read(everybody, reverse("public-sitemap")))  # noqa: S314
        found = {
            each.text for each in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")
        }
        home = f"https://desk.example.org/published/{report.pk}/"
        claims = report.claims.values_list("claim", flat=True)
        assert found == {home, *(f"{home}{claim}/" for claim in claims)}

    def test_a_page_is_the_same_in_every_language(self, everybody, report):
        address = reverse("public-report", args=[report.pk])
        german = everybody.get(address, HTTP_ACCEPT_LANGUAGE="de").getvalue()
        assert german == everybody.get(address).getvalue()

    def test_it_sets_no_cookie_and_asks_for_nothing_from_elsewhere(self, everybody, report):
        answer = everybody.get(reverse("public-report", args=[report.pk]))
        assert not answer.cookies
        policy = answer["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy


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
    assert "These files are for internal use only" in page


def test_public_pages_link_the_files_that_they_speak_of(everybody, report, claim):
    for address in (
        reverse("public-report", args=[report.pk]),
        reverse("public-claim", args=[report.pk, claim.pk]),
    ):
        page = read(everybody, address)
        for label, key in (("JSON", "json"), ("PDF", "pdf")):
            link = re.search(rf'<a href="([^"]+)" download>{label}</a>', page)
            assert link[1] == reverse("public-report-file", args=[report.pk, key])
