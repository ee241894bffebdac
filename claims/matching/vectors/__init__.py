"""Sentence vectors: texts about the same thing are close, whatever their words.

They tell what a text is about, not what it says of it: "rose" and "fell" are close as well.
"""

from claims.matching.vectors.comparing import Closeness, closeness, distances, outline, towards
from claims.matching.vectors.encoder import SIZE, Vectors, encode, in_bytes

__all__ = [
    "SIZE",
    "Closeness",
    "Vectors",
    "closeness",
    "distances",
    "encode",
    "in_bytes",
    "outline",
    "towards",
]
