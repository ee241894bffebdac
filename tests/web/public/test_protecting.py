"""A document that is marked confidential after it was published: gone from all that is public, and the desk says so."""

import hashlib
import json
from dataclasses import replace
from html import unescape

import pytest
from django.core.management import call_command
from django.urls import reverse

from claims.actions import (
    EvidenceDraft,
    add_evidence,
    edit_evidence,
    import_article,
    publish_correction,
    remove_evidence,
    undo_change,
)
from claims.ingest.types import ArticleDraft
from claims.models import Claim, Evidence
from claims.models import Correction as OpenCorrection
from claims.queries.reports.editions import edition_of
from claims.renderers import FORMATS
from claims.renderers.held_back import held_back
from claims.renderers.public import for_public
from tests.conftest import claims_of, version_of
from tests.web.public.pages import addresses, read
from tests.web.public.test_public_fields import text_of

TITLE, LINK = "Notice of closure", "https://roads.example.org/notice"


def draft_of(document: Evidence) -> EvidenceDraft:
    return EvidenceDraft(title=document.title, url=document.url, excerpt=document.excerpt)


@pytest.fixture
def mark(editor, report):
    """Marks the published document of the report confidential."""

    def done(title: str = TITLE):
        document = Evidence.objects.get(title=title)
        version = Claim.objects.get(pk=document.claim_id).version
        return edit_evidence(
            actor=editor,
            evidence_id=document.pk,
            version=version,
            evidence=replace(draft_of(document), confidential=True),
        )

    return done


def told(chief) -> None:
    waiting = OpenCorrection.objects.get(published_at=None)
    publish_correction(
        actor=chief, correction_id=waiting.pk, decision_id=waiting.decision_id, notice="We erred."
    )


def test_it_is_gone_from_every_page_and_file_that_is_made_from_then_on(
    everybody, chief, report, claim, mark
):
    told(chief)
    page = reverse("public-claim", args=[claim.pk])
    assert LINK in read(everybody, page)
    tag = everybody.get(page)["ETag"]
    mark()
    assert everybody.get(page)["ETag"] != tag
    edition = for_public(edition_of(actor=chief, report=report))
    texts = [
        *(read(everybody, address) for address in addresses(report)),
        *(text_of(b"".join(one.write(edition))) for one in FORMATS.values()),
    ]
    for text in texts:
        assert TITLE not in text
        assert LINK not in text
    assert "2 documents withheld to protect a source" in read(everybody, page)


def test_what_a_notice_took_along_is_withheld_as_well(everybody, chief, report, claim, mark):
    told(chief)
    page = reverse("public-claim", args=[claim.pk])
    assert "Found after publication" in read(everybody, page)
    mark("Found after publication")
    assert "Found after publication" not in read(everybody, page)


def test_marked_for_another_claim_it_is_withheld_here_as_well(
    everybody, editor, report, claim, article
):
    other = Claim.objects.of_article(article).exclude(pk=claim.pk).first()
    document = EvidenceDraft(title="The same", url=LINK, confidential=True)
    page = reverse("public-claim", args=[claim.pk])
    assert LINK in read(everybody, page)
    tag = everybody.get(page)["ETag"]
    add_evidence(actor=editor, claim_id=other.pk, version=other.version, evidence=document)
    assert everybody.get(page)["ETag"] != tag
    assert LINK not in read(everybody, page)


def test_the_data_have_the_digest_of_what_they_hold_and_the_one_that_was_published(
    everybody, report, mark
):
    address = reverse("public-report-file", args=[report.pk, "json"])
    before = json.loads(read(everybody, address))
    assert before["published_digest"] is None
    mark()
    after = json.loads(read(everybody, address))
    data = json.dumps(after["report"], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert hashlib.sha256(data.encode()).hexdigest() == after["digest"] != before["digest"]
    assert after["published_digest"] == before["digest"]
    whole = read(everybody, reverse("public-report", args=[report.pk]))
    assert after["digest"] in whole
    assert before["digest"] in whole


def test_a_copy_from_before_is_still_proved_genuine(everybody, report, mark, tmp_path, capsys):
    address = reverse("public-report-file", args=[report.pk, "json"])
    copies = [tmp_path / "before.json", tmp_path / "after.json"]
    copies[0].write_text(read(everybody, address))
    mark()
    copies[1].write_text(read(everybody, address))
    for copy, said in zip(
        copies, ("first published it; documents have", "published it\n"), strict=True
    ):
        call_command("verify_report", copy)
        assert f"it is report {report.pk} as this installation {said}" in capsys.readouterr().out


def test_the_internal_edition_keeps_it_and_its_digest(chief, report, mark):
    before = edition_of(actor=chief, report=report)
    assert TITLE not in held_back(before).documents
    mark()
    after = edition_of(actor=chief, report=report)
    assert (after.digest, after.canonical) == (before.digest, before.canonical)
    assert TITLE in held_back(after).documents
    html = b"".join(FORMATS["html"].write(after)).decode()
    assert html.count("Confidential: not for publication") == 2


def test_marked_by_mistake_it_comes_back_with_the_digest_that_was_published(
    everybody, editor, report, mark
):
    address = reverse("public-report-file", args=[report.pk, "json"])
    before = read(everybody, address)
    change = mark()
    undo_change(actor=editor, change_id=change.pk)
    assert read(everybody, address) == before


class TestOnTheDesk:
    ALREADY = "This document is already public, in report no. {}."
    ELSEWHERE = "Readers do not see this document: the same one is marked confidential for another claim, or was"
    WAS = "This document was public in report no. {} before it was marked confidential."

    def panel(self, desk, claim) -> str:
        return unescape(desk.get(reverse("claim", args=[claim.pk]), follow=True).content.decode())

    def test_the_form_says_that_it_is_public_and_the_panel_that_it_was(
        self, desk, report, claim, mark
    ):
        already, was = self.ALREADY.format(report.pk), self.WAS.format(report.pk)
        page = self.panel(desk, claim)
        # Neither the document that was confidential all along, nor the one that came later.
        assert page.count(already) == 1
        assert was not in page
        mark()
        page = self.panel(desk, claim)
        assert already not in page
        assert page.count(was) == 1

    def test_what_a_notice_took_along_is_public_too(self, desk, chief, report, claim):
        told(chief)
        assert self.panel(desk, claim).count(self.ALREADY.format(report.pk)) == 2

    def test_the_same_document_of_another_claim_says_both_as_well(
        self, desk, editor, report, claim, article, mark
    ):
        """There is no report on that claim."""
        draft = ArticleDraft(headline="Olm", body="The bridge was painted.")
        other = claims_of(import_article(actor=editor, draft=draft).article)[0]
        written = EvidenceDraft(title="The same", url=f"{LINK}/?utm_source=mail")
        add_evidence(actor=editor, claim_id=other.pk, version=1, evidence=written)
        already = self.ALREADY.format(report.pk)
        page = self.panel(desk, other)
        assert page.count(already) == 1
        assert self.ELSEWHERE not in page
        mark()
        page = self.panel(desk, other)
        assert self.ELSEWHERE in page
        assert self.WAS.format(report.pk) in page
        assert already not in page
        assert self.ELSEWHERE not in self.panel(desk, claim)

    def test_marked_removed_and_added_anew_it_is_withheld_until_the_mark_is_gone(
        self, desk, editor, claims
    ):
        """A tired editor's mistake: the page says why readers do not see it, and it can be taken back."""
        claim = claims[-1]
        draft = EvidenceDraft(title="Map", url="https://maps.example.org/", confidential=True)
        marked = add_evidence(actor=editor, evidence=draft, **version_of(claim))
        one = {"evidence_id": marked.pk}
        removal = remove_evidence(actor=editor, version=version_of(claim)["version"], **one)
        add_evidence(actor=editor, evidence=replace(draft, confidential=False), **version_of(claim))
        assert self.ELSEWHERE in self.panel(desk, claim)
        undo_change(actor=editor, change_id=removal.pk)
        edit_evidence(
            actor=editor,
            evidence=replace(draft, confidential=False),
            version=version_of(claim)["version"],
            **one,
        )
        assert self.ELSEWHERE not in self.panel(desk, claim)
        remove_evidence(actor=editor, version=version_of(claim)["version"], **one)
        assert self.ELSEWHERE not in self.panel(desk, claim)

    def test_of_a_report_that_is_not_public_it_says_nothing(self, desk, chief, report, claim):
        type(report).objects.filter(pk=report.pk).update(public=False)
        assert "already public" not in self.panel(desk, claim)
