"""Corrections of published reports: opened by a later verdict, published with a notice."""

import pytest

from claims.actions import draft_report, publish_correction, undo_change
from claims.choices import Verdict
from claims.errors import LookAgainError
from claims.models import Claim, Correction, Report, ReportedClaim
from claims.queries.reports.corrections import notice_of
from claims.queries.reports.editions import frozen_edition
from tests.actions.reports.conftest import decided, published
from tests.models import rows


class TestCorrections:
    def test_a_claim_decided_anew_marks_every_report_that_holds_it(
        self, chief, editor, claim, report
    ):
        other = draft_report(actor=editor, title="One", claims=Claim.objects.filter(pk=claim.pk))
        published(chief, other)
        decided(editor, claim, Verdict.DISPUTED, "A second log says three.")
        for one in Report.objects.all():
            (told,) = frozen_edition(one).corrections
            assert (told.claim, told.before.code, told.after.code) == (
                claim.pk,
                "verified",
                "disputed",
            )
            assert (told.reason, told.notice) == ("A second log says three.", "")
            assert told.published_at is None

    def test_a_report_without_the_claim_is_not_marked(self, chief, editor, article, report):
        last = Claim.objects.of_article(article).in_reading_order().last()
        only = draft_report(actor=editor, title="One", claims=Claim.objects.filter(pk=last.pk))
        published(chief, only)
        decided(editor, Claim.objects.of_article(article).in_reading_order()[0], Verdict.DISPUTED)
        assert frozen_edition(only).corrections == ()

    def test_undone_again_nothing_is_to_be_told(self, editor, claim, report):
        decided(editor, claim, Verdict.DISPUTED)
        undo_change(actor=editor, change_id=claim.changed.latest("pk").change_id)
        assert not Correction.objects.exists()

    def test_the_reported_decision_undone_is_told(self, editor, claim, report):
        undo_change(actor=editor, change_id=claim.changed.latest("pk").change_id)
        assert frozen_edition(report).corrections[0].after.code == "pending"

    def test_only_the_last_of_several_decisions_is_to_be_told(self, editor, claim, report):
        decided(editor, claim, Verdict.DISPUTED, "First.")
        decided(editor, claim, Verdict.PENDING, "Second.")
        (told,) = frozen_edition(report).corrections
        assert (told.before.code, told.after.code, told.reason) == (
            "verified",
            "pending",
            "Second.",
        )

    def test_the_same_verdict_for_another_reason_is_told(self, editor, claim, report):
        decided(editor, claim, Verdict.VERIFIED, "As the register says.")
        (told,) = frozen_edition(report).corrections
        assert (told.before.code, told.after.code) == ("verified", "verified")

    def test_once_told_the_next_decision_is_another_correction(self, chief, editor, claim, report):
        decided(editor, claim, Verdict.DISPUTED)
        first = Correction.objects.get()
        telling = {"correction_id": first.pk, "decision_id": first.decision_id, "notice": "Sorry."}
        for _click in range(2):
            publish_correction(actor=chief, **telling)
        decided(editor, claim, Verdict.VERIFIED, "It was right.")
        told, still_open = frozen_edition(report).corrections
        assert (told.notice, told.before.code, told.after.code) == (
            "Sorry.",
            "verified",
            "disputed",
        )
        assert (still_open.before.code, still_open.after.code) == ("disputed", "verified")
        assert still_open.published_at is None

    def test_one_that_changed_since_the_look_is_not_published(self, chief, editor, claim, report):
        decided(editor, claim, Verdict.DISPUTED)
        seen = Correction.objects.get()
        decided(editor, claim, Verdict.PENDING)
        with pytest.raises(LookAgainError):
            publish_correction(
                actor=chief, correction_id=seen.pk, decision_id=seen.decision_id, notice="Sorry."
            )

    @pytest.mark.parametrize(
        ("before", "after", "words"),
        [
            ("pending", "verified", "We have since checked"),
            ("verified", "disputed", "We first marked"),
            ("verified", "verified", "checked the claim"),
        ],
    )
    def test_the_notice_is_drafted(self, editor, article, before, after, words):
        claim = rows.claim(article.current_revision())
        decision = rows.decision(claim, editor, verdict=after, reason="The log says so.")
        drafted = notice_of(
            rows.correction(claim, editor, previous_verdict=before, decision=decision)
        )
        assert words in drafted
        assert claim.statement in drafted
        assert drafted.endswith("The log says so.")

    def test_a_decision_costs_one_query_more_at_most_where_nothing_is_reported(
        self, django_assert_max_num_queries, editor, claim
    ):
        with django_assert_max_num_queries(20):
            decided(editor, claim, Verdict.VERIFIED)
        assert not ReportedClaim.objects.exists()
