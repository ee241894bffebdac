"""What is known of a source's claims: how many it makes, with which verdicts, and in which roles."""

from datetime import UTC, date, datetime

import pytest

from claims.choices import ReviewStatus, Verdict
from claims.models import Claim, Source
from claims.queries.sources import records
from claims.queries.sources.records import record_of, source_rows
from tests.models import rows


@pytest.fixture
def venn(editor) -> Source:
    """Four claims of March, the last one verified, and one each that is dismissed and that cannot be checked."""
    source, text = rows.source(), rows.revision(editor)
    for day, role, fields in (
        (1, "minister", {}),
        (2, "the minister", {}),
        (3, "the minister", {}),
        (4, "", {"verdict": Verdict.VERIFIED, "touched_at": datetime(2026, 3, 5, tzinfo=UTC)}),
        (5, "", {"dismissed": True}),
        (6, "", {"checkable": False}),
    ):
        claim = rows.claim(text, day, source=source, role=role, **fields)
        at = datetime(2026, 3, day, 12, tzinfo=UTC)
        Claim.objects.filter(pk=claim.pk).update(listed_at=at)
    return source


def test_a_list_counts_the_claims_to_check_alone(venn):
    silent = rows.source("Bo Tarn")
    assert [(row.pk, row.claims_made) for row in source_rows([silent, venn])] == [
        (silent.pk, 0),
        (venn.pk, 4),
    ]


def test_its_record_has_its_verdicts_and_its_claims_the_newest_first(venn, editor):
    found = record_of(venn, editor)
    assert (found.claims.count(), found.counts.total, found.counts.decided) == (6, 4, 1)
    assert [(at.day, verdict) for at, verdict in found.dated] == [
        (4, "verified"),
        (3, "pending"),
        (2, "pending"),
        (1, "pending"),
    ]
    assert not found.part


def test_its_roles_are_told_the_most_frequent_first_with_their_days(venn, editor, monkeypatch):
    roles = record_of(venn, editor).roles
    often, once = roles
    assert (often.words, often.times) == ("the minister", 2)
    assert (often.first, often.last) == (date(2026, 3, 2), date(2026, 3, 3))
    assert (once.words, once.first, once.last) == ("minister", date(2026, 3, 1), date(2026, 3, 1))
    monkeypatch.setattr(records, "_ROLES", 1)
    assert list(record_of(venn, editor).roles) == [often]


def test_a_verdict_that_one_is_to_check_blind_is_not_told(venn, editor):
    verified = Claim.objects.filter(source=venn, verdict=Verdict.VERIFIED)
    verified.update(blind=True, review_status=ReviewStatus.WAITING)
    found = record_of(venn, editor)
    assert found.counts.decided == 0
    assert {verdict for _at, verdict in found.dated} == {"pending"}


@pytest.mark.parametrize(("recent", "days", "part"), [(5, 4, False), (4, 3, True)])
def test_of_very_many_claims_the_newest_are_looked_at(
    venn, editor, monkeypatch, recent, days, part
):
    """One of the newest cannot be checked."""
    monkeypatch.setattr(records, "RECENT", recent)
    found = record_of(venn, editor)
    assert (len(found.dated), found.part) == (days, part)
