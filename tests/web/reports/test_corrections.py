"""The pages of corrections: what a chief sees, rewords and publishes."""

import pytest
from django.urls import reverse

from claims.actions import EvidenceDraft, add_evidence, decide_claim, draft_report, publish_report
from claims.choices import Verdict
from claims.models import Claim, Correction, Report
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

    def test_the_newest_stand_first_and_what_is_published_in_a_list_of_its_own(
        self, lead, correction, editor, claims
    ):
        decide_claim(actor=editor, verdict=Verdict.VERIFIED, **version_of(claims[1]))
        page = shown(lead.get(reverse("corrections")))
        assert page.index(claims[1].statement) < page.index(claims[0].statement)
        address = reverse("correction", args=[correction.pk])
        told = hidden_fields(shown(lead.get(address))) | {"notice": "See the log."}
        lead.post(address, told)
        lists = {
            query: shown(lead.get(reverse("corrections") + query)) for query in ("", "?told=1")
        }
        assert [claims[0].statement in page for page in lists.values()] == [False, True]
        assert [claims[1].statement in page for page in lists.values()] == [True, False]

    def test_a_published_notice_is_corrected_on_the_same_page(self, lead, correction):
        address = reverse("correction", args=[correction.pk])
        first = hidden_fields(shown(lead.get(address))) | {"notice": "Three boats."}
        for _click in range(2):
            assert "has been published" in shown(lead.post(address, first, follow=True))
        page = shown(lead.post(address, first | {"notice": "Four."}, follow=True), status=409)
        assert "already been published" in page
        assert "decision" not in hidden_fields(page)
        for notice in ("Two boats.", "One boat."):
            page = shown(lead.post(address, {"notice": notice}, follow=True))
            assert "The notice has been corrected" in page
        page = shown(lead.get(address))
        assert ">One boat.</textarea>" in page
        assert 0 < page.index("Three boats.") < page.index("Two boats.")

    def test_confidential_documents_are_counted_and_not_named(
        self, lead, correction, editor, claim
    ):
        for title, confidential in (("A second log", False), ("A whisper", True)):
            url = f"https://example.org/{confidential}"
            draft = EvidenceDraft(title=title, url=url, confidential=confidential)
            add_evidence(actor=editor, evidence=draft, **version_of(claim))
        page = shown(lead.get(reverse("correction", args=[correction.pk])))
        assert "A second log" in page
        assert "1 confidential document is withheld" in page
        assert "A whisper" not in page

    def test_an_editor_cannot_tell_readers(self, desk, correction):
        assert desk.get(reverse("correction", args=[correction.pk])).status_code == 403

    def test_where_nothing_waits_it_says_so(self, desk):
        assert "Nothing to do" in shown(desk.get(reverse("corrections")))


class TestFacts:
    @pytest.fixture
    def told(self, lead, chief, editor, claim):
        """A published report of the claim alone, and the page on which it is corrected."""
        decide_claim(actor=editor, verdict=Verdict.VERIFIED, **version_of(claim))
        made = draft_report(actor=chief, title="Bridges", claims=Claim.objects.filter(pk=claim.pk))
        seen = edition_of(actor=chief, report=made).digest
        return publish_report(actor=chief, report_id=made.pk, seen=seen)

    def test_a_notice_without_words_is_refused_and_one_with_words_leads_to_the_report(
        self, lead, told, claim
    ):
        address = reverse("correct-claim", args=[told.pk, claim.pk])
        sent = hidden_fields(shown(lead.get(address)))
        assert "write the notice" in shown(lead.post(address, sent | {"notice": " "}), status=400)
        answer = lead.post(address, sent | {"notice": "The Elm."})
        assert answer["Location"] == told.get_absolute_url()

    def test_a_claim_of_another_report_is_not_found(self, lead, told, claims):
        address = reverse("correct-claim", args=[told.pk, claims[1].pk])
        assert lead.get(address).status_code == 404


class TestTexts:
    @pytest.fixture
    def address(self, lead, kept, chief):
        """The page on which the lede of the published report is corrected."""
        Report.objects.filter(pk=kept.pk).update(lede="Eight stand.")
        kept.refresh_from_db()
        address = reverse("correct-text", args=[kept.pk, "lede"])
        assert lead.get(address).status_code == 404
        seen = edition_of(actor=chief, report=kept).digest
        publish_report(actor=chief, report_id=kept.pk, seen=seen)
        return address

    def test_it_is_corrected_and_taken_away_and_given_back(self, lead, kept, address):
        seen = "Eight stand."
        for text in ("Nine stand.", "", "Ten stand."):
            page = shown(lead.get(address))
            assert f">{seen}</textarea>" in page
            assert "What readers see now" not in page
            sent = {"text": text, "notice": f"We say: {text or 'nothing'}", "seen": seen}
            assert lead.post(address, sent)["Location"] == kept.get_absolute_url()
            kept.refresh_from_db()
            assert kept.lede == text
            seen = text

    def test_who_wrote_over_an_older_text_sees_the_newer_one(self, lead, kept, address):
        lead.post(address, {"text": "Nine.", "notice": "Nine.", "seen": "Eight stand."})
        sent = {"text": "My own words.", "notice": "My notice.", "seen": "Eight stand."}
        page = shown(lead.post(address, sent), status=409)
        assert "What readers see now" in page
        for words in ("My own words.", "My notice.", 'name="seen" value="Nine."'):
            assert words in page

    @pytest.mark.parametrize("part", ["conclusion", "title"])
    def test_what_the_report_has_not_is_not_corrected(self, lead, kept, address, part):
        assert lead.get(address.replace("lede", part)).status_code == 404
