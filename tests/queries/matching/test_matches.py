"""What a claim's panel shows of the archive."""

import pytest

from claims.actions import (
    ask_second_check,
    confirm_match,
    decide_claim,
    dismiss_claims,
    dismiss_match,
)
from claims.choices import MatchRelation, ReviewStatus, Verdict
from claims.matching.types import Reason
from claims.models import Claim
from claims.queries.claims.records import record_of
from claims.queries.matching.matches import SHOWN, SeenBefore, seen_before
from tests.actions.matching.conftest import claim_of
from tests.conftest import version_of
from tests.models import match_rows, rows


def _seen(claim: Claim, viewer) -> SeenBefore:
    return seen_before(record_of(claim.pk, viewer), viewer)


class TestEarlierChecks:
    def test_who_checked_what_when_and_why_it_is_alike(self, editor, chief, earlier, later, match):
        match.why = [["other_words", {"shared": "9"}]]
        match.save()
        (check,) = _seen(later, editor).checks
        assert (check.claim, check.verdict, check.is_earlier) == (earlier, Verdict.DISPUTED, True)
        assert check.decision == earlier.decisions.get()
        assert check.decision.actor == chief
        assert (check.state, check.decided_at) == ("disputed", check.decision.decided_at)
        assert check.why == [Reason("other_words", {"shared": "9"})]
        assert not check.is_confirmed

    def test_a_later_check_of_the_same_counts_too(self, editor, earlier, later, match):
        (repeat,) = _seen(earlier, editor).repeats
        assert (repeat.claim, repeat.verdict, repeat.is_earlier) == (later, Verdict.PENDING, False)
        assert (repeat.state, repeat.decided_at) == ("proposed", None)
        decide_claim(actor=editor, verdict=Verdict.VERIFIED, **version_of(later))
        (check,) = _seen(earlier, editor).checks
        assert (check.claim, check.verdict) == (later, Verdict.VERIFIED)

    def test_what_people_confirmed_comes_first_then_the_surest(self, editor, earlier, later, match):
        surer, confirmed = claim_of(editor, 1), claim_of(editor, 2)
        for one in (surer, confirmed):
            decide_claim(actor=editor, verdict=Verdict.VERIFIED, **version_of(one))
        match_rows.match(surer, later, score=0.95)
        kept = match_rows.match(confirmed, later, score=0.5)
        confirm_match(actor=editor, match_id=kept.pk, **version_of(later))
        assert [one.claim for one in _seen(later, editor).checks] == [confirmed, surer, earlier]

    def test_what_was_dismissed_is_not_shown(self, editor, later, match):
        dismiss_match(actor=editor, match_id=match.pk, **version_of(later))
        assert not _seen(later, editor)

    def test_nor_is_a_claim_that_is_out_of_work(self, editor, earlier, later, match):
        dismiss_claims(
            actor=editor, versions={earlier.pk: Claim.objects.get(pk=earlier.pk).version}
        )
        assert not _seen(later, editor)


class TestWhatElse:
    def test_contradictions_from_both_sides_with_source_and_time(self, editor, earlier, later):
        source = rows.source("Ada Venn")
        Claim.objects.filter(pk=earlier.pk).update(source=source, role="harbour master")
        match_rows.match(earlier, later, relation=MatchRelation.CONTRADICTS)
        (against,) = _seen(later, editor).contradictions
        assert (against.claim.source, against.claim.role) == (source, "harbour master")
        assert against.claim.listed_at == earlier.listed_at
        (back,) = _seen(earlier, editor).contradictions
        assert back.claim == later

    def test_the_newer_figure_and_the_older_one(self, editor, earlier, later):
        match_rows.match(earlier, later, relation=MatchRelation.SUPERSEDES)
        seen = _seen(earlier, editor)
        assert ([one.claim for one in seen.newer], list(seen.older)) == ([later], [])
        seen = _seen(later, editor)
        assert ([one.claim for one in seen.older], list(seen.newer)) == ([earlier], [])


class TestWhatIsRepeatedEveryDay:
    @pytest.fixture
    def repeated(self, editor, later) -> Claim:
        """A claim with more repeats than are shown, all of them surer than any other match."""
        revision = rows.revision(editor)
        for place in range(SHOWN + 3):
            match_rows.match(rows.claim(revision, place), later, score=0.9)
        return later

    def test_an_earlier_check_is_shown_all_the_same_and_comes_first(
        self, editor, earlier, repeated
    ):
        match_rows.match(earlier, repeated, score=0.3)
        seen = _seen(repeated, editor)
        assert seen.same[0].claim == earlier
        assert (len(seen.same), seen.more, seen.number_of_same) == (SHOWN, 4, SHOWN + 4)

    @pytest.mark.parametrize("relation", [MatchRelation.CONTRADICTS, MatchRelation.SUPERSEDES])
    def test_and_so_is_who_says_otherwise(self, editor, earlier, repeated, relation):
        match_rows.match(earlier, repeated, relation=relation, score=0.3)
        seen = _seen(repeated, editor)
        assert [one.claim for one in seen.otherwise] == [earlier]
        assert seen.more == 3

    def test_of_equally_sure_ones_the_latest_match_comes_first(self, editor, repeated):
        before, behind = claim_of(editor, 1), claim_of(editor, 12)
        match_rows.match(repeated, behind, relation=MatchRelation.CONTRADICTS)
        match_rows.match(before, repeated, relation=MatchRelation.CONTRADICTS)
        assert [one.claim for one in _seen(repeated, editor).contradictions] == [before, behind]


class TestBlindChecks:
    def test_a_check_that_is_not_blind_or_is_done_hides_nothing(
        self, editor, chief, earlier, later, match
    ):
        ask_second_check(actor=chief, blind=False, **version_of(earlier))
        assert [one.verdict for one in _seen(later, editor).checks] == [Verdict.DISPUTED]
        Claim.objects.filter(pk=earlier.pk).update(blind=True, review_status=ReviewStatus.CHECKED)
        assert [one.verdict for one in _seen(later, editor).checks] == [Verdict.DISPUTED]

    def test_a_verdict_that_one_is_to_find_alone_is_not_shown_as_an_earlier_check(
        self, editor, chief, earlier, later, match
    ):
        ask_second_check(actor=chief, blind=True, **version_of(earlier))
        seen = _seen(later, editor)
        assert not seen.checks
        (repeat,) = seen.repeats
        assert (repeat.verdict, repeat.decision) == (Verdict.PENDING, None)
        assert [one.verdict for one in _seen(later, chief).checks] == [Verdict.DISPUTED]

    @pytest.mark.parametrize("relation", MatchRelation)
    def test_who_checks_blind_learns_no_verdict_on_what_says_the_same_or_the_opposite(
        self, editor, chief, reader, earlier, later, relation
    ):
        match_rows.match(earlier, later, relation=relation)
        decide_claim(actor=chief, verdict=Verdict.VERIFIED, **version_of(later))
        ask_second_check(actor=chief, blind=True, **version_of(later))
        seen = _seen(later, editor)
        shown = [*seen.checks, *seen.repeats, *seen.contradictions, *seen.newer, *seen.older]
        assert [(one.claim, one.verdict, one.decision) for one in shown] == [
            (earlier, Verdict.PENDING, None)
        ]


class TestCost:
    def test_three_queries_however_many_there_are(
        self, editor, earlier, later, match, django_assert_num_queries
    ):
        for month in (1, 2, 5, 6):
            one = claim_of(editor, month)
            decide_claim(actor=editor, verdict=Verdict.VERIFIED, **version_of(one))
            match_rows.match(*sorted((one, later), key=lambda each: each.listed_at))
        record = record_of(later.pk, editor)
        with django_assert_num_queries(3):
            seen = seen_before(record, editor)
            told = [
                (str(one.claim.source), str(one.claim.outlet), one.claim.revision.article.headline)
                for one in seen.checks
            ]
        assert len(told) == 5

    def test_one_where_there_is_nothing(self, editor, later, django_assert_num_queries):
        record = record_of(later.pk, editor)
        with django_assert_num_queries(1):
            assert not seen_before(record, editor)


@pytest.mark.parametrize("name", [None, "checks", "repeats", "contradictions", "newer", "older"])
def test_there_is_something_to_show_where_there_is_any(name):
    kinds = ("checks", "repeats", "contradictions", "newer", "older")
    found = SeenBefore(**{kind: [1] if kind == name else [] for kind in kinds}, repeated=0)
    assert bool(found) == bool(name)
    assert SeenBefore(**{kind: [] for kind in kinds}, repeated=1)
