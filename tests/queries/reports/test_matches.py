"""What a report tells of other claims: earlier checks of what says the same, and which claims do not agree."""

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.actions import (
    EvidenceDraft,
    ask_second_check,
    decide_claim,
    dismiss_claims,
    dismiss_match,
    leave_group,
    undo_change,
)
from claims.choices import MatchRelation, Verdict
from claims.models import Claim
from claims.queries.reports.matches import MOST
from tests.actions.matching.conftest import claim_of
from tests.conftest import newest, version_of
from tests.models import match_rows, rows
from tests.queries.reports.making import confirm, line_of, report_on, take_over


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
        decided = []
        for verdict in [Verdict.DISPUTED, *[Verdict.VERIFIED] * (MOST + 2)]:
            claim = claim_of(editor, 1)
            decide_claim(actor=editor, verdict=verdict, reason="Seen.", **version_of(claim))
            confirm(editor, match_rows.match(claim, later))
            decided.append(claim.pk)
        disputed, *verified = decided
        told = [check.claim for check in line_of(editor, later).earlier]
        assert told == [*reversed(verified[-MOST:]), disputed]

    @pytest.mark.parametrize(
        "verdicts",
        [
            (Verdict.VERIFIED, Verdict.VERIFIED),
            (Verdict.DISPUTED, Verdict.VERIFIED),
            (Verdict.VERIFIED, Verdict.DISPUTED),
        ],
    )
    def test_of_checks_of_one_moment_the_newer_claim_comes_first(self, editor, later, verdicts):
        claims = [claim_of(editor, 1) for _verdict in verdicts]
        at = timezone.now()
        for claim, verdict in zip(claims, verdicts, strict=True):
            version = claim.version + 1
            told = {"verdict": verdict, "reason": "Seen.", "decided_at": at}
            rows.decision(claim, editor, version=version, **told)
            rows.become(claim, verdict=verdict, version=version, decided_at=at, touched_at=at)
            confirm(editor, match_rows.match(claim, later))
        told = [check.claim for check in line_of(editor, later).earlier]
        assert told == [claim.pk for claim in reversed(claims)]


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

    def test_each_refers_to_the_evidence_of_its_own_origin(self, editor, later, match):
        take_over(editor, later, match)
        other, last = claim_of(editor, 1), claim_of(editor, 5)
        document = EvidenceDraft(title="Ferry log", url="https://example.org/log")
        decide_claim(actor=editor, verdict=Verdict.VERIFIED, evidence=document, **version_of(other))
        take_over(editor, last, match_rows.match(other, last))
        titles = {
            line.id: [each.title for each in line.referred]
            for line in report_on(editor, later, last).lines
        }
        assert titles == {later.pk: ["Bridge register"], last.pk: ["Ferry log"]}

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

    def test_several_come_in_the_order_of_the_report(self, editor, earlier):
        first, second = (claim_of(editor, month) for month in (6, 7))
        for later in (first, second):
            confirm(editor, match_rows.match(earlier, later, relation=MatchRelation.CONTRADICTS))
        report = report_on(editor, earlier, first, second)
        order = [line.id for line in report.lines if line.id != earlier.pk]
        assert sorted(order) != order
        assert [pair.later.claim for pair in report.contradictions] == order

    def test_only_between_claims_of_the_report(self, editor, earlier, later):
        confirm(editor, match_rows.match(earlier, later, relation=MatchRelation.CONTRADICTS))
        assert report_on(editor, earlier).contradictions == ()

    def test_neither_proposals_nor_what_was_dismissed(self, editor, earlier, later):
        match = match_rows.match(earlier, later, relation=MatchRelation.CONTRADICTS)
        assert report_on(editor, earlier, later).contradictions == ()
        dismiss_match(actor=editor, match_id=match.pk, **version_of(later))
        assert report_on(editor, earlier, later).contradictions == ()


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
