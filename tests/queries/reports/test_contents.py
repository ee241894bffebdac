"""The report on an article: every field, in a constant number of queries."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.actions import (
    EvidenceDraft,
    add_evidence,
    change_newsroom,
    decide_claim,
    dismiss_claims,
    import_article,
    mark_checkable,
    remove_evidence,
    undo_change,
)
from claims.choices import Stance, Verdict
from claims.errors import NotAllowedError
from claims.ingest.types import ArticleDraft
from claims.models import Article, Claim
from claims.queries.reports.editions import report_of
from claims.renderers.types import EvidenceLine, Report, Term
from tests.conftest import version_of
from tests.models import rows

BODY = "It rained.\n\nRain will fall on nine bridges, minister Ada Venn said."


@pytest.fixture
def rain(editor) -> Article:
    draft = ArticleDraft(
        headline="Rain",
        body=BODY,
        outlet="The Ostrey Courier (fiction)",
        byline="Bo Tarn",
        url="https://courier.example.org/rain",
        published=datetime(2026, 3, 4, 5, 6, tzinfo=UTC),
        language="en-GB",
    )
    return import_article(actor=editor, draft=draft).article


class TestFields:
    @pytest.fixture
    def report(self, chief, reader, editor, rain) -> Report:
        change_newsroom(
            actor=chief,
            words={
                "name": "Ostrey Desk (fiction)",
                "corrections": "corrections@desk.example.org",
                "contact": "desk@desk.example.org",
                "funding": "Its readers",
            },
        )
        _narration, said = Claim.objects.of_article(rain).in_reading_order()
        Claim.objects.filter(pk=said.pk).update(role="the minister", told_to="Radio Ostrey")
        decide_claim(
            actor=editor,
            claim_id=said.pk,
            version=1,
            verdict=Verdict.DISPUTED,
            reason="There are eight.",
            evidence=EvidenceDraft(
                title="Bridge register",
                url="https://register.example.org/",
                stance=Stance.AGAINST,
                excerpt="Eight bridges.",
                archive_url="https://archive.example.org/",
                primary=True,
                interest="Owner of the bridges",
            ),
        )
        return report_of(actor=reader, article=rain).report

    def test_the_article(self, report):
        assert report.title == "Rain"
        (article,) = report.articles
        assert (article.headline, article.outlet, article.byline) == (
            "Rain",
            "The Ostrey Courier (fiction)",
            "Bo Tarn",
        )
        assert article.url == "https://courier.example.org/rain"
        assert article.published == datetime(2026, 3, 4, 5, 6, tzinfo=UTC)
        assert article.language == "en-GB"
        assert article.revision == 1
        assert article.body_digest == hashlib.sha256(BODY.encode()).hexdigest()

    def test_the_desk(self, report):
        assert report.made_by == "Rita"
        assert (timezone.now() - report.created_at).total_seconds() >= 0
        assert report.newsroom.name == "Ostrey Desk (fiction)"
        assert report.newsroom.corrections == "corrections@desk.example.org"
        assert report.software.startswith("Claim Workbench ")
        assert "disputed claim always carries a reason" in report.newsroom.method

    def test_the_verdicts_in_the_desks_order_with_those_that_none_has(self, report):
        assert report.verdicts == (
            (Term("verified", "Verified"), 0),
            (Term("disputed", "Disputed"), 1),
            (Term("pending", "Pending"), 1),
        )

    def test_a_claim_that_nobody_decided(self, report):
        line = report.lines[0]
        assert line.id == Claim.objects.get(quote="It rained").pk
        assert (line.quote, line.statement) == ("It rained", "It rained")
        assert line.quotation == Term("narration", "The article's own voice")
        assert (line.source, line.source_kind, line.role, line.told_to) == ("", None, "", "")
        assert line.verdict == Term("pending", "Pending")
        assert (line.reason, line.checked_by, line.checked_at) == ("", "", None)
        assert line.evidence == ()

    def test_a_claim_that_was_decided(self, report):
        line = report.lines[1]
        claim = Claim.objects.get(pk=line.id)
        assert (line.quote, line.statement) == (claim.quote, claim.statement)
        assert line.quotation.code == claim.quotation
        assert (line.source, line.source_kind) == ("Ada Venn", Term("minister", "Minister"))
        assert (line.role, line.told_to) == ("the minister", "Radio Ostrey")
        assert line.checkworthiness == claim.checkworthiness > 0
        assert line.verdict == Term("disputed", "Disputed")
        assert (line.reason, line.checked_by) == ("There are eight.", "Edda")
        assert line.checked_at == claim.decisions.get().decided_at

    def test_its_evidence(self, report):
        claim = Claim.objects.get(pk=report.lines[1].id)
        assert report.lines[1].evidence == (
            EvidenceLine(
                id=claim.evidence.get().pk,
                stance=Term("against", "Against"),
                title="Bridge register",
                url="https://register.example.org/",
                sha256="",
                archive_url="https://archive.example.org/",
                excerpt="Eight bridges.",
                primary=True,
                interest="Owner of the bridges",
                looked_up=timezone.localdate(),
                confidential=False,
            ),
        )


LETTER = EvidenceDraft(title="Letter", url="https://example.org/letter")
MINUTES = EvidenceDraft(title="Minutes", url="https://example.org/minutes")


def scan() -> SimpleUploadedFile:
    return SimpleUploadedFile("scan.txt", b"Eight bridges.")


@pytest.mark.parametrize(
    ("shown", "secret", "withheld"),
    [
        (LETTER, LETTER, True),
        (LETTER, replace(LETTER, url="http://EXAMPLE.org/letter/?utm_source=mail#page=3"), True),
        (LETTER, replace(LETTER, url="https://example.org/letter?page=3"), False),
        (replace(LETTER, file=scan()), replace(MINUTES, file=scan()), True),
        (replace(LETTER, file=scan()), LETTER, True),
        (replace(LETTER, url="", file=scan()), MINUTES, False),
        (LETTER, replace(MINUTES, url="", file=scan()), False),
    ],
    ids=["link", "same page", "other page", "file", "link of two", "file only", "link only"],
)
@pytest.mark.parametrize("removed", [False, True], ids=["there", "removed"])
def test_a_document_that_is_confidential_for_one_claim_is_so_for_all(
    editor, rain, shown, secret, withheld, removed
):
    """Also after it was removed from there, and however its address is written."""
    first, second, *_ = Claim.objects.of_article(rain).in_reading_order()
    add_evidence(actor=editor, evidence=shown, **version_of(first))
    kept = add_evidence(
        actor=editor, evidence=replace(secret, confidential=True), **version_of(second)
    )
    if removed:
        version = version_of(second)["version"]
        remove_evidence(actor=editor, evidence_id=kept.pk, version=version)
    line = report_of(actor=editor, article=rain).report.lines[0]
    assert [one.confidential for one in line.evidence] == [withheld]


def test_the_newest_decision_counts(editor, rain):
    claim = Claim.objects.of_article(rain).in_reading_order().first()
    decide_claim(
        actor=editor, claim_id=claim.pk, version=1, verdict=Verdict.VERIFIED, reason="Seen."
    )
    decide_claim(
        actor=editor, claim_id=claim.pk, version=2, verdict=Verdict.DISPUTED, reason="Dry."
    )
    line = report_of(actor=editor, article=rain).report.lines[0]
    assert (line.verdict.code, line.reason) == ("disputed", "Dry.")
    undo_change(actor=editor, change_id=claim.changed.get(version=3).change_id)
    line = report_of(actor=editor, article=rain).report.lines[0]
    assert (line.verdict.code, line.reason) == ("verified", "Seen.")


def test_only_the_claims_of_the_newest_text_in_its_order(editor, rain):
    second = rows.revision(editor, article=rain, number=2)
    for start in (9, 0):
        rows.claim(second, start)
    report = report_of(actor=editor, article=rain).report
    assert report.articles[0].revision == 2
    assert [line.quote for line in report.lines] == [rows.TEXT[:5], rows.TEXT[9:14]]


@pytest.mark.parametrize("verdict", [Verdict.PENDING, Verdict.VERIFIED])
@pytest.mark.parametrize("how", ["dismissed", "not checkable"])
def test_what_nobody_checks_is_left_out_and_not_counted(editor, rain, verdict, how):
    left_out, stays = Claim.objects.of_article(rain).in_reading_order()
    if verdict != Verdict.PENDING:
        decide_claim(actor=editor, claim_id=left_out.pk, version=1, verdict=verdict)
        left_out.refresh_from_db()
    if how == "dismissed":
        dismiss_claims(actor=editor, versions={left_out.pk: left_out.version})
    else:
        mark_checkable(
            actor=editor, claim_id=left_out.pk, version=left_out.version, checkable=False
        )
    report = report_of(actor=editor, article=rain).report
    assert [line.id for line in report.lines] == [stays.pk]
    assert [number for _term, number in report.verdicts] == [0, 0, 1]


def test_an_article_without_claims_has_a_report(editor):
    report = report_of(actor=editor, article=rows.revision(editor).article).report
    assert report.lines == ()
    assert [number for _term, number in report.verdicts] == [0, 0, 0]


@pytest.mark.parametrize("role", ["reader", "editor", "chief"])
def test_every_role_may_have_it(request, rain, role):
    assert report_of(actor=request.getfixturevalue(role), article=rain).report.title == "Rain"


def test_an_account_without_a_role_may_not(rain):
    with pytest.raises(NotAllowedError, match="export reports"):
        report_of(actor=User.objects.create_user("nobody"), article=rain)


def test_the_number_of_queries_does_not_grow_with_the_claims(editor):
    numbers = []
    for size in (2, 40):
        revision = rows.revision(editor, body="bridge " * 300)
        for number in range(size):
            claim = rows.claim(revision, number, source=rows.source(f"Ada Venn {size}-{number}"))
            for _time in range(2):
                rows.evidence(claim, editor)
            for version in (2, 3):
                rows.decision(claim, editor, version=version)
        actor = User.objects.get(pk=editor.pk)
        with CaptureQueriesContext(connection) as queries:
            report = report_of(actor=actor, article=revision.article).report
        assert len(report.lines) == size
        numbers.append(len(queries))
    assert numbers[0] == numbers[1] <= 11
