"""Merging sources of many claims in the background: what a stop and an undo leave."""

from types import SimpleNamespace

import pytest
from django.db import transaction

from claims.actions import decide_claim, merge_sources, unmerge_sources
from claims.actions.claims import bulk_changes, bulk_steps
from claims.choices import JobStatus, Verdict
from claims.errors import NotPossibleError
from claims.models import BulkChange, Claim
from tests.actions.database import claims_as_they_stand
from tests.actions.sources.conftest import fresh
from tests.models import rows


@pytest.mark.django_db(transaction=True)
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
