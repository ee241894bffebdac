"""The page of a group of repeats: what it shows, and what its buttons do."""

import pytest
from django.test import Client
from django.urls import reverse

from claims.actions import confirm_match, decide_claim, take_over_verdict
from claims.choices import Verdict
from claims.models import Claim, ClaimGroup, ClaimMatch, Outlet
from tests.actions.matching.conftest import claim_of, earlier, later, match
from tests.conftest import version_of
from tests.models import match_rows, rows

__all__ = ["earlier", "later", "match"]


@pytest.fixture
def group(editor, earlier, later, match) -> ClaimGroup:
    """The disputed claim of March, and the one of April that took its verdict over."""
    take_over_verdict(actor=editor, match_id=match.pk, **version_of(later))
    return ClaimGroup.objects.get()


@pytest.fixture
def do(desk: Client, group: ClaimGroup):
    """Send one of the page's forms, and read the page that comes after it."""

    def do(name: str, *, status: int = 200, **typed: object) -> str:
        answer = desk.post(reverse(name, args=[group.pk]), typed, follow=True)
        assert answer.status_code == status, answer.content.decode()
        return answer.content.decode()

    return do


def _page(client: Client, group: ClaimGroup) -> str:
    return client.get(reverse("claim-group", args=[group.pk])).content.decode()


def _on(claim: Claim) -> dict[str, int]:
    """A claim and its version, as the page's forms name them."""
    return {"claim": claim.pk, "version": Claim.objects.get(pk=claim.pk).version}


def test_who_said_it_when_in_which_words_and_outlets_with_which_verdicts(
    desk, group, earlier, later
):
    for claim, name in ((earlier, "Ostrey Courier"), (later, "Kulturbote Ostrey")):
        Claim.objects.filter(pk=claim.pk).update(
            outlet=Outlet.objects.create(name=name), source=rows.source(f"Source of {name}")
        )
    page = _page(desk, group)
    lines = page.partition("<tbody>")[2].partition("</tbody>")[0].split("</tr>")
    for told, line in zip(
        (
            ("1 Mar 2026", "main claim", "Source of Ostrey Courier", "Ostrey Courier", "Carl"),
            ("1 Apr 2026", "Source of Kulturbote", "Kulturbote Ostrey", "Edda", "eight."),
        ),
        lines,
        strict=False,
    ):
        assert all(word in line for word in (*told, "Disputed", "Ostrey has nine bridges")), line
    assert "said 2 times" in page
    assert "2 outlets" in page
    assert "The verdicts agree:" in page


def test_the_drawing_has_a_row_for_each_outlet_and_a_sign_for_each_claim(
    desk, group, earlier, later
):
    Claim.objects.filter(pk=earlier.pk).update(outlet=Outlet.objects.create(name="Ostrey Courier"))
    drawing = _page(desk, group).partition('<svg class="chart timeline"')[2].partition("</svg>")[0]
    assert "Ostrey Courier" in drawing
    assert "No outlet" in drawing
    assert drawing.count("#disputed") == 2
    assert "1 Mar 2026" in drawing
    assert "1 Apr 2026" in drawing


def test_it_says_where_the_verdicts_differ(desk, editor, group, later):
    decide_claim(actor=editor, verdict=Verdict.VERIFIED, **version_of(later))
    page = _page(desk, group)
    assert "The verdicts differ:" in page
    assert "The verdicts agree:" not in page


def test_a_claim_is_taken_out_and_comes_back(do, group, later, match):
    page = do("leave-group", **_on(later))
    assert "said 1 time<" in page
    assert not Claim.objects.filter(pk=later.pk, group=group).exists()
    newest = page.partition('name="change" value="')[2].partition('"')[0]
    assert "said 2 times" in do("undo-in-group", change=newest)
    match.refresh_from_db()
    assert match.state == "confirmed"


def test_another_claim_is_made_the_main_one(do, group, earlier, later):
    assert "Make main" in do("main-claim", **_on(later))
    group.refresh_from_db()
    assert group.canonical == later


def test_two_groups_become_one_and_are_parted_again(do, desk, editor, group, later):
    third, fourth = claim_of(editor, 5, "Nine bridges stand in Ostrey"), claim_of(editor, 6)
    other = match_rows.group(third, fourth)
    match_rows.match(later, third)
    assert "Nine bridges stand in Ostrey" in _page(desk, group).partition('id="merge"')[2]
    page = do("merge-group", group=other.pk)
    assert "said 4 times" in page
    assert "has no claims any more" in _page(desk, other)
    newest = page.partition('name="change" value="')[2].partition('"')[0]
    assert "said 2 times" in do("undo-in-group", change=newest)
    assert other.claims.count() == 2


@pytest.mark.parametrize(
    ("name", "typed", "status", "told"),
    [
        ("merge-group", {"group": 999999}, 400, "Select a valid choice"),
        ("merge-group", {"group": "x"}, 400, "Select a valid choice"),
        ("leave-group", {"claim": ""}, 400, "This field is required"),
        ("leave-group", {"claim": 999999, "version": 1}, 400, "The group has changed since"),
        ("main-claim", {"claim": 10**20, "version": 1}, 400, "The group has changed since"),
        ("undo-in-group", {"change": 1}, 400, "The group has changed since"),
    ],
)
def test_what_cannot_be_done_is_said_on_the_page(do, group, name, typed, status, told):
    page = do(name, status=status, **typed)
    assert told in page.partition('role="alert"')[2].partition("</p>")[0]
    assert group.claims.count() == 2


def test_a_group_is_not_merged_with_itself(do, group):
    assert "choose another group" in do("merge-group", status=409, group=group.pk)


def test_a_claim_that_somebody_changed_meanwhile_stays(do, editor, group, later):
    seen = _on(later)
    decide_claim(actor=editor, verdict=Verdict.VERIFIED, **version_of(later))
    do("leave-group", status=409, **seen)
    assert group.claims.count() == 2


def test_who_may_only_read_sees_no_buttons(client, reader, group):
    client.force_login(reader)
    main = _page(client, group).partition("<main")[2].partition("</main>")[0]
    assert "Ostrey has nine bridges" in main
    assert "<button" not in main


def test_a_large_group_takes_no_more_questions_than_a_small_one(
    desk, editor, group, later, django_assert_max_num_queries
):
    for month in (5, 6, 7, 8):
        one = claim_of(editor, month)
        made = match_rows.match(later, one)
        confirm_match(actor=editor, match_id=made.pk, **version_of(one))
    _page(desk, group)
    with django_assert_max_num_queries(18):
        page = _page(desk, group)
    assert "said 6 times" in page
    assert ClaimMatch.objects.filter(state="confirmed").count() == 5
