"""The mood of a single statement: asserted, asked, demanded, promised."""

import re

from claims.extraction.lexicons.cues import lexicon
from claims.extraction.types import Mood, Quotation

_PROMISE = re.compile(
    r"[\W_]*(?:(?:and|but|so|then|yes|no|well|look),? )*(?:I|we)(?:[’']ll| (?:will|shall|promise|pledge|vow))[ ,](?!never forget|say|tell you)",
    re.IGNORECASE,
)
"""How a speaker announces in the first person what is to come: "We will open two wards"."""
_COMMANDED = frozenset(
    [
        *(
            "a",
            "all",
            "an",
            "away",
            "down",
            "every",
            "her",
            "him",
            "his",
            "it",
            "its",
            "me",
            "my",
            "no",
            "not",
            "off",
        ),
        *(
            "our",
            "out",
            "that",
            "the",
            "their",
            "them",
            "these",
            "this",
            "those",
            "up",
            "us",
            "your",
            "yourself",
        ),
    ]
)
"""What follows a command's verb; a statement seldom begins so."""
_CLOSING = " ”»\"’'"


def mood_of(statement: str, cue: Mood, quotation: Quotation) -> Mood:
    """Return the mood of one claim.

    A direct quotation shows it itself: "“Who paid?” she said" is asked. Otherwise the cue determines it.

    Args:
        statement: the claim in words that can be read on their own.
        cue: the mood that its cue gives to the whole statement.
        quotation: how the article gives its words.

    Returns:
        The claim's mood.
    """
    own = quotation == "direct"
    if statement.rstrip(_CLOSING).endswith("?") and (own or cue == "asserted"):
        return "asked"
    if own and _is_order(statement):
        return "demanded"
    if own and _PROMISE.match(statement):
        return "promised"
    return "asserted" if own and cue in {"asked", "denied"} else cue


def _is_order(statement: str) -> bool:
    """Return whether a quoted sentence, which is not parsed, begins like an order: "Stop it now!", "Lift the curfew"."""
    words = statement.lower().replace("’", "'").split(None, 2)[:2]
    if not words:
        return False
    orders, first = lexicon().orders, words[0].strip(",!.")
    commands = first in lexicon().commands and words[-1].strip(",!.") in _COMMANDED
    return first in orders or " ".join(words) in orders or commands
