"""What a list's line says of a claim."""

from django.contrib.auth.models import User

from claims.actions import ask_second_check, decide_claim, dismiss_match
from claims.choices import MatchRelation, ReviewStatus, Verdict
from claims.models import Claim
from claims.queries.claims.rows import as_seen_by
from claims.queries.matching.seen_counts import SeenCounts, seen_counts
from tests.actions.matching.conftest import claim_of
from tests.conftest import version_of
from tests.models import match_rows


def _counts(viewer: User, *claim_ids: int) -> dict[int, SeenCounts]:
    rows = as_seen_by(viewer, Claim.objects.filter(pk__in=claim_ids))
    return seen_counts(rows, viewer)


def test_how_often_it_was_seen_and_the_newest_verdict_on_it(editor, earlier, later, match):
    first = claim_of(editor, 1)
    match_rows.match(first, later)
    decide_claim(actor=editor, verdict=Verdict.VERIFIED, **version_of(first))
    first.refresh_from_db()
    counts = _counts(editor, later.pk, earlier.pk)
    assert counts[later.pk] == SeenCounts(2, Verdict.VERIFIED, first.decided_at)
    assert counts[earlier.pk] == SeenCounts(1)


def test_what_is_contradicted_or_superseded(editor, earlier, later):
    newer = claim_of(editor, 6)
    match_rows.match(earlier, later, relation=MatchRelation.CONTRADICTS)
    match_rows.match(earlier, newer, relation=MatchRelation.SUPERSEDES)
    counts = _counts(editor, earlier.pk, later.pk, newer.pk)
    assert (counts[earlier.pk].contradicted, counts[earlier.pk].superseded) == (1, 1)
    assert (counts[later.pk].contradicted, counts[later.pk].superseded) == (1, 0)
    assert counts[newer.pk] == SeenCounts()


def test_what_was_dismissed_does_not_count(editor, later, match):
    dismiss_match(actor=editor, match_id=match.pk, **version_of(later))
    assert _counts(editor, later.pk) == {}


def test_a_verdict_that_one_must_not_know_is_not_told(editor, chief, earlier, later, match):
    ask_second_check(actor=chief, blind=True, **version_of(earlier))
    assert _counts(editor, later.pk)[later.pk] == SeenCounts(1)
    assert _counts(chief, later.pk)[later.pk].verdict == Verdict.DISPUTED


def test_a_check_that_is_not_blind_hides_nothing(editor, chief, earlier, later, match):
    ask_second_check(actor=chief, blind=False, **version_of(earlier))
    assert _counts(editor, later.pk)[later.pk].verdict == Verdict.DISPUTED
    Claim.objects.filter(pk=earlier.pk).update(blind=True, review_status=ReviewStatus.CHECKED)
    assert _counts(editor, later.pk)[later.pk].verdict == Verdict.DISPUTED


def test_nor_any_verdict_on_the_repeats_of_what_one_checks_blind(
    editor, chief, earlier, later, match
):
    decide_claim(actor=chief, verdict=Verdict.VERIFIED, **version_of(later))
    ask_second_check(actor=chief, blind=True, **version_of(later))
    assert _counts(editor, later.pk)[later.pk] == SeenCounts(1)
    assert _counts(chief, later.pk)[later.pk].verdict == Verdict.DISPUTED


def test_in_few_queries(editor, earlier, later, match, django_assert_num_queries):
    with django_assert_num_queries(2):  # the first for the claims themselves
        _counts(editor, earlier.pk, later.pk)
    with django_assert_num_queries(0):
        assert seen_counts([], editor) == {}
