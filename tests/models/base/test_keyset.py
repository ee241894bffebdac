"""Pages of a list: every row is on exactly one, in order, forwards and backwards."""

from datetime import UTC, datetime

import pytest

from claims.errors import UnknownPageError
from claims.models import Claim, Evidence
from claims.models.base.keyset import KeysetList
from tests.models import rows

DAYS = (2, None, 1, 2, None, 3, 2)


@pytest.fixture
def claims(editor) -> list[Claim]:
    """Claims by the day on which they were decided: some on the same day, two not at all."""
    text = rows.revision(editor)
    made = [rows.claim(text, start) for start in range(len(DAYS))]
    for claim, day in zip(made, DAYS, strict=True):
        rows.become([claim], decided_at=day and datetime(2026, 3, day, tzinfo=UTC))
    return made


def in_order(claims: list[Claim], *, downwards: bool = False) -> list[int]:
    """The ids as a list by that day has them: in either direction, those without a day come last."""
    dated = [(day, claim.pk) for claim, day in zip(claims, DAYS, strict=True) if day]
    undated = [claim.pk for claim, day in zip(claims, DAYS, strict=True) if not day]
    parts = [sorted(dated, reverse=downwards), sorted(undated, reverse=downwards)]
    return [pk for _day, pk in parts[0]] + parts[1]


def listed(by: str, size: int, *, always_set: bool = False, **only) -> KeysetList:
    return KeysetList(Claim.objects.filter(**only), by, always_set=always_set, size=size)


def ids(page) -> list[int]:
    return [row.pk for row in page.object_list]


@pytest.mark.parametrize("size", [1, 2, 3, 6, 7, 8])
@pytest.mark.parametrize("by", ["decided_at", "-decided_at"])
def test_every_row_is_on_one_page_forwards_and_backwards(claims, by, size):
    found, every = listed(by, size), in_order(claims, downwards=by.startswith("-"))
    cut = [every[at : at + size] for at in range(0, len(every), size)]
    pages = [found.page()]
    while pages[-1].next:
        pages.append(found.page(pages[-1].next))
    assert [ids(page) for page in pages] == cut
    assert [bool(page.previous) for page in pages] == [False] + [True] * (len(cut) - 1)
    back = [pages[-1]]
    while back[-1].previous:
        back.append(found.page(back[-1].previous))
    assert [ids(page) for page in reversed(back)] == cut
    assert all(page.next for page in back[1:])


@pytest.mark.parametrize(
    ("by", "always_set", "queries"),
    [("decided_at", False, 2), ("decided_at", True, 1), ("start", False, 1), ("id", False, 1)],
)
def test_only_where_the_field_may_be_empty_there_is_a_second_query(
    claims, django_assert_num_queries, by, always_set, queries
):
    with django_assert_num_queries(queries):
        found = listed(by, 9, always_set=always_set, pk__in=[claims[0].pk, claims[2].pk]).page()
    assert len(found.object_list) == 2


def test_a_full_page_needs_no_second_query(claims, django_assert_num_queries):
    with django_assert_num_queries(1):
        listed("decided_at", 4).page()


def test_in_place_of_a_page_whose_rows_are_gone_the_first_comes_if_it_may(claims):
    token = listed("start", 3).page().next
    few = listed("start", 3, pk__in=[claims[0].pk])
    assert ids(few.page(token)) == [claims[0].pk]
    gone = few.page(token, or_first=False)
    assert (gone.object_list, gone.previous, gone.next) == ([], "", "")
    assert ids(listed("start", 3, pk=0).page()) == []


def test_a_page_that_has_rows_comes_itself(claims):
    first = listed("start", 3).page()
    assert ids(listed("start", 3).page(first.next, or_first=True)) == [
        claim.pk for claim in claims[3:6]
    ]


@pytest.mark.parametrize("other", ["-start", "decided_at", "id"])
def test_a_token_is_of_one_list_in_one_order(claims, other):
    token = listed("start", 3).page().next
    with pytest.raises(UnknownPageError):
        listed(other, 3).page(token)
    with pytest.raises(UnknownPageError):
        KeysetList(Evidence.objects.all(), "start", always_set=True, size=3).page(token)
    with pytest.raises(UnknownPageError):
        listed("start", 3).page(f"{token}x")
