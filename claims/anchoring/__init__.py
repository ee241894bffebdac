"""Finds the claims of a text again in a newer version of it. Knows no Django. Never a guess.

A claim is *kept* where everything that it says is said as before, by the same: the sentences that hold its words, its
source and its cue stand in the new text, in one place. Other words may change around it; not those that turn or weaken
a statement (`qualifiers.toml`), nor, where it does not name who says it, the sentence that it stands behind when it moves.
Differences in white space, in the shape of quotation marks and dashes, and in how accents are encoded are none. It has
*changed* where its words stand but may mean something else, or where one sentence of the new text, and only one, is so
close to its own that it can be meant: a person says whether it is. It is an *orphan* where it may stand in several
places, which are told, and *withdrawn* where nothing is like it.
"""

from claims.anchoring.diff import side_by_side
from claims.anchoring.reanchor import match
from claims.anchoring.types import Anchor, Found, Matching, Piece, Proposal, Side, State

__all__ = [
    "Anchor",
    "Found",
    "Matching",
    "Piece",
    "Proposal",
    "Side",
    "State",
    "match",
    "side_by_side",
]
