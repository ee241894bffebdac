"""Undoing a merge of sources, also of several in a row."""

from itertools import pairwise

import pytest

from claims.actions import change_source, enter_record, merge_sources, unmerge_sources
from claims.choices import ChangeAction
from claims.errors import NotPossibleError
from claims.models import Alias, Claim, Source
from tests.actions.database import claims_as_they_stand
from tests.actions.sources.conftest import fresh, names_of
from tests.models import rows


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
