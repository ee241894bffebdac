"""Reports in other languages than English, in every format. The Arabic and German sentences are invented like the rest."""

import io
import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from zipfile import ZipFile

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from pypdf import PdfReader

from claims.renderers import FORMATS, get
from claims.renderers.data.claimreview import review_of
from claims.renderers.data.claimreview_rules import problems
from claims.renderers.digest import canonical, digest, thaw
from claims.renderers.documents.picture import Shared, draw
from claims.renderers.labels import TEXTS, direction, spoken, words_in
from claims.renderers.public import for_public
from claims.renderers.types import Edition, Section, Term
from tests.renderers import reports
from tests.renderers.reports import closed_up

AT = datetime(2031, 5, 7, 11, 5, tzinfo=UTC)
GERMAN = {
    "verified": Term("verified", "Bestätigt"),
    "disputed": Term("disputed", "Bestritten"),
    "pending": Term("pending", "Offen"),
}
ARABIC = {
    # The newsroom's own words; it has none for the third.
    "verified": Term("verified", "مؤكد", "ar"),
    "disputed": Term("disputed", "مطعون فيه", "ar"),
    "pending": Term("pending", "Pending"),
}
HEADING = "أرصفة خالية"


def written_in(language: str, verdicts: dict[str, Term], **changes: object) -> Edition:
    """A published report with a claim of an English article, and two claims of an Arabic one."""
    made = reports.report(
        reports.claim(
            41,
            article=8,
            quote="المرفأ خال",
            statement="مرفأ كويلبورت خال.",
            source="ميرا الصالحية",
            verdict=verdicts["disputed"],
            reason="يذكر السجل ثلاث سفن.",
            checked_at=AT,
            evidence=(reports.evidence(1, reports.AGAINST),),
        ),
        reports.claim(42, verdict=verdicts["verified"], checked_at=AT),
        reports.claim(43, article=8, statement="لا أحد يعرف.", verdict=verdicts["pending"]),
        **{
            "title": "ماذا قيل عن المرفأ",
            "articles": (
                reports.article(8, headline="الميناء", language="ar"),
                reports.article(),
            ),
            "sections": (Section(HEADING, (41, 42, 43)),),
            "format": 3,
            "edition": "internal",
            "number": 3,
            "published_at": AT,
            "url": "https://proofdesk.example/published/3/",
            "claims_url": "https://proofdesk.example/published/claims/",
            "site": "https://proofdesk.example",
        }
        | changes,
    )
    counts = tuple((verdict, 1) for verdict in verdicts.values())
    report = replace(made.report, verdicts=counts, language=language)
    data = canonical(report)
    return replace(made, report=report, canonical=data, digest=digest(data))


def text_of(key: str, edition: Edition) -> str:
    """What a file says, without the spaces: where lines break is the layout's business."""
    data = b"".join(get(key).write(edition))
    if key == "pdf":
        return closed_up("".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages))
    if key in {"docx", "xlsx"}:
        with ZipFile(io.BytesIO(data)) as parts:
            names = [
                name
                for name in parts.namelist()
                if re.search(r"document|footer|sheet|shared", name)
            ]
            data = b" ".join(map(parts.read, names))
    return closed_up(data.decode())


@pytest.mark.parametrize("key", ["html", "pdf", "docx", "md"])
def test_a_german_report_has_no_english_words_of_its_own(key):
    found = text_of(key, for_public(written_in("de", GERMAN)))
    for words in (
        "Prüfbericht" if key != "pdf" else "PRÜFBERICHT",
        "Veröffentlichter Bericht Nr. 3",
        "ÖFFENTLICH",
        "Behauptungen nach Urteil",
        "Bestritten",
        "Wortlaut im Artikel, hervorgehoben",
        "Noch nicht geprüft",
        "Belege",
        "Eingesehen",
    ):
        assert closed_up(words) in found
    for words in ("Verification", "Looked up", "Not checked", "Exact words", "Disputed", "Covers"):
        assert closed_up(words) not in found


@pytest.mark.parametrize("key", sorted(set(FORMATS) - {"jsonl"}))
def test_every_format_has_the_words_for_verdicts_of_the_reports_language(key):
    found = text_of(key, for_public(written_in("de", GERMAN)))
    assert "Bestritten" in found
    assert ">Disputed" not in found


def test_programs_are_told_the_language():
    made = for_public(written_in("de", GERMAN))
    data = {key: b"".join(get(key).write(made)) for key in ("json", "jsonl", "csv")}
    assert json.loads(data["json"])["language"] == "de"
    assert json.loads(data["json"])["labels"]["verdict"]["disputed"] == "Bestritten"
    assert json.loads(data["jsonl"].splitlines()[0])["report"]["language"] == "de"
    assert "report_language" in data["csv"].decode().splitlines()[0]
    book = openpyxl.load_workbook(io.BytesIO(b"".join(get("xlsx").write(made))))
    assert dict(book["Report"].iter_rows(values_only=True, max_col=2))["language"] == "de"


class TestClaimReview:
    def test_says_its_language_and_has_the_verdicts_word_in_it(self):
        made = for_public(written_in("de", GERMAN))
        review = review_of(made, made.report.lines[0])
        assert review["inLanguage"] == "de"
        assert review["itemReviewed"]["inLanguage"] == "ar"
        assert review["reviewRating"]["alternateName"] == "Bestritten"

    def test_has_the_newsrooms_own_word(self):
        made = for_public(written_in("ar", ARABIC))
        found = [review_of(made, line)["reviewRating"] for line in made.report.lines[:2]]
        assert [one["alternateName"] for one in found] == ["مطعون فيه", "مؤكد"]
        assert [one.get("ratingValue") for one in found] == [None, 5]

    def test_of_another_languages_word_is_none_of_these_rules(self):
        made = for_public(written_in("de", GERMAN))
        review = review_of(made, made.report.lines[0])
        assert problems(review, {"verified": "Bestätigt", "disputed": "Bestritten"}) == []
        assert problems(review) == [
            "reviewRating.alternateName is not a verdict that can be reviewed."
        ]
        assert problems({**review, "inLanguage": "12"}, {"disputed": "Bestritten"}) == [
            "inLanguage is not a language tag."
        ]

    def test_begins_with_no_verdict_of_the_newsrooms_own(self):
        made = written_in("ar", ARABIC)
        line = replace(made.report.lines[1], statement="مؤكد: المرفأ خال")
        assert "verdict" in review_of(for_public(made), line).reason


class TestFromTheRight:
    def test_in_html_the_page_is_and_english_words_say_what_they_are(self):
        page = b"".join(get("html").write(for_public(written_in("ar", ARABIC)))).decode()
        assert '<html lang="ar" dir="rtl">' in page
        assert '<bdi lang="en" dir="ltr">Verification report</bdi>' in page
        assert '<bdi lang="ar">مطعون فيه</bdi>' in page
        assert '<bdi lang="en" dir="ltr">Pending</bdi>' in page
        assert f'<h3 class="section" lang="ar" dir="auto">{HEADING}</h3>' in page
        assert '<td lang="en" dir="auto">Berth 42 of Quillport' in page

    def test_in_html_a_translated_language_needs_no_such_mark(self):
        page = b"".join(get("html").write(for_public(written_in("de", GERMAN)))).decode()
        assert '<html lang="de" dir="ltr">' in page
        assert 'lang="en" dir="ltr"' not in page

    def test_in_word_lines_and_tables_do(self):
        file = docx.Document(io.BytesIO(b"".join(get("docx").write(written_in("ar", ARABIC)))))
        assert file.styles["Normal"].element.pPr.find(qn("w:bidi")) is not None
        assert {table.table_direction for table in file.tables} == {1}
        language = next(file.styles.element.iter(qn("w:lang")))
        assert (language.get(qn("w:bidi")), language.get(qn("w:val"))) == ("ar", "en")
        english = next(one for one in file.paragraphs if one.text.startswith("Berth 42"))
        assert english._p.pPr.find(qn("w:bidi")).get(qn("w:val")) == "0"
        assert file.core_properties.language == "ar"

    def test_in_word_a_report_from_the_left_does_not(self):
        file = docx.Document(io.BytesIO(b"".join(get("docx").write(written_in("de", GERMAN)))))
        assert file.styles["Normal"].element.pPr.find(qn("w:bidi")) is None
        assert {table.table_direction for table in file.tables} == {None}
        assert next(file.styles.element.iter(qn("w:lang"))).get(qn("w:val")) == "de"

    def test_in_excel_sheets_do(self):
        for language, verdicts, from_right in (("ar", ARABIC, True), ("de", GERMAN, None)):
            data = b"".join(get("xlsx").write(written_in(language, verdicts)))
            book = openpyxl.load_workbook(io.BytesIO(data))
            assert {sheet.sheet_view.rightToLeft for sheet in book} == {from_right}

    def test_in_a_pdf_the_document_does(self):
        data = b"".join(get("pdf").write(for_public(written_in("ar", ARABIC))))
        reader = PdfReader(io.BytesIO(data))
        assert reader.trailer["/Root"]["/Lang"] == "ar"
        # A label stands to the right of its text.
        places = {}

        def place(text, matrix, text_matrix, _font, _size):
            places.setdefault(text.strip(), text_matrix[4] + matrix[4])

        reader.pages[0].extract_text(visitor_text=place)
        assert places["Covers"] > places["All claims to check in the article"]

    def test_what_became_of_a_verdict_is_read_from_the_right(self):
        told = reports.Correction(
            claim=41,
            before=ARABIC["verified"],
            after=ARABIC["disputed"],
            reason="",
            at=AT,
            notice="صححنا.",
            published_at=AT,
        )
        made = for_public(written_in("ar", ARABIC, corrections=(told,)))
        assert "✓ مؤكد ← ! مطعون فيه" in b"".join(get("md").write(made)).decode()

    def test_in_a_picture_the_figures_do(self):
        shared = Shared(title="المرفأ خال", kicker="", newsroom="Proof Desk")
        assert draw(replace(shared, language="ar")) != draw(replace(shared, language="en"))


def test_the_digest_of_an_english_report_is_that_of_older_versions():
    assert "language" not in json.loads(reports.several().canonical)
    assert "language" not in json.loads(canonical(written_in("en", GERMAN).report))


def test_the_digest_covers_another_language_and_it_is_read_back():
    german, english = written_in("de", GERMAN).report, written_in("en", GERMAN).report
    assert digest(canonical(german)) != digest(canonical(english))
    assert thaw(canonical(german), lambda _list, code: Term(code, code)).language == "de"
    assert for_public(written_in("de", GERMAN)).report.language == "de"


def test_the_data_of_a_public_edition_does_not_change_with_a_translation():
    made = written_in("de", GERMAN, scope="Assigned to: Brona Kestle")
    assert for_public(made).report.scope == "Claims selected by the newsroom"
    page = b"".join(get("html").write(for_public(made))).decode()
    assert "Von der Redaktion ausgewählte Behauptungen" in page


def test_every_fixed_text_is_translated():
    german = words_in("de")
    same = {key for key, text in TEXTS.items() if german[key] == text}
    assert same == {"software"}


@pytest.mark.parametrize(
    ("tag", "words", "runs"),
    [
        ("de-AT", "de", "ltr"),
        ("he", "en", "rtl"),
        ("ur-PK", "en", "rtl"),
        ("az-Arab", "en", "rtl"),
        ("sr-Latn", "en", "ltr"),
        ("ks-Deva", "en", "ltr"),
        ("en-GB", "en", "ltr"),
    ],
)
def test_a_language_has_the_nearest_words_and_its_scripts_direction(tag, words, runs):
    assert (spoken(tag), direction(tag)) == (words, runs)
    assert words_in(tag).are_foreign == (words == "en" and not tag.startswith("en"))
