"""The orders of a queue: what comes first in each, and which ones are offered."""

import pytest
from django.utils import timezone

from claims.choices import MatchRelation, MatchState
from claims.models import Claim
from claims.queries.review.orders import BY_SOURCE, ORDERS
from tests.models import rows
from tests.models.match_rows import match


@pytest.fixture
def known(editor, four) -> None:
    """The archive has the second claim, and is contradicted by the third and by the fourth."""
    other, contradicts = rows.claim(rows.revision(editor)), MatchRelation.CONTRADICTS
    match(other, four[1])
    match(other, four[2], relation=contradicts)
    match(four[3], other, relation=contradicts)


@pytest.mark.parametrize(
    ("order", "places"),
    [
        ("", [0, 1, 2, 3]),
        ("seen-first", [1, 0, 2, 3]),
        ("seen-last", [0, 2, 3, 1]),
        ("contradicted-first", [2, 3, 0, 1]),
    ],
)
def test_what_the_archive_knows_comes_first_or_last(queue, known, four, order, places):
    assert [one.pk for one in queue(order=order).listed] == [four[place].pk for place in places]


def test_a_claim_keeps_its_place_when_its_match_is_dismissed(queue, editor, four):
    settled = {"settled_by": editor, "settled_at": timezone.now()}
    other = rows.claim(rows.revision(editor))
    match(other, four[2], state=MatchState.DISMISSED, **settled)
    assert queue(order="seen-first").listed[0].pk == four[2].pk


def offered(queue, **asked) -> list[str]:
    return [one.word for one in queue(**asked).orders]


class TestOffered:
    BY_ARCHIVE = [word for word in ORDERS if word != BY_SOURCE]

    def test_none_where_none_would_move_a_claim(self, queue):
        assert offered(queue) == []

    def test_those_by_the_archive_where_it_knows_a_claim(self, queue, editor, four):
        match(rows.claim(rows.revision(editor)), four[0], relation=MatchRelation.CONTRADICTS)
        assert offered(queue) == self.BY_ARCHIVE
        Claim.objects.filter(pk=four[0].pk).update(dismissed=True)
        assert offered(queue) == []

    def test_the_same_for_a_repeat(self, queue, editor, four):
        match(rows.claim(rows.revision(editor)), four[0])
        assert offered(queue) == self.BY_ARCHIVE

    def test_source_by_source_where_there_are_several(self, queue, four):
        Claim.objects.filter(pk=four[1].pk).update(source=rows.source())
        assert offered(queue) == ["", BY_SOURCE]
        Claim.objects.filter(pk=four[1].pk).update(checkable=False)
        assert offered(queue) == []

    def test_the_chosen_one_always_and_it_is_current(self, queue):
        found = queue(order="seen-last").orders
        assert {one.word: one.current for one in found} == {"": False, "seen-last": True}
        found = queue(order=BY_SOURCE).orders
        assert {one.word: one.current for one in found} == {"": False, BY_SOURCE: True}

    def test_none_for_a_list(self, queue, known):
        assert offered(queue, list_query="") == []
