"""Groups of confirmed repeats."""

import pytest
from django.utils import timezone

from claims.actions import (
    confirm_match,
    delete_record,
    leave_group,
    merge_groups,
    set_canonical,
    undo_bulk_change,
    undo_change,
)
from claims.choices import ChangeAction, MatchRelation, MatchState
from claims.errors import NotPossibleError
from claims.models import Claim, ClaimGroup, ClaimMatch
from claims.queries import history
from claims.queries.matching.groups import group_record
from tests.actions.database import claims_as_they_stand, everything
from tests.actions.matching.conftest import claim_of
from tests.conftest import newest, version_of
from tests.models import match_rows


@pytest.fixture
def repeats(editor) -> list[Claim]:
    """Four claims that say the same, of four articles."""
    return [claim_of(editor, month) for month in range(1, 5)]


@pytest.fixture
def group(repeats) -> ClaimGroup:
    """A group of the first three."""
    return match_rows.group(*repeats[:3])


class TestTakingOut:
    def test_its_matches_with_the_others_are_dismissed(self, editor, group, repeats):
        first, second, third, fourth = repeats
        inside, outside = match_rows.match(first, second), match_rows.match(second, fourth)
        confirm_match(actor=editor, match_id=inside.pk, **version_of(second))
        leave_group(actor=editor, **version_of(second))
        inside.refresh_from_db()
        outside.refresh_from_db()
        assert set(group.claims.all()) == {first, third}
        assert (inside.state, outside.state) == (MatchState.DISMISSED, MatchState.PROPOSED)
        undo_change(actor=editor, change_id=newest(second).pk)
        inside.refresh_from_db()
        assert set(group.claims.all()) == {first, second, third}
        assert inside.state == MatchState.CONFIRMED

    def test_only_confirmed_repeats_within_the_group_are_dismissed(self, editor, group, repeats):
        first, second, third, fourth = repeats
        confirmed = {"state": MatchState.CONFIRMED, "settled_by": editor}
        confirmed["settled_at"] = timezone.now()
        inside = match_rows.match(first, second, **confirmed)
        match_rows.match(first, third, relation=MatchRelation.CONTRADICTS, **confirmed)
        match_rows.match(first, fourth, **confirmed)
        leave_group(actor=editor, **version_of(first))
        assert ClaimMatch.objects.get(state=MatchState.DISMISSED) == inside

    def test_what_nobody_has_confirmed_stays_proposed(self, editor, group, repeats):
        first, second, *_ = repeats
        match = match_rows.match(first, second)
        leave_group(actor=editor, **version_of(first))
        match.refresh_from_db()
        assert match.state == MatchState.PROPOSED

    def test_who_is_in_none_cannot_leave(self, editor, repeats):
        before = everything()
        with pytest.raises(NotPossibleError, match="in no group"):
            leave_group(actor=editor, **version_of(repeats[3]))
        assert everything() == before


class TestTheMainClaim:
    def test_another_one_is_chosen_and_that_is_undone(self, editor, group, repeats):
        first, second, *_ = repeats
        set_canonical(actor=editor, **version_of(second))
        group.refresh_from_db()
        assert group.canonical == second
        assert set_canonical(actor=editor, **version_of(second)) is None
        undo_change(actor=editor, change_id=newest(second).pk)
        group.refresh_from_db()
        assert group.canonical == first

    def test_who_is_in_no_group_is_none(self, editor, repeats):
        with pytest.raises(NotPossibleError, match="in no group"):
            set_canonical(actor=editor, **version_of(repeats[3]))


class TestAMainClaimThatIsDeletedWithItsArticle:
    def test_the_rest_stay_one_group_and_the_earliest_stands_for_it(
        self, editor, chief, group, repeats
    ):
        first, second, third, _fourth = repeats
        Claim.objects.filter(pk=second.pk).update(statement="There are nine bridges")
        delete_record(actor=chief, record=first.revision.article)
        group.refresh_from_db()
        assert set(group.claims.all()) == {second, third}
        assert group_record(group, editor).canonical == second
        assert str(group) == "There are nine bridges"

    def test_whoever_confirmed_a_repeat_of_it_still_reads_its_history(self, editor, chief, repeats):
        first, second, *_ = repeats
        match = match_rows.match(first, second)
        confirm_match(actor=editor, match_id=match.pk, **version_of(second))
        delete_record(actor=chief, record=first.revision.article)
        (entry,) = history.of_claim(second, 5).entries
        assert entry.action == ChangeAction.CONFIRM_MATCH
        second.refresh_from_db()
        assert set(second.group.claims.all()) == {second}

    def test_an_undo_does_not_give_the_group_back_to_it(self, editor, chief, group, repeats):
        first, second, *_ = repeats
        set_canonical(actor=editor, **version_of(second))
        delete_record(actor=chief, record=first.revision.article)
        with pytest.raises(NotPossibleError, match="since been deleted"):
            undo_change(actor=editor, change_id=newest(second).pk)
        group.refresh_from_db()
        assert group.canonical == second


class TestMerging:
    def test_all_claims_move_and_one_undo_moves_them_back(self, editor, chief, group, repeats):
        into = match_rows.group(repeats[3])
        before = claims_as_they_stand()
        bulk_change = merge_groups(actor=editor, group=group, into=into)
        assert set(into.claims.all()) == set(repeats)
        assert (bulk_change.changed, bulk_change.actor) == (3, editor)
        undo_bulk_change(actor=chief, bulk_change_id=bulk_change.pk)
        assert claims_as_they_stand() == before

    def test_with_itself_or_with_none_is_refused(self, editor, group, repeats):
        empty = ClaimGroup.objects.create(canonical=repeats[3])
        with pytest.raises(NotPossibleError, match="choose another group"):
            merge_groups(actor=editor, group=group, into=group)
        for one, into in ((group, empty), (empty, group)):
            with pytest.raises(NotPossibleError, match="no claims any more"):
                merge_groups(actor=editor, group=one, into=into)
