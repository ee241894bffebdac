"""The pages of reports: from a draft to its corrections."""

import io

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from claims import renderers
from claims.actions import (
    ask_second_check,
    decide_claim,
    dismiss_match,
    draft_report,
    publish_report,
    set_public,
    submit_report,
    take_over_verdict,
)
from claims.choices import MatchRelation, Verdict
from claims.models import Claim, Report
from claims.queries.reports.editions import edition_of
from tests.conftest import version_of
from tests.models import match_rows, rows
from tests.web.reports.answers import shown, streamed


class TestMaking:
    def test_an_article_makes_one_with_its_headline(self, desk, article):
        answer = desk.post(reverse("new-report"), {"article": article.pk})
        report = Report.objects.get()
        assert answer["Location"] == report.get_absolute_url()
        assert (report.title, report.article) == (article.headline, article)

    def test_a_filter_makes_one_that_says_which_in_the_reports_language(self, desk, article):
        desk.cookies["django_language"] = "de"
        sent = {"list": "kind=minister", "every": "1", "title": "What the minister said"}
        answer = desk.post(reverse("new-report"), sent, follow=True)
        assert answer.status_code == 200
        report = Report.objects.get()
        assert (report.title, report.query) == ("What the minister said", "kind=minister")
        assert report.scope == "Source kind: Minister"
        assert set(report.claim_ids) == set(
            Claim.objects.active().filter(source_kind="minister").values_list("pk", flat=True)
        )

    def test_chosen_claims_make_one(self, desk, claim):
        sent = {"list": "kind=minister", "chosen": [claim.pk], "title": "One"}
        desk.post(reverse("new-report"), sent)
        report = Report.objects.get()
        assert (report.claim_ids, report.query) == ([claim.pk], "")
        assert report.scope == "Individually selected claims"

    def test_nothing_chosen_says_so_and_makes_none(self, desk, article):
        answer = desk.post(
            reverse("new-report"), {"list": "verdict=disputed", "every": "1"}, follow=True
        )
        assert "none of the selected claims is active" in shown(answer)
        assert not Report.objects.exists()

    @pytest.mark.parametrize("number", ["4711", "x", "9" * 40])
    def test_an_article_that_is_not_there_is_not_found(self, desk, number):
        assert desk.post(reverse("new-report"), {"article": number}).status_code == 404

    def test_a_reader_makes_none(self, client, reader, article):
        client.force_login(reader)
        assert client.post(reverse("new-report"), {"article": article.pk}).status_code == 403


class TestPage:
    def test_a_draft_shows_what_it_holds_and_no_way_to_publish_for_editors(self, desk, kept):
        page = shown(desk.get(kept.get_absolute_url()))
        assert "Draft" in page
        assert edition_of(actor=User.objects.get(username="edda"), report=kept).digest in page
        assert "Publish the report" not in page
        assert "Discard the draft" in page

    def test_a_chief_publishes_what_the_page_shows(self, lead, kept):
        page = lead.get(kept.get_absolute_url())
        seen = page.context["edition"].digest
        answer = lead.post(reverse("publish-report", args=[kept.pk]), {"seen": seen}, follow=True)
        assert "can no longer be changed" in shown(answer)
        report = Report.objects.get()
        assert (report.is_draft, report.public) == (False, False)

    def test_what_changed_meanwhile_is_shown_and_not_published(self, lead, kept, editor, claim):
        seen = lead.get(kept.get_absolute_url()).context["edition"].digest
        decide_claim(actor=editor, claim_id=claim.pk, version=1, verdict=Verdict.VERIFIED)
        answer = lead.post(reverse("publish-report", args=[kept.pk]), {"seen": seen})
        assert answer.status_code == 409
        assert "Nothing was done" in answer.content.decode()
        assert answer.context["edition"].digest != seen
        assert Report.objects.get().is_draft

    def test_it_counts_verdicts_without_evidence(self, lead, kept, editor, claim):
        assert "no evidence." not in shown(lead.get(kept.get_absolute_url()))
        decide_claim(actor=editor, claim_id=claim.pk, version=1, verdict=Verdict.VERIFIED)
        assert "1 decided claim has no evidence." in shown(lead.get(kept.get_absolute_url()))
        rows.evidence(claim, editor)
        assert "no evidence." not in shown(lead.get(kept.get_absolute_url()))

    @pytest.mark.parametrize("blind", [True, False])
    def test_it_says_which_second_checks_are_under_way(self, lead, kept, editor, claim, blind):
        decide_claim(actor=editor, claim_id=claim.pk, version=1, verdict=Verdict.VERIFIED)
        ask_second_check(actor=editor, claim_id=claim.pk, version=2, blind=blind)
        page = shown(lead.get(kept.get_absolute_url()))
        assert ("1 claim has been decided, and its blind second check" in page) == blind
        assert ("A second check of 1 claim is under way" in page) == (not blind)
        assert (">Publish the report</a>" in page) == (not blind)
        for action, left_out in (("leave-out", blind), ("put-back", False)):
            answer = lead.post(reverse(f"{action}-report", args=[kept.pk]), follow=True)
            assert ("1 claim is left out; the report says so." in shown(answer)) == left_out

    def test_it_is_renamed(self, desk, kept):
        desk.post(reverse("rename-report", args=[kept.pk]), {"title": "Boats"})
        assert Report.objects.get().title == "Boats"

    def test_without_a_title_it_keeps_the_one_it_has(self, desk, kept):
        answer = desk.post(reverse("rename-report", args=[kept.pk]), {"title": " "})
        assert answer.status_code == 400
        assert Report.objects.get().title == "Bridges of May"

    def test_it_is_thrown_away(self, desk, kept):
        answer = desk.post(reverse("discard-report", args=[kept.pk]), follow=True)
        assert "The draft has been discarded" in shown(answer)
        assert not Report.objects.exists()

    @pytest.mark.parametrize("action", ["publish", "approve", "leave-out", "show", "withdraw"])
    def test_an_editor_cannot_do_what_a_chief_does(self, desk, kept, action):
        assert desk.post(reverse(f"{action}-report", args=[kept.pk])).status_code == 403

    def test_a_published_one_says_who_and_when_and_is_made_public(self, lead, published):
        page = shown(lead.get(published.get_absolute_url()))
        assert "published by <bdi>Carl</bdi>" in page
        lead.post(reverse("show-report", args=[published.pk]))
        page = shown(lead.get(published.get_absolute_url()))
        assert f"https://desk.example.org/published/{published.pk}/" in page
        lead.post(reverse("withdraw-report", args=[published.pk]), {"notice": "It was wrong."})
        assert not Report.objects.get().public
        assert "It was wrong." in shown(lead.get(published.get_absolute_url()))

    def test_the_page_inside_may_be_framed_by_the_desk_alone_and_runs_nothing(self, desk, kept):
        answer = desk.get(reverse("report-page", args=[kept.pk]))
        policy = answer["Content-Security-Policy"]
        assert "frame-ancestors 'self'" in policy
        assert "script-src" not in policy
        assert "default-src 'none'" in policy
        assert answer["X-Frame-Options"] == "SAMEORIGIN"
        assert b"Draft" in streamed(answer)

    def test_what_search_engines_are_not_told_is_listed_with_the_reason(self, lead, published):
        page = shown(lead.get(published.get_absolute_url()))
        assert "ClaimReview leaves" not in page
        assert "Embed this report" not in page
        lead.post(reverse("show-report", args=[published.pk]))
        page = shown(lead.get(published.get_absolute_url()))
        assert "ClaimReview leaves" in page
        assert "Only a verified or disputed claim has a review" in page
        assert "Embed this report" in page

    @pytest.mark.parametrize(
        "key", [key for key, one in renderers.FORMATS.items() if not one.public]
    )
    def test_every_format_comes_as_a_file(self, desk, kept, key):
        answer = desk.get(reverse("report-file", args=[kept.pk, key]))
        name = renderers.get(key).file_name(f"bridges-of-may-report-{kept.pk}-INTERNAL")
        assert name in answer["Content-Disposition"]
        assert streamed(answer)

    @pytest.mark.parametrize(
        ("title", "name"), [("x" * 60, "x" * 60), ("y" * 61, "y" * 60), ("¿?", "report")]
    )
    def test_the_name_of_a_file_has_the_beginning_of_the_title(self, desk, kept, title, name):
        Report.objects.filter(pk=kept.pk).update(title=title)
        answer = desk.get(reverse("report-file", args=[kept.pk, "json"]))
        assert f'="{name}-report-{kept.pk}-INTERNAL' in answer["Content-Disposition"]

    def test_the_pdf_says_that_it_is_a_draft(self, desk, kept):
        file = streamed(desk.get(reverse("report-file", args=[kept.pk, "pdf"])))
        assert "Draft" in PdfReader(io.BytesIO(file)).pages[0].extract_text()

    def test_an_unknown_format_is_said(self, desk, kept):
        assert desk.get(reverse("report-file", args=[kept.pk, "odt"])).status_code == 404

    def test_claimreview_without_a_public_page_is_refused(self, desk, kept):
        answer = desk.get(reverse("report-file", args=[kept.pk, "claimreview"]))
        assert answer.status_code == 409
        assert "PUBLIC_URL" in answer.content.decode()

    def test_a_query_for_each_thing_shown_whatever_the_number_of_claims(self, desk, editor):
        numbers = []
        for size in (2, 30):
            revision = rows.revision(editor, body="bridge " * 300)
            for number in range(size):
                claim = rows.claim(revision, number, source=rows.source(f"Ada {size}-{number}"))
                rows.evidence(claim, editor)
            report = rows.report(editor, article=revision.article)
            with CaptureQueriesContext(connection) as queries:
                shown(desk.get(report.get_absolute_url()))
            numbers.append(len(queries))
        assert numbers[0] == numbers[1]


class TestList:
    def test_it_tells_drafts_from_what_is_published(self, lead, chief, editor, article, published):
        draft_report(actor=editor, title="Still a draft", article=article)
        set_public(actor=chief, report_id=published.pk, public=True)
        page = shown(lead.get(reverse("reports")))
        assert page.index("Still a draft") < page.index("Bridges of May")
        assert ">Draft<" in page
        assert ">Public<" in page

    @pytest.mark.parametrize(
        ("state", "listed"),
        [
            ("", ["Boats", "Bridges of May", "Ferries"]),
            ("draft", ["Boats", "Ferries"]),
            ("submitted", ["Boats"]),
            ("other", ["Boats", "Bridges of May", "Ferries"]),
        ],
    )
    def test_it_can_be_of_drafts_or_of_those_that_await_approval(
        self, lead, editor, article, published, state, listed
    ):
        for title in ("Boats", "Ferries"):
            made = draft_report(actor=editor, title=title, article=article)
            if title == "Boats":
                submit_report(actor=editor, report_id=made.pk)
        page = shown(lead.get(reverse("reports"), {"state": state}))
        titles = ["Boats", "Bridges of May", "Ferries"]
        assert [one for one in titles if one in page] == listed

    def test_it_says_how_many_corrections_wait_that_one_may_know(
        self, desk, lead, published, chief, claims
    ):
        for claim in claims[:2]:
            decide_claim(actor=chief, verdict=Verdict.DISPUTED, reason="No.", **version_of(claim))
        ask_second_check(actor=chief, blind=True, **version_of(claims[0]))
        for browser, number in ((lead, 2), (desk, 1)):
            page = shown(browser.get(reverse("reports")))
            assert f'Corrections <span class="number">{number}</span>' in page

    def test_it_says_what_to_do_where_there_is_none(self, desk):
        assert "There are no reports yet" in shown(desk.get(reverse("reports")))


class TestProposals:
    """What the archive proposes about a draft's claims, to be settled before it is published."""

    @pytest.fixture
    def two(self, editor) -> list[Claim]:
        return [
            rows.claim(rows.revision(editor), statement=words)
            for words in ("Ostrey has nine bridges", "Ostrey has eight bridges")
        ]

    @pytest.fixture
    def draft(self, chief, two) -> Report:
        ids = [claim.pk for claim in two]
        return draft_report(actor=chief, title="Bridges", claims=Claim.objects.filter(pk__in=ids))

    def _proposed(self, lead, draft) -> str:
        page = shown(lead.get(draft.get_absolute_url()))
        return page.partition('id="proposed"')[2].partition("</section>")[0]

    def test_a_draft_lists_them_and_leads_to_the_claim(self, lead, draft, two):
        assert self._proposed(lead, draft) == ""
        match_rows.match(*two, relation=MatchRelation.CONTRADICTS)
        listed = self._proposed(lead, draft)
        assert "The archive has 1 match that nobody has confirmed." in listed
        assert reverse("claim", args=[two[1].pk]) in listed
        assert "Contradicts it: <bdi>Ostrey has nine bridges</bdi>" in listed

    def test_a_repeat_of_a_checked_claim_is_listed_and_of_another_is_not(
        self, lead, editor, draft, two
    ):
        other = rows.claim(rows.revision(editor), statement="Nine bridges stand in Ostrey")
        match_rows.match(other, two[0])
        assert self._proposed(lead, draft) == ""
        decide_claim(actor=editor, claim_id=other.pk, version=1, verdict=Verdict.VERIFIED)
        assert "Says the same: <bdi>Nine bridges" in self._proposed(lead, draft)
        ask_second_check(actor=editor, claim_id=other.pk, version=2, blind=True)
        assert self._proposed(lead, draft) == ""

    def test_neither_what_is_settled_nor_what_concerns_other_claims(
        self, lead, chief, editor, draft, two
    ):
        settled = match_rows.match(*two, relation=MatchRelation.CONTRADICTS)
        dismiss_match(actor=editor, claim_id=two[1].pk, version=1, match_id=settled.pk)
        elsewhere = rows.claim(rows.revision(editor))
        match_rows.match(elsewhere, two[0], relation=MatchRelation.CONTRADICTS)
        assert self._proposed(lead, draft) == ""

    def test_a_published_report_lists_none(self, lead, chief, draft, two):
        match_rows.match(*two, relation=MatchRelation.CONTRADICTS)
        seen = edition_of(actor=chief, report=draft).digest
        publish_report(actor=chief, report_id=draft.pk, seen=seen)
        assert self._proposed(lead, draft) == ""


def test_a_verdict_that_was_taken_over_is_not_counted_as_without_evidence(lead, chief, editor):
    first, second = (rows.claim(rows.revision(editor)) for _number in range(2))
    rows.evidence(first, editor)
    decide_claim(actor=editor, claim_id=first.pk, version=1, verdict=Verdict.VERIFIED)
    match = match_rows.match(first, second)
    take_over_verdict(actor=editor, claim_id=second.pk, version=1, match_id=match.pk)
    draft = draft_report(actor=chief, title="B", claims=Claim.objects.filter(pk=second.pk))
    assert "has no evidence" not in shown(lead.get(draft.get_absolute_url()))
