"""Sentence vectors: texts about the same thing are close, whatever their words.

They tell what a text is about, not what it says of it: "rose" and "fell" are close as well.
"""

from claims.matching.vectors.encoder import SIZE, Vectors, encode
from claims.matching.vectors.likeness import closeness, distances, outline

__all__ = ["SIZE", "Vectors", "closeness", "distances", "encode", "outline"]
