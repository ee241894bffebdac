"""Merging sources, undoing a merge, and marking sources as different."""

from itertools import pairwise
from types import SimpleNamespace

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from claims.actions import (
    change_source,
    decide_claim,
    delete_record,
    enter_record,
    import_article,
    mark_distinct,
    merge_sources,
    next_steps,
    undo_bulk_change,
    undo_change,
    unmerge_sources,
)
from claims.actions.claims import bulk_changes, bulk_steps
from claims.choices import ChangeAction, JobStatus, SourceKind, Verdict
from claims.errors import NotPossibleError
from claims.ingest.types import ArticleDraft
from claims.models import Alias, BulkChange, Change, ChangedClaim, Claim, DistinctSources, Source
from tests.actions.database import claims_as_they_stand
from tests.models import rows


@pytest.fixture
def said(editor):
    """A claim of a source in an article of its own, or in a given text."""

    def said(source: Source, at=None) -> Claim:
        at = at or rows.revision(editor)
        return rows.claim(at, start=6 * at.claims.count(), source=source)

    return said


@pytest.fixture
def two() -> tuple[Source, Source]:
    kind = SourceKind.MINISTER
    return rows.source("R. Venn", kind=kind), rows.source("Rana Venn", kind=kind)


def names_of(source: Source) -> dict[str, int | None]:
    """The aliases of a source, each with what it came with."""
    return dict(source.aliases.order_by("pk").values_list("name", "merged_from"))


def fresh(source: Source) -> Source:
    return Source.objects.get(pk=source.pk)


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


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_log_can_be_flushed")
class TestInTheBackground:
    @pytest.fixture(autouse=True)
    def _little_at_once(self, monkeypatch):
        monkeypatch.setattr(bulk_steps, "AT_ONCE", 3)

    @pytest.fixture
    def waiting(self, monkeypatch) -> list[int]:
        """What the worker has to do, by its id: nothing is done before `step`."""
        found: list[int] = []
        later = SimpleNamespace(enqueue=found.append, call=bulk_changes.run_in_background.call)
        monkeypatch.setattr(bulk_changes, "run_in_background", later)
        return found

    def step(self, bulk_change: BulkChange) -> None:
        with transaction.atomic():
            bulk_changes._step(BulkChange.objects.get(pk=bulk_change.pk))

    def test_all_claims_move_piece_by_piece_and_come_back(self, editor, said, two):
        source, into = two
        for _article in range(4):
            at = said(source).revision
            said(source, at)
        before = claims_as_they_stand()
        bulk_change = merge_sources(actor=editor, source=source, into=into)
        bulk_change.refresh_from_db()
        assert (bulk_change.status, bulk_change.changed) == (JobStatus.DONE, 8)
        assert into.claims.count() == 8
        unmerge_sources(actor=editor, source=fresh(source))
        assert claims_as_they_stand() == before

    def test_the_name_is_the_others_before_its_claims_are(self, editor, said, two, waiting):
        source, into = two
        claims = [said(source) for _claim in range(7)]
        bulk_change = merge_sources(actor=editor, source=source, into=into)
        assert waiting == [bulk_change.pk]
        assert fresh(source).current() == into
        self.step(bulk_change)
        assert into.claims.count() == 3
        late = said(source)
        decide_claim(
            actor=editor,
            claim_id=claims[0].pk,
            version=Claim.objects.get(pk=claims[0].pk).version,
            verdict=Verdict.VERIFIED,
        )
        bulk_changes.run_in_background.call(bulk_change.pk)
        assert set(into.claims.all()) == {*claims, late}
        unmerge_sources(actor=editor, source=fresh(source))
        bulk_changes.run_in_background.call(waiting[1])
        assert set(source.claims.all()) == {*claims, late}
        assert Claim.objects.get(pk=claims[0].pk).verdict == Verdict.VERIFIED

    def test_one_under_way_stops_and_comes_back(self, editor, said, two, waiting):
        source, into = two
        for _claim in range(7):
            said(source)
        bulk_change = merge_sources(actor=editor, source=source, into=into)
        self.step(bulk_change)
        back = unmerge_sources(actor=editor, source=fresh(source))
        bulk_changes.run_in_background.call(bulk_change.pk)
        assert (source.claims.count(), into.claims.count(), back.changed) == (7, 0, 3)

    def test_nobody_merges_what_claims_are_still_on_their_way_to(self, editor, said, two, waiting):
        source, into = two
        third = rows.source("Third")
        for _claim in range(7):
            said(source)
        bulk_change = merge_sources(actor=editor, source=source, into=into)
        with pytest.raises(NotPossibleError, match="still being moved"):
            merge_sources(actor=editor, source=into, into=third)
        merge_sources(actor=editor, source=third, into=into)
        bulk_changes.run_in_background.call(bulk_change.pk)
        unmerge_sources(actor=editor, source=fresh(source))
        for one in (source, into):
            with pytest.raises(NotPossibleError, match="still being moved"):
                merge_sources(actor=editor, source=fresh(one), into=rows.source(f"To {one}"))
        bulk_changes.run_in_background.call(waiting[-1])
        merge_sources(actor=editor, source=fresh(into), into=rows.source("Last"))

    def test_nobody_takes_from_a_source_whose_own_claims_are_still_coming_back(
        self, editor, said, two, waiting
    ):
        source, into = two
        for _claim in range(7):
            said(source)
        for one, other in ((source, into), (into, rows.source("Third"))):
            merge_sources(actor=editor, source=fresh(one), into=other)
            bulk_changes.run_in_background.call(waiting[-1])
        unmerge_sources(actor=editor, source=fresh(into))
        with pytest.raises(NotPossibleError, match="still being moved"):
            unmerge_sources(actor=editor, source=fresh(source))
        bulk_changes.run_in_background.call(waiting[-1])
        unmerge_sources(actor=editor, source=fresh(source))
        bulk_changes.run_in_background.call(waiting[-1])
        assert (source.claims.count(), into.claims.count()) == (7, 0)


@pytest.mark.django_db
class TestParting:
    def test_everything_is_as_before_but_for_the_log(self, editor, said, two):
        source, into = two
        enter_record(actor=editor, record=Alias(source=source, name="RV"))
        enter_record(actor=editor, record=Alias(source=into, name="The minister"))
        claims = [said(source), said(into), said(source)]
        before = claims_as_they_stand()
        merge_sources(actor=editor, source=source, into=into)
        bulk_change = unmerge_sources(actor=editor, source=fresh(source))
        assert claims_as_they_stand() == before
        assert names_of(into) == {"The minister": None}
        assert names_of(source) == {"RV": None}
        assert fresh(source).current() == source
        assert fresh(source).merge_job == bulk_change
        assert bulk_change.changed == 2
        claims[0].refresh_from_db()
        assert claims[0].version == 3
        assert [row.change.action for row in claims[0].changed.all()] == [
            ChangeAction.MERGE_SOURCES,
            ChangeAction.MERGE_SOURCES,
        ]

    def test_what_somebody_changed_since_stays(self, editor, said, two):
        source, into = two
        third = rows.source("Third")
        kept, moved = said(source), said(source)
        merge_sources(actor=editor, source=source, into=into)
        change_source(actor=editor, claim_id=moved.pk, version=2, source=third)
        unmerge_sources(actor=editor, source=fresh(source))
        for claim in (kept, moved):
            claim.refresh_from_db()
        assert (kept.source, moved.source) == (source, third)

    def test_a_claim_that_came_later_stays_with_the_other(self, editor, said, two):
        source, into = two
        merge_sources(actor=editor, source=source, into=into)
        claim = said(into)
        unmerge_sources(actor=editor, source=fresh(source))
        claim.refresh_from_db()
        assert claim.source == into

    def test_a_name_that_two_brought_stays_while_one_is_there(self, editor, two):
        first, into = two
        second = rows.source("Venn, R.")
        for source in (first, second):
            enter_record(actor=editor, record=Alias(source=source, name="RV"))
            merge_sources(actor=editor, source=source, into=into)
        unmerge_sources(actor=editor, source=fresh(first))
        assert names_of(into) == {"RV": second.pk, "Venn, R.": second.pk}
        unmerge_sources(actor=editor, source=fresh(second))
        assert names_of(into) == {}

    def test_it_can_be_merged_and_parted_again_and_again(self, editor, said, two):
        source, into = two
        claim = said(source)
        for _time in range(2):
            merge_sources(actor=editor, source=fresh(source), into=into)
            unmerge_sources(actor=editor, source=fresh(source))
        claim.refresh_from_db()
        assert (claim.source, claim.version) == (source, 5)

    def test_what_is_one_of_its_own_cannot_be_parted(self, editor, two):
        with pytest.raises(NotPossibleError, match="has not been merged"):
            unmerge_sources(actor=editor, source=two[0])

    def test_a_stale_page_changes_nothing(self, editor, two):
        source, into = two
        merge_sources(actor=editor, source=source, into=into)
        stale = fresh(source)
        unmerge_sources(actor=editor, source=fresh(source))
        with pytest.raises(NotPossibleError, match="has not been merged"):
            unmerge_sources(actor=editor, source=stale)


@pytest.mark.django_db
class TestChains:
    @pytest.fixture
    def chain(self, editor, said) -> tuple[list[Source], list[Claim]]:
        """A is merged into B, and B with it into C."""
        sources = [rows.source(f"{name} Venn") for name in ("A.", "Ada", "Adelheid")]
        claims = [said(source) for source in sources]
        for source, into in pairwise(sources):
            merge_sources(actor=editor, source=source, into=into)
        return [fresh(source) for source in sources], claims

    def now(self, claims) -> list[Source]:
        return [Claim.objects.get(pk=claim.pk).source for claim in claims]

    def test_all_is_the_last_ones(self, chain):
        (first, second, last), claims = chain
        assert self.now(claims) == [last, last, last]
        assert first.current() == second.current() == last.current() == last
        assert names_of(last) == {"Ada Venn": second.pk, "A. Venn": second.pk}

    def test_the_middle_one_takes_along_what_it_brought(self, editor, chain):
        (first, second, last), claims = chain
        unmerge_sources(actor=editor, source=second)
        assert self.now(claims) == [second, second, last]
        assert fresh(first).current() == second
        assert names_of(last) == {}
        assert names_of(second) == {"A. Venn": first.pk}

    def test_the_first_one_waits_for_the_middle_one(self, editor, chain):
        (first, second, last), claims = chain
        with pytest.raises(NotPossibleError, match="Undo that merge first"):
            unmerge_sources(actor=editor, source=first)
        unmerge_sources(actor=editor, source=second)
        unmerge_sources(actor=editor, source=fresh(first))
        assert self.now(claims) == [first, second, last]


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
