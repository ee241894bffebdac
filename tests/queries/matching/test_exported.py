"""What a table that is exported says of repeats and of other claims that the archive knows."""

import pytest
from django.utils import timezone

from claims.choices import MatchRelation, MatchState
from claims.models import Claim
from claims.queries.matching.exported import groups_of, matches_of
from tests.models import rows
from tests.models.match_rows import group, match


@pytest.fixture
def three(editor) -> list[Claim]:
    return [rows.claim(rows.revision(editor)) for _each in range(3)]


def test_a_group_is_told_of_claims_that_are_not_alone_in_one(editor, three):
    first, second, alone = three
    together = group(first, second)
    group(alone)
    free = rows.claim(first.revision, 5)
    ids = [one.pk for one in (*three, free)]
    assert groups_of(ids) == {first.pk: together.pk, second.pk: together.pk}
    assert groups_of([second.pk]) == {second.pk: together.pk}
    Claim.objects.filter(pk=first.pk).update(dismissed=True)
    assert groups_of([second.pk]) == {}


def test_a_line_for_each_other_claim_says_what_this_one_is_to_it(editor, three):
    first, second, third = three
    settled = {"settled_by": editor, "settled_at": timezone.now()}
    match(first, second, state=MatchState.CONFIRMED, **settled)
    match(second, third, relation=MatchRelation.SUPERSEDES)
    match(first, third, relation=MatchRelation.CONTRADICTS)
    assert matches_of([one.pk for one in three]) == {
        first.pk: f"same | confirmed | #{second.pk}\ncontradicted-by | proposed | #{third.pk}",
        second.pk: f"same | confirmed | #{first.pk}\nsuperseded-by | proposed | #{third.pk}",
        third.pk: f"supersedes | proposed | #{second.pk}\ncontradicts | proposed | #{first.pk}",
    }
    assert set(matches_of([third.pk])) == {third.pk}
    Claim.objects.filter(pk=third.pk).update(checkable=False)
    assert matches_of([third.pk]) == {}


def test_a_match_that_somebody_has_dismissed_is_not_told(editor, three):
    settled = {"settled_by": editor, "settled_at": timezone.now()}
    match(*three[:2], state=MatchState.DISMISSED, **settled)
    assert matches_of([three[0].pk]) == {}
