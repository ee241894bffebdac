"""Recognizes what has been seen before. Knows no Django.

Texts that are nearly the same are found among many by their sketches, and compared by their shingles.
"""

from claims.matching.near_duplicates import shingles, similarity, sketch

__all__ = ["shingles", "similarity", "sketch"]
