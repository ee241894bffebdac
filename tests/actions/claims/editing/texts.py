"""A text with characters of every kind, and claims' places in it."""

from claims.anchoring.words import exact_words
from claims.models import Claim

ARABIC = "قال الوزير إن الجسر مغلق"
BODY = f"Zoë 👩‍🚒 said: “{ARABIC}.”\r\n\r\nThe cafe\u0301 🌉 opened in May. Nobody was hurt."
"""Emoji of several characters, combining accents, words from right to left, and odd line ends."""


def place(words: str, body: str = BODY) -> list[int]:
    """Where words stand in a text."""
    start = body.index(words)
    return [start, start + len(words)]


def step(claim: Claim):
    """The newest change of a claim: its action, and the fields before and after."""
    row = claim.changed.select_related("change").latest("pk")
    claim.refresh_from_db()
    assert row.version == claim.version
    return row.change.action, row.before, row.after


def in_place(claim: Claim) -> str:
    """The claim's words as its spans cut them out of the text. Its other words about its place agree."""
    claim.refresh_from_db()
    body = claim.revision.body
    words = exact_words(body, claim.spans)
    first, last = claim.spans[0][0], claim.spans[-1][1]
    assert claim.quote == words
    assert claim.start == first
    assert body[:first].endswith(claim.prefix)
    assert body[last:].startswith(claim.suffix)
    assert (len(claim.prefix), len(claim.suffix)) == (min(48, first), min(48, len(body) - last))
    return words
