"""The templates that the desk offers for reasons."""

from collections.abc import Sequence

from claims.models import ReasonTemplate
from claims.models.reasons import places

_MOST = 200
"""How many templates are read: a newsroom has a dozen."""


def offered_templates(language: str) -> Sequence[ReasonTemplate]:
    """Return the active templates for a language, in the newsroom's order. One query."""
    active = ReasonTemplate.objects.filter(active=True, language__in=["", language])
    return list(active.order_by("order", "name", "pk")[:_MOST])


def unfilled(reason: str) -> list[str]:
    """Return the places of templates that are still in a reason, such as "{figure}", in order.

    Other words in braces are the editor's own. No query for a reason without braces.
    """
    found = places(reason)
    if not found:
        return []
    texts = ReasonTemplate.objects.order_by("-active", "pk").values_list("text", flat=True)[:_MOST]
    known = {place for text in texts for place in places(text)}
    return [place for place in dict.fromkeys(found) if place in known]
