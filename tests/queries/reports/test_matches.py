"""What a report tells of other claims: earlier checks of what says the same, and which claims do not agree."""

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.actions import (
    ask_second_check,
    confirm_match,
    decide_claim,
    dismiss_claims,
    dismiss_match,
    draft_report,
    edit_evidence,
    leave_group,
    publish_correction,
    publish_report,
    set_public,
    take_over_verdict,
    undo_change,
)
from claims.actions.claims.evidence import EvidenceDraft
from claims.choices import MatchRelation, Stance, Verdict
from claims.models import Claim, Correction, Decision, Report, Snapshot
from claims.queries.reports.editions import edition_of, frozen_edition, report_of
from claims.queries.reports.matches import MOST
from claims.renderers.public import for_public
from claims.renderers.types import Edition, ReportLine
from claims.renderers.types import Report as ReportData
from tests.actions.matching.conftest import claim_of
from tests.conftest import newest, version_of
from tests.models import match_rows, rows


def report_on(actor: User, *claims: Claim) -> ReportData:
    """A report on these claims as they stand."""
    chosen = Claim.objects.filter(pk__in=[claim.pk for claim in claims])
    return report_of(actor=actor, claims=chosen, title="Bridges").report


def line_of(actor: User, claim: Claim) -> ReportLine:
    """A claim as a report on it alone contains it."""
    (line,) = report_on(actor, claim).lines
    return line


def published(actor: User, title: str, *claims: Claim) -> Report:
    """A public report on these claims."""
    chosen = Claim.objects.filter(pk__in=[claim.pk for claim in claims])
    made = draft_report(actor=actor, title=title, claims=chosen)
    seen = edition_of(actor=actor, report=made).digest
    publish_report(actor=actor, report_id=made.pk, seen=seen)
    return set_public(actor=actor, report_id=made.pk, public=True)


def public(report: Report) -> Edition:
    """A report as everyone reads it now."""
    report.refresh_from_db()
    return for_public(frozen_edition(report))


def take_over(actor: User, claim: Claim, match) -> Decision:
    """Take a verdict over."""
    return take_over_verdict(actor=actor, match_id=match.pk, **version_of(claim))


def confirm(actor: User, match) -> None:
    """Confirm a match."""
    confirm_match(
        actor=actor, match_id=match.pk, **version_of(Claim.objects.get(pk=match.later_id))
    )


class TestEarlierChecks:
    def test_verdict_time_place_and_who_as_the_desk_knows_them(self, editor, earlier, later, match):
        Claim.objects.filter(pk=earlier.pk).update(
            source=rows.source("Bo Tarn"), role="the surveyor"
        )
        confirm(editor, match)
        (check,) = line_of(editor, later).earlier
        decision = earlier.decisions.get()
        assert (check.claim, check.statement) == (earlier.pk, earlier.statement)
        assert (check.source, check.role) == ("Bo Tarn", "the surveyor")
        assert check.published == earlier.listed_at
        assert (check.verdict.code, check.reason) == ("disputed", "The register names eight.")
        assert (check.checked_by, check.checked_at) == (decision.actor_name, decision.decided_at)
        assert (check.taken_over, check.report, check.report_title) == (False, None, "")
        assert line_of(editor, later).referred == ()

    def test_a_proposal_is_not_told(self, editor, later, match):
        assert line_of(editor, later).earlier == ()

    def test_nor_what_was_dismissed(self, editor, later, match):
        dismiss_match(actor=editor, match_id=match.pk, **version_of(later))
        assert line_of(editor, later).earlier == ()

    def test_nor_a_pair_of_one_group_that_was_dismissed(self, editor, chief, earlier, later, match):
        """Both repeat a third claim, and yet somebody has said that they do not say the same."""
        third = claim_of(editor, 5)
        confirm(editor, match_rows.match(earlier, third))
        confirm(editor, match_rows.match(later, third))
        assert len(line_of(editor, later).earlier) == 1
        dismiss_match(actor=editor, match_id=match.pk, **version_of(later))
        assert line_of(editor, later).earlier == ()

    def test_nor_that_of_a_claim_which_has_left_the_group(self, editor, earlier, later, match):
        take_over(editor, later, match)
        leave_group(actor=editor, **version_of(later))
        line = line_of(editor, later)
        assert (line.verdict.code, line.earlier, line.referred) == ("disputed", (), ())

    def test_nor_a_claim_that_is_out_of_work(self, editor, earlier, later, match):
        confirm(editor, match)
        version = Claim.objects.get(pk=earlier.pk).version
        dismiss_claims(actor=editor, versions={earlier.pk: version})
        assert line_of(editor, later).earlier == ()

    def test_nor_one_that_nobody_has_decided(self, editor, earlier, later, match):
        confirm(editor, match)
        assert line_of(editor, earlier).earlier == ()

    def test_repeats_in_the_report_itself_have_their_own_lines(self, editor, earlier, later, match):
        confirm(editor, match)
        assert [line.earlier for line in report_on(editor, earlier, later).lines] == [(), ()]

    def test_the_newest_of_each_verdict_come_first(self, editor, later):
        verdicts = [Verdict.DISPUTED, *[Verdict.VERIFIED] * (MOST + 2)]
        for verdict in verdicts:
            claim = claim_of(editor, 1)
            decide_claim(actor=editor, verdict=verdict, reason="Seen.", **version_of(claim))
            confirm(editor, match_rows.match(claim, later))
        told = line_of(editor, later).earlier
        assert [check.verdict.code for check in told] == ["verified"] * MOST + ["disputed"]
        assert [check.checked_at for check in told] == sorted(
            (check.checked_at for check in told), reverse=True
        )


class TestATakenOverVerdict:
    def test_it_names_its_origin_and_the_evidence_that_it_refers_to(
        self, editor, earlier, later, match
    ):
        take_over(editor, later, match)
        line = line_of(editor, later)
        (check,) = line.earlier
        assert (check.claim, check.taken_over) == (earlier.pk, True)
        assert line.evidence == ()
        (document,) = line.referred
        assert (document.id, document.title) == (earlier.evidence.get().pk, "Bridge register")

    def test_it_names_an_origin_in_the_same_report(self, editor, earlier, later, match):
        take_over(editor, later, match)
        first, second = report_on(editor, later, earlier).lines
        assert first.earlier[0].claim == earlier.pk
        assert len(first.referred) == 1
        assert (second.earlier, second.referred) == ((), ())

    def test_two_that_took_over_the_same_verdict_both_name_it(self, editor, earlier, later, match):
        last = claim_of(editor, 5)
        take_over(editor, later, match)
        take_over(editor, last, match_rows.match(earlier, last))
        for line in report_on(editor, later, last).lines:
            assert [check.claim for check in line.earlier if check.taken_over] == [earlier.pk]
            assert len(line.referred) == 1

    def test_once_it_is_undone_it_names_none(self, editor, later, match):
        take_over(editor, later, match)
        undo_change(actor=editor, change_id=newest(later).pk)
        line = line_of(editor, later)
        assert (line.verdict.code, line.earlier, line.referred) == ("pending", (), ())

    def test_a_check_that_was_decided_anew_has_its_verdict_of_now(
        self, editor, chief, earlier, later, match
    ):
        take_over(editor, later, match)
        decide_claim(actor=chief, verdict=Verdict.VERIFIED, reason="Nine.", **version_of(earlier))
        line = line_of(editor, later)
        assert line.verdict.code == "disputed"
        assert [(one.verdict.code, one.taken_over) for one in line.earlier] == [("verified", True)]


class TestBlindChecks:
    """Whoever reads a report learns nothing of a verdict that somebody is to find alone, nor of what says the same."""

    def test_a_check_that_waits_is_not_told_with_its_evidence(
        self, editor, chief, earlier, later, match
    ):
        take_over(editor, later, match)
        ask_second_check(actor=chief, blind=True, **version_of(earlier))
        for actor in (editor, chief):
            line = line_of(actor, later)
            assert (line.earlier, line.earlier_public, line.referred) == ((), (), ())

    def test_a_claim_that_waits_tells_of_no_other(self, editor, chief, earlier, later, match):
        take_over(editor, later, match)
        ask_second_check(actor=editor, blind=True, **version_of(later))
        line = line_of(editor, later)
        assert line.verdict.code == "pending"
        assert (line.earlier, line.earlier_public, line.referred) == ((), (), ())

    def test_it_contradicts_nothing_either(self, editor, chief, earlier, later):
        confirm(editor, match_rows.match(earlier, later, relation=MatchRelation.CONTRADICTS))
        assert report_on(editor, earlier, later).contradictions
        ask_second_check(actor=chief, blind=True, **version_of(earlier))
        assert report_on(editor, earlier, later).contradictions == ()


class TestContradictions:
    @pytest.mark.parametrize("relation", [MatchRelation.CONTRADICTS, MatchRelation.SUPERSEDES])
    def test_both_sides_with_source_role_time_and_verdict(self, editor, earlier, later, relation):
        Claim.objects.filter(pk=later.pk).update(source=rows.source("Bo Tarn"), role="the surveyor")
        confirm(editor, match_rows.match(earlier, later, relation=relation))
        (pair,) = report_on(editor, earlier, later).contradictions
        assert pair.relation.code == relation
        assert (pair.earlier.claim, pair.later.claim) == (earlier.pk, later.pk)
        assert (pair.earlier.verdict.code, pair.later.verdict.code) == ("disputed", "pending")
        assert (pair.later.source, pair.later.role) == ("Bo Tarn", "the surveyor")
        assert (pair.earlier.source, pair.later.published) == ("", later.listed_at)

    def test_only_between_claims_of_the_report(self, editor, earlier, later):
        confirm(editor, match_rows.match(earlier, later, relation=MatchRelation.CONTRADICTS))
        assert report_on(editor, earlier).contradictions == ()

    def test_neither_proposals_nor_what_was_dismissed(self, editor, earlier, later):
        match = match_rows.match(earlier, later, relation=MatchRelation.CONTRADICTS)
        assert report_on(editor, earlier, later).contradictions == ()
        dismiss_match(actor=editor, match_id=match.pk, **version_of(later))
        assert report_on(editor, earlier, later).contradictions == ()


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
            (in_march.pk, earlier.pk): f"https://desk.example.org/published/{in_march.pk}/"
            f"{earlier.pk}/"
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
        set_public(actor=chief, report_id=in_march.pk, public=False)
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


def test_the_number_of_queries_does_not_grow_with_the_claims(editor):
    numbers = []
    for size in (2, 12):
        taken = []
        for _claim in range(size):
            first, second = claim_of(editor, 3), claim_of(editor, 4)
            decide_claim(actor=editor, verdict=Verdict.VERIFIED, **version_of(first))
            take_over(editor, second, match_rows.match(first, second))
            taken.append(second)
        actor = User.objects.get(pk=editor.pk)
        with CaptureQueriesContext(connection) as queries:
            report = report_on(actor, *taken)
        assert [len(line.earlier) for line in report.lines] == [1] * size
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]
