"""A decision's internal note: the desk reads it, and nothing that leaves the desk has it."""

import io
import zipfile

import pytest
from django.urls import reverse

from claims.actions import decide_claim, draft_report, publish_report, second_check, set_public
from claims.actions.claims.teamwork import ask_second_check
from claims.choices import Verdict
from claims.models import Claim, Correction
from claims.queries.reports.editions import edition_of
from claims.renderers import FORMATS, TABLES
from tests.conftest import version_of
from tests.web import walk

NOTE = "Zimquell"
"""Stands in the note, and nowhere else."""


@pytest.fixture
def noted(editor, claim) -> Claim:
    """A claim whose verdict has a note, after an earlier one that had one too."""
    for reason in ("The register has nine.", "The register has nine of them."):
        decide_claim(
            actor=editor,
            verdict=Verdict.DISPUTED,
            reason=reason,
            note=f"{NOTE} told me on the phone.",
            **version_of(claim),
        )
    return claim


def text_of(answer) -> str:
    content = answer.getvalue()
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "".join(
                archive.read(name).decode(errors="replace") for name in archive.namelist()
            )
    return content.decode(errors="replace")


def test_the_panel_and_the_history_show_it_and_say_for_whom_it_is(desk, noted):
    for address in (noted.revision.article.get_absolute_url(), f"/claims/{noted.pk}/history/"):
        page = " ".join(desk.get(address).content.decode().split())
        assert f"{NOTE} told me on the phone." in page
        assert "Only the desk sees this" in page


def test_the_form_keeps_it_for_the_next_verdict(desk, noted):
    page = desk.get(noted.revision.article.get_absolute_url()).content.decode()
    field = page.partition('id="id_note"')[2].partition("</textarea>")[0]
    assert field.endswith(f">{NOTE} told me on the phone.")


def test_no_report_of_the_article_has_it(desk, noted):
    for key in {key for key, one in FORMATS.items() if not one.public} - {"pdf"}:
        answer = desk.get(reverse("article-report-file", args=[noted.revision.article.pk, key]))
        told = text_of(answer)
        assert "The register has nine of them." in told, key
        assert NOTE not in told, key


def test_no_published_report_correction_or_table_has_it(client, chief, editor, noted):
    article = noted.revision.article
    report = draft_report(actor=chief, title="May", article=article)
    digest = edition_of(actor=chief, report=report).digest
    publish_report(actor=chief, report_id=report.pk, seen=digest)
    set_public(actor=chief, report_id=report.pk, public=True)
    decide_claim(actor=editor, verdict=Verdict.VERIFIED, note=f"{NOTE} again", **version_of(noted))
    client.force_login(chief)
    pages = [
        reverse("public-report", args=[report.pk]),
        reverse("public-claim", args=[noted.pk]),
        reverse("public-report-file", args=[report.pk, "json"]),
        reverse("report-page", args=[report.pk]),
        reverse("report-file", args=[report.pk, "csv"]),
        reverse("corrections"),
        reverse("correction", args=[Correction.objects.get().pk]),
    ]
    for address in pages:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert NOTE not in text_of(answer), address
    for key in TABLES:
        asked = {"every": "1", "list": "state=all", "format": key}
        told = text_of(client.post(reverse("export-claims"), asked))
        assert noted.statement in told, key
        assert NOTE not in told, key


# Django's own pages ask for variables that are not there.
@pytest.mark.ignore_template_errors
def test_who_checks_blind_does_not_see_it_until_the_check_is_done(client, chief, editor, noted):
    ask_second_check(actor=editor, blind=True, **version_of(noted))
    client.force_login(chief)
    pages = [
        noted.revision.article.get_absolute_url(),
        f"/claims/{noted.pk}/history/",
        f"/articles/{noted.revision.article.pk}/history/",
        "/admin/claims/decision/",
        f"/admin/claims/decision/?q={NOTE}",
        *(f"/admin/claims/decision/{one.pk}/change/" for one in noted.decisions.all()),
    ]
    for address in pages:
        told = walk.ask(client, address, "GET").body.decode()
        assert NOTE not in told.replace(f"q={NOTE}", "").replace(f'value="{NOTE}"', ""), address
    second_check(actor=chief, verdict=Verdict.DISPUTED, reason="I count eight", **version_of(noted))
    assert NOTE in client.get(f"/claims/{noted.pk}/history/").content.decode()
