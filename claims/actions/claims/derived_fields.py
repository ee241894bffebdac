"""Fields of a claim that are computed from others."""

from typing import Any

from claims.anchoring.words import exact_words
from claims.models.claims.claim import CONTEXT

Fields = dict[str, Any]
"""Fields of a claim by the names of their columns (`source_id`), as JSON keeps them; what other tables say of it as in `logged_fields`."""


def anchored(body: str, spans: list[list[int]]) -> Fields:
    """Return the exact words at spans of a body, and those before and after."""
    start, end = spans[0][0], spans[-1][1]
    return {
        "quote": exact_words(body, spans),
        "prefix": body[max(0, start - CONTEXT) : start],
        "suffix": body[end : end + CONTEXT],
    }
