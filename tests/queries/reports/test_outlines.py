"""The order that somebody gives the claims of a report."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.actions import ask_second_check, decide_claim
from claims.choices import Verdict
from claims.models import Claim, Report
from claims.queries.reports.drafts import outlines
from claims.queries.reports.drafts.outlines import (
    arranged,
    key_of,
    moved,
    outline_of,
    sections_of,
    with_heading,
)
from claims.renderers.types import Section
from tests.conftest import version_of
from tests.models import rows

TEXT = [(1, "Flood"), (2, "Flood"), (3, "Dyke")]


def test_without_an_order_it_is_that_of_the_text_under_the_headlines():
    assert outline_of(Report(), TEXT) == ["Flood", 1, 2, "Dyke", 3]
    assert outline_of(Report(), TEXT[:2]) == [1, 2]


def test_claims_that_went_are_gone_and_those_that_came_are_last():
    report = Report(outline=["The dead", 9, 2, "The dyke", 1], omitted=[])
    assert outline_of(report, TEXT) == ["The dead", 2, "The dyke", 1, 3]


def test_what_is_left_out_is_not_in_it():
    assert outline_of(Report(omitted=[2]), TEXT[:2]) == [1]
    assert outline_of(Report(outline=[2, 1], omitted=[2]), TEXT[:2]) == [1]


def test_a_heading_has_all_claims_up_to_the_next_one():
    assert sections_of([4, "The dead", 2, 1, "Nothing here", "The dyke", 3], [1, 2, 3, 4]) == (
        Section("", (4,)),
        Section("The dead", (2, 1)),
        Section("The dyke", (3,)),
    )


def test_claims_without_a_place_are_in_no_ones_section():
    assert sections_of(["The dead", 2], [1, 2]) == (Section("The dead", (2,)), Section("", (1,)))
    assert sections_of([2], [1, 2]) == (Section("", (2, 1)),)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(
    outline=st.lists(st.integers(1, 9) | st.sampled_from(["A", "B"]), unique=True),
    present=st.sets(st.integers(1, 12)),
)
def test_every_claim_is_in_one_section(outline, present):
    found = [pk for section in sections_of(outline, sorted(present)) for pk in section.claims]
    assert sorted(found) == sorted(present)


@pytest.mark.parametrize(
    ("at", "to", "expected"),
    [
        (0, 2, [2, 3, 1]),
        (2, 0, [3, 1, 2]),
        (1, 1, [1, 2, 3]),
        (0, 99, [2, 3, 1]),
        (7, 0, [1, 2, 3]),
    ],
)
def test_a_line_is_moved(at, to, expected):
    assert moved([1, 2, 3], at, to) == expected


def test_a_heading_is_put_before_a_claim_or_at_the_end():
    assert with_heading([1, 2], "The dead", before=2) == [1, "The dead", 2]
    assert with_heading([1, 2], "The dead", before=None) == [1, 2, "The dead"]


def test_who_saw_another_order_did_not_see_this_one():
    assert key_of([1, 2], []) != key_of([2, 1], [])
    assert key_of([1], [2]) != key_of([1], [])
    assert key_of(["1"], []) != key_of([1], [])


@pytest.mark.parametrize("at", [-1, 2, 3])
def test_an_entry_that_is_not_there_is_not_moved(at):
    assert moved([7, 8], at, 0) == [7, 8]


def test_claims_to_be_put_in_order_with_the_verdicts_that_a_report_may_tell(editor, chief, claims):
    pending, told, blind = claims[:3]
    Claim.objects.filter(pk=pending.pk).update(source=None)
    for claim in (told, blind):
        decide_claim(actor=editor, verdict=Verdict.DISPUTED, reason="No.", **version_of(claim))
    Claim.objects.filter(pk=told.pk).update(source=rows.source("Cy Orr"))
    ask_second_check(actor=chief, blind=True, **version_of(blind))
    found = arranged(Claim.objects.filter(pk__in=[one.pk for one in claims[:3]]).order_by("pk"))
    assert [(one.pk, one.verdict, one.decided) for one in found] == [
        (pending.pk, "pending", False),
        (told.pk, "disputed", True),
        (blind.pk, "pending", False),
    ]
    assert [one.source for one in found[:2]] == ["", "Cy Orr"]


@pytest.mark.parametrize(("most", "number"), [(1, 2), (2, 3), (9, 3)])
def test_of_too_many_claims_one_more_is_read_than_can_be_put_in_order(
    claims, monkeypatch, most, number
):
    monkeypatch.setattr(outlines, "MAX_ARRANGED", most)
    some = Claim.objects.filter(pk__in=[one.pk for one in claims[:3]]).order_by("pk")
    assert len(arranged(some)) == number
