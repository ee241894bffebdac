"""What everyone reads of earlier checks, and what is frozen of them."""

import pytest

from claims.actions import (
    EvidenceDraft,
    decide_claim,
    draft_report,
    edit_evidence,
    leave_group,
    publish_correction,
    set_public,
)
from claims.choices import Stance, Verdict
from claims.models import Claim, Correction, Report, Snapshot
from claims.queries.reports.editions import edition_of, frozen_edition
from tests.conftest import version_of
from tests.queries.reports.making import confirm, public, published, take_over


@pytest.fixture
def in_march(chief, earlier) -> Report:
    """A public report with the earlier claim."""
    return published(chief, "Bridges in March", earlier)


@pytest.fixture
def in_april(editor, chief, later, match, in_march) -> Report:
    """A public report with the claim that took its verdict over."""
    take_over(editor, later, match)
    return published(chief, "Bridges in April", later)


class TestThePublic:
    def test_it_reads_the_check_as_its_public_report_has_it(self, in_march, in_april, earlier):
        (line,) = public(in_april).report.lines
        (check,) = line.earlier
        assert (check.claim, check.taken_over) == (earlier.pk, True)
        assert (check.report, check.report_title) == (in_march.pk, "Bridges in March")
        assert (check.verdict.code, check.reason) == ("disputed", "The register names eight.")
        assert (check.statement, check.checked_by) == ("", "")
        assert public(in_april).checks == {
            (in_march.pk, earlier.pk): f"https://desk.example.org/published/claims/{earlier.pk}/"
        }

    def test_what_was_decided_since_without_a_correction_stays_on_the_desk(
        self, editor, chief, earlier, later, match, in_march
    ):
        decide_claim(actor=chief, verdict=Verdict.VERIFIED, reason="Nine.", **version_of(earlier))
        confirm(editor, match)
        report = published(chief, "Bridges in April", later)
        (told,) = public(report).report.lines[0].earlier
        assert (told.verdict.code, told.reason) == ("disputed", "The register names eight.")
        (known,) = frozen_edition(report).report.lines[0].earlier
        assert (known.verdict.code, known.reason) == ("verified", "Nine.")

    def test_a_corrected_check_is_told_in_the_words_of_the_notice(
        self, editor, chief, earlier, later, match, in_march
    ):
        self._correct(chief, earlier)
        confirm(editor, match)
        report = published(chief, "Bridges in April", later)
        (told,) = public(report).report.lines[0].earlier
        assert (told.verdict.code, told.reason) == ("verified", "We found a ninth bridge.")

    def test_a_check_that_is_corrected_afterwards_is_told_no_more(
        self, chief, earlier, in_march, in_april
    ):
        self._correct(chief, earlier)
        assert public(in_april).report.lines[0].earlier == ()

    @staticmethod
    def _correct(chief, earlier):
        decide_claim(actor=chief, verdict=Verdict.VERIFIED, reason="Nine.", **version_of(earlier))
        waiting = Correction.objects.get(reported__claim=earlier)
        publish_correction(
            actor=chief,
            correction_id=waiting.pk,
            decision_id=waiting.decision_id,
            notice="We found a ninth bridge.",
        )

    def test_a_report_that_is_taken_off_takes_its_checks_along(self, chief, in_march, in_april):
        set_public(actor=chief, report_id=in_march.pk, public=False, notice="It was wrong.")
        edition = public(in_april)
        assert edition.report.lines[0].earlier == ()
        assert edition.checks == {}

    def test_a_check_in_no_public_report_is_not_told_but_its_evidence_is(
        self, editor, chief, later, match
    ):
        take_over(editor, later, match)
        (line,) = public(published(chief, "Bridges in April", later)).report.lines
        assert line.earlier == ()
        assert [document.title for document in line.referred] == ["Bridge register"]

    def test_confidential_evidence_that_it_refers_to_is_not(
        self, editor, chief, earlier, later, match
    ):
        piece = earlier.evidence.get()
        edit_evidence(
            actor=chief,
            evidence_id=piece.pk,
            version=version_of(earlier)["version"],
            evidence=EvidenceDraft(
                title=piece.title, url=piece.url, stance=Stance.FOR, confidential=True
            ),
        )
        take_over(editor, later, match)
        report = published(chief, "Bridges in April", later)
        assert public(report).report.lines[0].referred == ()
        assert frozen_edition(report).report.lines[0].referred[0].confidential


class TestFreezing:
    def test_it_is_part_of_the_frozen_data_and_stays_whatever_happens(
        self, editor, chief, earlier, later, in_april
    ):
        before = frozen_edition(in_april)
        assert before.report.lines[0].earlier
        leave_group(actor=editor, **version_of(later))
        decide_claim(actor=chief, verdict=Verdict.VERIFIED, reason="Nine.", **version_of(earlier))
        after = frozen_edition(in_april)
        assert after.report == before.report
        assert after.digest == before.digest == Snapshot.objects.get(report=in_april).digest

    def test_what_is_confirmed_after_the_chief_looked_is_to_be_looked_at(
        self, editor, chief, later, match
    ):
        made = draft_report(actor=chief, title="April", claims=Claim.objects.filter(pk=later.pk))
        seen = edition_of(actor=chief, report=made).digest
        confirm(editor, match)
        assert edition_of(actor=chief, report=made).digest != seen
