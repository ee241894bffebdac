"""Merging sources, and marking sources as different."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.actions import (
    change_source,
    delete_record,
    enter_record,
    import_article,
    mark_distinct,
    merge_sources,
    next_steps,
    undo_bulk_change,
    undo_change,
)
from claims.choices import ChangeAction, JobStatus, SourceKind
from claims.errors import NotPossibleError
from claims.ingest.types import ArticleDraft
from claims.models import Alias, Change, ChangedClaim, Claim, DistinctSources, Source
from tests.actions.sources.conftest import fresh, names_of
from tests.models import rows


@pytest.mark.django_db
class TestMerging:
    def test_the_claims_move_each_article_in_a_step_of_its_own(self, editor, said, two):
        source, into = two
        first = said(source)
        second = said(source, first.revision)
        third = said(source)
        other = said(into)
        bulk_change = merge_sources(actor=editor, source=source, into=into)
        assert set(Claim.objects.filter(source=into)) == {first, second, third, other}
        assert not Claim.objects.filter(source=source).exists()
        changes = Change.objects.filter(bulk_change=bulk_change)
        assert sorted(change.claims.count() for change in changes) == [1, 2]
        assert {(change.action, change.actor_id) for change in changes} == {
            (ChangeAction.MERGE_SOURCES, editor.pk)
        }
        row = ChangedClaim.objects.get(claim=third)
        assert (row.before, row.after) == ({"source_id": source.pk}, {"source_id": into.pk})
        third.refresh_from_db()
        assert third.version == row.version == 2
        assert (bulk_change.total, bulk_change.done, bulk_change.changed) == (3, 3, 3)
        assert (bulk_change.status, bulk_change.action) == (
            JobStatus.DONE,
            ChangeAction.MERGE_SOURCES,
        )
        assert bulk_change.ended_at is not None

    def test_the_record_stays_and_says_what_it_is_now(self, editor, two):
        source, into = two
        merge_sources(actor=editor, source=source, into=into)
        kept = fresh(source)
        assert kept.name == "R. Venn"
        assert kept.current() == into
        newest = kept.history.first()
        assert (newest.merged_into_id, newest.history_user) == (into.pk, editor)
        assert Source.objects.beginning("R. V").get() == into

    def test_names_go_along_where_the_other_has_them_not(self, editor, two):
        source, into = two
        for name in ("Minister Venn", "RV"):
            enter_record(actor=editor, record=Alias(source=source, name=name))
        enter_record(actor=editor, record=Alias(source=into, name="rv"))
        enter_record(actor=editor, record=Alias(source=source, name="RANA VENN"))
        merge_sources(actor=editor, source=source, into=into)
        assert names_of(into) == {"rv": None, "R. Venn": source.pk, "Minister Venn": source.pk}
        assert set(names_of(source)) == {"Minister Venn", "RV", "RANA VENN"}
        assert Alias.history.filter(source=into, history_user=editor, history_type="+").count() == 3

    def test_an_article_that_comes_in_later_finds_what_it_is_now(self, editor):
        short, long = rows.source("Ada Venn"), rows.source("Adelheid Venn")
        merge_sources(actor=editor, source=short, into=long)
        draft = ArticleDraft(headline="Rain", body="Rain will fall, Ada Venn said.")
        article = import_article(actor=editor, draft=draft).article
        assert Claim.objects.of_article(article).exclude(source=None).get().source == long

    def test_claims_get_the_others_kind(self, editor, said, two):
        source, _into = two
        into = rows.source("Ministry", kind=SourceKind.ORGANISATION)
        claim = said(source)
        merge_sources(actor=editor, source=source, into=into)
        claim.refresh_from_db()
        assert claim.source_kind == SourceKind.ORGANISATION
        assert not Claim.objects.with_stale_copies().exists()

    def test_an_articles_own_goes_into_one_that_is_known(self, editor, said, article):
        own = rows.source("Venn", article=article, kind=SourceKind.MINISTER)
        known = rows.source("Ada Venn Tarn", kind=SourceKind.MINISTER)
        claim = said(own)
        merge_sources(actor=editor, source=own, into=known)
        claim.refresh_from_db()
        assert claim.source == known

    def test_a_source_of_one_article_gets_no_claims_of_others(self, editor, two, article):
        own = rows.source("Venn", article=article)
        with pytest.raises(NotPossibleError, match="the other way round"):
            merge_sources(actor=editor, source=two[0], into=own)
        with pytest.raises(NotPossibleError, match="the other way round"):
            merge_sources(
                actor=editor, source=rows.source("Venn", article=rows.article(editor)), into=own
            )

    def test_two_of_the_same_article_are_one(self, editor, said, article):
        first, second = (rows.source(name, article=article) for name in ("Venn", "Ms Venn"))
        claim = said(first)
        merge_sources(actor=editor, source=first, into=second)
        claim.refresh_from_db()
        assert claim.source == second

    def test_nothing_is_merged_into_itself(self, editor, two):
        with pytest.raises(NotPossibleError):
            merge_sources(actor=editor, source=two[0], into=two[0])

    def test_what_is_merged_merges_no_more(self, editor, two):
        """So there are no rings."""
        source, into = two
        third = rows.source("Third")
        merge_sources(actor=editor, source=source, into=into)
        for first, second in ((source, third), (third, source), (into, source)):
            with pytest.raises(NotPossibleError, match="already been merged"):
                merge_sources(actor=editor, source=first, into=second)

    def test_any_number_of_claims_takes_the_same_number_of_queries(self, editor, said):
        editor.has_perm("claims.change_source")  # asked once a request
        numbers = []
        for size in (1, 30):
            source, into = (rows.source(f"{name} {size}") for name in "AB")
            for _claim in range(size):
                said(source)
            with CaptureQueriesContext(connection) as queries:
                merge_sources(actor=editor, source=source, into=into)
            numbers.append(len(queries))
        assert numbers[0] == numbers[1]

    def test_what_the_splitter_proposed_stays_a_proposal(self, editor, said, two):
        source, into = two
        claim = said(source)
        merge_sources(actor=editor, source=source, into=into)
        claim.refresh_from_db()
        assert (claim.source, claim.touched_at) == (into, None)

    def test_whoever_gives_a_claim_to_the_merged_one_gives_it_to_the_other(self, editor, said, two):
        source, into = two
        claim, other = said(source), rows.source("Third")
        change_source(actor=editor, claim_id=claim.pk, version=1, source=other)
        first = Change.objects.get()
        merge_sources(actor=editor, source=source, into=into)
        undo_change(actor=editor, change_id=first.pk)
        claim.refresh_from_db()
        assert claim.source == into
        change_source(actor=editor, claim_id=claim.pk, version=claim.version, source=source)
        claim.refresh_from_db()
        assert claim.source == into

    def test_no_article_alone_takes_its_part_back(self, editor, said, two):
        source, into = two
        claim = said(source)
        bulk_change = merge_sources(actor=editor, source=source, into=into)
        assert next_steps(actor=editor, article=claim.revision.article) == (None, None)
        with pytest.raises(NotPossibleError, match="a merge is undone on the page"):
            undo_change(actor=editor, change_id=Change.objects.get().pk)
        with pytest.raises(NotPossibleError, match="a merge is undone on the page"):
            undo_bulk_change(actor=editor, bulk_change_id=bulk_change.pk)
        claim.refresh_from_db()
        assert claim.source == into

    def test_a_name_stays_where_it_came_to_when_its_bringer_is_deleted(self, editor, chief, two):
        source, into = two
        merge_sources(actor=editor, source=source, into=into)
        delete_record(actor=chief, record=fresh(source))
        assert names_of(into) == {"R. Venn": None}


@pytest.mark.django_db
class TestTellingApart:
    def test_it_is_kept_once_whichever_comes_first(self, editor, chief, two):
        said = mark_distinct(actor=editor, source=two[1], other=two[0])
        assert mark_distinct(actor=chief, source=two[0], other=two[1]) == said
        assert (said.first, said.second, said.marked_by) == (*two, editor)
        assert DistinctSources.objects.count() == 1

    def test_nothing_is_another_than_itself(self, editor, two):
        with pytest.raises(NotPossibleError):
            mark_distinct(actor=editor, source=two[0], other=two[0])
