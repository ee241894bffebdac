"""The queue by source: its filter, its order, and which claims go with one."""

import pytest

from claims.actions import change_source, decide_claim, dismiss_claims
from claims.choices import Verdict
from claims.errors import FilterNotUnderstoodError
from claims.models import Claim, Source
from claims.queries.claims.filters import ClaimFilter
from claims.queries.review.orders import BY_SOURCE
from claims.queries.review.queue import Queue
from claims.queries.review.scopes import others_of_speaker
from tests.conftest import version_of


@pytest.fixture
def venn() -> Source:
    return Source.objects.get(name="Ada Venn")


@pytest.fixture
def of_venn(article, venn) -> list[int]:
    claims = Claim.objects.of_article(article).filter(source=venn)
    return list(claims.in_reading_order().values_list("pk", flat=True))


class TestFilter:
    def test_it_shows_the_claims_of_a_source_under_every_other_filter(
        self, editor, article, venn, of_venn
    ):
        decide_claim(
            actor=editor, verdict=Verdict.VERIFIED, **version_of(Claim.objects.get(pk=of_venn[0]))
        )
        everything = Queue.of(article, editor, source=str(venn.pk))
        pending = Queue.of(article, editor, "pending", source=str(venn.pk))
        assert [claim.pk for claim in everything.listed] == of_venn
        assert [claim.pk for claim in pending.listed] == of_venn[1:]
        numbers = {one.word: one.number for one in everything.filter_counts}
        assert (numbers[""], numbers["verified"]) == (len(of_venn), 1)

    def test_a_list_is_gone_through_for_the_source_alone(self, editor, article, venn, of_venn):
        queue = Queue.of(article, editor, list_query="state=all", source=str(venn.pk))
        assert [claim.pk for claim in queue.listed] == of_venn

    @pytest.mark.parametrize("word", ["venn", "none"])
    def test_the_table_of_claims_lists_the_same(self, editor, article, venn, word):
        source = str(venn.pk) if word == "venn" else word
        queue = Queue.of(article, editor, source=source)
        listed = ClaimFilter.of_query(queue.listed_by, editor).understood().qs
        assert queue.listed
        assert {claim.pk for claim in queue.listed} == {claim.pk for claim in listed}

    def test_every_source_is_offered_with_its_number_in_the_order_of_the_text(
        self, editor, article, venn, of_venn
    ):
        offered = Queue.of(article, editor, source=str(venn.pk)).sources
        assert offered[0] == (str(venn.pk), "Ada Venn", "minister", len(of_venn), True)
        assert (offered[-1].word, offered[-1].name) == ("none", "")
        assert not any(one.current for one in offered[1:])

    @pytest.mark.parametrize("word", ["Venn", "-1", "9" * 19])
    def test_what_is_no_source_is_refused(self, editor, article, word):
        with pytest.raises(FilterNotUnderstoodError):
            Queue.of(article, editor, source=word)


def test_the_order_source_by_source_keeps_those_together_who_spoke_first(
    editor, article, claims, venn
):
    change_source(actor=editor, source=venn, **version_of(claims[-1]))
    queue = Queue.of(article, editor, order=BY_SOURCE)
    sources = [claim.source_id for claim in queue.listed]
    assert sources[0] == venn.pk
    assert sources == sorted(sources, key=sources.index)
    last = queue.find(claims[-1].pk)
    assert queue.after(last).source_id != venn.pk
    assert queue.before(last).source_id == venn.pk


class TestScopes:
    @pytest.fixture
    def boats(self, claims) -> Claim:
        return next(claim for claim in claims if "boats" in claim.quote)

    @pytest.fixture
    def piers(self, claims) -> Claim:
        return next(claim for claim in claims if "piers" in claim.quote)

    def test_they_are_those_of_the_sentence_and_of_the_source(
        self, claims, of_venn, boats, piers, scopes_in_text
    ):
        first = scopes_in_text(claims[0])
        assert (first.sentence, first.speaker) == ({}, len(of_venn) - 1)
        assert {*others_of_speaker(claims[0])} == {*of_venn} - {claims[0].pk}
        assert scopes_in_text(boats).sentence == {piers.pk: piers.source_id}
        assert scopes_in_text(piers).sentence == {boats.pk: boats.source_id}

    def test_other_sources_of_the_sentence_are_named(
        self, editor, boats, piers, venn, scopes_in_text
    ):
        assert scopes_in_text(boats).also == []
        change_source(actor=editor, source=venn, **version_of(piers))
        found = scopes_in_text(boats)
        assert (found.sentence, found.also) == ({piers.pk: venn.pk}, ["Ada Venn"])

    def test_dismissed_ones_are_left_out_and_the_articles_own_voice_is_no_speaker(
        self, editor, claims, boats, piers, scopes_in_text
    ):
        narrated = claims[-1]
        assert narrated.source is None
        change_source(actor=editor, source=None, **version_of(claims[1]))
        assert (scopes_in_text(narrated).speaker, others_of_speaker(narrated)) == (0, {})
        dismiss_claims(actor=editor, versions={piers.pk: piers.version})
        found = scopes_in_text(boats)
        assert (found.sentence, found.speaker) == ({}, 0)
