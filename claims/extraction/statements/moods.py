"""The mood of a single statement: asserted, asked, demanded, promised."""

import re

from claims.extraction.lexicons.cues import lexicon
from claims.extraction.types import Mood, Quotation

_PROMISE = re.compile(
    r"[\W_]*(?:(?:and|but|so|then|yes|no|well|look),? )*(?:I|we)(?:[’']ll| (?:will|shall|promise|pledge|vow))[ ,](?!never forget|say|tell you)",
    re.IGNORECASE,
)
"""How a speaker announces in the first person what is to come: "We will open two wards"."""
_ADVISING = re.compile(
    r"\W*(?:(?:never|always|just|please|kindly|simply|now|then|so|and|but|next|first|finally|do not|don[’']t),? )*",
    re.IGNORECASE,
)
"""What may stand before a command."""
_WONDERED = re.compile(
    r"\W*(?:[\w’'.-]+[ \]]+){1,4}?(?:asked|asks|wondered|wonders|enquired|inquired|queried|want(?:s|ed) to know)\b[^“”\"]{0,70}?"
    r"\b(?:whether|if|who|whom|whose|what|which|how|why|when|where)\b(?! (?:the answer|a))"
)
"""A question that somebody tells of: "Ada Venn asked them twice whether it was safe"."""
_REQUESTED = re.compile(
    r"\bask(?:s|ed|ing)?\b(?: that\b|(?:(?!\b(?:whether|if|who\w*|what|which|how|why|when|where|about)\b)[^“\"])*\bto [a-z])"
)
"""A request, which the verb of a question tells: "Ada Venn asked the firm to close", "asks that it be closed"."""
_OPENING = "“‘«\"'([ "
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
    if cue in {"asserted", "demanded"} and _WONDERED.match(statement):
        return "asked"
    if cue == "asked" and not own and _REQUESTED.search(statement):
        return "demanded"
    if statement.rstrip(_CLOSING).endswith("?") and (own or cue == "asserted"):
        return "asked"
    if own and _is_order(statement):
        return "demanded"
    if own and _PROMISE.match(statement):
        return "promised"
    return "asserted" if own and cue in {"asked", "denied"} else cue


def _is_order(statement: str) -> bool:
    """Return whether a quoted sentence, which is not parsed, begins like an order: "Stop it now!", "Lift the curfew"."""
    plain = statement.lower().replace("’", "'").lstrip(_OPENING)
    words = plain.split(None, 2)[:2]
    if not words:
        return False
    orders, first = lexicon().orders, words[0].strip(",!.")
    if first in orders or " ".join(words) in orders:
        return True
    advised = _ADVISING.sub("", plain, count=1).split(None, 2)[:2]
    if not advised or advised[0].strip(",!.") not in lexicon().commands:
        return False
    advising = len(plain) > len(_ADVISING.sub("", plain, count=1))
    return advising or (len(advised) > 1 and advised[1].strip(",!.") in lexicon().commanded)
