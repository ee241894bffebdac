"""The pages of corrections: what a chief sees, rewords and publishes."""

import pytest
from django.urls import reverse

from claims.actions import EvidenceDraft, add_evidence, decide_claim, draft_report, publish_report
from claims.choices import Verdict
from claims.models import Claim, Correction
from claims.queries.reports.editions import edition_of
from tests.conftest import version_of
from tests.web.reports.answers import hidden_fields, shown, streamed


class TestCorrections:
    @pytest.fixture
    def correction(self, published, editor, claim) -> Correction:
        decide_claim(
            actor=editor,
            claim_id=claim.pk,
            version=1,
            verdict=Verdict.DISPUTED,
            reason="The log says three.",
        )
        return Correction.objects.get()

    def test_what_relied_on_a_changed_verdict_is_listed(self, desk, correction, claim, published):
        page = shown(desk.get(reverse("corrections")))
        assert claim.statement in page
        assert published.title in page
        assert reverse("correction", args=[correction.pk]) not in page

    def test_a_chief_rewords_the_drafted_notice_and_publishes_it(self, lead, correction, published):
        address = reverse("correction", args=[correction.pk])
        form = shown(lead.get(address))
        assert "We have since checked" in form
        assert "The log says three." in form
        sent = hidden_fields(form) | {"notice": "It is disputed now: see the log."}
        lead.post(address, sent)
        assert Correction.objects.get().notice == "It is disputed now: see the log."
        told = shown(lead.get(f"{reverse('corrections')}?told=1"))
        assert "It is disputed now: see the log." in told
        page = streamed(lead.get(reverse("report-page", args=[published.pk]))).decode()
        assert "It is disputed now: see the log." in page
        page = shown(lead.get(published.get_absolute_url()))
        assert "Update:" in page
        assert "published <time" in page

    def test_a_document_added_since_the_chief_looked_is_not_published_unseen(
        self, lead, correction, editor, claim
    ):
        address = reverse("correction", args=[correction.pk])
        sent = hidden_fields(shown(lead.get(address))) | {"notice": "My careful words."}
        draft = EvidenceDraft(title="A second log", url="https://example.org/second")
        add_evidence(actor=editor, evidence=draft, **version_of(claim))
        page = shown(lead.post(address, sent), status=409)
        assert "My careful words." in page
        assert "A second log" in page
        assert not Correction.objects.filter(published_at__isnull=False).exists()
        lead.post(address, hidden_fields(page) | {"notice": "My careful words."})
        assert Correction.objects.get().published_at

    def test_a_fact_is_corrected_with_the_documents_that_the_chief_saw(
        self, lead, chief, editor, claim
    ):
        decide_claim(actor=editor, verdict=Verdict.VERIFIED, **version_of(claim))
        made = draft_report(actor=chief, title="Bridges", claims=Claim.objects.filter(pk=claim.pk))
        seen = edition_of(actor=chief, report=made).digest
        publish_report(actor=chief, report_id=made.pk, seen=seen)
        address = reverse("correct-claim", args=[made.pk, claim.pk])
        sent = hidden_fields(shown(lead.get(address))) | {"notice": "It is the other pillar."}
        draft = EvidenceDraft(title="A second log", url="https://example.org/second")
        add_evidence(actor=editor, evidence=draft, **version_of(claim))
        page = shown(lead.post(address, sent), status=409)
        assert "A second log" in page
        lead.post(address, sent | hidden_fields(page))
        assert Correction.objects.get().notice == "It is the other pillar."

    def test_what_was_typed_stays_where_it_cannot_be_published(
        self, lead, correction, editor, claim
    ):
        seen = correction.decision_id
        decide_claim(actor=editor, claim_id=claim.pk, version=2, verdict=Verdict.VERIFIED)
        sent = {"decision": seen, "notice": "My careful words."}
        answer = lead.post(reverse("correction", args=[correction.pk]), sent)
        assert answer.status_code == 409
        page = answer.content.decode()
        assert "My careful words." in page
        assert "Nothing was done" in page

    @pytest.mark.parametrize("decision", ["", "x", "9" * 40])
    def test_a_decision_that_no_form_sends_is_not_found(self, lead, correction, decision):
        sent = {"decision": decision, "notice": "Words."}
        assert lead.post(reverse("correction", args=[correction.pk]), sent).status_code == 404

    def test_an_editor_cannot_tell_readers(self, desk, correction):
        assert desk.get(reverse("correction", args=[correction.pk])).status_code == 403

    def test_where_nothing_waits_it_says_so(self, desk):
        assert "Nothing to do" in shown(desk.get(reverse("corrections")))
