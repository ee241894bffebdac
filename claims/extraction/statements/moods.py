"""What is done with a single statement: it is said to be so, asked, demanded."""

from claims.extraction.lexicons.cues import lexicon
from claims.extraction.types import Mood, Quotation

_CLOSING = " ”»\"’'"


def mood_of(statement: str, cue: Mood, quotation: Quotation) -> Mood:
    """Tell the mood of one claim.

    A direct quotation shows it itself: "“Who paid?” she said" is asked. What is not quoted whole is what its
    cue makes of it.

    Args:
        statement: the claim in words that read alone.
        cue: what its cue does with the whole statement.
        quotation: how the article gives its words.

    Returns:
        The claim's mood.
    """
    own = quotation == "direct"
    if statement.rstrip(_CLOSING).endswith("?") and (own or cue == "asserted"):
        return "asked"
    if own and _is_order(statement):
        return "demanded"
    return "asserted" if own and cue in {"asked", "denied"} else cue


def _is_order(statement: str) -> bool:
    """Return whether a quoted sentence, which nobody parses, begins like an order: "Stop it now!"."""
    words = statement.lower().replace("’", "'").split(None, 2)[:2]
    orders = lexicon().orders
    return bool(words) and (words[0].strip(",!.") in orders or " ".join(words) in orders)
