"""Which matches are shown and asked of, what groups are called, and what is kept to find a claim again."""

from datetime import timedelta

import numpy as np
import pytest
from django.utils import timezone

from claims.choices import MatchRelation, MatchState, ReviewStatus, Verdict
from claims.matching.vectors import SIZE, outline
from claims.models import Claim, ClaimMatch, UnmatchedClaim
from claims.models.base.outlines import PAGE
from claims.models.claims.matching import ClaimVector, OutlinePage, StemFrequency
from tests.models import rows
from tests.models.match_rows import group, match

CONTRADICTS, SUPERSEDES = MatchRelation.CONTRADICTS, MatchRelation.SUPERSEDES


@pytest.fixture
def two(editor) -> tuple[Claim, Claim]:
    """An earlier and a later claim, the earlier one verified yesterday."""
    earlier, later = (rows.claim(rows.revision(editor)) for _each in range(2))
    yesterday = timezone.now() - timedelta(days=1)
    become(earlier, verdict=Verdict.VERIFIED, decided_at=yesterday, touched_at=yesterday)
    return earlier, later


def become(claim: Claim, **fields) -> None:
    rows.become(claim, **fields)


def settled(editor, state: MatchState) -> dict[str, object]:
    return {"state": state, "settled_by": editor, "settled_at": timezone.now()}


def test_the_matches_of_claims_are_those_of_either_side(editor, two):
    other = rows.claim(rows.revision(editor))
    first, second = match(*two), match(two[1], other)
    assert set(ClaimMatch.objects.of_claims([two[0].pk])) == {first}
    assert set(ClaimMatch.objects.of_claims([two[1].pk])) == {first, second}
    assert set(ClaimMatch.objects.of_claims(iter([other.pk]))) == {second}


def test_a_match_knows_its_other_claim_and_no_strangers(editor, two):
    earlier, later = two
    made = match(earlier, later)
    assert (made.other(earlier.pk), made.other(later.pk)) == (later.pk, earlier.pk)
    with pytest.raises(ClaimMatch.DoesNotExist):
        made.other(0)


@pytest.mark.parametrize("side", [0, 1])
@pytest.mark.parametrize("out", [{"dismissed": True}, {"checkable": False}], ids=str)
def test_pages_show_no_match_of_a_claim_out_of_work(two, side, out):
    made = match(*two)
    assert list(ClaimMatch.objects.not_dismissed()) == [made]
    become(two[side], **out)
    assert not ClaimMatch.objects.not_dismissed()


@pytest.mark.parametrize(("state", "shown"), [("confirmed", True), ("dismissed", False)])
def test_nor_one_that_somebody_has_dismissed(editor, two, state, shown):
    made = match(*two, challenges=True, relation=CONTRADICTS, **settled(editor, MatchState(state)))
    found = [made] if shown else []
    assert list(ClaimMatch.objects.not_dismissed()) == found
    assert list(ClaimMatch.objects.later_than_verdicts()) == found


class TestTakenOver:
    def test_a_repeat_in_the_very_words_of_a_claim_with_a_verdict(self, two):
        made = match(*two)
        assert list(ClaimMatch.objects.repeats_of_decided()) == [made]
        become(two[1], statement="Ostrey has ten bridges")
        assert not ClaimMatch.objects.repeats_of_decided()

    def test_no_contradiction_and_no_pending_one(self, two):
        made = match(*two, relation=CONTRADICTS)
        assert not ClaimMatch.objects.repeats_of_decided()
        ClaimMatch.objects.filter(pk=made.pk).update(relation=MatchRelation.SAME)
        become(two[0], verdict=Verdict.DISPUTED)
        assert ClaimMatch.objects.repeats_of_decided()
        become(two[0], verdict=Verdict.PENDING)
        assert not ClaimMatch.objects.repeats_of_decided()

    @pytest.mark.parametrize(
        ("status", "blind", "known"),
        [
            (ReviewStatus.WAITING, True, False),
            (ReviewStatus.WAITING, False, True),
            (ReviewStatus.CHECKED, True, True),
        ],
    )
    def test_none_that_is_to_be_checked_blind(self, two, status, blind, known):
        match(*two)
        become(two[0], review_status=status, blind=blind)
        assert ClaimMatch.objects.repeats_of_decided().exists() == known
        assert not ClaimMatch.objects.with_known_verdict("later")


class TestChallenges:
    @pytest.mark.parametrize(
        ("relation", "asks"), [(CONTRADICTS, True), (SUPERSEDES, True), (MatchRelation.SAME, False)]
    )
    def test_a_contradiction_or_a_newer_figure_asks_for_another_look(self, two, relation, asks):
        match(*two, relation=relation, challenges=True)
        assert ClaimMatch.objects.later_than_verdicts().exists() == asks

    def test_neither_one_that_was_there_before_the_verdict_nor_one_out_of_work(self, two):
        made = match(*two, relation=CONTRADICTS, challenges=True)
        asking = ClaimMatch.objects.later_than_verdicts()
        assert list(asking.all()) == [made]
        for fields in ({"dismissed": True}, {"checkable": False}):
            become(two[1], **fields)
            assert not asking.all()
            become(two[1], dismissed=False, checkable=True)
        become(two[0], decided_at=made.proposed_at)
        assert not asking.all()
        become(two[0], decided_at=made.proposed_at - timedelta(seconds=1))
        ClaimMatch.objects.update(challenges=False)
        assert not asking.all()


def test_a_group_is_called_by_its_main_claim_or_else_its_earliest(editor):
    names = {3: "Third", 1: "First", 2: "Second"}
    made = [
        rows.claim(rows.revision(editor), statement=name, listed_at=timezone.now())
        for name in names.values()
    ]
    for claim, day in zip(made, names, strict=True):
        become(claim, listed_at=timezone.now().replace(year=2020, month=1, day=day))
    whole = group(*made)
    assert str(whole) == "Third"
    whole.canonical = None
    assert str(whole) == "First"
    Claim.objects.update(group=None)
    assert str(whole) == ""


def test_a_claim_that_changed_again_waits_once_to_be_matched(two, django_assert_num_queries):
    earlier, later = two
    past = timezone.now() - timedelta(days=1)
    UnmatchedClaim.objects.all().delete()
    UnmatchedClaim.objects.add_claims([earlier.pk])
    UnmatchedClaim.objects.update(changed_at=past)
    UnmatchedClaim.objects.add_claims([earlier.pk, later.pk])
    assert UnmatchedClaim.objects.count() == 2
    assert UnmatchedClaim.objects.get(pk=earlier.pk).changed_at > past
    with django_assert_num_queries(0):
        UnmatchedClaim.objects.add_claims([])


class TestVectors:
    def test_those_to_be_made_wait_the_oldest_claims_first(self, two):
        waiting = ClaimVector.objects.waiting()
        assert [one.pk for one in waiting] == [two[0].pk, two[1].pk]
        ClaimVector.objects.update(vector=b"x")
        assert not waiting.all()
        become(two[1], statement="Ostrey has ten bridges")
        assert [one.pk for one in waiting.all()] == [two[1].pk]

    def test_outlines_are_found_under_their_claims_in_the_order_of_ids(self, db):
        vectors = np.ones((3, SIZE), np.int8)
        vectors[1, 0] = vectors[2, 1] = -1
        ids = [2 * PAGE, 0, PAGE - 1]
        OutlinePage.objects.put(ids, vectors)
        (chunk,) = OutlinePage.objects.in_chunks()
        assert list(chunk[0]) == [0, PAGE - 1, 2 * PAGE]
        assert (outline(vectors)[[1, 2, 0]] == chunk[1].T).all()
        assert [list(some) for some, _lines in OutlinePage.objects.in_chunks(1)] == [
            [0, PAGE - 1],
            [2 * PAGE],
        ]

    def test_an_outline_is_replaced_and_its_neighbours_stay(self, db):
        vectors = np.ones((2, SIZE), np.int8)
        OutlinePage.objects.put([1, 2], vectors)
        vectors[0, 5] = -1
        OutlinePage.objects.put([1], vectors[:1])
        ((ids, lines),) = OutlinePage.objects.in_chunks()
        assert list(ids) == [1, 2]
        assert (outline(vectors) == lines.T).all()


def test_stems_are_counted_up(db):
    StemFrequency.objects.add([("bridge", 2), ("x" * 65, 1)])
    StemFrequency.objects.add([("bridge", 3)])
    counts = dict(StemFrequency.objects.values_list("stem", "claims"))
    assert counts == {"bridge": 5, "x" * 64: 1}
