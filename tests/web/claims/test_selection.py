"""Which claims a form below the table submits, and the page it returns to."""

import pytest
from django.http import QueryDict

from claims.web.claims.selection import Origin, Selection


@pytest.mark.parametrize(
    ("typed", "chosen", "every"),
    [
        ("", [], False),
        ("chosen=3&chosen=5", [3, 5], False),
        ("every=1", [], True),
        ("chosen=-1&chosen=x&chosen=&chosen=7", [7], False),
        (f"chosen={10**18 - 1}&chosen={10**18}&chosen={10**19}", [10**18 - 1], False),
    ],
)
def test_ids_that_no_claim_can_have_are_ignored(typed, chosen, every):
    selection = Selection.of(QueryDict(typed))
    assert (selection.chosen, selection.every) == (chosen, every)
    assert bool(selection) == (every or bool(chosen))


def test_at_most_a_thousand_are_chosen_one_by_one():
    typed = QueryDict(mutable=True)
    typed.setlist("chosen", [str(pk) for pk in range(1, 1003)])
    assert Selection.of(typed).chosen == list(range(1, 1001))


def test_its_address_holds_the_list_and_all_or_the_chosen():
    assert Selection([3, 5], every=False).query("verdict=pending") == (
        "list=verdict%3Dpending&chosen=3&chosen=5"
    )
    assert Selection([3], every=True).query("") == "list=&every=1"


@pytest.mark.parametrize(
    ("back", "url"),
    [
        ("/articles/1/?claim=2", "/articles/1/?claim=2"),
        ("", "/claims/?verdict=disputed"),
        ("//elsewhere.example.org/", "/claims/?verdict=disputed"),
        ("https://elsewhere.example.org/", "/claims/?verdict=disputed"),
        ("articles/1/", "/claims/?verdict=disputed"),
    ],
)
def test_one_comes_back_to_a_page_of_this_server_alone(back, url):
    data = QueryDict(mutable=True)
    data.update({"list": "verdict=disputed", "back": back})
    assert Origin.of(data).url == url
