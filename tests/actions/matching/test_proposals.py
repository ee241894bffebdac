"""Matches are proposed in the background when claims come in or change."""

from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django_tasks import TaskResultStatus

from claims.actions import (
    COMMAND,
    SplitArticle,
    decide_claim,
    dismiss_claims,
    dismiss_match,
    receive_articles,
    reword_claim,
)
from claims.actions.matching import proposals
from claims.actions.matching.index import index_some
from claims.choices import MatchRelation, MatchState, Verdict, WebhookEvent
from claims.ingest.types import ArticleDraft
from claims.models import Claim, ClaimMatch, Task, UnmatchedClaim, WebhookDelivery
from tests.actions.matching.conftest import claim_of
from tests.conftest import proposed, version_of
from tests.models import match_rows, rows

SAID = "The mayor said the harbour of Ostrey would be closed in winter."


def _arrive(editor, headline: str, body: str = SAID) -> Claim:
    """The first claim of an article that came in."""
    split = SplitArticle(ArticleDraft(headline=headline, body=body), proposed(body))
    (result,) = receive_articles(actor=editor, articles=[split], policy=COMMAND)
    return Claim.objects.of_article(result.article).in_reading_order()[0]


def _pairs() -> set[tuple[int, int]]:
    return set(ClaimMatch.objects.values_list("earlier", "later"))


@pytest.fixture
def repeats(editor) -> list[Claim]:
    """Three claims with the same words and one with others, of four articles."""
    same = [claim_of(editor, month) for month in (2, 3, 4)]
    claims = [*same, claim_of(editor, 5, "The ferry sails on Sundays")]
    index_some()
    return claims


class TestTheWorker:
    def test_what_came_in_is_matched_with_what_is_there(self, editor, work):
        first = _arrive(editor, "Harbour to close")
        second = _arrive(editor, "Harbour closes in winter")
        assert not ClaimMatch.objects.exists()
        work()
        match = ClaimMatch.objects.get()
        assert (match.earlier, match.later) == (first, second)
        assert (match.relation, match.state) == (MatchRelation.SAME, MatchState.PROPOSED)
        assert match.why
        assert not UnmatchedClaim.objects.exists()

    def test_words_that_change_are_matched_again(self, editor, work):
        first = _arrive(editor, "Harbour to close")
        second = _arrive(editor, "Harbour closes in winter")
        work()
        reworded = "The ferry sails on Sundays"
        reword_claim(actor=editor, statement=reworded, **version_of(second))
        work()
        assert not ClaimMatch.objects.exists()
        reword_claim(actor=editor, statement=reworded, **version_of(first))
        work()
        assert _pairs() == {(first.pk, second.pk)}

    @pytest.mark.usefixtures("_queued")
    def test_nothing_is_enqueued_twice_or_for_nothing(self, editor, repeats):
        proposals.enqueue_matching()
        assert not Task.objects.exists()
        UnmatchedClaim.objects.add_claims(one.pk for one in repeats)
        for _time in range(2):
            proposals.enqueue_matching()
        (task,) = Task.objects.all()
        assert task.status == TaskResultStatus.READY
        assert str(task) == "Look for repeats and contradictions"

    @pytest.mark.usefixtures("_queued")
    def test_a_claim_without_a_vector_is_enough_to_begin(self, editor):
        claim_of(editor, 2)
        assert not UnmatchedClaim.objects.exists()
        proposals.enqueue_matching()
        assert Task.objects.exists()

    def test_a_claim_that_the_matcher_fails_on_keeps_out_no_other(self, editor, monkeypatch):
        judge = proposals.judge_pairs

        def failing(pairs):
            if any(
                "ferry" in earlier.text and "ferry" in later.text for earlier, later, _ in pairs
            ):
                raise ZeroDivisionError
            return judge(pairs)

        monkeypatch.setattr(proposals, "judge_pairs", failing)
        same = [claim_of(editor, month) for month in (2, 3)]
        odd = [claim_of(editor, month, "The ferry sails on Sundays") for month in (4, 5)]
        index_some()
        UnmatchedClaim.objects.add_claims(one.pk for one in (*same, *odd))
        assert proposals.match_next() == 4
        assert _pairs() == {(same[0].pk, same[1].pk)}
        assert not UnmatchedClaim.objects.exists()

    def test_what_changed_while_it_was_matched_still_waits(self, repeats, monkeypatch):
        first, second, *_ = repeats
        judge = proposals.judge_pairs

        def meanwhile(pairs):
            UnmatchedClaim.objects.add_claims([first.pk])
            return judge(pairs)

        monkeypatch.setattr(proposals, "judge_pairs", meanwhile)
        UnmatchedClaim.objects.add_claims([first.pk, second.pk])
        proposals.match_next()
        assert UnmatchedClaim.objects.get().claim == first

    def test_more_than_one_task_does_is_done_by_the_next(self, monkeypatch, repeats, work):
        monkeypatch.setattr(proposals, "SLICE", 1)
        monkeypatch.setattr(proposals, "_SLICES", 1)
        UnmatchedClaim.objects.add_claims(one.pk for one in repeats)
        work()
        assert len(_pairs()) == 3

    def test_an_article_that_comes_in_now_does_not_wait_for_the_archive(self, monkeypatch, repeats):
        monkeypatch.setattr(proposals, "SLICE", 1)
        first, second, third, _other = repeats
        UnmatchedClaim.objects.add_claims([first.pk, third.pk])
        proposals.match_next()
        assert _pairs() == {(first.pk, third.pk), (second.pk, third.pk)}


class TestWhatIsProposed:
    def test_each_pair_once_the_earlier_publication_first(self, editor, repeats):
        second, third, fourth, _other = repeats
        first = claim_of(editor, 1)
        proposals.propose_matches([one.pk for one in (*repeats, first)])
        ids = [one.pk for one in (first, second, third, fourth)]
        assert _pairs() == {
            (earlier, later) for place, later in enumerate(ids) for earlier in ids[:place]
        }

    def test_of_one_publication_the_claim_that_came_in_first_is_the_earlier(self, editor):
        # So many that a set of their numbers has another order than the numbers.
        claims = [claim_of(editor, 2) for _number in range(9)]
        index_some()
        proposals.propose_matches([one.pk for one in claims])
        assert len(_pairs()) == 36
        assert all(earlier < later for earlier, later in _pairs())

    @pytest.mark.parametrize("decided", [True, False])
    def test_what_contradicts_a_verdict_challenges_it(self, editor, decided):
        first = claim_of(editor, 2)
        if decided:
            decide_claim(actor=editor, verdict=Verdict.VERIFIED, **version_of(first))
        claim_of(editor, 3)
        claim_of(editor, 4, "Ostrey does not have nine bridges")
        index_some()
        proposals.propose_matches([first.pk])
        found = ClaimMatch.objects.values_list("relation", "challenges")
        assert set(found) == {(MatchRelation.SAME, False), (MatchRelation.CONTRADICTS, decided)}

    @pytest.mark.parametrize(
        ("before", "number"),
        [(None, 1), (MatchRelation.SAME, 1), (MatchRelation.CONTRADICTS, 0)],
    )
    def test_a_contradiction_is_told_unless_it_was_known(self, editor, before, number):
        first = claim_of(editor, 2)
        second = claim_of(editor, 3, "Ostrey does not have nine bridges")
        index_some()
        if before:
            match_rows.match(first, second, relation=before)
        rows.webhook()
        proposals.propose_matches([first.pk])
        told = WebhookDelivery.objects.filter(event=WebhookEvent.CONTRADICTION_FOUND)
        assert told.count() == number

    @pytest.mark.parametrize("relation", [MatchRelation.SAME, MatchRelation.CONTRADICTS])
    def test_what_is_judged_as_before_was_proposed_then(self, repeats, relation):
        first, second, *_ = repeats
        then = datetime(2026, 2, 2, tzinfo=UTC)
        match = match_rows.match(first, second, relation=relation, proposed_at=then)
        proposals.propose_matches([first.pk])
        match.refresh_from_db()
        assert (match.proposed_at == then) == (relation == MatchRelation.SAME)
        assert match.made_from != "f" * 32
        assert match.why

    def test_the_same_again_writes_nothing(self, repeats):
        ids = [one.pk for one in repeats]
        proposals.propose_matches(ids)
        before = list(ClaimMatch.objects.order_by("pk").values())
        proposals.propose_matches(ids)
        assert list(ClaimMatch.objects.order_by("pk").values()) == before

    def test_what_people_dismissed_is_never_proposed_again(self, editor, repeats):
        first, second, *_ = repeats
        proposals.propose_matches([second.pk])
        match = ClaimMatch.objects.get(earlier=first, later=second)
        dismiss_match(actor=editor, match_id=match.pk, **version_of(second))
        for one in (first, second):
            reword_claim(actor=editor, statement="Ostrey has ten bridges", **version_of(one))
        proposals.propose_matches([first.pk, second.pk])
        match.refresh_from_db()
        assert match.state == MatchState.DISMISSED
        assert ClaimMatch.objects.of_claims([first.pk]).filter(later=second).count() == 1

    def test_claims_that_are_out_of_work_are_left_alone(self, editor, repeats):
        first, second, third, _other = repeats
        dismiss_claims(actor=editor, versions={first.pk: 1})
        proposals.propose_matches([one.pk for one in repeats])
        assert _pairs() == {(second.pk, third.pk)}

    def test_a_match_by_another_version_of_the_matcher_is_judged_again(self, repeats):
        first, _second, third, other = repeats
        kept = match_rows.match(first, third, relation=MatchRelation.SUPERSEDES)
        gone = match_rows.match(first, other)
        proposals.propose_matches([first.pk])
        kept.refresh_from_db()
        assert kept.relation == MatchRelation.SAME
        assert not ClaimMatch.objects.filter(pk=gone.pk).exists()


class TestTheWholeArchive:
    def _match(self, *options: str) -> str:
        out = StringIO()
        call_command("match_claims", *options, stdout=out)
        return out.getvalue()

    def test_every_claim_is_matched(self, repeats):
        assert "All claims are matched: 4." in self._match()
        assert len(_pairs()) == 3

    def test_what_was_stopped_goes_on_where_it_was(self, monkeypatch, repeats):
        list(proposals.queue_archive())
        monkeypatch.setattr(proposals, "SLICE", 3)
        assert proposals.match_next() == 3
        assert "All claims are matched: 1." in self._match("--waiting")
        assert len(_pairs()) == 3
