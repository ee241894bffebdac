"""Finds who announces what follows: "She said:" at the end of a paragraph."""

from claims.extraction.attribution.addressees import told_to
from claims.extraction.attribution.sources import source_of
from claims.extraction.attribution.types import Attribution
from claims.extraction.lexicons.cues import entry_of
from claims.extraction.text.parsing import VERBS, Passage


def announced(passage: Passage, end: int) -> Attribution | None:
    """Read "She said:", with nothing of the statement in its passage.

    Args:
        passage: the passage in which the colon stands.
        end: the place up to which to read.

    Returns:
        An attribution without content, or None if no cue with a source stands in the last sentence before the colon.
    """
    if not passage.text[passage.start : end].rstrip().endswith(":"):
        return None
    ahead = [token for token in passage.doc if passage.places[token.i][0] < end]
    for token in reversed(ahead):
        if token.sent != ahead[-1].sent:
            break
        may_cue = token.pos_ in VERBS and passage.masked[token.i] is None
        entry = entry_of(token) if may_cue else None
        source = source_of(token) if entry is not None else None
        if entry is not None and source is not None:
            told = tuple(told_to(token))
            return Attribution(
                passage, entry, (token,), (), source, clausal=True, told=told, mood=entry.mood
            )
    return None
