"""Filters saved under a name: what is kept, for whom, and who may delete them."""

import pytest
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry

from claims.actions import delete_filter, save_filter
from claims.errors import InvalidValueError, NotPossibleError
from claims.models import SavedFilter


def save(actor, name="For Friday", query="verdict=pending", *, shared=False) -> SavedFilter:
    return save_filter(actor=actor, name=name, query=query, shared=shared)


def test_the_same_name_again_replaces_ones_own_alone(editor, chief):
    first, theirs = save(editor), save(chief)
    again = save(editor, "  For   Friday ", "kind=court", shared=True)
    assert again == first
    kept = SavedFilter.objects.get(pk=first.pk)
    assert (kept.query, kept.shared) == ("kind=court", True)
    assert SavedFilter.objects.get(pk=theirs.pk).query == "verdict=pending"
    told = LogEntry.objects.filter(user=editor).order_by("pk")
    assert [entry.action_flag for entry in told] == [ADDITION, CHANGE]


@pytest.mark.parametrize(
    ("name", "query", "is_kept"),
    [
        ("x" * 100, "y" * 2000, True),
        ("x" * 101, "", False),
        ("x", "y" * 2001, False),
        (" ", "", False),
    ],
)
def test_names_and_filters_have_their_limits(editor, name, query, is_kept):
    if is_kept:
        save(editor, name, query)
    else:
        with pytest.raises(InvalidValueError):
            save(editor, name, query)
    assert SavedFilter.objects.exists() == is_kept


def test_only_its_owner_deletes_it_and_a_second_click_does_nothing(editor, chief):
    kept = save(editor, shared=True)
    with pytest.raises(NotPossibleError):
        delete_filter(actor=chief, filter_id=kept.pk)
    for _click in range(2):
        delete_filter(actor=editor, filter_id=kept.pk)
    assert not SavedFilter.objects.exists()
