"""The two editions of a report: each says which it is, both exist before the report is public, and a page explains them."""

import io
import zipfile

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from claims import renderers
from claims.actions import (
    EvidenceDraft,
    add_evidence,
    approve_report,
    decide_claim,
    draft_report,
    publish_report,
)
from claims.choices import Verdict
from claims.models import Report
from claims.queries.reports.editions import edition_of, public_edition_of
from tests.conftest import version_of
from tests.renderers.signatures.certificates import PASSWORD, pkcs12_file

SECRET = "A letter that names her"


@pytest.fixture
def lead(chief: User) -> Client:
    browser = Client()
    browser.force_login(chief)
    return browser


@pytest.fixture
def report(chief, editor, article, claim) -> Report:
    """A published report that is not public, with a confidential document."""
    letter = EvidenceDraft(title=SECRET, url="https://drop.example.org/", confidential=True)
    add_evidence(actor=editor, evidence=letter, **version_of(claim))
    decide_claim(actor=editor, verdict=Verdict.VERIFIED, reason="Seen.", **version_of(claim))
    made = draft_report(actor=editor, title="Bridges of May", article=article)
    seen = edition_of(actor=chief, report=made).digest
    return publish_report(actor=chief, report_id=made.pk, seen=seen)


def text_of(file: bytes) -> str:
    """What a file says."""
    if file.startswith(b"%PDF"):
        return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(file)).pages)
    if file.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(file)) as parts:
            return " ".join(parts.read(name).decode(errors="replace") for name in parts.namelist())
    return file.decode()


EDITIONS = {
    "INTERNAL": [key for key, one in renderers.FORMATS.items() if not one.public],
    "public": list(renderers.FORMATS),
}


@pytest.mark.parametrize(
    ("edition", "key"), [(edition, key) for edition, keys in EDITIONS.items() for key in keys]
)
def test_every_file_says_which_edition_it_is(lead, report, edition, key):
    """On its face, in its name and in its data, and the public one before the report is public."""
    address = "report-file" if edition == "INTERNAL" else "report-public-file"
    answer = lead.get(reverse(address, args=[report.pk, key]))
    assert answer.status_code == 200
    assert f"-report-{report.pk}-{edition}" in answer["Content-Disposition"]
    text = text_of(answer.getvalue())
    assert (SECRET in text) == (edition == "INTERNAL")
    assert ("Edda" in text) == (edition == "INTERNAL")
    if key != "claimreview":
        # What it holds tells the schema what it is; a claim's review is of nothing else.
        assert edition.lower() in text.lower()


def test_the_data_of_each_edition_says_it_under_its_digest(lead, chief, report):
    internal = edition_of(actor=chief, report=report)
    public = public_edition_of(actor=chief, report=report)
    assert b'"edition":"internal"' in internal.canonical
    assert b'"edition":"public"' in public.canonical
    assert internal.digest != public.digest


def test_no_two_files_of_a_report_have_one_name(lead, report):
    names = [
        lead.get(reverse(address, args=[report.pk, key]))["Content-Disposition"]
        for address, keys in (
            ("report-file", EDITIONS["INTERNAL"]),
            ("report-public-file", EDITIONS["public"]),
        )
        for key in keys
    ]
    assert len(set(names)) == len(names)


def test_a_page_explains_both_digests_and_says_what_an_internal_file_holds(lead, chief, report):
    page = lead.get(reverse("report-editions", args=[report.pk])).content.decode()
    assert edition_of(actor=chief, report=report).digest in page
    assert public_edition_of(actor=chief, report=report).digest in page
    internal = page.partition('id="internal"')[2]
    told, _, files = internal.partition(reverse("report-file", args=[report.pk, "pdf"]))
    assert files
    assert "2 names of newsroom staff" in told
    assert "<bdi>Carl</bdi>, <bdi>Edda</bdi>" in told
    assert f"1 confidential document: <bdi>{SECRET}</bdi>" in told


def test_internal_files_are_those_that_are_for_the_desk(lead, report, settings):
    for public_url in ("https://desk.example.org", ""):
        settings.PUBLIC_URL = public_url
        page = lead.get(reverse("report-editions", args=[report.pk])).content.decode()
        for key, one in renderers.FORMATS.items():
            internal = reverse("report-file", args=[report.pk, key])
            public = reverse("report-public-file", args=[report.pk, key])
            assert (f'"{internal}"' in page) == (not one.public), key
            assert (f'"{public}"' in page) == (not one.public or bool(public_url)), key


def test_only_what_is_published_waits_for_a_timestamp_and_a_signature(
    lead, chief, article, report, settings
):
    settings.TIMESTAMP_AUTHORITY = "https://authority.example.org/"
    settings.SIGNING_CERTIFICATE, settings.SIGNING_PASSWORD = pkcs12_file(), PASSWORD
    draft = draft_report(actor=chief, title="Boats", article=article)
    for one, number in ((report, 2), (draft, 0)):
        page = lead.get(reverse("report-editions", args=[one.pk])).content.decode()
        assert page.count("A worker will request one.") == number
        assert page.count("A worker will sign it.") == number


def test_the_reports_page_leads_to_internal_files_only_through_that_page(lead, report):
    page = lead.get(report.get_absolute_url()).content.decode()
    assert reverse("report-public-file", args=[report.pk, "pdf"]) in page
    assert reverse("report-file", args=[report.pk, "pdf"]) not in page
    assert reverse("report-editions", args=[report.pk]) in page


def test_the_public_edition_can_be_read_before_it_is_public(lead, report):
    page = lead.get(reverse("report-public-page", args=[report.pk])).getvalue().decode()
    assert "PUBLIC" in page
    assert "1 document withheld to protect a source" in page
    assert "No evidence is on file for this claim." not in page.partition('id="claim-')[2][:3000]
    assert SECRET not in page


def test_drafted_approved_and_published_are_three_facts(lead, chief, editor, article):
    second = User.objects.create_superuser("osric", first_name="Osric")
    made = draft_report(actor=editor, title="Bridges of May", article=article)
    seen = edition_of(actor=chief, report=made).digest
    approve_report(actor=second, report_id=made.pk, seen=seen)
    publish_report(actor=chief, report_id=made.pk, seen=seen)
    made.refresh_from_db()
    frozen = edition_of(actor=chief, report=made).report
    assert (frozen.made_by, frozen.approved_by, frozen.published_by) == ("Edda", "Osric", "Carl")
    assert frozen.created_at == made.created_at
    assert frozen.published_at == made.published_at
    page = lead.get(reverse("report-page", args=[made.pk])).getvalue().decode()
    for label, name in (("Published", "Carl"), ("Approved by", "Osric"), ("Drafted", "Edda")):
        assert name in page.partition(f"<dt>{label}</dt>")[2].partition("</div>")[0]


def test_an_approval_lapses_when_the_draft_changes(chief, editor, article, claim):
    second = User.objects.create_superuser("osric", first_name="Osric")
    made = draft_report(actor=editor, title="Bridges of May", article=article)
    approve_report(
        actor=second, report_id=made.pk, seen=edition_of(actor=chief, report=made).digest
    )
    decide_claim(actor=editor, verdict=Verdict.VERIFIED, **version_of(claim))
    publish_report(actor=chief, report_id=made.pk, seen=edition_of(actor=chief, report=made).digest)
    made.refresh_from_db()
    assert edition_of(actor=chief, report=made).report.approved_by == "Carl"
