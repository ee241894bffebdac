"""Signed PDFs of published reports: a worker signs them, everybody gets them, a command checks them."""

import io
import json
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from claims.actions import EvidenceDraft as Draft
from claims.actions import (
    add_evidence,
    correct_text,
    draft_report,
    edit_evidence,
    publish_report,
    set_public,
    write_report,
)
from claims.apps import check_signing
from claims.choices import ReportText
from claims.models import Evidence, Report, SignedPdf
from claims.queries.reports.editions import edition_of
from claims.renderers.signatures.checking import signatures_of
from tests.renderers.signatures.certificates import NAME, PASSWORD, pkcs12_file

P12 = pkcs12_file()
EXPIRED = pkcs12_file(ends=timezone.now() - timedelta(days=1))


@pytest.fixture
def certificate(settings) -> None:
    settings.SIGNING_CERTIFICATE, settings.SIGNING_PASSWORD = P12, PASSWORD


@pytest.fixture
def report(chief, article) -> Report:
    made = draft_report(actor=chief, title="Bridges of May", article=article)
    write_report(actor=chief, report_id=made.pk, title=made.title, lede="Eight.", conclusion="")
    made.refresh_from_db()
    seen = edition_of(actor=chief, report=made).digest
    return publish_report(actor=chief, report_id=made.pk, seen=seen, public=True)


@pytest.fixture
def lead(client, chief) -> Client:
    client.force_login(chief)
    return client


def pdf(browser: Client, report: Report, name: str = "public-report-file") -> bytes:
    return b"".join(browser.get(reverse(name, args=[report.pk, "pdf"])))


def told(browser: Client, report: Report) -> str:
    return browser.get(reverse("report-editions", args=[report.pk])).content.decode()


class TestWorker:
    def test_both_editions_are_signed_once_and_everybody_gets_these_bytes(
        self, certificate, report, lead, work
    ):
        assert signatures_of(pdf(Client(), report)) == []
        work()
        public, internal = pdf(Client(), report), pdf(lead, report, "report-file")
        for file in (public, internal):
            (signature,) = signatures_of(file)
            assert (signature.name, signature.is_valid, signature.covers_all) == (NAME, True, True)
        assert public != internal
        work()
        assert pdf(Client(), report) == public == pdf(lead, report, "report-public-file")
        assert told(lead, report).count(f"The PDF is signed by {NAME}") == 2

    def test_with_an_authority_the_time_is_in_the_signature(
        self, certificate, tsa, authority, report, lead, work
    ):
        work()
        (signature,) = signatures_of(pdf(Client(), report), authority.certificates)
        assert signature.stamp_is_valid
        assert told(lead, report).count("The signature has a timestamp.") == 2

    def test_an_authority_that_does_not_answer_is_asked_again_later(
        self, certificate, tsa, authority, report, lead, work
    ):
        tsa.reply = lambda _query: (503, b"")
        work()
        assert signatures_of(pdf(Client(), report)) == []
        assert told(lead, report).count("The PDF is not signed yet.") == 2
        asked = len(tsa.asked)
        work()
        assert len(tsa.asked) == asked
        tsa.reply = lambda query: (200, authority.answer(query))
        SignedPdf.objects.update(tried_at=timezone.now() - timedelta(minutes=16))
        work()
        assert len(signatures_of(pdf(Client(), report))) == 1

    @pytest.mark.parametrize(("minutes", "number"), [(14, 0), (16, 1)])
    def test_what_a_worker_left_half_done_is_done_later(
        self, certificate, report, work, minutes, number
    ):
        begun = timezone.now() - timedelta(minutes=minutes)
        for edition in ("internal", "public"):
            SignedPdf.objects.create(report=report, edition=edition, tried_at=begun)
        work()
        assert len(signatures_of(pdf(Client(), report))) == number

    def test_without_a_certificate_nothing_is_signed_and_nothing_said(self, report, lead, work):
        work()
        assert not SignedPdf.objects.exists()
        assert "signed" not in told(lead, report)


class TestChanges:
    """A PDF that says something else than the report says now is given to nobody."""

    def signed_anew(self, report: Report, work, before: bytes) -> str:
        after = pdf(Client(), report)
        assert signatures_of(after) == []
        work()
        signed = pdf(Client(), report)
        assert signatures_of(signed)[0].is_valid
        assert signed.startswith(after)
        assert signed != before
        assert SignedPdf.objects.count() == 2
        for row in SignedPdf.objects.all():
            assert default_storage.exists(row.file.name)

    def test_after_a_correction(self, certificate, chief, report, work):
        work()
        before = pdf(Client(), report)
        correct_text(
            actor=chief,
            report_id=report.pk,
            part=ReportText.LEDE,
            text="Nine.",
            notice="We miscounted.",
            seen="Eight.",
        )
        self.signed_anew(report, work, before)

    def test_after_a_document_became_confidential(
        self, certificate, chief, editor, article, claim, work
    ):
        draft = Draft(title="Notice of closure", url="https://roads.example.org/notice")
        add_evidence(actor=editor, claim_id=claim.pk, version=claim.version, evidence=draft)
        report = draft_report(actor=chief, title="Bridges of June", article=article)
        seen = edition_of(actor=chief, report=report).digest
        report = publish_report(actor=chief, report_id=report.pk, seen=seen, public=True)
        work()
        before = pdf(Client(), report)
        piece = Evidence.objects.get()
        piece.claim.refresh_from_db()
        edit_evidence(
            actor=editor,
            evidence_id=piece.pk,
            version=piece.claim.version,
            evidence=Draft(
                title="Notice of closure",
                url="https://roads.example.org/notice",
                confidential=True,
            ),
        )
        self.signed_anew(report, work, before)

    def test_not_after_it_was_withdrawn_and_is_public_again(self, certificate, chief, report, work):
        work()
        before = pdf(Client(), report)
        set_public(actor=chief, report_id=report.pk, public=False, notice="A mistake.")
        set_public(actor=chief, report_id=report.pk, public=True)
        work()
        assert pdf(Client(), report) == before


class TestExpiredCertificate:
    @pytest.fixture(autouse=True)
    def _expired(self, settings) -> None:
        settings.SIGNING_CERTIFICATE, settings.SIGNING_PASSWORD = EXPIRED, PASSWORD

    def test_reports_are_published_unsigned_and_the_page_says_why(self, report, lead, work):
        work()
        assert signatures_of(pdf(Client(), report)) == []
        assert told(lead, report).count("the certificate expired at ") == 2

    def test_the_administrator_is_told_at_the_start_and_on_the_status_page(self, lead):
        (warning,) = check_signing()
        assert "the certificate expired at " in warning.msg
        page = lead.get(reverse("status")).content.decode()
        assert "the certificate expired at " in page
        assert "1 thing needs attention" in page or "things need attention" in page

    def test_a_valid_one_later_signs_what_was_published(self, settings, report, work):
        work()
        settings.SIGNING_CERTIFICATE = P12
        work()
        assert len(signatures_of(pdf(Client(), report))) == 1


def test_a_valid_certificate_is_no_reason_to_warn(certificate, lead):
    assert check_signing() == []
    assert "more days" in lead.get(reverse("status")).content.decode()


def checked(path, **options) -> str:
    out = io.StringIO()
    call_command("verify_report", path, stdout=out, **options)
    return out.getvalue()


class TestCommand:
    @pytest.fixture
    def file(self, certificate, report, work, tmp_path):
        work()
        path = tmp_path / "report.pdf"
        path.write_bytes(pdf(Client(), report))
        return path

    def test_what_holds_and_what_does_not(self, file, report):
        found = checked(file)
        assert found.count("holds") == 3
        assert f"signed by {NAME}" in found
        assert "the signature is of the whole file" in found
        assert "not checked  when it was signed: " in found
        assert "the certificate is this newsroom's" in found
        assert f"it is the public edition of report {report.pk}" in found
        data = bytearray(file.read_bytes())
        data[len(data) // 3] ^= 1
        file.write_bytes(data)
        out = io.StringIO()
        with pytest.raises(CommandError, match="not what it claims to be"):
            call_command("verify_report", file, stdout=out)
        assert "and changed since" in out.getvalue()

    def test_with_a_timestamp_all_holds_if_its_authority_is_known(
        self, tsa, file, settings, authority
    ):
        found = checked(file)
        assert found.count("holds") == 4
        assert "not checked" not in found
        settings.TIMESTAMP_CERTIFICATES = b""
        assert "name a file of certificates" in checked(file)
        assert checked(file, certificates=authority.folder / "root.pem").count("holds") == 4

    def test_of_another_newsroom_only_the_signature_is_checked(self, file, settings):
        SignedPdf.objects.update(certificate="", file="", signed_at=None)
        settings.SIGNING_CERTIFICATE = b""
        found = checked(file)
        assert found.count("holds") == 1
        assert "has not signed with this certificate" in found

    def test_an_unsigned_pdf(self, report, tmp_path):
        path = tmp_path / "report.pdf"
        path.write_bytes(pdf(Client(), report))
        assert "has no signature" in checked(path)


def test_the_api_and_the_command_give_out_the_signed_file(certificate, report, work, tmp_path):
    work()
    path = tmp_path / "report.pdf"
    call_command(
        "export_report", report=report.pk, edition="public", format="pdf", output=path, verbosity=0
    )
    assert path.read_bytes() == pdf(Client(), report)


def test_the_data_is_not_what_is_signed(certificate, report, work):
    address = reverse("public-report-file", args=[report.pk, "json"])
    before = json.loads(Client().get(address).getvalue())
    work()
    assert json.loads(Client().get(address).getvalue())["digest"] == before["digest"]
