"""Public pages of reports in other languages, whatever the reader's browser asks for. Every sentence is invented."""

import json
import re
from html import unescape

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml import etree

from claims.actions import (
    change_newsroom,
    correct_notice,
    decide_claim,
    draft_report,
    enter_record,
    publish_correction,
    publish_report,
    set_public,
    write_report,
)
from claims.choices import Verdict
from claims.models import Article, Claim, Correction, PublicLanguage, Report, Snapshot
from claims.queries.reports.editions import edition_of, frozen_edition
from claims.renderers.documents.blocks import Figure, Mark
from claims.renderers.documents.picture import Shared, draw
from tests.conftest import version_of

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
ATOM = "{http://www.w3.org/2005/Atom}"
GERMAN_TITLE, ARABIC_TITLE = "Was über die Brücke gesagt wurde", "ماذا قيل عن الجسر"


@pytest.fixture
def everybody() -> Client:
    """Somebody without an account, whose browser asks for French."""
    return Client(HTTP_ACCEPT_LANGUAGE="fr-FR,fr;q=0.9")


@pytest.fixture(autouse=True)
def newsroom(chief) -> None:
    """The newsroom, which publishes in Arabic as well, with words of its own for two of the verdicts."""
    change_newsroom(actor=chief, words={"name": "Proof Desk (fiction)", "funding": "Its readers."})
    own = PublicLanguage(
        language="ar",
        verified="مؤكد",
        disputed="مطعون فيه",
        verified_meaning="تؤيد الأدلة القول.",
        funding="قراؤنا.",
    )
    enter_record(actor=chief, record=own)


def published(chief: User, claim: Claim, language: str, title: str) -> Report:
    """A public report on a verified claim."""
    at = timezone.datetime(2031, 5, 6, 9, tzinfo=timezone.get_default_timezone())
    Article.objects.update(
        url="https://lantern.example/bridge", published_at=at, language="en", headline="The bridge"
    )
    if Claim.objects.get(pk=claim.pk).verdict == Verdict.PENDING:
        decide_claim(actor=chief, verdict=Verdict.VERIFIED, reason="Notice.", **version_of(claim))
    made = draft_report(
        actor=chief, title=title, claims=Claim.objects.filter(pk=claim.pk), language=language
    )
    seen = edition_of(actor=chief, report=made).digest
    publish_report(actor=chief, report_id=made.pk, seen=seen, public=True)
    return Report.objects.get(pk=made.pk)


@pytest.fixture
def german(chief, claim) -> Report:
    return published(chief, claim, "de", GERMAN_TITLE)


@pytest.fixture
def arabic(chief, claim) -> Report:
    return published(chief, claim, "ar", ARABIC_TITLE)


def page(browser: Client, name: str, *args: int) -> str:
    return unescape(browser.get(reverse(name, args=args)).content.decode())


def root(shown: str) -> tuple[str, str]:
    """The language and the direction of a page."""
    return re.search(r'<html lang="(.*?)" dir="(.*?)">', shown).groups()


def markup(shown: str) -> dict:
    return json.loads(re.search(r"<script type=\"application/ld\+json\">(.*?)</script>", shown)[1])


def told(chief: User, report: Report, claim: Claim) -> Correction:
    """The open notice, after the claim has been decided anew."""
    decide_claim(actor=chief, verdict=Verdict.DISPUTED, reason="Plan B.", **version_of(claim))
    return Correction.objects.get(reported__report=report)


class TestGerman:
    def test_the_pages_of_report_and_claim_are_german(self, everybody, german, claim):
        report = page(everybody, "public-report", german.pk)
        assert root(report) == ("de", "ltr")
        for words in ("Prüfbericht Nr.", "die Belege bestätigen es", "So prüfen wir", "Bestätigt"):
            assert words in report
        assert re.search(r">\d+\. [A-ZÄ][a-zä]+ \d{4}</time>", report)
        assert "6. Mai 2031" in report
        own = page(everybody, "public-claim", claim.pk)
        assert root(own) == ("de", "ltr")
        assert "Was gesagt wurde" in own
        assert "veröffentlicht als bestätigt" in own
        for words in ("Verified", "What was said", "How we check", 'lang="en" dir="ltr"'):
            assert words not in report + own

    def test_so_are_card_markup_and_the_files(self, everybody, german, claim):
        card = page(everybody, "public-card", claim.pk)
        assert root(card) == ("de", "ltr")
        assert "Bestätigt" in card
        review = markup(page(everybody, "public-claim", claim.pk))
        assert review["inLanguage"] == "de"
        assert review["reviewRating"]["alternateName"] == "Bestätigt"
        feed = json.loads(everybody.get(reverse("public-claimreview")).content)
        assert feed["dataFeedElement"][0]["item"]["inLanguage"] == "de"
        data = everybody.get(reverse("public-report-file", args=[german.pk, "json"])).content
        assert json.loads(data)["report"]["language"] == "de"
        assert json.loads(data)["labels"]["verdict"]["verified"] == "Bestätigt"

    def test_so_is_the_picture(self, everybody, german, claim):
        named = {"newsroom": "Proof Desk (fiction)", "language": "de"}
        mark = Mark("verified", "✓", "Bestätigt")
        said = f"{claim.source.name}, {claim.role}"
        of_claim = Shared(title=claim.statement, kicker=said, mark=mark, **named)
        picture = everybody.get(reverse("public-claim-picture", args=[claim.pk]))
        assert picture.content == draw(of_claim)
        kicker = f"Prüfbericht Nr. {german.pk}"
        figures = [Figure(mark, 1, 1.0, 100)]
        of_report = Shared(title=GERMAN_TITLE, kicker=kicker, figures=figures, **named)
        picture = everybody.get(reverse("public-report-picture", args=[german.pk]))
        assert picture.content == draw(of_report)

    def test_the_site_around_it_is_in_the_language_of_the_site(self, everybody, chief, german):
        names = ("public-reports", "public-checks", "public-about", "public-corrections")
        assert {root(page(everybody, name)) for name in names} == {("en", "ltr")}
        assert f'lang="de" dir="auto">{GERMAN_TITLE}' in page(everybody, "public-reports")
        change_newsroom(actor=chief, words={"language": "de"})
        assert {root(page(everybody, name)) for name in names} == {("de", "ltr")}
        assert "Was unsere Urteile bedeuten" in page(everybody, "public-about")
        assert root(page(everybody, "public-report", 99_999)) == ("de", "ltr")

    def test_what_is_told_of_it_later_is_german(self, everybody, chief, german, claim):
        notice = told(chief, german, claim)
        drafted = page_of_notice(chief, notice)
        assert "lautete zunächst: bestätigt. Jetzt lautet es: bestritten. Plan B." in drafted
        publish_correction(
            actor=chief,
            correction_id=notice.pk,
            decision_id=notice.decision_id,
            notice="Der Plan galt nicht mehr.",
        )
        correct_notice(actor=chief, correction_id=notice.pk, notice="Der Plan galt nie.")
        own = page(everybody, "public-claim", claim.pk)
        assert "Nach der Veröffentlichung berichtigt" in own
        assert "Bestätigt wurde zu Bestritten" in own
        assert markup(own)["reviewRating"] == {
            "@type": "Rating",
            "alternateName": "Bestritten",
        }
        log = page(everybody, "public-corrections")
        assert root(log) == ("en", "ltr")
        assert '<p lang="de" dir="auto">Der Plan galt nie.' in log

    def test_that_it_was_withdrawn_is_said_in_german(self, everybody, chief, german):
        set_public(actor=chief, report_id=german.pk, public=False, notice="Zurückgezogen.")
        gone = page(everybody, "public-report", german.pk)
        assert root(gone) == ("de", "ltr")
        assert "Dieser Bericht wurde zurückgezogen" in gone


def page_of_notice(chief: User, notice: Correction) -> str:
    """The desk's page on which a notice is written, for somebody who uses the workbench in English."""
    desk = Client()
    desk.force_login(chief)
    return page(desk, "correction", notice.pk)


class TestArabic:
    def test_the_page_runs_from_the_right_with_the_newsrooms_own_words(
        self, everybody, arabic, claim
    ):
        for shown in (
            page(everybody, "public-report", arabic.pk),
            page(everybody, "public-claim", claim.pk),
            page(everybody, "public-card", claim.pk),
        ):
            assert root(shown) == ("ar", "rtl")
            assert '<span class="verdict__word">مؤكد</span>' in shown
            assert "مايو" in shown or "verdict--small" in shown

    def test_english_words_say_that_they_are(self, everybody, arabic, claim):
        own = page(everybody, "public-claim", claim.pk)
        assert '<h2 id="said"><bdi lang="en" dir="ltr">What was said</bdi></h2>' in own
        assert "<p>تؤيد الأدلة القول.</p>" in own
        # Nothing of HTML within attributes and titles.
        assert not re.search(r'="[^"]*<bdi', own)
        assert "<bdi" not in re.search(r"<title>(.*?)</title>", own)[1]
        report = page(everybody, "public-report", arabic.pk)
        assert (
            '<bdi lang="en" dir="ltr">Evidence speaks against the statement, and the reason says what.'
            in report
        )

    def test_the_claims_own_words_say_theirs(self, everybody, arabic, claim):
        own = page(everybody, "public-claim", claim.pk)
        assert re.search(r'<h1 lang="en" dir="auto">', own)
        assert re.search(r'<blockquote lang="en" dir="auto">', own)

    def test_a_day_is_in_arabic(self, everybody, arabic, claim):
        assert "6 مايو، 2031" in page(everybody, "public-claim", claim.pk)

    def test_markup_has_the_newsrooms_word(self, everybody, arabic, claim):
        review = markup(page(everybody, "public-claim", claim.pk))
        assert review["reviewRating"]["alternateName"] == "مؤكد"
        assert (review["inLanguage"], review["itemReviewed"]["inLanguage"]) == ("ar", "en")

    def test_a_site_in_arabic_says_what_the_newsroom_says_in_it(self, everybody, chief, arabic):
        change_newsroom(actor=chief, words={"language": "ar"})
        about = page(everybody, "public-about")
        assert root(about) == ("ar", "rtl")
        assert "قراؤنا." in about
        assert "Its readers." not in about

    def test_no_sentence_of_the_software_gets_among_the_notices(self, chief, arabic, claim):
        drafted = page_of_notice(chief, told(chief, arabic, claim))
        assert "”: مطعون فيه. Plan B.</textarea>" in drafted


def test_feeds_say_of_each_entry_in_which_language_it_is(everybody, chief, german, claim):
    second = published(chief, claim, "ar", ARABIC_TITLE)
    notice = told(chief, german, claim)
    publish_correction(
        actor=chief,
        correction_id=notice.pk,
        decision_id=notice.decision_id,
        notice="Der Plan galt nicht mehr.",
    )
    atom = etree.fromstring(everybody.get(reverse("public-feed")).content)
    assert atom.get(XML_LANG) == "en"
    found = {
        entry.findtext(f"{ATOM}id"): entry.get(XML_LANG) for entry in atom.iter(f"{ATOM}entry")
    }
    assert found[german.public_address] == "de"
    assert found[second.public_address] == "ar"
    items = json.loads(everybody.get(reverse("public-json-feed")).content)["items"]
    assert {one["url"]: one["language"] for one in items}[german.public_address] == "de"
    titles = {one["title"]: one["language"] for one in items}
    (correction,) = [title for title in titles if title.startswith("Berichtigung: ")]
    assert titles[correction] == "de"


def test_a_published_report_keeps_its_language(chief, german):
    before = Snapshot.objects.get(report=german)
    change_newsroom(actor=chief, words={"language": "ar"})
    enter_record(actor=chief, record=PublicLanguage(language="de", verified="Stimmt"))
    edition = frozen_edition(german)
    assert edition.report.language == "de"
    # Words are no part of the data.
    assert [term.label for term, number in edition.report.verdicts if number] == ["Stimmt"]
    assert edition.digest == before.digest


def test_an_older_report_is_in_english_and_keeps_its_digest(everybody, chief, claim):
    made = published(chief, claim, "en", "The bridge over the Olm")
    data = json.loads(Snapshot.objects.get(report=made).data)
    assert "language" not in data
    assert root(page(everybody, "public-report", made.pk)) == ("en", "ltr")
    assert markup(page(everybody, "public-claim", claim.pk))["inLanguage"] == "en"


def test_a_new_word_of_the_newsroom_is_the_same_in_page_markup_and_feed(
    everybody, chief, german, claim
):
    enter_record(actor=chief, record=PublicLanguage(language="de", verified="Stimmt"))
    own = page(everybody, "public-claim", claim.pk)
    assert '<span class="verdict__word">Stimmt</span>' in own
    feed = json.loads(everybody.get(reverse("public-claimreview")).content)
    (item,) = feed["dataFeedElement"]
    assert item["item"] == markup(own)
    assert item["item"]["reviewRating"]["alternateName"] == "Stimmt"


class TestOnTheDesk:
    def test_a_draft_is_in_the_language_of_the_site_until_somebody_chooses(self, chief, article):
        change_newsroom(actor=chief, words={"language": "de"})
        made = draft_report(actor=chief, title="The bridge", article=article)
        assert made.language == "de"
        desk = Client()
        desk.force_login(chief)
        form = desk.get(reverse("write-report", args=[made.pk]))
        shown = form.content.decode()
        assert '<option value="de" lang="de" selected>Deutsch</option>' in shown
        assert re.findall(r'<option value="(\w+)" lang', shown) == ["de", "en", "ar"]
        sent = {"title": "The bridge", "language": "ar", "undecided": "end"}
        sent["seen"] = form.context["seen_texts"]
        desk.post(reverse("write-report", args=[made.pk]), sent)
        made.refresh_from_db()
        assert made.language == "ar"
        edition = edition_of(actor=chief, report=made)
        assert edition.report.language == "ar"
        assert edition.report.newsroom.funding == "قراؤنا."

    def test_an_unknown_language_is_refused(self, chief, article):
        made = draft_report(actor=chief, title="The bridge", article=article)
        desk = Client()
        desk.force_login(chief)
        sent = {"title": "The bridge", "language": "xx", "undecided": "end"}
        sent["seen"] = desk.get(reverse("write-report", args=[made.pk])).context["seen_texts"]
        answer = desk.post(reverse("write-report", args=[made.pk]), sent)
        assert answer.status_code == 400
        made.refresh_from_db()
        assert made.language == "en"

    def test_whoever_wrote_before_the_language_changed_looks_again(self, chief, article):
        made = draft_report(actor=chief, title="The bridge", article=article)
        desk = Client()
        desk.force_login(chief)
        seen = desk.get(reverse("write-report", args=[made.pk])).context["seen_texts"]
        write_report(
            actor=chief,
            report_id=made.pk,
            title="Die Brücke",
            lede="",
            conclusion="",
            language="de",
        )
        sent = {"title": "The bridge", "language": "en", "undecided": "end", "seen": seen}
        assert desk.post(reverse("write-report", args=[made.pk]), sent).status_code == 409
