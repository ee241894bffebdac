"""Which templates for reasons the desk is offered."""

from claims.models import ReasonTemplate
from claims.queries.reasons import offered_templates


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
