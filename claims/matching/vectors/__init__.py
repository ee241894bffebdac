"""Sentence vectors: texts about the same thing are close, whatever their words.

They tell what a text is about, not what it says of it: "rose" and "fell" are close as well.
"""

from claims.matching.vectors.comparing import Closeness, closeness, distances, outline
from claims.matching.vectors.encoder import SCALE, SIZE, Vectors, encode

__all__ = ["SCALE", "SIZE", "Closeness", "Vectors", "closeness", "distances", "encode", "outline"]
