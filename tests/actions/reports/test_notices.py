"""What readers are told after publication: corrections apart from updates, of verdicts, facts and notices themselves."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims.actions import (
    EvidenceDraft,
    add_evidence,
    ask_second_check,
    change_newsroom,
    correct_fact,
    correct_notice,
    draft_report,
    publish_correction,
    reword_claim,
    set_public,
    undo_change,
)
from claims.actions.reports.corrections import UPDATES_AFTER
from claims.actions.tasks import run_due
from claims.choices import Verdict
from claims.errors import InvalidValueError, NotPossibleError
from claims.models import Claim, Correction, EarlierNotice
from claims.queries.reports.editions import frozen_edition
from claims.renderers.in_force import in_force
from claims.renderers.public import for_public
from tests.actions.reports.conftest import decided, published
from tests.conftest import version_of
from tests.models import rows


def told(actor, notice: str = "We looked again.") -> Correction:
    """Publish the one open notice."""
    found = Correction.objects.get(published_at=None)
    return publish_correction(
        actor=actor, correction_id=found.pk, decision_id=found.decision_id, notice=notice
    )


def line_in_force(report, claim):
    """A claim as everyone reads it in a report now."""
    report.refresh_from_db()
    lines = in_force(for_public(frozen_edition(report))).lines
    return next(line for line in lines if line.id == claim.pk)


@pytest.fixture
def pending(article) -> Claim:
    """A claim that the report published as pending."""
    return Claim.objects.of_article(article).in_reading_order().last()


def as_if_long_ago() -> None:
    """Let the time pass in which a decision can be taken back."""
    past = timezone.now() - UPDATES_AFTER - timedelta(seconds=1)
    Correction.objects.update(changed_at=past)


class TestUpdates:
    def test_a_pending_claim_checked_since_is_an_update_and_no_correction(
        self, editor, claim, pending, report
    ):
        decided(editor, pending, Verdict.DISPUTED)
        assert Correction.objects.updates().get().reported.claim == pending
        assert not Correction.objects.corrections().exists()
        decided(editor, claim, Verdict.DISPUTED)
        assert Correction.objects.corrections().get().reported.claim == claim

    def test_it_publishes_itself_if_the_newsroom_says_so_and_only_then(
        self, chief, editor, pending, report
    ):
        decided(editor, pending, Verdict.DISPUTED, "The log says three.")
        as_if_long_ago()
        run_due()
        assert Correction.objects.get().published_at is None
        change_newsroom(actor=chief, words={"publish_updates": True})
        run_due()
        one = Correction.objects.get()
        assert "The log says three." in one.notice
        assert one.published_by_name == "Claim Workbench"
        assert line_in_force(report, pending).verdict.code == "disputed"

    def test_it_waits_until_a_slip_could_have_been_taken_back(self, chief, editor, pending, report):
        change_newsroom(actor=chief, words={"publish_updates": True})
        decided(editor, pending, Verdict.DISPUTED)
        run_due()
        assert Correction.objects.get().published_at is None
        undo_change(actor=editor, change_id=pending.changed.latest("pk").change_id)
        assert not Correction.objects.exists()

    def test_decided_again_it_waits_again(self, chief, editor, pending, report):
        change_newsroom(actor=chief, words={"publish_updates": True})
        decided(editor, pending, Verdict.DISPUTED)
        as_if_long_ago()
        decided(editor, pending, Verdict.VERIFIED)
        run_due()
        assert Correction.objects.get().published_at is None

    def test_a_correction_never_publishes_itself(self, chief, editor, claim, report):
        change_newsroom(actor=chief, words={"publish_updates": True})
        decided(editor, claim, Verdict.DISPUTED)
        as_if_long_ago()
        run_due()
        assert Correction.objects.get().published_at is None

    @pytest.mark.parametrize("blind", [True, False])
    def test_nor_does_an_update_whose_second_check_is_under_way(
        self, chief, editor, pending, report, blind
    ):
        change_newsroom(actor=chief, words={"publish_updates": True})
        decided(editor, pending, Verdict.DISPUTED)
        ask_second_check(actor=editor, blind=blind, **version_of(pending))
        as_if_long_ago()
        run_due()
        assert Correction.objects.get().published_at is None


class TestInForce:
    def test_the_claim_is_shown_as_it_is_with_the_evidence_for_the_new_verdict(
        self, chief, editor, claim, report
    ):
        document = EvidenceDraft(title="A second log", url="https://log.example.org/")
        add_evidence(actor=editor, evidence=document, **version_of(claim))
        decided(editor, claim, Verdict.DISPUTED)
        assert line_in_force(report, claim).verdict.code == "verified"
        told(chief, "A second log says three.")
        line = line_in_force(report, claim)
        assert (line.verdict.code, line.reason) == ("disputed", "A second log says three.")
        assert [each.title for each in line.evidence] == ["A second log"]

    def test_what_happens_to_the_claim_afterwards_changes_nothing_of_it(
        self, chief, editor, claim, report
    ):
        decided(editor, claim, Verdict.DISPUTED)
        told(chief)
        before = line_in_force(report, claim)
        later = EvidenceDraft(title="Found later", url="https://log.example.org/")
        add_evidence(actor=editor, evidence=later, **version_of(claim))
        reword_claim(actor=editor, statement="Something else", **version_of(claim))
        assert line_in_force(report, claim) == before

    def test_one_notice_is_for_all_reports_with_the_claim(self, chief, editor, claim, report):
        alone = Claim.objects.filter(pk=claim.pk)
        other = published(chief, draft_report(actor=editor, title="One", claims=alone))
        decided(editor, claim, Verdict.DISPUTED)
        first = Correction.objects.first()
        publish_correction(
            actor=chief,
            correction_id=first.pk,
            decision_id=first.decision_id,
            notice="We looked again.",
        )
        assert not Correction.objects.open().exists()
        for one in (report, other):
            assert line_in_force(one, claim).verdict.code == "disputed"

    def test_and_for_none_whose_readers_were_told_another_verdict(
        self, chief, editor, pending, report
    ):
        decided(editor, pending, Verdict.VERIFIED)
        alone = Claim.objects.filter(pk=pending.pk)
        other = published(chief, draft_report(actor=editor, title="One", claims=alone))
        decided(editor, pending, Verdict.DISPUTED)
        update, correction = Correction.objects.order_by("pk")
        assert (update.reported.report, correction.reported.report) == (report, other)
        for one, still_open in ((update, [correction]), (correction, [])):
            publish_correction(
                actor=chief, correction_id=one.pk, decision_id=one.decision_id, notice="Eight."
            )
            assert list(Correction.objects.open()) == still_open

    def test_a_later_public_report_with_another_verdict_counts_in_the_earlier_one(
        self, chief, editor, claim, report
    ):
        decided(editor, claim, Verdict.DISPUTED, "A second log says three.")
        alone = Claim.objects.filter(pk=claim.pk)
        later = published(chief, draft_report(actor=editor, title="One", claims=alone))
        assert line_in_force(report, claim).verdict.code == "verified"
        set_public(actor=chief, report_id=later.pk, public=True)
        line = line_in_force(report, claim)
        assert (line.verdict.code, line.reason) == ("disputed", "A second log says three.")
        (change,) = for_public(frozen_edition(report)).corrections
        assert (change.kind, change.report) == ("later_report", later.pk)


class TestDates:
    def test_no_correction_is_dated_before_the_publication(self, chief, editor, claim, report):
        """A decision may be older than the report, and become known afterwards."""
        decision = claim.decisions.get()
        reported = report.claims.get(claim=claim)
        rows.correction(
            claim, editor, previous_verdict="pending", decision=decision, reported=reported
        )
        assert decision.decided_at < report.published_at
        (one,) = frozen_edition(report).corrections
        assert one.at >= report.published_at


class TestFacts:
    def test_a_fact_is_corrected_and_the_verdict_stands(self, chief, editor, claim, report):
        reword_claim(actor=editor, statement="The bridge over the Elm", **version_of(claim))
        correct_fact(
            actor=chief, report_id=report.pk, claim_id=claim.pk, notice="The river is the Elm."
        )
        line = line_in_force(report, claim)
        assert (line.verdict.code, line.statement) == ("verified", "The bridge over the Elm")
        (one,) = frozen_edition(report).corrections
        assert (one.before.code, one.after.code, one.kind) == (
            "verified",
            "verified",
            "correction",
        )

    def test_a_second_click_changes_nothing(self, chief, claim, report):
        for _click in range(2):
            correct_fact(actor=chief, report_id=report.pk, claim_id=claim.pk, notice="The Elm.")
        assert Correction.objects.count() == 1

    def test_after_a_correction_the_corrected_verdict_stands(self, chief, editor, claim, report):
        decided(editor, claim, Verdict.DISPUTED)
        told(chief)
        one = correct_fact(
            actor=chief, report_id=report.pk, claim_id=claim.pk, notice="The river is the Elm."
        )
        assert (one.previous_verdict, one.decision.verdict) == ("disputed", "disputed")
        assert line_in_force(report, claim).verdict.code == "disputed"

    def test_other_reports_are_told_unless_their_verdict_is_to_be_corrected(
        self, chief, editor, claim, report
    ):
        alone = Claim.objects.filter(pk=claim.pk)
        decided(editor, claim, Verdict.DISPUTED)
        newer = [
            published(chief, draft_report(actor=editor, title="One", claims=alone))
            for _number in range(2)
        ]
        correct_fact(
            actor=chief, report_id=newer[0].pk, claim_id=claim.pk, notice="The river is the Elm."
        )
        told_of = {one.reported.report for one in Correction.objects.exclude(published_at=None)}
        assert told_of == set(newer)
        assert Correction.objects.open().get().reported.report == report

    def test_first_the_verdict_where_that_has_changed(self, chief, editor, claim, report):
        decided(editor, claim, Verdict.DISPUTED)
        with pytest.raises(NotPossibleError, match="verdict has changed"):
            correct_fact(actor=chief, report_id=report.pk, claim_id=claim.pk, notice="The Elm.")

    def test_a_pending_claim_says_nothing_that_could_be_wrong(self, chief, pending, report):
        with pytest.raises(NotPossibleError, match="says nothing"):
            correct_fact(actor=chief, report_id=report.pk, claim_id=pending.pk, notice="The Elm.")


class TestNotices:
    def test_a_published_notice_is_corrected_and_says_what_it_said(
        self, chief, editor, claim, report
    ):
        decided(editor, claim, Verdict.DISPUTED)
        first = told(chief, "Three boats.")
        for _click in range(2):
            correct_notice(actor=chief, correction_id=first.pk, notice="Two boats.")
        (one,) = for_public(frozen_edition(report)).corrections
        assert one.notice == "Two boats."
        assert [each.notice for each in one.earlier_notices] == ["Three boats."]
        assert one.published_at == first.published_at
        assert line_in_force(report, claim).reason == "Two boats."
        assert EarlierNotice.objects.get().replaced_by == chief

    def test_another_one_does_not_take_the_place_of_what_was_published(
        self, chief, editor, claim, report
    ):
        decided(editor, claim, Verdict.DISPUTED)
        first = told(chief, "Three boats.")
        with pytest.raises(NotPossibleError, match="already been published"):
            publish_correction(
                actor=chief,
                correction_id=first.pk,
                decision_id=first.decision_id,
                notice="Two boats.",
            )

    @pytest.mark.parametrize(
        ("notice", "why"), [(" ", "write the notice"), ("x" * 5_001, "longer"), ("x" * 5_000, "")]
    )
    def test_it_has_words_and_not_too_many(self, chief, claim, report, notice, why):
        words = {"report_id": report.pk, "claim_id": claim.pk, "notice": notice}
        if why:
            with pytest.raises(InvalidValueError, match=why):
                correct_fact(actor=chief, **words)
        else:
            assert correct_fact(actor=chief, **words).notice == notice

    def test_one_that_is_not_published_is_simply_written(self, chief, editor, claim, report):
        decided(editor, claim, Verdict.DISPUTED)
        with pytest.raises(NotPossibleError):
            correct_notice(actor=chief, correction_id=Correction.objects.get().pk, notice="Two.")

    def test_a_verdict_under_blind_check_is_not_told(self, chief, claim, report):
        decided(chief, claim, Verdict.DISPUTED)
        ask_second_check(actor=chief, blind=True, **version_of(claim))
        with pytest.raises(NotPossibleError, match="second check"):
            told(chief)


class TestWithdrawal:
    def test_it_says_why(self, chief, report):
        set_public(actor=chief, report_id=report.pk, public=True)
        with pytest.raises(InvalidValueError, match="why the report was withdrawn"):
            set_public(actor=chief, report_id=report.pk, public=False, notice=" ")
        gone = set_public(actor=chief, report_id=report.pk, public=False, notice="A mix-up.")
        assert (gone.public, gone.withdrawal) == (False, "A mix-up.")
        again = set_public(actor=chief, report_id=report.pk, public=True)
        assert (again.withdrawn_at, again.withdrawal) == (None, "")
