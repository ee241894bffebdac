"""Finds the claims of a text again in a newer version of it. Knows no Django. Never a guess.

A claim is *kept* where everything that it says is said as before: the sentences that hold its words, its source and its
cue stand in the new text, in one place. Differences in white space, in the shape of quotation marks and dashes, and in
how accents are encoded are none. It has *changed* where one sentence of the new text, and only one, is so close to its
own that it can be meant: a person says whether it is. It is an *orphan* where its sentences stand in several places
alike, and *withdrawn* where nothing is like them.

Whole texts that are nearly the same are found among many by their sketches, and compared by their shingles.
"""

from claims.matching.finding import match
from claims.matching.likeness import likeness, shingles, sketch
from claims.matching.sides import side_by_side
from claims.matching.types import Anchor, Found, Matching, Piece, Proposal, Side, State

__all__ = [
    "Anchor",
    "Found",
    "Matching",
    "Piece",
    "Proposal",
    "Side",
    "State",
    "likeness",
    "match",
    "shingles",
    "side_by_side",
    "sketch",
]
