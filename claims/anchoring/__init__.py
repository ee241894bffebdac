"""Finds the claims of a text again in a newer version of it, without ever guessing. Knows no Django.

A claim is *kept* if everything it says is still said, by the same speaker: the sentences with its words, its source and
its cue are in the new text, in one place. Other words may change around it, but not those that negate or weaken a
statement (`qualifiers.toml`). If it does not name its speaker and has moved, the sentence before it must have moved
with it. Differences in white space, in the form of quotation marks and dashes, and in the encoding of accents do not
count. A claim has *changed* if its words are still there but may mean something else, or if one sentence of the new
text, and only one, is similar enough to its own; an editor then decides whether it is the claim. A claim is an *orphan*
if it could be in several places, which are listed, and *withdrawn* if nothing resembles it.
"""

from claims.anchoring.diff import side_by_side
from claims.anchoring.reanchor import reanchor_claims
from claims.anchoring.types import Anchor, Matching, Outcome, Piece, Proposal, ReanchoredClaim, Side

__all__ = [
    "Anchor",
    "Matching",
    "Outcome",
    "Piece",
    "Proposal",
    "ReanchoredClaim",
    "Side",
    "reanchor_claims",
    "side_by_side",
]
