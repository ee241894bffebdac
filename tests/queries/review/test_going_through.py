"""How a queue goes on from claim to claim, what it shows, and how far it is."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from claims.choices import MatchRelation, ReviewStatus, Verdict
from claims.models import Claim
from claims.queries.review.counted import CountedQueue
from claims.queries.review.queue import END, Queue
from tests.models import rows
from tests.models.match_rows import match


def become(claim: Claim, **fields) -> None:
    """Change a claim as it is kept."""
    rows.become(claim, touched_at=timezone.now(), **fields)


class TestPlaces:
    def test_each_claim_has_its_place_and_its_neighbours(self, queue, four):
        all_four = queue()
        assert [all_four.position(claim) for claim in four] == [1, 2, 3, 4]
        assert [one.pk for one in all_four.claims] == [claim.pk for claim in four]
        assert (all_four.after(four[0]).pk, all_four.before(four[1]).pk) == (four[1].pk, four[0].pk)
        assert (all_four.after(four[3]), all_four.before(four[0])) == (None, None)

    def test_what_the_filter_hides_has_no_place_but_neighbours(self, queue, four):
        become(four[1], verdict=Verdict.VERIFIED)
        pending = queue("pending")
        hidden = pending.row(four[1].pk)
        assert (pending.position(hidden), pending.shows(hidden)) == (0, False)
        assert (pending.after(hidden).pk, pending.before(hidden).pk) == (four[2].pk, four[0].pk)

    def test_claims_at_one_place_follow_each_other_as_they_were_made(self, queue, text, four):
        twin = rows.claim(text, 10)
        asked = queue()
        assert asked.after(four[1]).pk == asked.follower(four[1]).pk == twin.pk
        assert asked.before(twin).pk == four[1].pk
        assert asked.follower(twin).pk == four[2].pk

    def test_a_claim_is_merged_with_the_next_one_that_is_not_dismissed(self, queue, four):
        become(four[1], dismissed=True)
        become(four[2], checkable=False)
        asked = queue("pending")
        assert asked.follower(four[0]).pk == four[2].pk
        assert asked.follower(four[3]) is None

    def test_another_texts_claims_are_not_in_it(self, queue, editor, four):
        other = rows.claim(rows.revision(editor))
        for listed in (None, ""):
            for kind in (queue(list_query=listed), counted(queue, list_query=listed)):
                assert kind.row(other.pk) is None
                assert kind.listed_number == 4


def counted(queue, **asked) -> CountedQueue:
    return CountedQueue.of(*queue.args, **asked)


class TestFinding:
    def test_a_claim_is_found_whatever_the_filter(self, queue, four):
        become(four[1], dismissed=True)
        assert queue().find(str(four[1].pk)).pk == four[1].pk

    def test_what_is_not_there_is_the_first_that_the_filter_shows(self, queue, four):
        become(four[0], verdict=Verdict.VERIFIED)
        assert queue("pending").find(None).pk == four[1].pk
        assert queue("disputed").find(None) is None
        assert queue().find(END) is None


class TestNextPending:
    def test_it_is_the_next_in_order_and_starts_over_after_the_last(self, queue, four):
        become(four[2], verdict=Verdict.VERIFIED)
        asked = queue()
        following = [asked.next_pending(claim).pk for claim in four]
        assert following == [four[1].pk, four[3].pk, four[3].pk, four[0].pk]
        assert asked.next_pending(None).pk == four[0].pk

    def test_there_is_none_besides_the_claim_itself(self, queue, four):
        for claim in four[1:]:
            become(claim, verdict=Verdict.DISPUTED)
        assert queue().next_pending(four[0]) is None
        become(four[0], verdict=Verdict.VERIFIED)
        assert queue().next_pending(None) is None


class TestProgress:
    @pytest.mark.parametrize(("decided", "percent"), [(0, 0), (1, 33), (2, 66), (3, 100)])
    def test_it_is_the_share_of_decided_claims_in_work(self, queue, four, decided, percent):
        become(four[3], dismissed=True, verdict=Verdict.DISPUTED)
        for claim in four[:decided]:
            become(claim, verdict=Verdict.VERIFIED)
        assert queue().decided_percent == percent

    def test_nothing_to_do_is_all_done(self, queue, four):
        Claim.objects.update(checkable=False)
        assert queue().decided_percent == 100


class TestFilters:
    def test_those_that_show_nothing_are_not_offered_but_verdicts_and_the_own_one_are(
        self, queue, four
    ):
        always = ["", "verified", "disputed", "pending"]
        assert [one.word for one in queue().filter_counts] == always
        assert [one.word for one in queue("mine").filter_counts] == [*always, "mine"]
        become(four[0], dismissed=True)
        assert [one.word for one in queue().filter_counts] == [*always, "dismissed"]

    def test_only_the_list_is_current_where_one_is_gone_through(self, queue):
        offered = queue(list_query="verdict=pending").filter_counts
        assert [one.word for one in offered if one.current] == [None]
        assert [one.word for one in queue("verified").filter_counts if one.current] == ["verified"]

    def test_each_shows_what_it_says(self, queue, editor, chief, four):
        """Claims that are no longer in work are under the filters for that alone."""
        first, second, third, fourth = four
        become(first, verdict=Verdict.VERIFIED, assigned_to=editor)
        become(second, verdict=Verdict.VERIFIED, dismissed=True, assigned_to=editor)
        become(third, checkable=False, review_status=ReviewStatus.SENT_BACK)
        become(fourth, checkable=False, dismissed=True, assigned_to=chief)
        asked = [
            "",
            "verified",
            "pending",
            "mine",
            "sent-back",
            "not-checkable",
            "dismissed",
            "seen",
        ]
        kinds = {word: queue(word) for word in asked}
        shown = {
            word: [four.index(claim) for claim in four if kind.shows(kind.row(claim.pk))]
            for word, kind in kinds.items()
        }
        assert shown == {
            "": [0],
            "verified": [0],
            "pending": [],
            "mine": [0],
            "sent-back": [],
            "not-checkable": [2],
            "dismissed": [1, 3],
            "seen": [],
        }
        become(third, checkable=True)
        assert [one.pk for one in queue("sent-back").listed] == [third.pk]
        assert [one.pk for one in queue("pending").listed] == [third.pk]

    @pytest.mark.parametrize(
        ("show", "listed", "kept"),
        [
            ("", None, list(Verdict)),
            ("pending", None, [Verdict.PENDING]),
            ("waiting", None, []),
            ("", "verdict=disputed", [Verdict.DISPUTED]),
            ("", "state=all", list(Verdict)),
        ],
    )
    def test_it_says_with_which_verdicts_a_claim_stays(self, queue, four, show, listed, kept):
        become(four[0], review_status=ReviewStatus.WAITING)
        asked = queue(show, listed)
        assert asked.keeps(asked.claims[0]) == kept

    def test_a_claim_of_which_the_archive_knows_nothing_in_work_is_not_seen(
        self, queue, editor, four
    ):
        other = rows.claim(rows.revision(editor))
        assert not queue().has_seen
        match(other, four[0])
        become(four[0], dismissed=True)
        assert not queue().has_seen
        match(other, four[1], relation=MatchRelation.CONTRADICTS)
        assert not queue().has_seen
        match(other, four[2])
        assert queue().has_seen


def test_a_claim_that_nobody_has_touched_is_a_proposal(queue, four):
    become(four[1])
    assert [one.state for one in queue().claims[:2]] == ["proposed", "pending"]


def test_what_was_changed_since_a_moment_is_read_again(queue, editor, four):
    at = datetime(2026, 3, 1, 12, tzinfo=UTC)
    elsewhere = rows.claim(rows.revision(editor))
    for claim, moment in ((four[2], at), (four[0], at.replace(hour=13)), (elsewhere, at)):
        change = rows.change(claim, editor, created_at=moment)
        rows.changed(claim, editor, change=change)
    rows.changed(
        four[1], editor, change=rows.change(four[1], editor, created_at=at.replace(hour=11))
    )
    asked = counted(queue)
    assert [one.pk for one in asked.changed_since(at)] == [four[0].pk, four[2].pk]
    assert asked.changed_since(at.replace(hour=14)) == []


def test_a_list_goes_through_all_articles_the_latest_first(editor):
    """Of those of the same moment, the one whose text came last goes first."""
    placed = []
    for day in (1, 2, 2, 3):
        at = datetime(2026, 3, day, 12, tzinfo=UTC)
        text = rows.revision(editor, article=rows.article(editor, published_at=at))
        placed.append([rows.claim(text, 20), rows.claim(text, 0)])
    at, found = placed[-1][0].revision.article, []
    while place := Queue.of(at, editor, list_query="").next_article:
        found.append(place.claim)
        at = Claim.objects.get(pk=place.claim).revision.article
    assert found == [placed[number][1].pk for number in (2, 1, 0)]
