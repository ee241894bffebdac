"""What a group's page shows."""

import pytest

from claims.actions import (
    ask_second_check,
    confirm_match,
    decide_claim,
    leave_group,
    set_canonical,
    take_over_verdict,
)
from claims.choices import ChangeAction, MatchRelation, Verdict
from claims.models import Claim, ClaimGroup
from claims.queries.matching.groups import alike_groups, changes_of_group, group_record
from tests.actions.matching.conftest import claim_of
from tests.conftest import version_of
from tests.models import match_rows


@pytest.fixture
def group(editor, earlier, later, match) -> ClaimGroup:
    """The disputed claim of March, and the one of April that took its verdict over."""
    take_over_verdict(actor=editor, match_id=match.pk, **version_of(later))
    return ClaimGroup.objects.get()


def test_who_said_it_when_with_which_verdict(editor, group, earlier, later):
    record = group_record(group, editor)
    assert [one.row.claim for one in record.repeats] == [earlier, later]
    assert [one.decision.verdict for one in record.repeats] == [Verdict.DISPUTED] * 2
    assert (record.canonical, record.number, record.differs) == (earlier, 2, False)


def test_where_the_verdicts_differ(editor, group, later):
    decide_claim(actor=editor, verdict=Verdict.VERIFIED, **version_of(later))
    record = group_record(group, editor)
    assert (record.verdicts, record.differs) == (["verified", "disputed"], True)


def test_who_is_to_check_one_blind_learns_no_verdict_on_what_says_the_same(
    editor, chief, group, earlier, later
):
    decide_claim(actor=chief, verdict=Verdict.VERIFIED, **version_of(later))
    ask_second_check(actor=chief, blind=True, **version_of(later))
    record = group_record(group, editor)
    assert [(one.row.verdict, one.decision) for one in record.repeats] == [
        (Verdict.PENDING, None)
    ] * 2
    assert (record.is_hidden, record.differs) == (True, False)
    assert group_record(group, chief).differs


def test_other_groups_that_may_say_the_same(editor, group, later):
    third, fourth = claim_of(editor, 5), claim_of(editor, 6)
    other, unlike = match_rows.group(third), match_rows.group(fourth)
    match_rows.match(later, third)
    match_rows.match(later, fourth, relation=MatchRelation.CONTRADICTS)
    assert alike_groups(group) == [other]
    assert alike_groups(other) == [group]
    assert alike_groups(unlike) == []


def test_without_its_main_claim_the_earliest_stands_for_it(editor, group, earlier, later):
    leave_group(actor=editor, **version_of(earlier))
    assert group_record(group, editor).canonical == later
    leave_group(actor=editor, **version_of(later))
    record = group_record(group, editor)
    assert (record.canonical, record.repeats, record.number) == (None, [], 0)


def test_its_history_tells_who_came_and_went(editor, group, later):
    third = claim_of(editor, 5)
    match = match_rows.match(later, third)
    confirm_match(actor=editor, match_id=match.pk, **version_of(third))
    set_canonical(actor=editor, **version_of(third))
    leave_group(actor=editor, **version_of(third))
    told = [(row.claim, row.change.action) for row, _others in changes_of_group(group, editor)]
    assert told == [
        (third, ChangeAction.LEAVE_GROUP),
        (third, ChangeAction.SET_CANONICAL),
        (third, ChangeAction.CONFIRM_MATCH),
        (later, ChangeAction.TAKE_OVER),
    ]


def test_groups_that_a_confirmed_repeat_joins_are_one_step_of_its_history(editor, group, later):
    third, fourth, fifth = (claim_of(editor, month) for month in (5, 6, 7))
    match_rows.group(third, fourth, fifth)
    match = match_rows.match(later, third)
    confirm_match(actor=editor, match_id=match.pk, **version_of(third))
    step, before = changes_of_group(group, editor)
    assert (step.row.claim, step.row.change.action, step.others) == (
        third,
        ChangeAction.CONFIRM_MATCH,
        2,
    )
    assert before.row.claim == later


def test_in_few_queries_however_many_claims(editor, group, django_assert_num_queries):
    for month in (6, 7, 8):
        Claim.objects.filter(pk=claim_of(editor, month).pk).update(group=group)
    with django_assert_num_queries(2):
        record = group_record(group, editor)
        told = [(str(one.row.claim.source), str(one.row.claim.outlet)) for one in record.repeats]
    assert len(told) == 5
