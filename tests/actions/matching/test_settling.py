"""Matches are confirmed and dismissed."""

import pytest
from django.utils import timezone

from claims.actions import (
    confirm_match,
    dismiss_match,
    leave_group,
    next_steps,
    reword_claim,
    undo_change,
)
from claims.choices import MatchRelation, MatchState
from claims.errors import StaleVersionError
from claims.models import Claim, ClaimGroup, ClaimMatch
from tests.actions.database import claims_as_they_stand, everything
from tests.actions.matching.conftest import claim_of
from tests.conftest import newest, version_of
from tests.models import match_rows


def _confirm(actor, claim, match):
    return confirm_match(actor=actor, match_id=match.pk, **version_of(claim))


def _dismiss(actor, claim, match):
    return dismiss_match(actor=actor, match_id=match.pk, **version_of(claim))


def _groups() -> list[set[int]]:
    """The claims of each group that has more than one."""
    every = [set(one.claims.values_list("pk", flat=True)) for one in ClaimGroup.objects.all()]
    return [some for some in every if len(some) > 1]


@pytest.fixture
def repeats(editor) -> list[Claim]:
    """Four claims that say the same, of four articles."""
    return [claim_of(editor, month) for month in range(1, 5)]


class TestConfirming:
    def test_a_repeat_joins_the_group_of_the_other(self, editor, repeats):
        first, second, third, _ = repeats
        _confirm(editor, second, match_rows.match(first, second))
        _confirm(editor, third, match_rows.match(second, third))
        assert _groups() == [{first.pk, second.pk, third.pk}]
        assert ClaimGroup.objects.get().canonical == first

    def test_a_claim_alone_joins_the_group_of_the_one_that_is_confirmed(self, editor, repeats):
        first, second, third, _ = repeats
        match_rows.group(second, third)
        _confirm(editor, third, match_rows.match(first, third))
        assert _groups() == [{first.pk, second.pk, third.pk}]

    def test_two_groups_become_one_and_one_undo_parts_them_and_a_redo_joins_them(
        self, editor, chief, repeats
    ):
        first, second, third, fourth = repeats
        match_rows.group(first, second)
        match_rows.group(third, fourth)
        match, before = match_rows.match(second, third), claims_as_they_stand()
        change = _confirm(editor, third, match)
        after = claims_as_they_stand()
        assert _groups() == [{one.pk for one in repeats}]
        undone = undo_change(actor=chief, change_id=change.pk)
        assert claims_as_they_stand() == before
        assert undo_change(actor=chief, change_id=change.pk) == undone
        again = undo_change(actor=editor, change_id=undone.pk)
        assert claims_as_they_stand() == after
        undo_change(actor=editor, change_id=again.pk)
        assert claims_as_they_stand() == before
        match.refresh_from_db()
        assert match.state == MatchState.PROPOSED

    def test_who_has_left_the_group_since_does_not_come_back(self, editor, repeats):
        first, second, third, fourth = repeats
        match_rows.group(first, second)
        old = match_rows.group(third, fourth)
        change = _confirm(editor, third, match_rows.match(second, third))
        leave_group(actor=editor, **version_of(fourth))
        undo_change(actor=editor, change_id=change.pk)
        third.refresh_from_db()
        fourth.refresh_from_db()
        assert (third.group, fourth.group) == (old, None)

    def test_an_undo_in_the_text_of_who_was_moved_along_leaves_them_there(self, editor, repeats):
        first, second, third, fourth = repeats
        match_rows.group(first, second)
        match_rows.group(third, fourth)
        _confirm(editor, third, match_rows.match(second, third))
        assert next_steps(actor=editor, article=fourth.revision.article) == (None, None)

    def test_who_was_moved_along_still_counts_as_proposed(self, editor, repeats):
        first, second, third, fourth = repeats
        match_rows.group(first, second)
        match_rows.group(third, fourth)
        _confirm(editor, third, match_rows.match(second, third))
        assert Claim.objects.get(pk=fourth.pk).touched_at is None
        assert Claim.objects.get(pk=third.pk).touched_at is not None

    def test_a_contradiction_makes_no_group(self, editor, repeats):
        first, second, *_ = repeats
        match = match_rows.match(first, second, relation=MatchRelation.CONTRADICTS)
        _confirm(editor, second, match)
        match.refresh_from_db()
        assert (match.state, match.settled_by) == (MatchState.CONFIRMED, editor)
        assert not ClaimGroup.objects.exists()

    def test_from_the_earlier_claims_page(self, editor, repeats):
        first, second, *_ = repeats
        _confirm(editor, first, match_rows.match(first, second))
        assert _groups() == [{first.pk, second.pk}]

    def test_again_changes_nothing(self, editor, repeats):
        first, second, *_ = repeats
        match, version = match_rows.match(first, second), version_of(second)
        change = confirm_match(actor=editor, match_id=match.pk, **version)
        before = everything()
        assert confirm_match(actor=editor, match_id=match.pk, **version) == change
        assert _confirm(editor, second, match) is None
        assert everything() == before

    def test_a_match_of_other_claims_is_none(self, editor, repeats):
        first, second, third, _ = repeats
        with pytest.raises(ClaimMatch.DoesNotExist):
            _confirm(editor, third, match_rows.match(first, second))


class TestDismissing:
    @pytest.mark.parametrize("relation", MatchRelation)
    def test_it_is_marked_and_can_be_undone(self, editor, repeats, relation):
        first, second, *_ = repeats
        match = match_rows.match(first, second, relation=relation)
        _dismiss(editor, second, match)
        match.refresh_from_db()
        assert (match.state, match.settled_by) == (MatchState.DISMISSED, editor)
        undo_change(actor=editor, change_id=newest(second).pk)
        match.refresh_from_db()
        assert match.state == MatchState.PROPOSED

    def test_what_was_confirmed_leaves_the_group(self, editor, repeats):
        first, second, third, _ = repeats
        match_rows.group(first, third)
        match = match_rows.match(first, second)
        _confirm(editor, second, match)
        _dismiss(editor, second, match)
        assert _groups() == [{first.pk, third.pk}]
        undo_change(actor=editor, change_id=newest(second).pk)
        match.refresh_from_db()
        assert match.state == MatchState.CONFIRMED
        assert _groups() == [{first.pk, second.pk, third.pk}]

    @pytest.mark.parametrize(
        ("relation", "state", "together", "leaves"),
        [
            (MatchRelation.SAME, MatchState.CONFIRMED, True, True),
            (MatchRelation.SAME, MatchState.CONFIRMED, False, False),
            (MatchRelation.SAME, MatchState.PROPOSED, True, False),
            (MatchRelation.CONTRADICTS, MatchState.CONFIRMED, True, False),
        ],
    )
    def test_a_claim_leaves_a_group_only_for_a_repeat_that_was_confirmed_there(
        self, editor, repeats, relation, state, together, leaves
    ):
        first, second, third, fourth = repeats
        match_rows.group(second, third, *([first] if together else []))
        match_rows.group(fourth, *([] if together else [first]))
        settled = {"settled_by": editor, "settled_at": timezone.now()}
        fields = settled if state == MatchState.CONFIRMED else {}
        match = match_rows.match(first, second, relation=relation, state=state, **fields)
        _dismiss(editor, second, match)
        assert (Claim.objects.get(pk=second.pk).group is None) == leaves


@pytest.mark.parametrize("settle", [confirm_match, dismiss_match])
def test_what_an_editor_did_on_another_page_is_no_first_click(editor, repeats, settle):
    first, second, *_ = repeats
    match = match_rows.match(first, second)
    version = version_of(second)
    reword_claim(actor=editor, statement="Nine bridges stand", **version)
    with pytest.raises(StaleVersionError):
        settle(actor=editor, match_id=match.pk, **version)
