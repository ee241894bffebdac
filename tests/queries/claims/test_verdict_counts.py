"""Verdicts are counted in one place: right, without what nobody checks, in a number of queries that does not grow."""

import pytest

from claims.actions import ask_second_check, decide_claim
from claims.choices import Verdict
from claims.models import Article, Claim
from claims.models.claims.blind import hidden_from
from claims.queries.claims import verdict_counts
from claims.queries.claims.records import record_of_source
from claims.queries.claims.verdict_counts import (
    Number,
    VerdictCounts,
    count_verdicts,
    counted,
    with_pending_claims,
    with_verdict_counts,
)
from claims.queries.review.queue import Queue
from claims.queries.sources.records import record_of
from tests.models import rows


class TestVerdictCounts:
    @staticmethod
    def _counts(article: Article) -> tuple[int, int, int]:
        found = with_verdict_counts(Article.objects.all()).get(pk=article.pk)
        return found.pending, found.verified, found.disputed

    def test_an_article_without_claims_counts_none(self, editor):
        assert self._counts(rows.revision(editor).article) == (0, 0, 0)

    def test_an_article_without_a_text_counts_none(self, editor):
        assert self._counts(rows.article(editor)) == (0, 0, 0)

    def test_no_count_multiplies_another(self, editor):
        article = rows.article(editor)
        for number in (1, 2):
            revision = rows.revision(editor, article=article, number=number)
            for start in range(2):
                rows.claim(revision, start)
            for start in range(3):
                rows.decided(revision, Verdict.VERIFIED, start)
            rows.decided(revision, Verdict.DISPUTED)
        rows.claim(rows.revision(editor))
        assert self._counts(article) == (4, 6, 2)

    @pytest.mark.parametrize("nobody", [{"dismissed": True}, {"checkable": False}], ids=str)
    def test_what_nobody_checks_does_not_count(self, editor, nobody):
        revision = rows.revision(editor)
        for verdict in Verdict:
            claim = rows.decided(revision, verdict)
            Claim.objects.filter(pk=claim.pk).update(**nobody)
        assert self._counts(revision.article) == (0, 0, 0)
        rows.claim(revision)
        assert self._counts(revision.article) == (1, 0, 0)

    def test_the_article_is_found_once(self, editor):
        revision = rows.revision(editor)
        for start in range(3):
            rows.claim(revision, start)
        found = with_pending_claims(with_verdict_counts(Article.objects.all()))
        assert list(found) == [revision.article]


def test_with_pending_claims_leaves_out_what_is_done(editor):
    waiting, done, empty = (rows.revision(editor) for _time in range(3))
    rows.claim(waiting)
    rows.decided(waiting, Verdict.VERIFIED, 5)
    rows.decided(done, Verdict.DISPUTED)
    found = set(with_pending_claims(Article.objects.all()))
    assert found == {waiting.article}
    assert empty.article not in found


@pytest.mark.parametrize("nobody", [{"dismissed": True}, {"checkable": False}], ids=str)
def test_with_pending_claims_leaves_out_what_nobody_checks(editor, nobody):
    rows.claim(rows.revision(editor), **nobody)
    assert not with_pending_claims(Article.objects.all())


@pytest.fixture
def source(editor, chief):
    """A source's claims: two are pending, one is verified, one is disputed, one is disputed and waits for a blind check."""
    revision = rows.revision(editor)
    claims = [rows.claim(revision, start) for start in range(5)]
    made = rows.source("Ada Venn")
    Claim.objects.filter(revision=revision).update(source=made)
    for claim, verdict in zip(claims[:3], ["verified", "disputed", "disputed"], strict=True):
        decide_claim(
            actor=editor, claim_id=claim.pk, version=1, verdict=Verdict(verdict), reason="Why"
        )
    ask_second_check(actor=editor, claim_id=claims[2].pk, version=2, blind=True)
    return made


class TestManyClaims:
    """Lists that are too long to count are estimated from a sample."""

    @pytest.fixture
    def limits(self, monkeypatch):
        def limits(**values: int) -> None:
            for name, value in values.items():
                monkeypatch.setattr(
                    verdict_counts, f"_{name}".replace("_COUNTED", "COUNTED"), value
                )

        return limits

    @pytest.mark.parametrize(("most", "is_estimate"), [(5, False), (4, True)])
    def test_as_many_as_are_counted_and_one_more(self, source, limits, most, is_estimate):
        """A sample of all five ids is as good as a count."""
        limits(COUNTED=most, SAMPLE=5)
        assert count_verdicts(Claim.objects.all()) == {
            "pending": Number(2, is_estimate=is_estimate),
            "verified": Number(1, is_estimate=is_estimate),
            "disputed": Number(2, is_estimate=is_estimate),
        }

    def test_a_short_list_among_many_claims_is_counted(self, editor, limits):
        text = rows.revision(editor)
        listed = [rows.claim(text, start).pk for start in range(4)][:2]
        limits(COUNTED=2, GLANCE=2)
        found = count_verdicts(Claim.objects.filter(pk__in=listed))
        assert found["pending"] == Number(2, is_estimate=False)

    def test_an_estimate_has_two_digits(self, editor, limits):
        text = rows.revision(editor)
        first = rows.claim(text)
        rows.claim(text, 5, pk=first.pk + 1_236)
        limits(COUNTED=1, GLANCE=1, SAMPLE=1)
        assert count_verdicts(Claim.objects.all())["pending"] == Number(1_200, is_estimate=True)


class TestTheNumberOfQueries:
    """However many claims there are."""

    def test_counted(self, source, chief, django_assert_num_queries):
        claims = source.claims.all()
        hidden = hidden_from(chief, claims)
        with django_assert_num_queries(1):
            assert counted(claims) == VerdictCounts(verified=1, disputed=2, pending=2)
        with django_assert_num_queries(2):
            assert counted(claims, hidden) == VerdictCounts(verified=1, disputed=1, pending=3)

    def test_a_list_is_counted_or_estimated_in_few_queries(
        self, source, django_assert_num_queries, monkeypatch
    ):
        with django_assert_num_queries(3):
            count_verdicts(source.claims.all())
        monkeypatch.setattr("claims.queries.claims.verdict_counts.COUNTED", 1)
        with django_assert_num_queries(5):
            count_verdicts(source.claims.all())

    def test_of_articles(self, source, chief, django_assert_num_queries):
        hidden = hidden_from(chief, Claim.objects.all())
        with django_assert_num_queries(1):
            (article,) = with_verdict_counts(Article.objects.all(), hidden)
        assert (article.verified, article.disputed, article.pending) == (1, 1, 3)

    def test_of_a_queue(self, source, chief, django_assert_num_queries):
        queue = Queue.of(Article.objects.get(), chief)
        assert queue.claims
        with django_assert_num_queries(0):
            assert queue.verdict_counts == VerdictCounts(verified=1, disputed=1, pending=3)
            assert queue.decided_percent == 40

    def test_beside_a_claim(self, source, chief, django_assert_num_queries):
        claim = source.claims.pending().first()
        with django_assert_num_queries(4):
            beside = record_of_source(claim, chief)
        assert beside == VerdictCounts(verified=1, disputed=1, pending=3)
        assert beside == record_of(source, chief).counts
