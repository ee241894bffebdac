"""Which templates for reasons the desk is offered."""

from claims.models import ReasonTemplate
from claims.queries.reasons import offered_templates, unfilled


def test_active_ones_of_a_language_or_of_any_in_the_newsrooms_order(db):
    for name, fields in {
        "Late": {"order": 2},
        "Berlin": {"order": 1, "language": "de"},
        "Abroad": {"order": 1},
        "London": {"order": 1, "language": "en"},
        "No longer": {"order": 0, "active": False},
    }.items():
        ReasonTemplate.objects.create(name=name, text="{source} says {figure}.", **fields)
    assert [one.name for one in offered_templates("de")] == ["Abroad", "Berlin", "Late"]
    assert [one.name for one in offered_templates("en")] == ["Abroad", "London", "Late"]


def test_places_of_templates_that_are_still_in_a_reason(db, django_assert_num_queries):
    ReasonTemplate.objects.create(name="One", text="{source} says {figure}.")
    ReasonTemplate.objects.create(name="No longer", text="On {day}.", active=False)
    reason = "{figure} of {source}, {figure}, on {day}, as {somebody} said."
    with django_assert_num_queries(1):
        assert unfilled(reason) == ["{figure}", "{source}", "{day}"]
    with django_assert_num_queries(0):
        assert unfilled("Nine of them.") == []
